"""Money: a run never goes beyond its limit, whatever is in play at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agents.base import Agent, Decision, DecisionRequest, ModelCall, ProviderError
from arena.budget import Budget
from arena.calls import placed_calls
from arena.config import RunConfig, parse_config
from arena.match import play_match
from arena.records import MatchRecord
from arena.rounds import Ending
from arena.store import open_run
from arena.tournament import enter, prepare, run_tournament
from tests.arena.players import First, make_match


class Costly(Agent):
    """Plays the first legal action for this much money, and then may fail."""

    scripted = False

    def __init__(self, cost: float | None, *, fails: bool = False) -> None:
        super().__init__()
        self.cost = cost
        self.fails = fails
        self.decisions = 0

    async def decide(self, request: DecisionRequest) -> Decision:
        self.decisions += 1
        if self.fails and self.decisions > 1:
            raise ProviderError("the server is down")
        call = ModelCall("test/model", "none", (), "reply", cost_usd=self.cost)
        return Decision((request.legal_actions or ())[0], calls=(call,))


def played(cost: float | None, *, fails: bool = False) -> MatchRecord:
    """A match of tic-tac-toe; the first seat decides four times."""
    return asyncio.run(play_match(make_match("tic_tac_toe", Costly(cost, fails=fails), First())))


RESERVES = {"tic_tac_toe": [{"test": 1.0}, {"test": 0.5}]}


@pytest.mark.parametrize(("cost", "spent"), [(0.25, 1.0), (None, 1.5)])
def test_what_a_call_did_not_say_is_no_less_than_what_was_set_aside(cost: float | None, spent: float) -> None:
    budget = Budget(10.0, RESERVES)
    budget.count(played(cost))
    assert budget.spent == pytest.approx(spent)


def test_a_void_match_that_is_played_again_is_paid_once() -> None:
    budget = Budget(10.0, RESERVES)
    budget.count(played(0.25, fails=True))
    assert budget.spent == pytest.approx(0.25)
    budget.count(played(0.25))
    assert budget.spent == pytest.approx(1.0)


async def test_a_match_waits_for_money_that_those_in_play_may_leave() -> None:
    record = await play_match(make_match("tic_tac_toe", Costly(0.1), First()))
    budget = Budget(2.0, RESERVES)
    assert await budget.admit(record.header)
    waiting = asyncio.create_task(budget.admit(record.header))
    await asyncio.sleep(0)
    assert not waiting.done()
    budget.count(record)
    await budget.release(record.header)
    assert await waiting
    last = asyncio.create_task(budget.admit(record.header))
    await asyncio.sleep(0)
    budget.count(record)
    await budget.release(record.header)
    assert not await last
    assert budget.exhausted
    assert not await budget.admit(record.header)


def config(limit: float) -> RunConfig:
    model = {"agent": "mock/careful", "options": {"input_price": 10.0, "output_price": 10.0}}
    stop = {"max_cost_usd": limit}
    return parse_config({"games": ["kuhn_poker"], "agents": ["random", model], "repeats": 15, "stop": stop}, "test")


def spent(folder: Path) -> float:
    return sum(placed.call.cost_usd or 0.0 for record in open_run(folder).records() for placed in placed_calls(record))


def test_a_run_stays_within_its_money_and_goes_on_with_more(tmp_path: Path) -> None:
    matches = []
    for limit in (0.06, 0.09, 5.0):
        prepared = prepare(config(limit))
        enter(prepared, tmp_path / "run")
        ending = asyncio.run(run_tournament(prepared, tmp_path / "run", lambda _: None))
        matches.append(len(open_run(tmp_path / "run").outcomes()))
        assert ending is (Ending.COST if limit < 1 else Ending.PLAYED)
        assert spent(tmp_path / "run") <= limit
    assert 0 < matches[0] < matches[1] < matches[2] == prepared.total
