"""What a tournament will take, before anything is spent: matches, model calls, tokens, money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from arena.loads import Load, Price, Range, sample_loads
from arena.tournament import Tournament
from games.core import Seat

# The price of a spec string; None: unknown.
PriceOf = Callable[[str], Price | None]


@dataclass(frozen=True, slots=True)
class AgentPlan:
    """What one agent of the roster will take.

    Attributes:
        agent: its name.
        matches: seats it takes, over all matches.
        load: what they take; nothing for scripted players.
        cost_usd: money; None when no price is known.
    """

    agent: str
    matches: int
    load: Load
    cost_usd: Range | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a tournament will take.

    Attributes:
        matches: scheduled matches, by game.
        agents: what each agent takes.
    """

    matches: dict[str, int]
    agents: tuple[AgentPlan, ...]


def plan(tournament: Tournament, is_model: Callable[[str], bool], price_of: PriceOf) -> Plan:
    """Estimate a tournament; `is_model` and `price_of` are asked about spec strings."""
    loads = {item.locator: sample_loads(item.game) for item in tournament.fixtures}
    matches: dict[str, int] = {}
    seats: dict[str, list[tuple[str, Seat]]] = {entry.label: [] for entry in tournament.config.agents}
    for header in tournament.headers():
        matches[header.game] = matches.get(header.game, 0) + 1
        for seat, entry in enumerate(header.seats):
            seats[entry.agent].append((header.game, seat))
    return Plan(
        matches,
        tuple(
            _agent_plan(entry.label, [loads[game][seat] for game, seat in seats[entry.label]], price_of(entry.spec))
            if is_model(entry.spec)
            else AgentPlan(entry.label, len(seats[entry.label]), Load(), Range())
            for entry in tournament.config.agents
        ),
    )


def _agent_plan(agent: str, loads: list[Load], price: Price | None) -> AgentPlan:
    load = sum(loads, Load())
    return AgentPlan(agent, len(loads), load, None if price is None else load.cost_usd(price))
