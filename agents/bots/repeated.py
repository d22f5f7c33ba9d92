"""Classics of the iterated prisoner's dilemma.

Axelrod, The evolution of cooperation, 1984, unless a class names another source. They look at what was played, not at
what was meant: with noise, a trembling hand is answered like any other.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, game_of
from games.dilemmas.prisoners_dilemma import COOPERATE, DEFECT
from games.transforms.repeated import RepeatedView

Moves = tuple[int, ...]


class Classic(Bot):
    """A rule over the moves played so far."""

    plays = ("prisoners_dilemma",)

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, RepeatedView), "the prisoner's dilemma is a repeated game"
        mine = tuple(past.actions[request.seat] for past in view.past)
        theirs = tuple(past.actions[1 - request.seat] for past in view.past)
        game = game_of(request.game)
        action = COOPERATE if self.cooperates(mine, theirs, request) else DEFECT
        return game.action_to_text(game.initial_state(), request.seat, action)

    @abstractmethod
    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        """Whether to cooperate, given both seats' moves, oldest first."""


class Cooperator(Classic):
    """Always cooperates."""

    title: ClassVar[str] = "Always cooperates"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return True


class Defector(Classic):
    """Always defects."""

    title: ClassVar[str] = "Always defects"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return False


class TitForTat(Classic):
    """Cooperates first, then does what the other did last (Rapoport's entry to Axelrod's tournaments)."""

    title: ClassVar[str] = "Cooperates first, then copies the other's last move"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return not theirs or theirs[-1] == COOPERATE


class TitForTwoTats(Classic):
    """Defects only after two defections in a row."""

    title: ClassVar[str] = "Defects after two defections in a row"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return theirs[-2:] != (DEFECT, DEFECT)


class SuspiciousTitForTat(Classic):
    """Tit for tat that defects first.

    Boyd and Lorberbaum, No pure strategy is evolutionarily stable in the repeated prisoner's dilemma game, 1987.
    """

    title: ClassVar[str] = "Defects first, then copies the other's last move"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return theirs[-1:] == (COOPERATE,)


class Grim(Classic):
    """Cooperates until the other has defected once, and never again.

    Friedman, A non-cooperative equilibrium for supergames, 1971.
    """

    title: ClassVar[str] = "Cooperates until the other defects, then never again"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return DEFECT not in theirs


class WinStayLoseShift(Classic):
    """Repeats its move after the other cooperated, changes it after the other defected; cooperates first.

    Nowak and Sigmund, A strategy of win-stay, lose-shift that outperforms tit-for-tat in the Prisoner's Dilemma
    game, 1993.
    """

    title: ClassVar[str] = "Keeps a move that paid, changes one that did not (Pavlov)"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return mine[-1:] == theirs[-1:]


class GenerosityParams(AgentParams):
    """Parameters of generous tit for tat."""

    generosity: float = Field(
        1 / 3, ge=0, le=1, description="Probability of cooperating although the other has just defected."
    )


class GenerousTitForTat(Classic):
    """Tit for tat that forgives some defections.

    Nowak and Sigmund, Tit for tat in heterogeneous populations, 1992; with points 5, 3, 1, 0 the largest generosity
    that invites no exploitation is min(1 - (5 - 3)/(3 - 0), (3 - 1)/(5 - 1)) = 1/3.
    """

    Params = GenerosityParams
    params: GenerosityParams
    title: ClassVar[str] = "Tit for tat that forgives a part of the defections"

    def cooperates(self, mine: Moves, theirs: Moves, request: DecisionRequest) -> bool:
        return theirs[-1:] != (DEFECT,) or request.rng().random() < self.params.generosity
