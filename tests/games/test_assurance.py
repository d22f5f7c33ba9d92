from __future__ import annotations

from itertools import product

import pytest
from pydantic import ValidationError

from games.core import Unparsable
from games.dilemmas.assurance import HARE, STAG, Assurance, AssuranceRound
from games.registry import load
from tests.games.joint_play import play


def test_rounds_by_hand() -> None:
    game = Assurance.of(rounds=2)
    state = play(game, ("stag", "Stag", "hare", "stag"), ("stag", "stag", "hare", "hare"))
    assert game.returns(state) == (4, 4, 6, 7)
    assert game.observation(state, 3).splitlines()[0] == (
        "Round 2 ended. Choices: player 1: stag, player 2: stag, player 3: hare, player 4 (you): hare. "
        "The stag got away. You get 3 points."
    )


def test_two_hunters_play_the_stag_hunt_of_the_tables() -> None:
    stage, table = AssuranceRound.of(num_players=2, threshold=2), load('matrix_game(table="stag_hunt")')
    for texts in product(("stag", "hare"), repeat=2):
        assert stage.returns(play(stage, texts)) == table.returns(play(table, texts))


@pytest.mark.parametrize(("players", "threshold"), [(2, 2), (3, 2), (4, 3), (4, 4), (5, 2)])
def test_the_only_pure_equilibria_are_all_stag_and_all_hare(players: int, threshold: int) -> None:
    stage = AssuranceRound.of(num_players=players, threshold=threshold)
    other = {STAG: HARE, HARE: STAG}

    def stable(actions: tuple[str, ...]) -> bool:
        now = stage.payoffs(actions)
        return all(
            stage.payoffs((*actions[:seat], other[action], *actions[seat + 1 :]))[seat] <= now[seat]
            for seat, action in enumerate(actions)
        )

    found = {actions for actions in product((STAG, HARE), repeat=players) if stable(actions)}
    assert found == {(STAG,) * players, (HARE,) * players}


@pytest.mark.parametrize(
    ("players", "threshold", "trust"), [(2, 2, 3 / 4), (4, 4, 0.75 ** (1 / 3)), (3, 2, 1 / 2), (4, 3, 0.6736)]
)
def test_at_the_least_trust_stag_and_hare_are_equally_good(players: int, threshold: int, trust: float) -> None:
    stage = AssuranceRound.of(num_players=players, threshold=threshold)
    assert stage.least_trust() == pytest.approx(trust, abs=1e-4)
    expected = 0.0
    for others in product((STAG, HARE), repeat=players - 1):
        likely = stage.least_trust() ** others.count(STAG) * (1 - stage.least_trust()) ** others.count(HARE)
        expected += likely * stage.payoffs((STAG, *others))[0]
    assert expected == pytest.approx(3)


def test_texts_that_hunt_nothing() -> None:
    game = Assurance()
    for text in ("", "deer", "stag hare", "the stag"):
        with pytest.raises(Unparsable, match="stag, hare"):
            game.parse_action(game.initial_state(), 0, text)


@pytest.mark.parametrize(
    ("wrong", "reason"), [({"threshold": 5}, "cannot be had"), ({"hare": 4}, "must rise"), ({"missed": 3}, "must rise")]
)
def test_parameters_are_checked(wrong: dict[str, int], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Assurance.of(**wrong)
