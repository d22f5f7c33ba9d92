"""What game theory recommends in matrix games and small zero-sum games, and players who act on it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal, NamedTuple

import numpy as np
from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from agents.bots.equilibrium import Equilibrium, solved
from games.core import Game, Seat
from games.matrix.matrix_game import MatrixGame, MatrixState
from games.matrix.stages import matrix_stage, payoff_arrays
from games.open_text import SILENCE
from games.solvers.action_values import action_values
from games.solvers.dominance import dominant_action
from games.solvers.matrix import pure_equilibria
from games.solvers.policies import to_profile
from games.solvers.selection import ForwardLooking, forward_looking, selected_equilibrium
from games.solvers.sequences import FloatArray
from games.solvers.tree import flatten
from games.transforms.cheap_talk import CheapTalk, CheapTalkView
from games.transforms.composite import Composite, CompositeView

_ITERATIONS: Final = 500
_NOISE: Final = ("The weather is fine today.", "I had soup for lunch.", "Some say this, others say that.")


class Advice(NamedTuple):
    """Two actions of a seat: what game theory recommends to it, and what is worst for it."""

    best: Any
    worst: Any


def can_advise(game: Game[Any, Any]) -> bool:
    """Whether there is advice: in matrix games, once or in rounds, and in small two-player zero-sum games."""
    stage = matrix_stage(game)
    if stage is None:
        return Equilibrium().knows(game)
    return stage.num_players == 2 or bool(pure_equilibria(*payoff_arrays(stage)))


def advice(game: Game[Any, Any], seat: Seat, view: Hashable) -> Advice:
    """What a seat of a game with advice should do, given what it knows, and what it should not.

    In a matrix game: the dominant action, or that of the selected equilibrium (`games.solvers.selection`); the worst
    one has the least payoff when the others play that equilibrium. In other games: the likeliest action of an
    equilibrium found by CFR+, and the one with the least value against it.
    """
    stage = matrix_stage(game)
    if stage is not None:
        return _matrix_advice(stage, seat)
    return _solved_advice(game.spec)[seat, view]


class AdviserParams(AgentParams):
    """Parameters of the adviser."""

    advice: Literal["honest", "adversarial", "random", "silent"] = Field(
        "honest",
        description="What it writes: the best action, the worst one, words that mean nothing, or nothing at all.",
    )


class Adviser(Bot):
    """Plays what game theory recommends, and writes to others what they should do, or should not.

    As a whisperer it names an action of the player it writes to: the best one (honest) or the worst (adversarial). As
    a player it announces an action of its own: the one it will play, or the one that it would be worst to play.
    """

    Params = AdviserParams
    params: AdviserParams
    title: ClassVar[str] = "Plays an equilibrium and recommends it in messages, or warns, lies or chats"
    scope = "matrix games, once or in rounds, and small two-player zero-sum games; with messages too"
    thinks = True

    def knows(self, game: Game[Any, Any]) -> bool:
        return can_advise(game)

    def choose(self, request: DecisionRequest) -> str:
        game = game_of(request.game)
        return _text(game, request.seat, advice(game, request.seat, request.information_key).best)

    def say(self, request: DecisionRequest, talk: CheapTalk, view: CheapTalkView) -> str:
        """Nothing also where a transform stands between the messages and the game that it knows."""
        style, game = self.params.advice, talk.inner
        if style == "random":
            return request.rng().choice(_NOISE)
        if style == "silent" or not can_advise(game):
            return SILENCE
        whispers = request.seat == talk.whisperer
        seat = talk.params.victim if whispers else request.seat
        best, worst = advice(game, seat, view.view)
        name = _text(game, seat, best if style == "honest" else worst)
        return f"You should choose {name}." if whispers else f"I will choose {name}."


class ForwardLooker(Bot):
    """Plays the selected equilibrium of matrix games, and looks ahead where the outcome of one restricts the next."""

    title: ClassVar[str] = "Plays an equilibrium, and looks ahead from one game to the next that it restricts"
    scope = "matrix games, once or in rounds, and two of them of which one restricts the other"

    def knows(self, game: Game[Any, Any]) -> bool:
        if isinstance(game, Composite):
            return game.num_players == 2 and all(matrix_stage(each) is not None for each in game.games)
        return matrix_stage(game) is not None and can_advise(game)

    def choose(self, request: DecisionRequest) -> str:
        game, seat = game_of(request.game), request.seat
        if not isinstance(game, Composite):
            stage = matrix_stage(game)
            assert stage is not None, "a game that it knows"
            return _drawn(request, stage, selected_equilibrium(*payoff_arrays(stage))[seat])
        view = request.information_key
        assert isinstance(view, CompositeView), "what nested games tell a seat"
        plan, number = planned(game), len(view.views) - 1
        outcome = view.views[0]
        assert isinstance(outcome, MatrixState), "what a matrix game tells a seat"
        stage = matrix_stage(game.games[number])
        assert stage is not None, "a game that it knows"
        return _drawn(request, stage, plan.second[outcome.actions][seat] if number else plan.first[seat])


@lru_cache(maxsize=16)
def planned(game: Composite) -> ForwardLooking:
    """Forward-looking play of two nested matrix games."""
    first, second = (each for each in game.games if isinstance(each, MatrixGame))
    return forward_looking(
        payoff_arrays(first), payoff_arrays(second), {cell: game.allowed(cell) for cell in first.payoffs}
    )


def _drawn(request: DecisionRequest, stage: MatrixGame, mixture: FloatArray) -> str:
    """The name of an action drawn by its probability."""
    return request.rng().choices(stage.labels[request.seat], weights=mixture.tolist())[0]


@lru_cache(maxsize=64)
def _matrix_advice(stage: MatrixGame, seat: Seat) -> Advice:
    payoffs = payoff_arrays(stage)
    own = np.moveaxis(payoffs[seat], seat, 0)
    dominant = dominant_action(payoffs[seat], seat)
    mixtures = list(selected_equilibrium(*payoffs))
    mine = mixtures.pop(seat)
    values = own
    for mixture in mixtures:
        values = np.tensordot(values, mixture, axes=(1, 0))
    best = int(mine.argmax()) if dominant is None else dominant
    others = [action for action in range(len(values)) if action != best]
    return Advice(best, min(others, key=lambda action: values[action]) if others else best)


@lru_cache(maxsize=16)
def _solved_advice(spec: str) -> Mapping[tuple[Seat, Hashable], Advice]:
    tree, policy = flatten(game_of(spec)), solved(spec, _ITERATIONS)
    profile = to_profile(tree, policy)
    found: dict[tuple[Seat, Hashable], Advice] = {}
    for seat, own in enumerate(tree.seats):
        values = action_values(tree, profile, seat).values
        for each, first in zip(own.sets, own.first, strict=True):
            worth = dict(zip(each.actions, values[first : first + len(each.actions)], strict=True))
            chances = policy[seat, each.key]
            best = max(chances, key=chances.__getitem__)
            # Values are undefined where equilibrium play never leads: there every other action counts as worst.
            others = [action for action in each.actions if action != best] or [best]
            found[seat, each.key] = Advice(best, min(others, key=lambda action: np.nan_to_num(worth[action])))
    return found


def _text(game: Game[Any, Any], seat: Seat, action: Any) -> str:
    """The name of an action; in the games that are solved here it is the same in every state."""
    return game.action_to_text(game.initial_state(), seat, action)
