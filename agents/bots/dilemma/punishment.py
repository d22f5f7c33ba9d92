"""Strategies that answer a defection with a punishment of some length."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, NamedTuple

from agents.bots.dilemma.base import Past, Remembering, Strategy


class Grim(Strategy):
    """Cooperates until the other has defected once, and never again.

    Friedman, A non-cooperative equilibrium for supergames, 1971; an entry to Axelrod's first tournament (1980).
    """

    title: ClassVar[str] = "Cooperates until the other defects, then never again"

    def cooperates(self, past: Past) -> bool:
        return "D" not in past.theirs


class Sentence(NamedTuple):
    """What is left of a punishment, and how many there have been.

    Attributes:
        number: punishments begun so far.
        defections: still owed to the other.
        calm: cooperations after them, whatever the other does.
    """

    number: int = 0
    defections: int = 0
    calm: int = 0


class Punisher(Remembering[Sentence]):
    """Cooperates, but serves a whole punishment whenever it is provoked."""

    @abstractmethod
    def sentence(self, number: int) -> Sentence:
        """The punishment of this number, from 1."""

    def provoked(self, past: Past) -> bool:
        """Whether a punishment begins."""
        return past.theirs[-1:] == "D"

    def start(self) -> Sentence:
        return Sentence()

    def advance(self, memory: Sentence, past: Past) -> tuple[Sentence, bool]:
        idle = not memory.defections and not memory.calm
        if idle and self.provoked(past):
            memory = self.sentence(memory.number + 1)
        if memory.defections:
            return memory._replace(defections=memory.defections - 1), False
        return memory._replace(calm=max(memory.calm - 1, 0)), True


class Gradual(Punisher):
    """Defects as many times as it has been provoked, then cooperates twice.

    Beaufils, Delahaye and Mathieu, Our meeting with gradual: a good strategy for the iterated prisoner's dilemma, 1996.
    """

    title: ClassVar[str] = "Punishes the n-th time with n defections, then makes peace"

    def sentence(self, number: int) -> Sentence:
        return Sentence(number, defections=number, calm=2)


class SoftGrudger(Punisher):
    """Punishes with four defections and two cooperations.

    Li, Hingston and Kendall, Engineering design of strategies for winning iterated prisoner's dilemma competitions,
    2011.
    """

    title: ClassVar[str] = "Punishes with four defections, then makes peace"

    def sentence(self, number: int) -> Sentence:
        return Sentence(number, defections=4, calm=2)


class Shubik(Punisher):
    """Punishes each departure from mutual cooperation with one defection more than the last.

    Entry to Axelrod's first tournament (1980), fifth; Shubik, Game theory, behavior, and the paradox of the prisoner's
    dilemma, 1970.
    """

    title: ClassVar[str] = "Punishes each defection against its cooperation longer than the last"

    def provoked(self, past: Past) -> bool:
        return past.theirs[-1:] == "D" and past.mine[-1:] == "C"

    def sentence(self, number: int) -> Sentence:
        return Sentence(number, defections=number)
