"""Money: a run keeps within a limit by setting aside what each match may cost before it begins."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain
from math import inf

from agents.llm.prices import known_price
from agents.registry import is_model, jurors
from arena.calls import placed_calls
from arena.config import RunConfig
from arena.errors import UsageError
from arena.loads import Price, sample_loads
from arena.records import MatchHeader, MatchRecord, Outcome
from arena.schedule import Fixture
from games.spec import parse_spec


class Budget:
    """The money of a run, shared by all matches in play.

    Args:
        limit: US dollars in all; infinite without a limit.
        reserves: what a match may cost at most by estimate: for each game, seat by seat, by spec string.

    Attributes:
        spent: US dollars so far.
        exhausted: whether a match was refused for want of money.
    """

    def __init__(self, limit: float, reserves: dict[str, list[dict[str, float]]]) -> None:
        self._limit = limit
        self._reserves = reserves
        self.spent = 0.0
        self._reserved = 0.0
        self._in_play = 0
        self._void: dict[str, float] = {}
        self._changed = asyncio.Condition()
        self.exhausted = False

    def count(self, record: MatchRecord) -> None:
        """Take in what a match has cost; a void one too, until it is played again with the answers it has paid for."""
        name, cost = record.header.match_id, self._cost(record)
        self.spent += cost - self._void.pop(name, 0.0)
        if record.result.outcome is Outcome.VOID:
            self._void[name] = cost

    async def admit(self, header: MatchHeader) -> bool:
        """Set aside the money of a match, waiting for matches in play where need be; False when it is not there."""
        reserve = self._reserve(header)
        async with self._changed:
            await self._changed.wait_for(lambda: self.exhausted or self._fits(reserve) or not self._in_play)
            if self.exhausted or not self._fits(reserve):
                self.exhausted = True
                self._changed.notify_all()
                return False
            self._reserved += reserve
            self._in_play += 1
            return True

    async def release(self, header: MatchHeader) -> None:
        """Set nothing aside any more for a match that has ended, and whose cost was counted."""
        async with self._changed:
            self._reserved -= self._reserve(header)
            self._in_play -= 1
            self._changed.notify_all()

    def _fits(self, reserve: float) -> bool:
        return self.spent + self._reserved + reserve <= self._limit

    def _reserve(self, header: MatchHeader) -> float:
        by_seat = self._reserves.get(header.game, ())
        return sum(by_spec.get(seat.spec, 0.0) for by_spec, seat in zip(by_seat, header.seats, strict=False))

    def _cost(self, record: MatchRecord) -> float:
        """What the calls of a match have cost; where some did not say, no less than what was set aside."""
        costs = [placed.call.cost_usd for placed in placed_calls(record)]
        known = sum(cost for cost in costs if cost is not None)
        return max(known, self._reserve(record.header)) if None in costs else known


def budget(config: RunConfig, fixtures: Sequence[Fixture]) -> Budget:
    """The budget of a run that nothing has been spent of.

    Raises:
        UsageError: money is limited, and a price is not known.
    """
    if config.stop.max_cost_usd is None:
        return Budget(inf, {})
    known = prices(config, fixtures)
    return Budget(config.stop.max_cost_usd, {item.locator: _reserves(item, known) for item in fixtures})


def prices(config: RunConfig, fixtures: Sequence[Fixture]) -> dict[str, Price]:
    """What the tokens of every model cost, jurors included, by spec string; nothing while money has no limit.

    Raises:
        UsageError: one of them is not known.
    """
    if config.stop.max_cost_usd is None:
        return {}
    referees = {item.referee for item in fixtures if item.referee is not None}
    specs = {entry.spec for entry in config.agents} | set(chain.from_iterable(map(jurors, referees)))
    return {spec: _price(spec) for spec in sorted(specs) if is_model(parse_spec(spec).name)}


def _price(spec: str) -> Price:
    price = known_price(spec)
    if price is None:
        raise UsageError(
            f"max_cost_usd needs the price of {spec}, which is not known; say what a million tokens cost: "
            "options = { input_price = ..., output_price = ... }, 0 for a server of your own"
        )
    return price


def _reserves(fixture: Fixture, prices: dict[str, Price]) -> list[dict[str, float]]:
    """The high estimate of every seat for every model, each answer asked for as often as the policy allows."""
    return [
        {spec: fixture.policy.attempts * load.cost_usd(price).high for spec, price in prices.items()}
        for load in sample_loads(fixture.game)
    ]
