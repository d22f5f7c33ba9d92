"""The match loop: outcomes, attempts, policies, limits, seeds."""

from __future__ import annotations

import asyncio

import pytest

from agents.base import Agent, AttemptOutcome, Decision, DecisionRequest
from arena.match import Match, play_match
from arena.records import ActionSource, ChanceTurn, DecisionTurn, Limits, MatchRecord, Outcome, Policy
from arena.replay import replay
from games.board.tic_tac_toe import TicTacToe
from games.core import Game
from tests.arena.players import Calling, Failing, First, Saying, Seeded, make_match

FAULTS = [
    AttemptOutcome.UNPARSABLE,
    AttemptOutcome.EMPTY,
    AttemptOutcome.TRUNCATED,
    AttemptOutcome.REFUSAL,
    AttemptOutcome.TIMEOUT,
]


def decisions(record: MatchRecord) -> list[DecisionTurn]:
    return [turn for turn in record.turns if isinstance(turn, DecisionTurn)]


async def test_first_legal_players_end_tic_tac_toe_as_by_hand() -> None:
    record = await play_match(make_match("tic_tac_toe", First(), First()))
    assert [turn.decisions[0].action for turn in decisions(record)] == ["0", "1", "2", "3", "4", "5", "6"]
    assert record.result.outcome is Outcome.COMPLETED
    assert record.result.returns == (1.0, -1.0)


async def test_scripted_matches_keep_one_digest_and_others_one_per_turn() -> None:
    scripted = await play_match(make_match("kuhn_poker", First(), First()))
    assert {turn.digest for turn in scripted.turns} == {None}
    watched = await play_match(make_match("kuhn_poker", First(), Calling(5)))
    assert None not in {turn.digest for turn in watched.turns}
    assert watched.turns[-1].digest == watched.result.digest == scripted.result.digest


async def test_a_rejected_answer_is_asked_again_with_feedback_and_counts_as_its_own_kind() -> None:
    agent = Saying("99", "nonsense", "4")
    record = await play_match(make_match("tic_tac_toe", agent, First()))
    first = decisions(record)[0].decisions[0]
    assert [attempt.outcome for attempt in first.attempts] == ["illegal", "unparsable", "ok"]
    assert first.action == "4"
    assert agent.requests[1].feedback is not None
    assert "not legal" in agent.requests[1].feedback
    assert agent.requests[1].rejected == "99"
    assert agent.requests[0].seed != agent.requests[1].seed


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_agent_that_never_answers_forfeits_for_that_reason(fault: AttemptOutcome) -> None:
    record = await play_match(make_match("kuhn_poker", First(), Saying(fault), policy=Policy(attempts=2)))
    assert record.result.outcome is Outcome.FORFEIT
    assert record.result.forfeited_by == (1,)
    assert record.result.reason == fault
    assert record.result.returns is None
    last = decisions(record)[-1].decisions[0]
    assert last.action is None
    assert [attempt.outcome for attempt in last.attempts] == [fault, fault]
    assert len(list(replay(record))) == len(record.turns) + 1


async def test_the_policy_can_play_a_random_or_a_declared_action_instead() -> None:
    random = await play_match(
        make_match("kuhn_poker", Saying("never"), First(), policy=Policy(attempts=2, then="random"))
    )
    chosen = decisions(random)[0].decisions[0]
    assert chosen.source is ActionSource.RANDOM
    assert len(chosen.attempts) == 2
    assert random.result.outcome is Outcome.COMPLETED
    default = Policy(attempts=1, then="default", default_action="check")
    record = await play_match(make_match("kuhn_poker", Saying("never"), First(), policy=default))
    assert decisions(record)[0].decisions[0].action == "check"
    assert decisions(record)[0].decisions[0].source is ActionSource.DEFAULT


async def test_a_default_action_that_is_not_legal_forfeits() -> None:
    policy = Policy(attempts=1, then="default", default_action="fold")
    record = await play_match(make_match("kuhn_poker", Saying("never"), First(), policy=policy))
    assert record.result.outcome is Outcome.FORFEIT
    assert record.result.detail is not None
    assert "default action" in record.result.detail


async def test_a_provider_failure_voids_the_match_and_nobody_loses() -> None:
    record = await play_match(make_match("kuhn_poker", First(), Failing()))
    assert record.result.outcome is Outcome.VOID
    assert record.result.reason == "infra"
    assert record.result.forfeited_by == ()
    assert record.result.detail == "the server is down"


async def test_a_failure_while_several_seats_are_asked_at_once_voids_the_match() -> None:
    record = await play_match(make_match("prisoners_dilemma(rounds=2)", Failing(), Saying("cooperate")))
    assert (record.result.outcome, record.result.reason) == (Outcome.VOID, "infra")


HOOKS = ["initial_state", "to_move", "legal_actions", "apply", "returns", "observation", "parse_action"]


