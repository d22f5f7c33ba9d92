"""Bargainers: the equilibrium is reached at once, hard ones wait, fair ones halve."""

from __future__ import annotations

from itertools import product

import pytest

from agents.bots.alternating_offers import FairBargainer, HardBargainer, RubinsteinBargainer
from games.economic.bargaining import equilibrium_share
from games.registry import load
from tests.agents.questions import play

GRID = list(product((0.8, 0.9, 0.95, 1), repeat=2))


@pytest.mark.parametrize("announce", [True, False])
@pytest.mark.parametrize(("alice", "bob"), GRID)
async def test_equilibrium_players_agree_at_once_on_the_equilibrium(alice: float, bob: float, announce: bool) -> None:
    spec = f"bargaining(alice_discount={alice}, announce_horizon={announce}, bob_discount={bob})"
    state, _ = await play(spec, [RubinsteinBargainer()] * 2)
    share = equilibrium_share(1, 12 if announce else None, alice, bob)
    assert len(state.offers) == 1
    assert load(spec).parts(state.offers)[0] == pytest.approx(share * 10_000, abs=1)


async def test_fair_players_halve_at_once() -> None:
    state, _ = await play("bargaining(pie=100)", [FairBargainer()] * 2)
    assert (len(state.offers), state.offers[0].given, state.answer) == (1, 50, "accept")


async def test_hard_players_meet_in_the_last_round_or_never() -> None:
    state, _ = await play("bargaining(pie=100)", [HardBargainer()] * 2)
    assert (len(state.offers), state.answer) == (12, "accept")
    hidden, _ = await play("bargaining(announce_horizon=False, pie=100)", [HardBargainer()] * 2)
    assert (len(hidden.offers), hidden.answer) == (12, "reject")
