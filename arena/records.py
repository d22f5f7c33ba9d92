"""The schema of a match record: header, turns, result. One record is the truth about one match.

Everything that ratings, metrics and pages say is computed from records. Unknown is null, never 0. The JSON Schema of
`MatchRecord` is a golden file; a change of meaning raises `SCHEMA_VERSION`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from agents.base import AttemptOutcome

SCHEMA_VERSION: Final = 1


class Record(BaseModel):
    """Base of all parts of a record: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class MessageRef(Record):
    """A message that was sent to a model; its text is stored once per match, under its address."""

    role: Literal["system", "user", "assistant"]
    """Who speaks."""
    text: str
    """Address of the text in `MatchRecord.texts`."""


class ModelCallRecord(Record):
    """One answered call to a language model."""

    requested_model: str
    """The model name that was asked for."""
    returned_model: str | None = None
    """The model name that the server says answered."""
    transport: str
    """The client that made the call: http, openai, anthropic or litellm."""
    messages: tuple[MessageRef, ...]
    """What was sent, in order."""
    reply: str
    """The visible text of the answer."""
    reasoning: str | None = None
    """Thinking that the provider returned apart from the text."""
    finish_reason: str | None = None
    """Why the model stopped, in the provider's word."""
    tokens_in: int | None = Field(None, ge=0)
    """Prompt tokens, as the server counted them."""
    tokens_out: int | None = Field(None, ge=0)
    """Completion tokens, thinking included, as the server counted them."""
    tokens_reasoning: int | None = Field(None, ge=0)
    """Thinking tokens among `tokens_out`."""
    tokens_cached: int | None = Field(None, ge=0)
    """Prompt tokens that the provider read from its cache."""
    cost_usd: float | None = Field(None, ge=0)
    """Price in US dollars; null when no price is known."""
    latency_s: float | None = Field(None, ge=0)
    """Seconds from sending to the whole reply, without failed tries."""
    retries: int = Field(0, ge=0)
    """Failed tries before this answer (rate limits, server errors)."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """Sampling parameters that were sent."""


class Attempt(Record):
    """One answer of an agent to one question, accepted or not."""

    outcome: AttemptOutcome
    """ok, or why the answer was not accepted."""
    text: str
    """The action as the agent gave it; empty when it gave none."""
    problem: str | None = None
    """What the agent was told before it was asked again; null when accepted."""
    reasoning: str | None = None
    """Private thoughts that came with the answer; no other seat has seen them."""
    beliefs: dict[str, Any] | None = None
    """Beliefs that the agent stated; null when it stated none."""
    calls: tuple[ModelCallRecord, ...] = ()
    """Model calls that led to the answer."""


class ActionSource(StrEnum):
    """Who chose a seat's action."""

    AGENT = "agent"
    RANDOM = "random"
    DEFAULT = "default"


class SeatDecision(Record):
    """What one seat did in one turn."""

    seat: int = Field(ge=0)
    """The seat that decided."""
    action: str | None
    """Canonical text of the action that was applied; null in the last turn of a match that the seat forfeited."""
    source: ActionSource = ActionSource.AGENT
    """Whether the agent chose it, or the policy for failed attempts did."""
    attempts: tuple[Attempt, ...] = ()
    """Every attempt in order; empty when a scripted player's first answer was accepted."""


class ChanceTurn(Record):
    """Nature moved."""

    kind: Literal["chance"] = "chance"
    """Discriminator."""
    action: str
    """Canonical text of the outcome."""
    digest: str | None = None
    """Digest of what every seat can see after the turn; null inside matches between scripted players."""


class DecisionTurn(Record):
    """One or several seats moved, all on the same state."""

    kind: Literal["decision"] = "decision"
    """Discriminator."""
    decisions: tuple[SeatDecision, ...]
    """One entry per seat that moved, by ascending seat. A turn in which a seat forfeited was not applied."""
    digest: str | None = None
    """Digest of what every seat can see after the turn; null inside matches between scripted players."""


class RefereeTurn(Record):
    """The outside authority ruled."""

    kind: Literal["referee"] = "referee"
    """Discriminator."""
    action: str
    """Canonical text of the ruling."""
    calls: tuple[ModelCallRecord, ...] = ()
    """Model calls that led to the ruling."""
    digest: str | None = None
    """Digest of what every seat can see after the turn; null inside matches between scripted players."""


