"""Players of the games that take rationality apart: wanting, and expecting others to be rational."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from agents.bots.patterns import best_reply
from games.beliefs import Question, action_topic
from games.economic.allocation_choice import AllocationChoice, AllocationState, Preference, worth
from games.matrix.two_node_ring import BEST, DOMINANT, THINKER, TwoNodeRing
from games.transforms import answers


class AllocatorParams(AgentParams):
    """Parameters of the allocator."""

    wants: Preference | Literal["as_told"] = Field(
        "as_told", description="Its preference: equality, common_interest, self_interest, altruism, or the told one."
    )


class Allocator(Bot):
    """Chooses the division that a preference favours, the told one or one of its own; X where it does not care."""

    plays = ("allocation_choice",)
    Params = AllocatorParams
    params: AllocatorParams
    title: ClassVar[str] = "Chooses the division that a preference favours"

    def choose(self, request: DecisionRequest) -> str:
        game, state, wants = game_of(request.game), request.information_key, self.params.wants
        assert isinstance(game, AllocationChoice), "it plays no other game"
        assert isinstance(state, AllocationState), "choices under a told preference have perfect information"
        preference = game.params.preference if wants == "as_told" else wants
        x, y = game.pairs[len(state.choices)]
        return choices(request)[int(worth(preference, y) > worth(preference, x))]


class RingThinkerParams(AgentParams):
    """Parameters of the ring thinker."""

    depth: Literal[1, 2] = Field(
        2,
        description="1: takes a dominant action or else the row of its greatest payoff; 2: expects that of the other.",
    )


class RingThinker(Bot):
    """Takes a dominant action where it has one, and with depth 2 answers that of the other.

    Kneeland, Identifying higher-order rationality, 2015.
    """

    plays = ("two_node_ring",)
    Params = RingThinkerParams
    params: RingThinkerParams
    title: ClassVar[str] = "Takes dominant actions, and expects others to take theirs"

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        assert isinstance(game, TwoNodeRing), "it plays no other game"
        if request.seat != THINKER:
            return game.labels[1][DOMINANT]
        if self.params.depth == 1:
            greatest = max(game.payoffs, key=lambda joint: game.payoffs[joint][THINKER])
            return game.labels[THINKER][greatest[THINKER]]
        assert best_reply(game, THINKER, DOMINANT) == BEST, "the payoffs are of this kind"
        return game.labels[THINKER][BEST]

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        game, uniform = game_of(request.game), answers.uniform(questions)
        assert isinstance(game, TwoNodeRing), "it plays no other game"
        if request.seat != THINKER or self.params.depth == 1:
            return answers.write(questions, uniform)
        expected = game.labels[1][DOMINANT]
        stated = (
            answers.certain([question], question.options.index(expected))[0]
            if question.topic == action_topic(1)
            else percents
            for question, percents in zip(questions, uniform, strict=True)
        )
        return answers.write(questions, tuple(stated))
