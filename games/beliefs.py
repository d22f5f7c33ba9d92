"""What seats may be asked to believe: questions about what is hidden from them, and what turned out to be the case.

A game that says what its seats could be asked extends `Questioned`. Its rules do not change: the questions are put
by a transform (`elicited`) or by nobody.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, NamedTuple, TypeVar

from games.core import Seat

State = TypeVar("State")


class Question(NamedTuple):
    """Something that a seat may be asked for its belief about.

    Attributes:
        topic: what it is about, in snake_case; of a topic, all seats are offered the same options.
        viewer: whose view is asked for: the seat's own when None (a belief of first order), or that of another seat,
            as the seat sees it (second order).
        text: the question as the seat reads it.
        options: the possible answers, exactly one of which is the case; short, and unlike each other.
    """

    topic: str
    viewer: Seat | None
    text: str
    options: tuple[str, ...]


class Questioned(ABC, Generic[State]):
    """A game whose seats can be asked what they believe."""

    @abstractmethod
    def questions(self, state: State, seat: Seat) -> tuple[Question, ...]:
        """What this seat may be asked in this state; a question tells the seat nothing that it does not know."""

    @abstractmethod
    def truth(self, asked: State, end: State, seat: Seat, topic: str) -> str | None:
        """The option of a topic of this seat that was the case; omniscient.

        Args:
            asked: the state in which the seat was asked.
            end: the last state of the match, for topics that only what follows decides.
            seat: who was asked.
            topic: what about.

        Returns:
            The option; None where the match ended before it was decided.
        """