@pytest.mark.parametrize("hook", HOOKS)
async def test_a_game_that_raises_voids_the_match_with_the_reason(hook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    match = make_match("tic_tac_toe", First(), First())

    def broken(*_: object) -> None:
        raise ZeroDivisionError(f"{hook} is broken")

    monkeypatch.setattr(TicTacToe, hook, broken)
    record = await play_match(match)
    assert (record.result.outcome, record.result.reason) == (Outcome.VOID, "harness")
    assert f"{hook} is broken" in (record.result.detail or "")


async def test_an_agent_that_raises_voids_the_match() -> None:
    record = await play_match(make_match("tic_tac_toe", First(), Failing(KeyError("x"))))
    assert (record.result.outcome, record.result.reason) == (Outcome.VOID, "harness")


async def test_a_late_answer_is_a_timeout() -> None:
    slow = Calling(1, seconds=30)
    limits = Limits(decision_time_s=0.01)
    record = await play_match(make_match("kuhn_poker", slow, First(), limits=limits, policy=Policy(attempts=2)))
    assert (record.result.outcome, record.result.reason) == (Outcome.FORFEIT, "timeout")


async def test_a_seat_that_uses_up_its_tokens_or_time_forfeits() -> None:
    tokens = await play_match(make_match("tic_tac_toe", Calling(10), First(), limits=Limits(match_tokens=15)))
    assert (tokens.result.outcome, tokens.result.reason) == (Outcome.FORFEIT, "match_tokens")
    assert len(decisions(tokens)) == 5
    time = await play_match(
        make_match("tic_tac_toe", Calling(1, seconds=0.02), First(), limits=Limits(match_time_s=0.03))
    )
    assert (time.result.outcome, time.result.reason) == (Outcome.FORFEIT, "match_time")


async def test_limits_reach_the_agent_as_what_is_left() -> None:
    agent = Saying("4")
    await play_match(
        make_match("tic_tac_toe", agent, First(), limits=Limits(decision_tokens=50, match_tokens=20, match_time_s=None))
    )
    assert agent.requests[0].limits.tokens == 20


class Meeting(Agent):
    """Answers only when the other seat is being asked as well."""

    scripted = False

    def __init__(self, barrier: asyncio.Barrier) -> None:
        super().__init__()
        self.barrier = barrier

    async def decide(self, request: DecisionRequest) -> Decision:
        await asyncio.wait_for(self.barrier.wait(), 5)
        return Decision("cooperate")


async def test_seats_that_move_together_are_asked_at_once_on_the_same_state() -> None:
    barrier = asyncio.Barrier(2)
    record = await play_match(make_match("prisoners_dilemma(rounds=3)", Meeting(barrier), Meeting(barrier)))
    assert record.result.returns == (9.0, 9.0)
    assert all(len(turn.decisions) == 2 for turn in decisions(record))


async def test_the_same_deal_falls_whoever_sits_where_and_whatever_they_do() -> None:
    def cards(record: MatchRecord) -> list[str]:
        return [turn.action for turn in record.turns if isinstance(turn, ChanceTurn)]

    records = [
        await play_match(make_match("leduc_poker", *agents, deal_seed=seed))
        for seed in range(6)
        for agents in ((First(), Seeded()), (Seeded(), First()))
    ]
    for one, other in zip(records[::2], records[1::2], strict=True):
        shared = min(len(cards(one)), len(cards(other)))
        assert cards(one)[:shared] == cards(other)[:shared]
    assert len({tuple(cards(record)[:2]) for record in records}) > 2


async def test_the_same_match_gives_the_same_record() -> None:
    first, second = [await play_match(make_match("kuhn_poker", Seeded(), Seeded())) for _ in range(2)]
    assert first.model_dump(exclude={"started_at", "duration_s"}) == second.model_dump(
        exclude={"started_at", "duration_s"}
    )


async def test_messages_are_stored_once_by_address() -> None:
    record = await play_match(make_match("tic_tac_toe", Calling(3), First()))
    calls = [
        call for turn in decisions(record) for item in turn.decisions for tried in item.attempts for call in tried.calls
    ]
    assert len(calls) == 4
    assert len({call.messages[0].text for call in calls}) == 1
    assert {ref.text for call in calls for ref in call.messages} == set(record.texts)


def test_a_request_shows_no_state_and_no_game() -> None:
    seen: list[DecisionRequest] = []

    class Looking(Agent):
        async def decide(self, request: DecisionRequest) -> Decision:
            seen.append(request)
            return Decision((request.legal_actions or ())[0])

    match: Match = make_match("kuhn_poker", Looking(), Looking())
    asyncio.run(play_match(match))
    state_type = type(match.game.initial_state())
    for request in seen:
        public = {name: getattr(request, name) for name in dir(request) if not name.startswith("_")}
        assert not [name for name, value in public.items() if isinstance(value, (Game, state_type))]


async def test_returns_that_are_no_numbers_break_the_match_and_are_nobodys_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TicTacToe, "returns", lambda self, state: (float("nan"), 1.0))
    record = await play_match(make_match("tic_tac_toe", First(), First()))
    assert (record.result.outcome, record.result.reason) == (Outcome.VOID, "harness")
    assert record.result.detail is not None
    assert "expected finite numbers" in record.result.detail
