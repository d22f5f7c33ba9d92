"""What an agent is asked and what it answers.

An agent is a function of its spec and the request: it keeps nothing between matches, sees text and never a state,
and judges no legality. Retries, limits and policies belong to the match loop.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self

from pydantic import BaseModel, ConfigDict

from games.core import Game, Seat
from games.referee import RefereeRequest


class AttemptOutcome(StrEnum):
    """How one attempt at a decision ended. All but `OK` are the player's own fault, each counted apart."""

    OK = "ok"
    UNPARSABLE = "unparsable"
    ILLEGAL = "illegal"
    AMBIGUOUS = "ambiguous"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    REFUSAL = "refusal"
    TIMEOUT = "timeout"


class ProviderError(Exception):
    """The infrastructure behind a model failed for good: the match is void, nobody has lost.

    Attributes:
        fatal: no later call to this model can work either (bad key, unknown model, no credit).
    """

    def __init__(self, message: str, *, fatal: bool = False) -> None:
        super().__init__(message)
        self.fatal = fatal


class PersonLeft(Exception):
    """The person at the terminal wants to stop: nobody has lost, and what was answered is kept."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One past decision of a seat: what it read and the action that was played for it."""

    observation: str
    action: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat, with the role `system`, `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One answered call to a model. Unknown is None, never 0.

    Attributes:
        requested_model: the name that was asked for.
        returned_model: the name that the server says answered.
        transport: which client made the call.
        messages: what was sent.
        reply: the visible text.
        reasoning: thinking that the provider returned apart from the text.
        finish_reason: `stop`, `length`, `content_filter`, ... as the provider says.
        tokens_in: prompt tokens.
        tokens_out: completion tokens, reasoning included.
        tokens_reasoning: thinking tokens among `tokens_out`.
        tokens_cached: prompt tokens read from the provider's cache.
        cost_usd: price of the call in US dollars.
        latency_s: seconds from sending to the whole reply, waiting for retries excluded.
        retries: failed tries before this answer.
        parameters: sampling parameters that were sent.
    """

    requested_model: str
    transport: str
    messages: tuple[Message, ...]
    reply: str
    returned_model: str | None = None
    reasoning: str | None = None
    finish_reason: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_reasoning: int | None = None
    tokens_cached: int | None = None
    cost_usd: float | None = None
    latency_s: float | None = None
    retries: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionLimits:
    """What one decision may take.

    Attributes:
        time_s: seconds for the decision, provider queues included; None: no limit.
        tokens: completion tokens of one reply; None: the provider's own limit.
    """

    time_s: float | None = None
    tokens: int | None = None


class Journal(Protocol):
    """Where answers are stored before they are used, so that a killed run never pays twice for one."""

    def recall(self, key: str) -> str | None:
        """The stored answer, if this call was answered before."""

    def keep(self, key: str, answer: str) -> None:
        """Store an answer; it is safe when this returns."""


class NoJournal:
    """Forgets everything: for single matches outside a run."""

    def recall(self, key: str) -> str | None:
        """Nothing was kept."""
        return None

    def keep(self, key: str, answer: str) -> None:
        """Keep nothing."""


class SeatView(Protocol):
    """What a seat may read, rendered when it is read. The match loop supplies it."""

    def rules_text(self) -> str:
        """The constant briefing."""

    def observation(self) -> str:
        """What the seat reads now."""

    def history(self) -> tuple[Exchange, ...]:
        """The seat's own past decisions, oldest first; none where the game makes it decide without its past."""

    def legal_actions(self) -> tuple[str, ...] | None:
        """Texts of the legal actions; None when actions are open text."""

    def example_actions(self) -> tuple[str, ...]:
        """Texts of a few legal actions, also where actions are open; scripted players only."""

    def information_key(self) -> Hashable:
        """All that the seat knows, structured (`Game.information_state`); scripted players only."""


@dataclass(frozen=True)
class DecisionRequest:
    """One question to one seat.

    Attributes:
        match_id: the match.
        game: spec that `games.registry.load` reads.
        seat: index of the seat.
        role: the seat's function; empty when seats have none.
        turn: number of the turn within the match, from 0.
        attempt: 1 for the first asking, more after a rejected answer.
        feedback: why the last answer was rejected; None on the first attempt.
        rejected: the last answer as it was read; None on the first attempt.
        limits: what the decision may take.
        journal: where answers of models and people are kept.
    """

    match_id: str
    game: str
    seat: Seat
    role: str
    turn: int
    attempt: int
    feedback: str | None
    rejected: str | None
    limits: DecisionLimits
    journal: Journal
    _view: SeatView
    _seed: Callable[[], int]

    @cached_property
    def seed(self) -> int:
        """A 63-bit seed of this decision and attempt alone: the same in every run of the same match."""
        return self._seed()

    def rng(self) -> random.Random:
        """A fresh random stream of this decision and attempt."""
        return random.Random(self.seed)

    @cached_property
    def rules_text(self) -> str:
        """The constant briefing of this seat."""
        return self._view.rules_text()

    @cached_property
    def observation(self) -> str:
        """What this seat reads now."""
        return self._view.observation()

    @cached_property
    def history(self) -> tuple[Exchange, ...]:
        """This seat's own past decisions, oldest first."""
        return self._view.history()

    @cached_property
    def legal_actions(self) -> tuple[str, ...] | None:
        """Texts of the legal actions; None when actions are open text."""
        return self._view.legal_actions()

    @cached_property
    def example_actions(self) -> tuple[str, ...]:
        """Texts of a few legal actions, also where actions are open. Not for models."""
        return self._view.example_actions()

    @cached_property
    def information_key(self) -> Hashable:
        """The seat's information state, structured. Not for models: it says nothing that the text does not."""
        return self._view.information_key()

    def call_key(self, call: int) -> str:
        """The journal key of the n-th model call of this attempt."""
        return f"{self.turn}/{self.seat}/{self.attempt}/{call}"


@dataclass(frozen=True, slots=True)
class Decision:
    """An agent's answer.

    Attributes:
        action: the text of the action; empty when the agent has none to give.
        outcome: `OK`, or why there is no action (empty, truncated, refusal, unparsable, timeout).
        problem: for a failed outcome: one sentence for the agent's next attempt.
        reasoning: private thoughts; never shown to another seat.
        beliefs: stated beliefs, JSON-ready; None when none were stated.
        calls: model calls that led here.
    """

    action: str
    outcome: AttemptOutcome = AttemptOutcome.OK
    problem: str = ""
    reasoning: str | None = None
    beliefs: Mapping[str, Any] | None = None
    calls: tuple[ModelCall, ...] = ()


class AgentParams(BaseModel):
    """Parameters of an agent: frozen, JSON-ready, every field with a default and a description."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Participant(ABC):
    """Anything that takes part in matches and is built from a spec string.

    One instance may take part in many matches at once, so it keeps no state of any.

    Attributes:
        Params: the class of the parameters.
        title: for people, one line.
        scripted: deterministic given its seeds, and free: no model, no person.
        spec: the spec string that builds this participant.
    """

    Params: ClassVar[type[AgentParams]] = AgentParams
    title: ClassVar[str] = ""
    scripted: ClassVar[bool] = True
    params: AgentParams
    spec: str = ""

    def __init__(self, params: AgentParams | None = None) -> None:
        self.params = self.Params() if params is None else params

    @classmethod
    def of(cls, **params: Any) -> Self:
        """The participant with these parameters; raises pydantic's ValidationError for ones it does not take."""
        return cls(cls.Params(**params))

    async def aclose(self) -> None:
        """Release connections."""


class Agent(Participant):
    """What sits in a seat."""

    def suits(self, game: Game[Any, Any]) -> bool:
        """Whether the agent can play this game; models and people can play any."""
        return True

    @abstractmethod
    async def decide(self, request: DecisionRequest) -> Decision:
        """Answer one question. Raises ProviderError when the infrastructure behind the agent failed."""


@dataclass(frozen=True, slots=True)
class RulingRequest:
    """One question to the referee.

    Attributes:
        match_id: the match.
        turn: number of the turn within the match.
        request: what the game asks, as data.
        seed: a 63-bit seed of this ruling alone.
        journal: where answers of models are kept.
    """

    match_id: str
    turn: int
    request: RefereeRequest
    seed: int
    journal: Journal

    def call_key(self, call: int) -> str:
        """The journal key of the n-th model call of this ruling."""
        return f"{self.turn}/referee/1/{call}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A referee's answer: the text of its action, and the model calls that led to it."""

    action: str
    calls: tuple[ModelCall, ...] = ()


class Referee(Participant):
    """An impartial outside authority."""

    async def make_ready(self) -> None:
        """Find out, before a match begins and anything is spent on it, whether rulings can be had.

        Raises:
            ProviderError: they cannot be had here, with the reason; the match is void, nobody's loss.
        """

    def software(self) -> dict[str, str]:
        """Versions of the programs that rulings depend on, by name, beside the packages that every run notes."""
        return {}

    @abstractmethod
    async def rule(self, request: RulingRequest) -> Ruling:
        """Answer one question. Raises ProviderError when the infrastructure behind the referee failed."""
