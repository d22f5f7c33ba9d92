from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.core import CHANCE
from games.info import Chance, Information
from games.transforms.noisy import Noisy, NoisyState
from tests.games.joint_play import ends, play

THREE_BY_TWO = "matrix_game(payoffs=[[[1, 0], [2, 0]], [[3, 0], [4, 0]], [[5, 0], [6, 0]]], actions={labels})".format(
    labels=[["a", "b", "c"], ["x", "y"]]
)


@given(st.floats(0.001, 0.999), st.integers(0, 2), st.integers(0, 1))
def test_each_seat_trembles_alone_and_uniformly(noise: float, row: int, column: int) -> None:
    game = Noisy.of(game=THREE_BY_TWO, noise=noise)
    chosen = game.apply(game.initial_state(), {0: row, 1: column})
    law = {end.inner.actions: weight for end, weight in ends(game, chosen)}

    def chance(played: int, intended: int, count: int) -> float:
        return 1 - noise if played == intended else noise / (count - 1)

    expected = {(a, b): chance(a, row, 3) * chance(b, column, 2) for a, b in product(range(3), range(2))}
    assert law == pytest.approx(expected)
    assert sum(law.values()) == pytest.approx(1)


def test_chance_outcomes_are_named_by_what_is_played() -> None:
    game = Noisy.of(noise=0.1)
    state = play(game, ("cooperate", "defect"))
    texts = [game.action_to_text(state, CHANCE, outcome) for outcome, _ in game.chance_outcomes(state)]
    assert texts == ["player 1 plays cooperate", "player 1 plays defect"]
    assert [weight for _, weight in game.chance_outcomes(state)] == [0.9, 0.1]
    after = play(game, ("cooperate", "defect"), "player 1 plays defect")
    assert [game.action_to_text(after, CHANCE, outcome) for outcome, _ in game.chance_outcomes(after)] == [
        "player 2 plays defect",
        "player 2 plays cooperate",
    ]


def slipped() -> tuple[Noisy, NoisyState]:
    """Seat 0 wanted to cooperate and defected; seat 1 defected as it wanted."""
    game = Noisy.of(noise=0.1)
    return game, play(game, ("cooperate", "defect"), "player 1 plays defect", "player 2 plays defect")


def test_all_see_what_was_played_and_only_its_owner_what_was_meant() -> None:
    game, state = slipped()
    assert game.returns(state) == (1, 1)
    assert game.observation(state, 0).splitlines() == [
        "Your hand slipped: you chose cooperate, but defect was played.",
        "You played defect, the other played defect: you get 1, the other gets 1.",
    ]
    meant = play(game, ("defect", "defect"), "player 1 plays defect", "player 2 plays defect")
    assert game.observation(state, 1) == game.observation(meant, 1)
    assert game.information_state(state, 1) == game.information_state(meant, 1)
    assert game.information_state(state, 0) != game.information_state(meant, 0)


def test_choices_stay_hidden_while_chance_moves() -> None:
    game = Noisy()
    one, other = (play(game, (word, "defect")) for word in ("cooperate", "defect"))
    assert game.observation(one, 1) == game.observation(other, 1)
    assert game.information_state(one, 1) == game.information_state(other, 1)
    assert "You chose cooperate; it is not played yet." in game.observation(one, 0)


def test_chance_of_the_game_inside_passes_and_its_seats_tremble() -> None:
    game = Noisy.of(game="kuhn_poker", noise=0.25)
    state = play(game, "J", "Q", "check")
    assert game.chance_outcomes(state) == [("check", 0.75), ("bet", 0.25)]
    after = play(game, "J", "Q", "check", "player 1 plays bet")
    assert game.to_move(after) == (1,)
    assert game.observation(after, 0).startswith("Your hand slipped: you chose check, but bet was played.")
    assert "slipped" not in game.observation(after, 1)


def test_open_and_forced_actions_never_slip() -> None:
    haggling = Noisy.of(game="price_negotiation", noise=0.5)
    assert haggling.to_move(play(haggling, "offer 90 | hello")) == (1,)
    forced = Noisy.of(game="matrix_game(payoffs=[[[1, 2]]], actions=['only'])", noise=0.5)
    assert forced.to_move(play(forced, ("only", "only"))) == ()


def test_facts() -> None:
    game = Noisy.of(game="price_negotiation")
    assert game.info.information is Information.IMPERFECT
    assert game.info.chance is Chance.EXPLICIT
    assert game.max_turns() == 3 * game.inner.max_turns()
    for noise in (0, 1):
        with pytest.raises(ValueError, match="noise"):
            Noisy.of(noise=noise)
