"""What a seat may read in a match, what it has decided there, and what it has used up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from agents.base import DecisionLimits, Exchange
from arena.records import Limits
from games.core import Game, Seat

AnyGame = Game[Any, Any]
Number = TypeVar("Number", int, float)


class Moment:
    """One past decision of a seat; what it read is rendered once, when somebody asks."""

    __slots__ = ("_action", "_exchange", "_state")

    def __init__(self, state: Hashable, action: str, seen: str | None) -> None:
        self._state = state
        self._action = action
        self._exchange = None if seen is None else Exchange(seen, action)

    def exchange(self, game: AnyGame, seat: Seat) -> Exchange:
        """What the seat read and the action that was played for it."""
        if self._exchange is None:
            self._exchange = Exchange(game.observation(self._state, seat), self._action)
        return self._exchange


@dataclass(slots=True)
class SeatUse:
    """What a seat has done and used up so far."""

    past: list[Moment] = field(default_factory=list)
    time_s: float = 0.0
    tokens: int = 0

    def decision_limits(self, limits: Limits) -> DecisionLimits:
        """What the next decision may take: its own limits, and what is left of the match's."""
        time_left = None if limits.match_time_s is None else limits.match_time_s - self.time_s
        tokens_left = None if limits.match_tokens is None else limits.match_tokens - self.tokens
        return DecisionLimits(
            time_s=_least(limits.decision_time_s, time_left),
            tokens=_least(limits.decision_tokens, tokens_left),
        )

    def exhausted(self, limits: Limits) -> str | None:
        """Which limit of the match is used up: `match_time`, `match_tokens` or None."""
        if limits.match_time_s is not None and self.time_s >= limits.match_time_s:
            return "match_time"
        if limits.match_tokens is not None and self.tokens >= limits.match_tokens:
            return "match_tokens"
        return None


@dataclass(frozen=True, slots=True)
class View:
    """The `SeatView` of a seat: what it may read of a state, rendered when read unless it is known already."""

    game: AnyGame
    state: Hashable
    seat: Seat
    seen: str | None
    past: tuple[Moment, ...]
    briefing: Callable[[Seat], str]

    def rules_text(self) -> str:
        """The constant briefing."""
        return self.briefing(self.seat)

    def observation(self) -> str:
        """What the seat reads now."""
        return self.game.observation(self.state, self.seat) if self.seen is None else self.seen

    def history(self) -> tuple[Exchange, ...]:
        """The seat's own past decisions, oldest first; none where it decides without its past."""
        if self.game.is_blind(self.state, self.seat):
            return ()
        return tuple([moment.exchange(self.game, self.seat) for moment in self.past])

    def legal_actions(self) -> tuple[str, ...] | None:
        """Texts of the legal actions; None when actions are open text."""
        legal = self.game.legal_actions(self.state, self.seat)
        return None if legal is None else self._texts(legal)

    def example_actions(self) -> tuple[str, ...]:
        """Texts of a few legal actions, also where actions are open."""
        return self._texts(self.game.example_actions(self.state, self.seat))

    def information_key(self) -> Hashable:
        """All that the seat knows, structured."""
        return self.game.information_state(self.state, self.seat)

    def _texts(self, actions: Iterable[Any]) -> tuple[str, ...]:
        return tuple(self.game.action_to_text(self.state, self.seat, action) for action in actions)


def _least(first: Number | None, second: Number | None) -> Number | None:
    """The smaller of two limits, where None is no limit."""
    known = [limit for limit in (first, second) if limit is not None]
    return min(known) if known else None
