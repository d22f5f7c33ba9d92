"""Play one match. The loop owns trouble: attempts, policies, limits and outcome classes live here and nowhere else."""

from __future__ import annotations

import asyncio
import math
import time
import traceback
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, Final

from agents.base import (
    Agent,
    AttemptOutcome,
    Decision,
    DecisionRequest,
    Journal,
    NoJournal,
    PersonLeft,
    ProviderError,
    Referee,
    RulingRequest,
)
from agents.llm.redaction import redact
from arena.digests import state_digest, views_digest, views_of
from arena.records import (
    ActionSource,
    Attempt,
    ChanceTurn,
    DecisionTurn,
    MatchHeader,
    MatchRecord,
    MatchResult,
    Outcome,
    RefereeTurn,
    SeatDecision,
    Turn,
)
from arena.seats import AnyGame, Moment, SeatUse, View
from arena.seeding import derive_seed, stream
from arena.texts import TextPool
from games.core import CHANCE, REFEREE, ActionError, Ambiguous, Illegal, Seat

_OUTCOME_OF_ERROR: Final[tuple[tuple[type[ActionError], AttemptOutcome], ...]] = (
    (Illegal, AttemptOutcome.ILLEGAL),
    (Ambiguous, AttemptOutcome.AMBIGUOUS),
    (ActionError, AttemptOutcome.UNPARSABLE),
)