Turn = Annotated[ChanceTurn | DecisionTurn | RefereeTurn, Field(discriminator="kind")]


class Policy(Record):
    """What happens when an agent's answer is no legal action."""

    attempts: int = Field(3, ge=1, le=100)
    """How often one decision may be asked in all."""
    then: Literal["forfeit", "random", "default"] = "forfeit"
    """After the last attempt: forfeit the match, play a random legal action, or play `default_action`."""
    default_action: str | None = None
    """Text of the action that `then = "default"` plays; the match is forfeited where it is not legal."""


class Limits(Record):
    """What a match may take. Null: no limit."""

    decision_time_s: float | None = Field(300.0, gt=0)
    """Seconds for one attempt at a decision."""
    decision_tokens: int | None = Field(None, ge=1)
    """Completion tokens of one reply."""
    match_time_s: float | None = Field(None, gt=0)
    """Seconds one seat may use for all its decisions in a match."""
    match_tokens: int | None = Field(None, ge=1)
    """Completion tokens one seat may use in a match."""


class SeatRecord(Record):
    """Who sat in a seat."""

    agent: str
    """Name of the agent within the run."""
    spec: str
    """Spec string that builds the agent."""
    role: str = ""
    """The seat's function; empty when seats have none."""


def _of_this_schema(version: int) -> int:
    if version != SCHEMA_VERSION:
        raise ValueError(f"the record is of schema {version}")
    return version


class MatchHeader(Record):
    """What defines a match. `match_id` is the hash of all the rest but `index`."""

    schema_version: Annotated[int, AfterValidator(_of_this_schema)] = SCHEMA_VERSION
    """Version of this schema."""
    match_id: str
    """Hash of what defines the match: 32 hexadecimal digits."""
    index: int = Field(ge=0)
    """Position in the schedule, from 0."""
    game: str
    """Spec string that loads the game."""
    pool: str
    """The matches this one is rated with: game, parameters and version."""
    seats: tuple[SeatRecord, ...]
    """Who sat where, by seat."""
    referee: str | None = None
    """Spec string of the referee; null when the game needs none."""
    cluster: str
    """Matches that share a deal carry the same cluster: they are not independent."""
    deal_seed: int = Field(ge=0)
    """Seed of chance, shared by the matches of a cluster."""
    seed: int = Field(ge=0)
    """Seed of the agents and of fallback actions, of this match alone."""
    policy: Policy
    """What happens when an answer is no legal action."""
    limits: Limits
    """What the match may take."""


class Outcome(StrEnum):
    """How a match ended."""

    COMPLETED = "completed"
    FORFEIT = "forfeit"
    VOID = "void"


class MatchResult(Record):
    """How a match ended."""

    outcome: Outcome
    """completed; forfeit (a player's own fault); void (infrastructure or harness: not rated, played again)."""
    returns: tuple[float, ...] | None
    """Final utility per seat of a completed match; null otherwise."""
    returns_so_far: tuple[float, ...]
    """Utility per seat when the match ended, whatever the outcome."""
    forfeited_by: tuple[int, ...] = ()
    """Seats at fault, when the outcome is forfeit."""
    reason: str | None = None
    """Forfeit: outcome of the last attempt, `match_time` or `match_tokens`. Void: `infra` or `harness`."""
    detail: str | None = None
    """The last problem in words, for forfeits and voids."""
    text: str = ""
    """One line on how the play ended."""
    digest: str
    """Digest of what every seat can see in the last state."""


class MatchRecord(Record):
    """One match: enough to replay it with no network, no referee and no random generator."""

    header: MatchHeader
    """What defines the match."""
    turns: tuple[Turn, ...]
    """Everything that moved, in order."""
    result: MatchResult
    """How it ended."""
    texts: dict[str, str] = Field(default_factory=dict)
    """Texts of messages sent to models, by content address."""
    started_at: str | None = None
    """When play began: UTC, ISO 8601."""
    duration_s: float | None = Field(None, ge=0)
    """Seconds of play in this process."""
