"""Whether actions follow from stated beliefs, where payoffs say what a best reply is: matrix games, round by round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import fsum, prod
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.beliefs import answered
from arena.metrics.evidence import Pool
from arena.metrics.intervals import share_value
from arena.metrics.needs import Need
from games.beliefs import action_topic
from games.core import Seat
from games.matrix.matrix_game import MatrixGame
from games.matrix.stages import matrix_stage
from games.transforms.elicited import Elicited

_TOLERANCE: Final = 1e-9
_NEED: Final = Need(
    "a matrix game, once or in rounds and without noise, that asks for beliefs",
    lambda game: isinstance(game, Elicited) and matrix_stage(game.inner) is not None,
)


def best_replies(stage: MatrixGame, seat: Seat, others: Mapping[Seat, Mapping[str, float]]) -> set[int]:
    """The actions of greatest expected payoff, given the probabilities of the labels of each other seat's actions.

    The others are taken to choose independently of each other.
    """
    worth = {
        action: fsum(
            payoffs[seat] * prod(belief[stage.labels[other][joint[other]]] for other, belief in others.items())
            for joint, payoffs in stage.payoffs.items()
            if joint[seat] == action
        )
        for action in range(len(stage.labels[seat]))
    }
    most = max(worth.values())
    return {action for action, value in worth.items() if value >= most - _TOLERANCE * max(1.0, abs(most))}


def _replies(pool: Pool, agent: str) -> Iterator[tuple[str, bool]]:
    """Cluster of each decision after an answer, and whether it is a best reply to what was answered."""
    game = pool.game
    assert isinstance(game, Elicited), "the metric needs a game that asks"
    stage = matrix_stage(game.inner)
    assert stage is not None, "the metric needs a matrix game"
    for played in pool.played_by(agent):
        states, seat = played.play.states, played.seat
        for number, (decided, after) in enumerate(pairwise(states[1:])):
            given = answered(game, played.play, number, seat)
            own = {question.topic: view for question, view in given.items() if question.viewer is None}
            others = [other for other in range(game.num_players) if other != seat]
            if own and len(after.past[seat]) > len(decided.past[seat]):
                views = {other: own[action_topic(other)] for other in others}
                yield played.cluster, after.past[seat][-1].action in best_replies(stage, seat, views)


def _consistency(pool: Pool, agent: str) -> Result:
    return share_value(_replies(pool, agent), "the agent decided nothing after stating a belief")


CONSISTENCY: Final = Metric(
    name="belief_consistency",
    family=Family.RATIONALITY,
    meaning="Share of decisions that are best replies, within the round, to what the agent said others would do.",
    where="decisions after an answer; what an action does to later rounds is left out of account",
    needs=(_NEED,),
    source="Nyarko and Schotter, An experimental study of belief learning using elicited beliefs, 2002",
    compute=_consistency,
)