@dataclass(frozen=True, slots=True)
class Match:
    """All that one match needs.

    Attributes:
        header: what defines the match.
        game: the rules.
        agents: who sits where, by seat.
        referee: the outside authority; None when the game needs none.
        journal: where answers of models and people are kept.
    """

    header: MatchHeader
    game: AnyGame
    agents: tuple[Agent, ...]
    referee: Referee | None = None
    journal: Journal = field(default_factory=NoJournal)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What came of asking one seat: an action, or the reason for a forfeit."""

    seat: Seat
    record: SeatDecision
    action: Any = None
    fault: str | None = None
    detail: str | None = None


class _Forfeit(Exception):
    """Ends the match by the fault of one or several seats."""

    def __init__(self, choices: list[_Choice]) -> None:
        super().__init__()
        self.choices = choices


async def play_match(match: Match) -> MatchRecord:
    """Play a match to its end and return its record; trouble becomes an outcome, never an exception.

    Raises:
        PersonLeft: a person wants to stop; the match can go on later from its journal.
    """
    return await _Play(match).play()


class _Play:
    """One match being played."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.game = match.game
        self.header = match.header
        self.scripted = all(agent.scripted for agent in match.agents) and (
            match.referee is None or match.referee.scripted
        )
        self.turns: list[Turn] = []
        self.texts = TextPool()
        self.uses = [SeatUse() for _ in match.agents]
        self.briefing = cache(self.game.rules_text)
        self.draws = 0
        self.state: Hashable = None
        self.views: tuple[str, ...] | None = None

    async def play(self) -> MatchRecord:
        started, clock = datetime.now(UTC), time.monotonic()
        result = await self._result()
        return MatchRecord(
            header=self.header,
            turns=tuple(self.turns),
            result=result,
            texts=self.texts.sorted(),
            started_at=started.isoformat(timespec="milliseconds"),
            duration_s=round(time.monotonic() - clock, 6),
        )

    async def _result(self) -> MatchResult:
        try:
            return await self._outcome()
        except PersonLeft:
            raise
        except Exception as error:
            return self._broken(error)

    async def _outcome(self) -> MatchResult:
        try:
            self.state = self.game.initial_state()
            if self.match.referee is not None:
                await self.match.referee.make_ready()
            while seats := self.game.to_move(self.state):
                await self._turn(seats)
            return self._ended(Outcome.COMPLETED)
        except _Forfeit as forfeit:
            seats = tuple(choice.seat for choice in forfeit.choices)
            first = forfeit.choices[0]
            return self._ended(Outcome.FORFEIT, forfeited_by=seats, reason=first.fault, detail=first.detail)
        except ProviderError as error:
            return self._ended(Outcome.VOID, reason="infra", detail=str(error))

    def _ended(self, outcome: Outcome, **facts: Any) -> MatchResult:
        completed, returns = outcome is Outcome.COMPLETED, self._returns()
        return MatchResult(
            outcome=outcome,
            returns=returns if completed else None,
            returns_so_far=returns,
            text=self.game.outcome_text(self.state) if completed else "",
            digest=state_digest(self.game, self.state),
            **facts,
        )

    def _returns(self) -> tuple[float, ...]:
        """The game's returns; raises ValueError where one is no finite number, which nothing could be made of."""
        returns = tuple(self.game.returns(self.state))
        if not all(map(math.isfinite, returns)):
            raise ValueError(f"{self.game} returns {list(returns)}; expected finite numbers")
        return returns

    def _broken(self, error: Exception) -> MatchResult:
        """A fault of a game or an agent: nothing more is asked of the game, which may be what broke."""
        last = "".join(traceback.format_exception(error)[-2:]).strip()
        return MatchResult(
            outcome=Outcome.VOID,
            returns=None,
            returns_so_far=(),
            reason="harness",
            detail=redact(last),
            digest="",
        )

    async def _turn(self, seats: tuple[Seat, ...]) -> None:
        if seats == (CHANCE,):
            self._chance_turn()
        elif seats == (REFEREE,):
            await self._referee_turn()
        else:
            await self._decision_turn(seats)

    def _advance(self, actions: Mapping[Seat, Any]) -> str | None:
        """Apply the actions; the digest of the new state, where one is kept."""
        self.state = self.game.apply(self.state, actions)
        if self.scripted:
            return None
        self.views = views_of(self.game, self.state)
        return views_digest(self.views, self.game.to_move(self.state))

    def _seen(self, seat: Seat) -> str | None:
        """What a seat reads in this state, where it was rendered for the digest."""
        return None if self.views is None else self.views[seat]

    def _chance_turn(self) -> None:
        rng = stream(self.header.deal_seed, "chance", self.draws)
        self.draws += 1
        action = self.game.sample_chance(self.state, rng)
        text = self.game.action_to_text(self.state, CHANCE, action)
        self.turns.append(ChanceTurn(action=text, digest=self._advance({CHANCE: action})))

    async def _referee_turn(self) -> None:
        if self.match.referee is None:
            raise RuntimeError(f"{self.game} needs a referee and none was given")
        turn = len(self.turns)
        request = RulingRequest(
            match_id=self.header.match_id,
            turn=turn,
            request=self.game.referee_request(self.state),
            seed=derive_seed(self.header.seed, "referee", turn),
            journal=self.match.journal,
        )
        ruling = await self.match.referee.rule(request)
        action = self.game.parse_action(self.state, REFEREE, ruling.action)
        text = self.game.action_to_text(self.state, REFEREE, action)
        calls = self.texts.calls(ruling.calls)
        self.turns.append(RefereeTurn(action=text, calls=calls, digest=self._advance({REFEREE: action})))

    async def _decision_turn(self, seats: tuple[Seat, ...]) -> None:
        choices = await self._choices(seats)
        records = tuple(choice.record for choice in choices)
        faults = [choice for choice in choices if choice.fault is not None]
        if faults:
            self.turns.append(DecisionTurn(decisions=records))
            raise _Forfeit(faults)
        for choice in choices:
            self.uses[choice.seat].past.append(Moment(self.state, str(choice.record.action), self._seen(choice.seat)))
        digest = self._advance({choice.seat: choice.action for choice in choices})
        self.turns.append(DecisionTurn(decisions=records, digest=digest))

    async def _choices(self, seats: tuple[Seat, ...]) -> list[_Choice]:
        """Ask every seat on the same state: those who need not be waited for in turn, the others at once."""
        waiting = [seat for seat in seats if not self.match.agents[seat].scripted]
        if len(waiting) < 2:
            return [await self._choose(seat) for seat in seats]
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._choose(seat)) for seat in seats]
        except* Exception as problems:
            raise problems.exceptions[0] from None
        return [task.result() for task in tasks]

    async def _choose(self, seat: Seat) -> _Choice:
        """Ask a seat until its answer is an action, its attempts are used up, or its budget is."""
        attempts: list[Attempt] = []
        while len(attempts) < self.header.policy.attempts:
            over = self.uses[seat].exhausted(self.header.limits)
            if over is not None:
                return self._forfeit(seat, attempts, over, "the seat's budget for the match is used up")
            decision = await self._ask(seat, attempts)
            action, attempt = self._judge(seat, decision)
            if attempt.outcome is AttemptOutcome.OK:
                return self._chosen(seat, action, ActionSource.AGENT, (*attempts, attempt))
            attempts.append(attempt)
        return self._after_last_attempt(seat, attempts)

    async def _ask(self, seat: Seat, attempts: list[Attempt]) -> Decision:
        agent, use = self.match.agents[seat], self.uses[seat]
        request = self._request(seat, attempts)
        if agent.scripted:
            return await agent.decide(request)
        started = time.monotonic()
        try:
            async with asyncio.timeout(request.limits.time_s):
                decision = await agent.decide(request)
        except TimeoutError:
            decision = Decision("", AttemptOutcome.TIMEOUT, "No answer came in time.")
        use.time_s += time.monotonic() - started
        use.tokens += sum(call.tokens_out or 0 for call in decision.calls)
        return decision

    def _request(self, seat: Seat, attempts: list[Attempt]) -> DecisionRequest:
        turn, number = len(self.turns), len(attempts) + 1
        last = attempts[-1] if attempts else None
        return DecisionRequest(
            match_id=self.header.match_id,
            game=self.header.game,
            seat=seat,
            role=self.header.seats[seat].role,
            turn=turn,
            attempt=number,
            feedback=last.problem if last else None,
            rejected=last.text if last else None,
            limits=self.uses[seat].decision_limits(self.header.limits),
            journal=self.match.journal,
            _view=View(self.game, self.state, seat, self._seen(seat), tuple(self.uses[seat].past), self.briefing),
            _seed=partial(derive_seed, self.header.seed, "seat", seat, turn, number),
        )

    def _judge(self, seat: Seat, decision: Decision) -> tuple[Any, Attempt]:
        """Let the game interpret an answer; the action is None unless the attempt is ok."""
        action, outcome, problem = None, decision.outcome, decision.problem or None
        if outcome is AttemptOutcome.OK:
            try:
                action = self.game.parse_action(self.state, seat, decision.action)
            except ActionError as error:
                outcome, problem = _outcome_of(error), str(error)
        attempt = Attempt(
            outcome=outcome,
            text=decision.action,
            problem=problem,
            reasoning=decision.reasoning,
            beliefs=None if decision.beliefs is None else dict(decision.beliefs),
            calls=self.texts.calls(decision.calls),
        )
        return action, attempt

    def _chosen(self, seat: Seat, action: Any, source: ActionSource, attempts: tuple[Attempt, ...]) -> _Choice:
        text = self.game.action_to_text(self.state, seat, action)
        kept = () if _says_nothing(attempts, source) else attempts
        return _Choice(seat, SeatDecision(seat=seat, action=text, source=source, attempts=kept), action)

    def _after_last_attempt(self, seat: Seat, attempts: list[Attempt]) -> _Choice:
        policy, last = self.header.policy, attempts[-1]
        if policy.then == "random":
            rng = stream(self.header.seed, "fallback", len(self.turns), seat)
            choices = list(self.game.example_actions(self.state, seat))
            return self._chosen(seat, rng.choice(choices), ActionSource.RANDOM, tuple(attempts))
        if policy.then == "default":
            try:
                action = self.game.parse_action(self.state, seat, policy.default_action or "")
            except ActionError as error:
                return self._forfeit(seat, attempts, last.outcome, f"the policy's default action failed too: {error}")
            return self._chosen(seat, action, ActionSource.DEFAULT, tuple(attempts))
        return self._forfeit(seat, attempts, last.outcome, last.problem)

    @staticmethod
    def _forfeit(seat: Seat, attempts: list[Attempt], fault: str, detail: str | None) -> _Choice:
        record = SeatDecision(seat=seat, action=None, attempts=tuple(attempts))
        return _Choice(seat, record, fault=str(fault), detail=detail)


def _outcome_of(error: ActionError) -> AttemptOutcome:
    return next(outcome for kind, outcome in _OUTCOME_OF_ERROR if isinstance(error, kind))


def _says_nothing(attempts: tuple[Attempt, ...], source: ActionSource) -> bool:
    """Whether the attempts tell no more than the action does: a scripted player's first answer, accepted."""
    if len(attempts) != 1 or source is not ActionSource.AGENT:
        return False
    (attempt,) = attempts
    return not attempt.calls and attempt.reasoning is None and attempt.beliefs is None
