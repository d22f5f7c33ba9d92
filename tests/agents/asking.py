"""Decision requests made by hand, for tests of agents without a match loop."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from agents.base import DecisionLimits, DecisionRequest, Exchange, Journal, NoJournal
from games.core import Game


@dataclass(frozen=True)
class Texts:
    """What a seat reads, as given."""

    rules: str = "Name a number, for example: 4"
    seen: str = "It is your turn."
    past: tuple[Exchange, ...] = ()
    legal: tuple[str, ...] | None = ("4", "5", "6")

    def rules_text(self) -> str:
        return self.rules

    def observation(self) -> str:
        return self.seen

    def history(self) -> tuple[Exchange, ...]:
        return self.past

    def legal_actions(self) -> tuple[str, ...] | None:
        return self.legal

    def example_actions(self) -> tuple[str, ...]:
        raise AssertionError("models are shown no examples")

    def information_key(self) -> Hashable:
        raise AssertionError("models are shown text only")


def texts_of(game: Game[Any, Any], state: Any, seat: int, past: tuple[Exchange, ...] = ()) -> Texts:
    """What a seat of a real game reads in a state."""
    legal = game.legal_actions(state, seat)
    names = None if legal is None else tuple(game.action_to_text(state, seat, action) for action in legal)
    return Texts(game.rules_text(seat), game.observation(state, seat), past, names)


def asked(
    texts: Texts | None = None,
    *,
    attempt: int = 1,
    feedback: str | None = None,
    rejected: str | None = None,
    limits: DecisionLimits | None = None,
    journal: Journal | None = None,
    seed: int = 2**62 + 11,
    turn: int = 3,
) -> DecisionRequest:
    """A request to seat 0 of some match."""
    return DecisionRequest(
        match_id="m",
        game="some_game",
        seat=0,
        role="",
        turn=turn,
        attempt=attempt,
        feedback=feedback,
        rejected=rejected,
        limits=limits or DecisionLimits(),
        journal=journal or NoJournal(),
        _view=texts or Texts(),
        _seed=lambda: seed,
    )


@dataclass
class Book:
    """A journal in memory."""

    kept: dict[str, str] = field(default_factory=dict)

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def keep(self, key: str, answer: str) -> None:
        assert key not in self.kept, "an answer is kept once"
        self.kept[key] = answer
