"""Players of repeated matrix games who follow a fixed pattern, and players who find it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import Field, NonNegativeFloat, model_validator

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.beliefs import Question, action_topic
from games.core import Game, Seat
from games.matrix.matrix_game import MatrixGame
from games.matrix.onlooker import Onlooker, OnlookerView
from games.matrix.stages import matrix_stage
from games.transforms import answers
from games.transforms.repeated import RepeatedGame, RepeatedView


def repeated_stage(game: Game[Any, Any]) -> MatrixGame | None:
    """The two-player matrix game that a game plays in rounds; None where it is another."""
    return matrix_stage(game) if isinstance(game, RepeatedGame) and game.num_players == 2 else None


class RoundPlayer(Bot):
    """A rule for the next action, given the past actions of both seats."""

    scope = "matrix games for two in rounds"

    def knows(self, game: Game[Any, Any]) -> bool:
        return repeated_stage(game) is not None

    def choose(self, request: DecisionRequest) -> str:
        stage, view = matrix_stage(game_of(request.game)), request.information_key
        assert stage is not None, "a game that suits"
        assert isinstance(view, RepeatedView), "what a repeated game tells a seat"
        theirs = [finished.actions[1 - request.seat] for finished in view.past]
        return stage.labels[request.seat][self.action(stage, theirs, request)]

    @abstractmethod
    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        """The next action, given the stage game and the other's actions, oldest first."""


class PatternParams(AgentParams):
    """Parameters of the pattern player."""

    cycle: tuple[int, ...] = Field(
        (0, 1), min_length=1, max_length=100, description="Actions by number, from 0 in the table's order; repeated."
    )


class PatternPlayer(RoundPlayer):
    """Plays a cycle of actions, whatever the other does: who sees through it can answer best in every round.

    After the loop opponents of Fan et al., Can large language models serve as rational players in game theory?, 2023.
    """

    Params = PatternParams
    params: PatternParams
    title: ClassVar[str] = "Repeats a fixed cycle of actions"

    def knows(self, game: Game[Any, Any]) -> bool:
        stage = repeated_stage(game)
        return stage is not None and set(self.params.cycle) <= set(range(min(map(len, stage.labels))))

    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        return self.params.cycle[len(theirs) % len(self.params.cycle)]


class Copier(RoundPlayer):
    """Plays what the other played last; its first action at the beginning.

    After the copying opponent of Fan et al., Can large language models serve as rational players in game theory?, 2023.
    """

    title: ClassVar[str] = "Copies the other's last action by number"

    def knows(self, game: Game[Any, Any]) -> bool:
        stage = repeated_stage(game)
        return stage is not None and len(set(map(len, stage.labels))) == 1

    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        return theirs[-1] if theirs else 0


class Counterer(RoundPlayer):
    """Plays what would have been best against the other's last action; its first action at the beginning.

    After the countering opponent of Fan et al., Can large language models serve as rational players in game theory?,
    2023; as a rule of adaptation Cournot, 1838.
    """

    title: ClassVar[str] = "Answers the other's last action best"

    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        return best_reply(stage, request.seat, theirs[-1]) if theirs else 0


class SamplerParams(AgentParams):
    """Parameters of the sampler."""

    weights: tuple[NonNegativeFloat, ...] = Field(
        (0.5, 0.5), min_length=2, max_length=100, description="How often it takes each action, by number."
    )

    @model_validator(mode="after")
    def _has_weight(self) -> Self:
        if not sum(self.weights):
            raise ValueError("weights are all 0; expected at least one above 0")
        return self


class Sampler(RoundPlayer):
    """Draws every action anew, with fixed weights, whatever the other does.

    After the sampling opponent of Fan et al., Can large language models serve as rational players in game theory?,
    2023.
    """

    Params = SamplerParams
    params: SamplerParams
    title: ClassVar[str] = "Draws its actions with fixed weights"

    def knows(self, game: Game[Any, Any]) -> bool:
        stage = repeated_stage(game)
        return stage is not None and {len(labels) for labels in stage.labels} == {len(self.params.weights)}

    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        return request.rng().choices(range(len(self.params.weights)), self.params.weights)[0]


class PatternLearner(RoundPlayer):
    """Answers best to the shortest cycle that explains all that the other has done; begins at random.

    As an onlooker it expects the next action of that cycle.
    """

    title: ClassVar[str] = "Looks for a cycle in the other's play and answers it"
    scope = "matrix games for two in rounds, and onlooker"

    def knows(self, game: Game[Any, Any]) -> bool:
        return isinstance(game, Onlooker) or super().knows(game)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        if not isinstance(view, OnlookerView):
            return super().choose(request)
        assert isinstance(game, Onlooker), "the game of such views"
        watched = game.params.watched
        labels, past = game.stage.labels[watched], [joint[watched] for joint in view.past]
        return labels[_expected(past)] if past else request.rng().choice(labels)

    def action(self, stage: MatrixGame, theirs: Sequence[int], request: DecisionRequest) -> int:
        seat = request.seat
        if not theirs:
            return request.rng().choice(stage.legal_actions(stage.initial_state(), seat))
        return best_reply(stage, seat, _expected(theirs))

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        stage, view, other = matrix_stage(game_of(request.game)), request.information_key, 1 - request.seat
        assert stage is not None, "a game that suits"
        assert isinstance(view, RepeatedView), "what a repeated game tells a seat"
        answer = answers.uniform(questions)
        if view.past:
            label = stage.labels[other][_expected([finished.actions[other] for finished in view.past])]
            answer = tuple(
                answers.certain([question], question.options.index(label))[0]
                if question.topic == action_topic(other)
                else percents
                for question, percents in zip(questions, answer, strict=True)
            )
        return answers.write(questions, answer)


def _expected(theirs: Sequence[int]) -> int:
    """The next action of somebody who repeats the shortest cycle that explains these."""
    return theirs[len(theirs) % shortest_cycle(theirs)]


def shortest_cycle(moves: Sequence[int]) -> int:
    """The least length of a cycle that yields these moves; their number when nothing shorter does."""
    return next(n for n in range(1, len(moves) + 1) if all(a == b for a, b in zip(moves, moves[n:], strict=False)))


def best_reply(stage: MatrixGame, seat: Seat, other: int) -> int:
    """The first action of a seat that brings most against an action of the other seat."""

    def payoff(own: int) -> float:
        return stage.payoffs[(own, other) if seat == 0 else (other, own)][seat]

    return max(range(len(stage.labels[seat])), key=payoff)
