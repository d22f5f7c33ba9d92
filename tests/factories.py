"""Small match records for tests, each argument a fact that a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from agents.base import AttemptOutcome
from arena.records import (
    ActionSource,
    Attempt,
    DecisionTurn,
    Limits,
    MatchHeader,
    MatchRecord,
    MatchResult,
    MessageRef,
    ModelCallRecord,
    Outcome,
    Policy,
    SeatDecision,
    SeatRecord,
    Turn,
)
from games.registry import load


def match(
    agents: Sequence[str] = ("ann", "bob"),
    returns: Sequence[float] | None = (1.0, -1.0),
    *,
    game: str = "tic_tac_toe",
    pool: str | None = None,
    index: int = 0,
    cluster: str | None = None,
    turns: Sequence[Turn] = (),
    **more: Any,
) -> MatchRecord:
    """A completed match; `more` goes to the result, or to the record where it has such a field."""
    header = MatchHeader(
        match_id=sha256(f"{index} {agents}".encode()).hexdigest()[:32],
        index=index,
        game=game,
        pool=load(game).pool if pool is None else pool,
        seats=tuple(SeatRecord(agent=name, spec=f"spec of {name}") for name in agents),
        cluster=f"deal {index}" if cluster is None else cluster,
        deal_seed=index,
        seed=index,
        policy=Policy(),
        limits=Limits(),
    )
    of_record = {key: more.pop(key) for key in list(more) if key in MatchRecord.model_fields}
    return MatchRecord(header=header, turns=tuple(turns), result=_result(agents, returns, more), **of_record)


def forfeit(by: Sequence[int], agents: Sequence[str] = ("ann", "bob"), **facts: Any) -> MatchRecord:
    """A match that ended by the fault of some seats."""
    settings = {"outcome": Outcome.FORFEIT, "forfeited_by": tuple(by), "reason": "illegal", "detail": "not legal"}
    return match(agents, None, **settings, **facts)


def void(agents: Sequence[str] = ("ann", "bob"), **facts: Any) -> MatchRecord:
    """A match that the infrastructure broke."""
    return match(agents, None, outcome=Outcome.VOID, reason="infra", detail="server gone", **facts)


def decision(seat: int, action: str | None, *attempts: Attempt, source: ActionSource = ActionSource.AGENT) -> Turn:
    """A turn in which one seat decided."""
    return DecisionTurn(decisions=(SeatDecision(seat=seat, action=action, source=source, attempts=attempts),))


def attempt(outcome: str = "ok", text: str = "4", **facts: Any) -> Attempt:
    """One attempt; a `problem` is made up for failed ones."""
    problem = None if outcome == "ok" else f"the answer is {outcome}"
    return Attempt(outcome=AttemptOutcome(outcome), text=text, **{"problem": problem, **facts})


def call(reply: str = "4", **facts: Any) -> ModelCallRecord:
    """One model call with 100 tokens in, 10 out and no price."""
    settings: dict[str, Any] = {
        "requested_model": "test/model",
        "transport": "http",
        "messages": (MessageRef(role="user", text="prompt"),),
        "reply": reply,
        "tokens_in": 100,
        "tokens_out": 10,
        **facts,
    }
    return ModelCallRecord(**settings)


def _result(agents: Sequence[str], returns: Sequence[float] | None, facts: dict[str, Any]) -> MatchResult:
    settings: dict[str, Any] = {
        "outcome": Outcome.COMPLETED,
        "returns": None if returns is None else tuple(returns),
        "returns_so_far": tuple(returns or [0.0] * len(agents)),
        "digest": "0" * 32,
        **facts,
    }
    return MatchResult(**settings)
