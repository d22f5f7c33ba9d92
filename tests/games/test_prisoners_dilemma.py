from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import CHANCE
from games.dilemmas.prisoners_dilemma import COOPERATE, DEFECT, DilemmaRound, PrisonersDilemma
from games.info import Chance, Information
from games.registry import load
from games.transforms.repeated import RepeatedView
from tests.games.joint_play import play

FRAMINGS = {"plain": ("cooperate", "defect"), "neutral": ("J", "F"), "trade": ("deliver", "withhold")}
MOVES = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=6)


def test_axelrods_points() -> None:
    game = PrisonersDilemma.of(rounds=1)
    points = {(a, b): game.returns(game.apply(game.initial_state(), {0: a, 1: b})) for a in (0, 1) for b in (0, 1)}
    assert points == {(0, 0): (3, 3), (0, 1): (0, 5), (1, 0): (5, 0), (1, 1): (1, 1)}
    assert PrisonersDilemma().utility_bounds() == (0, 50)


@given(MOVES, st.sampled_from([0.0, 0.3]), st.sampled_from([1.0, 0.5]))
def test_framings_change_words_only(moves: list[tuple[int, int]], noise: float, continuation: float) -> None:
    finals = []
    for framing, words in FRAMINGS.items():
        game = PrisonersDilemma.of(rounds=len(moves), noise=noise, continuation=continuation, framing=framing)
        state = game.initial_state()
        for joint in moves:
            actions = {seat: game.parse_action(state, seat, words[move]) for seat, move in enumerate(joint)}
            state = game.apply(state, actions)
            while game.to_move(state) == (CHANCE,):
                state = game.apply(state, {CHANCE: game.chance_outcomes(state)[0][0]})
        finals.append((state, game.returns(state), game.information_state(state, 0)))
    assert finals[0] == finals[1] == finals[2]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_seats_read_the_words_of_their_framing_only(framing: str) -> None:
    game = PrisonersDilemma.of(rounds=2, framing=framing)
    state = play(game, FRAMINGS[framing])
    texts = " ".join(game.rules_text(seat) + game.observation(state, seat) for seat in (0, 1)).split()
    others = {word for name, words in FRAMINGS.items() if name != framing for word in words}
    assert not others & {text.strip(".,:") for text in texts}
    assert set(FRAMINGS[framing]) <= {text.strip(".,:") for text in texts}


def test_scripted_players_read_joint_actions() -> None:
    game = PrisonersDilemma.of(rounds=3)
    view = game.information_state(play(game, ("cooperate", "defect"), ("defect", "defect")), 0)
    assert view.past[0].actions == (COOPERATE, DEFECT)
    assert view.past[-1].actions == (1, 1)
    assert view.gains == (0, 1)


def test_with_noise_they_read_what_was_played_and_their_own_intention() -> None:
    game = PrisonersDilemma.of(rounds=2, noise=0.1)
    state = play(game, ("cooperate", "defect"), "player 1 plays defect", "player 2 plays defect")
    mine, theirs = (game.information_state(state, seat).past for seat in (0, 1))
    assert mine == (DilemmaRound(actions=(1, 1), intended=COOPERATE),)
    assert theirs == (DilemmaRound(actions=(1, 1), intended=DEFECT),)
    assert game.returns(state) == (1, 1)
    assert "Your hand slipped" in game.observation(state, 0)
    assert "Your hand slipped" not in game.observation(state, 1)


def tit_for_tat(view: RepeatedView, seat: int) -> int:
    return view.past[-1].actions[1 - seat] if view.past else COOPERATE


def test_tit_for_tat_loses_one_round_to_a_defector() -> None:
    game = PrisonersDilemma()
    state = game.initial_state()
    while game.to_move(state):
        state = game.apply(state, {0: tit_for_tat(game.information_state(state, 0), 0), 1: DEFECT})
    assert game.returns(state) == (9, 14)


def test_noise_makes_information_imperfect_and_chance_explicit() -> None:
    assert PrisonersDilemma().info.information is Information.PERFECT
    noisy = PrisonersDilemma.of(noise=0.1).info
    assert (noisy.information, noisy.chance, noisy.symmetric) == (Information.IMPERFECT, Chance.EXPLICIT, True)
    assert noisy.name == "prisoners_dilemma"


@pytest.mark.parametrize("points", [{"temptation": 3}, {"reward": 1}, {"punishment": 0}, {"sucker": 4}])
def test_points_must_make_a_dilemma(points: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="temptation > reward > punishment > sucker"):
        PrisonersDilemma.of(**points)


def test_the_points_of_akata_and_others() -> None:
    game = load("prisoners_dilemma(temptation=10, reward=8, punishment=5, sucker=0, framing='neutral')")
    assert "if you choose J and the other chooses F: you get 0, the other gets 10" in game.rules_text(1)
    assert "There will be exactly 10 rounds." in game.rules_text(1)
    assert game.utility_bounds() == (0, 100)


def test_a_note_on_mistakes_adds_its_sentence_and_changes_no_state() -> None:
    plain, noted = load("prisoners_dilemma"), load('prisoners_dilemma(note="mistakes")')
    assert noted.rules_text(0).removeprefix(plain.rules_text(0)) == "\nThe other player sometimes makes mistakes."
    assert play(noted, FRAMINGS["plain"]) == play(plain, FRAMINGS["plain"])
