"""Strategies move as those of Axelrod-Python 4.14: moves that were recorded there are in tests/data."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from random import Random
from statistics import fmean, pstdev

import pytest

from agents.bots.anywhere import Random as RandomPlayer
from agents.bots.dilemma.base import Past, Remembering, Strategy
from agents.bots.dilemma.first_tournament import Graaskamp
from agents.registry import build_agent
from games.dilemmas.prisoners_dilemma import PrisonersDilemmaParams

RECORDED = json.loads((Path(__file__).parents[1] / "data" / "axelrod_moves.json").read_text())
ROUNDS = 200
POINTS = PrisonersDilemmaParams(rounds=ROUNDS)
MOVES = {"R": "CC", "S": "CD", "T": "DC", "P": "DD"}
RUNS = 12


def written_out(moves: str) -> str:
    """All rounds of a recorded match."""
    opening, _, cycle = moves.rstrip(")").partition("(")
    return (opening + cycle * ROUNDS)[:ROUNDS] if cycle else opening


class EarlierGraaskamp(Graaskamp):
    """As it was recorded: the library's draw leaves out the last of the 5 to 15 rounds."""

    pause = range(5, 15)


def strategy(name: str) -> Strategy:
    agent = EarlierGraaskamp() if name == "graaskamp" else build_agent(name)
    assert isinstance(agent, Strategy)
    return agent


def answers(player: Strategy, mine: str, theirs: str) -> str:
    """What a player does in every round, given the moves before it."""
    past = Past(mine, theirs, POINTS, lambda: Random(0))
    if isinstance(player, Remembering):
        found = list(player.answers(past))[:-1]
    else:
        found = [player.cooperates(past.until(rounds)) for rounds in range(len(mine))]
    return "".join("C" if cooperates else "D" for cooperates in found)


@pytest.mark.parametrize("name", sorted({pair.split()[0] for pair in RECORDED["moves"]}))
def test_deterministic_strategies_move_as_recorded_against_each_other(name: str) -> None:
    player = strategy(name)
    for pair, recorded in RECORDED["moves"].items():
        sides = ["".join(MOVES[turn][seat] for turn in written_out(recorded)) for seat in (0, 1)]
        for seat, who in enumerate(pair.split()):
            if who == name:
                assert answers(player, sides[seat], sides[1 - seat]) == sides[seat], pair


def cooperation(name: str, other: str, seed: int) -> float:
    """Share of cooperation of a player in one match."""
    rng, opponent = Random(f"{name} {other} {seed}"), strategy(other)
    mine = theirs = ""
    for _ in range(ROUNDS):
        draws = rng.getrandbits(63)
        past = Past(mine, theirs, POINTS, lambda draws=draws: Random(draws))
        own = past.chance(0.5) if name == "random" else strategy(name).cooperates(past)
        reply = opponent.cooperates(Past(theirs, mine, POINTS, lambda: Random(0)))
        mine, theirs = mine + "DC"[own], theirs + "DC"[reply]
    return mine.count("C") / ROUNDS


@pytest.mark.parametrize("pair", RECORDED["cooperation"])
def test_players_of_chance_cooperate_as_often_as_recorded(pair: str) -> None:
    rates = [cooperation(*pair.split(), seed) for seed in range(RUNS)]
    mean, error = RECORDED["cooperation"][pair]
    noise = sqrt(error**2 + pstdev(rates) ** 2 / RUNS)
    assert abs(fmean(rates) - mean) <= 4.5 * noise + 1e-9


def test_the_random_player_is_the_one_of_every_game() -> None:
    assert isinstance(build_agent("random(p=0.5)"), RandomPlayer)
