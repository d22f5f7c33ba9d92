"""The player of push or fold that cannot be beaten."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.beliefs import Question
from games.cards.hand_groups import shares
from games.cards.push_fold import PUSH, PushFoldView
from games.cards.starting_hands import against
from games.solvers.policies import Policy, to_policy
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import flatten
from games.transforms import answers


class PushFoldChart(Bot):
    """Plays an exact equilibrium, found by linear programming before the first decision at each size of stack.

    That is a chart of starting hands, in which one or two hands are played both ways.
    """

    plays = ("push_fold",)
    title: ClassVar[str] = "Pushes, calls and folds by the exact equilibrium chart of its stack"
    thinks = True

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """Hands are as likely as they are among those that would have been played so by the chart."""
        view = request.information_key
        assert isinstance(view, PushFoldView), "what push or fold tells a seat"
        return answers.write(questions, tuple(_belief(request, view, question) for question in questions))

    def choose(self, request: DecisionRequest) -> str:
        probabilities = chart(request.game)[request.seat, request.information_key]
        return request.rng().choices(choices(request), weights=list(probabilities.values()))[0]


def _belief(request: DecisionRequest, view: PushFoldView, question: Question) -> tuple[int, ...]:
    """Percents of the groups of hands; nobody knows what the other one thinks."""
    if question.viewer is not None:
        return answers.whole_percents([1.0] * len(question.options))
    assert view.hand is not None, "asked when hands are dealt"
    left: Iterable[tuple[str, float]] = against(view.hand).items()
    if view.done and request.seat == 1:
        policy = chart(request.game)
        left = [(name, count * policy[0, PushFoldView(name, (), None)][PUSH]) for name, count in left]
    return answers.whole_percents(shares(left))


@lru_cache(maxsize=16)
def chart(spec: str) -> Policy:
    """An equilibrium of push or fold: probabilities in the order of the legal actions.

    Koller, Megiddo and von Stengel, Efficient computation of equilibria for extensive two-person games, 1996.
    """
    tree = flatten(game_of(spec))
    return to_policy(tree, solve_zero_sum(tree).profile)
