"""Golden sequences of the classics, as Axelrod's and Nowak and Sigmund's descriptions determine them."""

from __future__ import annotations

import pytest

from agents.bots.anywhere import Random
from agents.bots.dilemma.first_tournament import SteinAndRapoport, TidemanAndChieruzzi, looks_random
from agents.bots.dilemma.fixed import Cooperator, Defector
from agents.bots.dilemma.memory_one import WinStayLoseShift
from agents.bots.dilemma.punishment import Grim
from agents.bots.dilemma.tit_for_tat import GenerousTitForTat, SuspiciousTitForTat, TitForTat, TitForTwoTats
from agents.registry import build_agent
from games.registry import load
from tests.agents.questions import answer, play

OPPONENT = "CDDCCDCDDD"
ANSWERS = {
    "cooperator": "CCCCCCCCCC",
    "defector": "DDDDDDDDDD",
    "tit_for_tat": "CCDDCCDCDD",
    "tit_for_two_tats": "CCCDCCCCCD",
    "suspicious_tit_for_tat": "DCDDCCDCDD",
    "grim": "CCDDDDDDDD",
    # Loses in rounds 2, 3, 6, 8, 9 and 10: changes its move after each of them.
    "win_stay_lose_shift": "CCDCCCDDCD",
    "generous_tit_for_tat(generosity=0)": "CCDDCCDCDD",
    "generous_tit_for_tat(generosity=1)": "CCCCCCCCCC",
}


async def moves_against(spec: str, opponent: str, seat: int = 0, game_spec: str = "prisoners_dilemma") -> str:
    """What an agent plays against a fixed sequence of moves."""
    game, agent = load(f"{game_spec}(rounds={len(opponent)})"), build_agent(spec)
    state, played = game.initial_state(), ""
    for theirs in opponent:
        mine = await answer(agent, game, state, seat)
        played += "CD"[mine]
        state = game.apply(state, {seat: mine, 1 - seat: "CD".index(theirs)})
    return played


@pytest.mark.parametrize("seat", [0, 1])
@pytest.mark.parametrize("spec", ANSWERS)
async def test_classics_answer_a_fixed_opponent_as_described(spec: str, seat: int) -> None:
    assert await moves_against(spec, OPPONENT, seat) == ANSWERS[spec]


@pytest.mark.parametrize(
    ("pair", "first", "second"),
    [
        ((TitForTat, SuspiciousTitForTat), "CDCDCD", "DCDCDC"),
        ((TitForTat, Grim), "CCCCCC", "CCCCCC"),
        ((WinStayLoseShift, Defector), "CDCDCD", "DDDDDD"),
        ((WinStayLoseShift, Cooperator), "CCCCCC", "CCCCCC"),
        ((WinStayLoseShift, SuspiciousTitForTat), "CDDCDD", "DCDDCD"),
        ((TitForTwoTats, Defector), "CCDDDD", "DDDDDD"),
        ((TitForTwoTats, SuspiciousTitForTat), "CCCCCC", "DCCCCC"),
        ((Grim, SuspiciousTitForTat), "CDDDDD", "DCDDDD"),
    ],
)
async def test_pairs_of_classics_play_the_known_sequences(pair: tuple, first: str, second: str) -> None:
    _, turns = await play("prisoners_dilemma(rounds=6)", [kind() for kind in pair])
    assert ["".join("CD"[turn[seat]] for turn in turns) for seat in (0, 1)] == [first, second]


async def test_demo_tournament_scores_match_axelrods_library_for_deterministic_pairs() -> None:
    # 200 rounds with points 5, 3, 1, 0: tit for tat loses only the first round against a defector.
    state, _ = await play("prisoners_dilemma(rounds=200)", [TitForTat(), Defector()])
    assert load("prisoners_dilemma(rounds=200)").returns(state) == (199.0, 204.0)


async def test_generous_tit_for_tat_forgives_a_third_of_defections() -> None:
    game, agent = load("prisoners_dilemma"), GenerousTitForTat()
    state = game.apply(game.initial_state(), {0: 0, 1: 1})
    forgiven = sum([await answer(agent, game, state, 0, seed) == 0 for seed in range(900)])
    assert 250 < forgiven < 350


async def test_random_takes_the_probability_of_cooperation() -> None:
    game, agent = load("prisoners_dilemma"), Random.of(p=0.8)
    cooperated = sum([await answer(agent, game, game.initial_state(), 0, seed) == 0 for seed in range(500)])
    assert 360 < cooperated < 440


@pytest.mark.parametrize("framing", ["neutral", "trade"])
async def test_answers_use_the_words_of_the_framing(framing: str) -> None:
    game = load(f'prisoners_dilemma(framing="{framing}")')
    state = game.apply(game.initial_state(), {0: 0, 1: 1})
    assert await answer(TitForTat(), game, state, 0) == 1
    assert await answer(TitForTat(), game, state, 1) == 0


async def test_with_noise_the_executed_move_is_answered() -> None:
    game, agent = load("prisoners_dilemma(noise=0.2)"), TitForTat()
    state = game.apply(game.initial_state(), {0: 0, 1: 0})
    while game.to_move(state) == (-1,):
        outcomes = [action for action, _ in game.chance_outcomes(state)]
        state = game.apply(state, {-1: outcomes[-1]})
    executed = game.information_state(state, 0).past[0].actions
    assert await answer(agent, game, state, 0) == executed[1]
    assert await answer(agent, game, state, 1) == executed[0]


async def test_strategies_play_on_where_beliefs_are_asked_for() -> None:
    spec = 'elicited(game="prisoners_dilemma(rounds=4)")'
    state, _ = await play(spec, [TitForTat(), SuspiciousTitForTat()])
    assert [finished.actions for finished in state.inner.past] == [(0, 1), (1, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("game", "last"),
    [
        ("prisoners_dilemma(rounds=8)", "CCCCCCDD"),
        ("prisoners_dilemma(rounds=8, announce_horizon=False)", "CCCCCCCC"),
    ],
)
async def test_whoever_defects_at_the_end_does_so_only_where_the_end_is_known(game: str, last: str) -> None:
    for kind in (SteinAndRapoport, TidemanAndChieruzzi):
        _, turns = await play(game, [kind(), Cooperator()])
        assert "".join("CD"[turn[0]] for turn in turns) == last


def test_a_fair_coin_looks_random_and_a_steady_hand_does_not() -> None:
    # 61 to 39 differ from a fair coin at 5 %, 59 to 41 do not: chi-squared 4.84 and 3.24.
    assert looks_random(59, 41)
    assert not looks_random(61, 39)
