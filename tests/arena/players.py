"""Agents made for tests: each does one thing on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from agents.base import (
    Agent,
    AttemptOutcome,
    Decision,
    DecisionRequest,
    Message,
    ModelCall,
    ProviderError,
    Referee,
    Ruling,
    RulingRequest,
)
from arena.match import Match
from arena.records import Limits, MatchHeader, Policy, SeatRecord
from games.registry import load


class First(Agent):
    """Plays the first legal action."""

    async def decide(self, request: DecisionRequest) -> Decision:
        return Decision((request.legal_actions or request.example_actions)[0])


class Seeded(Agent):
    """Plays a random legal action from the seed of the request."""

    async def decide(self, request: DecisionRequest) -> Decision:
        return Decision(request.rng().choice(request.legal_actions or request.example_actions))


class Saying(Agent):
    """Gives these answers one after the other, attempt by attempt; the last one for ever."""

    scripted = False

    def __init__(self, *answers: str | AttemptOutcome) -> None:
        super().__init__()
        self.answers = answers
        self.requests: list[DecisionRequest] = []

    async def decide(self, request: DecisionRequest) -> Decision:
        self.requests.append(request)
        answer = self.answers[min(request.attempt, len(self.answers)) - 1]
        if isinstance(answer, AttemptOutcome):
            return Decision("", answer, f"that was {answer}")
        return Decision(answer)


class Calling(Agent):
    """Plays the first legal action and reports one model call with this many completion tokens."""

    scripted = False

    def __init__(self, tokens: int, seconds: float = 0.0) -> None:
        super().__init__()
        self.tokens = tokens
        self.seconds = seconds

    async def decide(self, request: DecisionRequest) -> Decision:
        await asyncio.sleep(self.seconds)
        messages = (Message("system", request.rules_text), Message("user", request.observation))
        call = ModelCall("test/model", "none", messages, "reply", tokens_in=7, tokens_out=self.tokens)
        return Decision((request.legal_actions or ())[0], reasoning="because", calls=(call,))


class Failing(Agent):
    """Raises this error when asked."""

    scripted = False

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error or ProviderError("the server is down")

    async def decide(self, request: DecisionRequest) -> Decision:
        raise self.error


class Ruler(Referee):
    """Gives this ruling."""

    def __init__(self, ruling: str) -> None:
        super().__init__()
        self.ruling = ruling

    async def rule(self, request: RulingRequest) -> Ruling:
        return Ruling(self.ruling)


def make_match(
    game: str,
    *agents: Agent,
    policy: Policy | None = None,
    limits: Limits | None = None,
    deal_seed: int = 1,
    seed: int = 2,
) -> Match:
    """A match of these agents, outside any run."""
    loaded = load(game)
    header = MatchHeader(
        match_id="0" * 32,
        index=0,
        game=game,
        pool=loaded.pool,
        seats=tuple(SeatRecord(agent=f"agent{seat}", spec="test") for seat in range(len(agents))),
        cluster="c",
        deal_seed=deal_seed,
        seed=seed,
        policy=policy or Policy(),
        limits=limits or Limits(),
    )
    return Match(header, loaded, agents)


Factory = Callable[[], Agent]
