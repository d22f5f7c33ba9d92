"""Strategies that do not look at the other player."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams
from agents.bots.dilemma.base import Past, Strategy


class Cooperator(Strategy):
    """Always cooperates."""

    title: ClassVar[str] = "Always cooperates"

    def cooperates(self, past: Past) -> bool:
        return True


class Defector(Strategy):
    """Always defects."""

    title: ClassVar[str] = "Always defects"

    def cooperates(self, past: Past) -> bool:
        return False


class DefectOnce(Strategy):
    """Defects in the first round only.

    Akata et al., Playing repeated games with large language models, Nature Human Behaviour, 2025.
    """

    title: ClassVar[str] = "Defects in the first round and never again"

    def cooperates(self, past: Past) -> bool:
        return past.rounds > 0


class Alternator(Strategy):
    """Cooperates first, then does what it did not do last.

    Axelrod, The evolution of cooperation, 1984; Mittal and Deb, Optimal strategies of the iterated prisoner's dilemma
    problem for multiple conflicting objectives, 2009.
    """

    title: ClassVar[str] = "Cooperates and defects in turn"

    def cooperates(self, past: Past) -> bool:
        return past.mine[-1:] != "C"


class CyclerParams(AgentParams):
    """Parameters of the cycler."""

    cycle: str = Field("CCD", pattern="^[CD]+$", description="Moves that are played again and again: letters C and D.")


class Cycler(Strategy):
    """Plays a sequence of moves again and again.

    Mittal and Deb, Optimal strategies of the iterated prisoner's dilemma problem for multiple conflicting objectives,
    2009 (with CCD).
    """

    Params = CyclerParams
    params: CyclerParams
    title: ClassVar[str] = "Repeats a fixed sequence of moves"

    def cooperates(self, past: Past) -> bool:
        return self.params.cycle[past.rounds % len(self.params.cycle)] == "C"
