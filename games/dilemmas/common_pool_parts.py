"""What a society with a common pool is made of: parameters, phases, rounds, and what one seat knows of them."""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from typing import Final, Literal, NamedTuple, Self, TypeVar

from pydantic import Field, model_validator

from games.core import GameParams, Seat

Item = TypeVar("Item")

_ROUNDING: Final = 1e-9

Character = Literal["none", "altruistic", "selfish"]


class CommonPoolParams(GameParams):
    """Parameters of the common pool. All defaults are a reconstruction: the paper's numbers could not be verified."""

    num_players: int = Field(5, ge=2, le=10, description="Players.")
    rounds: int = Field(20, ge=1, le=500, description="Most rounds; fewer when everybody drops out.")
    capacity: float = Field(100, ge=10, le=10_000, description="The most there can be of the resource, K.")
    start: float = Field(100, ge=0, le=10_000, description="What there is of it at the start; scarce: 50.")
    growth: float = Field(0.6, ge=0, le=1, description="Rate r of its logistic growth; scarce: 0.3.")
    productivity: float = Field(
        0.35, gt=0, le=1, description="Part of the resource that all players together harvest at full effort."
    )
    consumption: float = Field(1, ge=0, le=100, description="What each player uses up in a round.")
    store: float = Field(5, ge=0, le=1000, description="What each player has at the start.")
    punishment_cost: float = Field(1, ge=0, le=100, description="What punishing costs the punisher.")
    fine: float = Field(3, ge=0, le=100, description="What being punished once costs.")
    first_limit: float | None = Field(
        None, ge=0, le=1000, description="Limit on a player's harvest before the first vote, to tenths; null: none."
    )
    punishment: bool = Field(True, description="Whether players may watch others, and punish harvests above the limit.")
    copying: bool = Field(True, description="Whether each player sees in each round how another one fares.")
    voting: bool = Field(True, description="Whether players propose limits and vote on them.")
    character: Character = Field("none", description="What the briefing says the players are like.")

    @property
    def per_player(self) -> float:
        """Part of the resource that one player harvests at full effort."""
        return self.productivity / self.num_players

    @property
    def highest_limit(self) -> int:
        """The highest limit that can be proposed, in tenths: the most that one player can harvest."""
        return ceil(round(10 * self.per_player * self.capacity, 6))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.start > self.capacity:
            raise ValueError(f"start must be at most the capacity, {self.capacity:g}, but is {self.start:g}")
        if self.first_limit is not None and abs(10 * self.first_limit - round(10 * self.first_limit)) > _ROUNDING:
            raise ValueError(f"first_limit must have at most one decimal, but is {self.first_limit:g}")
        return self


class Phase(StrEnum):
    """What is going on in a round, in this order; phases in which nobody has anything to do are passed over."""

    HARVEST = "harvest"
    WATCH = "watch"
    DRAW = "draw"
    PUNISH = "punish"
    MEET = "meet"
    PROPOSE = "propose"
    VOTE = "vote"
    OVER = "over"


class Round(NamedTuple):
    """One round, as far as it has gone. By seat, with None for whoever did not act; empty before the phase.

    Attributes:
        stock: the resource before the harvest.
        limit: the limit in force, in tenths; None when there is none.
        efforts: in percent.
        harvests: in units.
        watching: whether it chose to watch.
        watched: whom lots let it watch.
        punished: whether it punished; None for whoever saw nothing to punish.
        met: whose effort and store it saw.
        proposals: limits in tenths.
        votes: likewise.
        stores: after harvest, consumption and punishment.
    """

    stock: float
    limit: int | None
    efforts: tuple[int | None, ...] = ()
    harvests: tuple[float, ...] = ()
    watching: tuple[bool | None, ...] = ()
    watched: tuple[Seat | None, ...] = ()
    punished: tuple[bool | None, ...] = ()
    met: tuple[Seat | None, ...] = ()
    proposals: tuple[int | None, ...] = ()
    votes: tuple[int | None, ...] = ()
    stores: tuple[float, ...] = ()


class CommonPoolState(NamedTuple):
    """Where the society stands.

    Attributes:
        phase: what is going on.
        now: the round that is being played; at the end, one that is not played any more.
        players: the seats that are still in.
        stores: what every seat has; of one that dropped out, what it had then.
        past: finished rounds, oldest first.
    """

    phase: Phase
    now: Round
    players: tuple[Seat, ...]
    stores: tuple[float, ...]
    past: tuple[Round, ...] = ()


class Met(NamedTuple):
    """Another player as it was seen: its effort in the round, in percent, and its store."""

    player: Seat
    effort: int
    store: float


class Watched(NamedTuple):
    """Another player as it was watched: its harvest in the round."""

    player: Seat
    harvest: float


class Own(NamedTuple):
    """One round as a seat knows it; None for what it did not do or see.

    Attributes:
        limit: the limit in force, in tenths.
        effort: in percent.
        harvest: in units.
        watching: whether it chose to watch.
        watched: whom it watched.
        punished: whether it punished.
        fines: how often it was punished.
        met: whom it saw.
        proposed: its proposal, in tenths.
        proposals: all different proposals, in tenths, ascending; empty before they are made.
        voted: its vote, in tenths.
    """

    limit: int | None
    effort: int | None = None
    harvest: float | None = None
    watching: bool | None = None
    watched: Watched | None = None
    punished: bool | None = None
    fines: int = 0
    met: Met | None = None
    proposed: int | None = None
    proposals: tuple[int, ...] = ()
    voted: int | None = None


class CommonPoolView(NamedTuple):
    """All that one seat knows: neither the resource nor what others do, but for what lots let it see.

    Attributes:
        phase: what is going on.
        now: the round that is being played.
        past: finished rounds, oldest first, up to the one in which it dropped out.
        players: the seats that are still in.
        store: what it has.

    For a seat that dropped out it is over: it is told nothing more, not even who is still in.
    """

    phase: Phase
    now: Own
    past: tuple[Own, ...]
    players: tuple[Seat, ...]
    store: float


def own_round(found: Round, seat: Seat) -> Own:
    """A round as a seat knows it."""
    watched, met = _of(found.watched, seat), _of(found.met, seat)
    return Own(
        limit=found.limit,
        effort=_of(found.efforts, seat),
        harvest=found.harvests[seat] if _of(found.efforts, seat) is not None else None,
        watching=_of(found.watching, seat),
        watched=None if watched is None else Watched(watched, found.harvests[watched]),
        punished=_of(found.punished, seat),
        fines=fines(found, seat),
        met=None if met is None else Met(met, found.efforts[met] or 0, found.stores[met]),
        proposed=_of(found.proposals, seat),
        proposals=distinct(found.proposals),
        voted=_of(found.votes, seat),
    )


def fines(found: Round, seat: Seat) -> int:
    """How often a seat was punished in a round."""
    return sum(target == seat and hit is True for target, hit in zip(found.watched, found.punished, strict=False))


def distinct(proposals: tuple[int | None, ...]) -> tuple[int, ...]:
    """All different proposals, ascending."""
    return tuple(sorted({proposal for proposal in proposals if proposal is not None}))


def _of(by_seat: tuple[Item | None, ...], seat: Seat) -> Item | None:
    """A seat's entry; None before the phase that makes it."""
    return by_seat[seat] if by_seat else None
