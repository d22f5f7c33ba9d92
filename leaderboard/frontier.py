"""Strength per dollar: which agents nobody beats at their price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from arena.ratings.tables import AgentRow, PoolTable
from leaderboard.conduct import Conduct, Conducts, Sum

MONEY: Final = "USD per match"
TOKENS: Final = "tokens per match"


@dataclass(frozen=True, slots=True)
class Offer:
    """What an agent is worth and what it costs.

    Attributes:
        agent: its name.
        worth: its rating, or its mean payoff in a pool without ratings.
        price: per match that it sat in.
        best: whether nobody is worth more at this price or less.
    """

    agent: str
    worth: float
    price: float
    best: bool


@dataclass(frozen=True, slots=True)
class Frontier:
    """The agents of a pool whose price is known, cheapest first.

    Attributes:
        pool: its name.
        unit: of prices: money where every call has a known price, else tokens.
        worth: what worth is: `rating` or `payoff`.
        offers: agents with worth and price; players that ask no model have no price and are left out.
        unpriced: agents of whom either is unknown.
    """

    pool: str
    unit: str
    worth: str
    offers: tuple[Offer, ...]
    unpriced: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """JSON-ready values."""
        return asdict(self)


def frontiers(tables: Sequence[PoolTable], conducts: Conducts) -> list[Frontier]:
    """The frontier of every pool in which some agent asked a model."""
    found = [
        _frontier(table, {row.agent: conducts.get((table.pool, row.agent)) for row in table.agents}) for table in tables
    ]
    return [frontier for frontier in found if frontier is not None]


def _frontier(table: PoolTable, conducts: dict[str, Conduct | None]) -> Frontier | None:
    asked = {agent: conduct for agent, conduct in conducts.items() if conduct is not None and conduct.calls}
    if not asked:
        return None
    unit = MONEY if all(_whole(conduct.cost_usd) for conduct in asked.values()) else TOKENS
    models = [row for row in table.agents if row.agent in asked]
    priced = [
        (row.agent, worth, price)
        for row in models
        for worth, price in [(_worth(table, row), _price(row, asked[row.agent], unit))]
        if worth is not None and price is not None
    ]
    offers = [
        Offer(agent, worth, price, all(other <= worth or cost > price for _, other, cost in priced))
        for agent, worth, price in sorted(priced, key=lambda offer: (offer[2], -offer[1], offer[0]))
    ]
    known = {offer.agent for offer in offers}
    absent = tuple(row.agent for row in models if row.agent not in known)
    return Frontier(table.pool, unit, "rating" if table.rated else "payoff", tuple(offers), absent)


def _worth(table: PoolTable, row: AgentRow) -> float | None:
    if table.rated:
        return None if row.rating is None else row.rating.rating
    return None if row.payoff is None else row.payoff.mean


def _price(row: AgentRow, conduct: Conduct, unit: str) -> float | None:
    """Per match; None where it is unknown. Matches that were void cost too, but bring nothing."""
    if not row.matches:
        return None
    parts = [conduct.cost_usd] if unit == MONEY else [conduct.tokens_in, conduct.tokens_out]
    return sum(part.known for part in parts) / row.matches if all(map(_whole, parts)) else None


def _whole(found: Sum) -> bool:
    """Whether every part of a sum is known."""
    return found.values > 0 and not found.unknown
