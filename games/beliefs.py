"""What seats may be asked to believe: questions about what is hidden from them, and what turned out to be the case.

A game that says what its seats could be asked extends `Questioned`. Its rules do not change: the questions are put
by a transform (`elicited`) or by nobody.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

from games.core import Game, Seat

State = TypeVar("State")

# The topic of what the asked seat itself is: the one question of first order that is about nobody else.
IDENTITY: Final = "identity"
_SIGNS: Final = ";%"


class Question(NamedTuple):
    """Something that a seat may be asked for its belief about.

    Attributes:
        topic: what it is about, in snake_case; of a topic, all seats are offered the same options.
        viewer: whose view is asked for: the seat's own when None (a belief of first order), or that of another seat,
            as the seat sees it (second order). The latter is compared with what that seat itself answers to the same
            topic at the same time.
        text: the question as the seat reads it.
        options: the possible answers, exactly one of which is the case; short, unlike each other in any case of
            letters, on one line, and without the signs that answers are written with: `;` and `%`.
    """

    topic: str
    viewer: Seat | None
    text: str
    options: tuple[str, ...]


class Questioned(ABC, Generic[State]):
    """A game whose seats can be asked what they believe."""

    def asks(self) -> bool:
        """Whether there are questions at all; a transform has those of the game inside, or none."""
        return True

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


def questioned(game: Game[Any, Any]) -> Questioned[Any] | None:
    """The game as one that has questions; None when it has none."""
    return game if isinstance(game, Questioned) and game.asks() else None


def can_be_options(names: Iterable[str]) -> bool:
    """Whether names can stand in an answer: they have none of the signs that answers are written with."""
    return not any(sign in name for name in names for sign in _SIGNS)


def card_questions(names: Sequence[str], players: int, seat: Seat) -> tuple[Question, ...]:
    """Questions about one hidden card per player: the others' cards, and what the others think of the own one.

    Args:
        names: the cards that can be told apart.
        players: number of players.
        seat: who is asked.
    """
    others = [other for other in range(players) if other != seat]
    options = tuple(names)
    first = [
        Question(card_topic(other), None, f"Which card does player {other + 1} hold?", options) for other in others
    ]
    second = [
        Question(card_topic(seat), other, f"Which card does player {other + 1} think you hold?", options)
        for other in others
    ]
    return (*first, *second)


def card_topic(owner: Seat) -> str:
    """The topic of the card that a seat holds."""
    return f"card_of_player_{owner + 1}"


def action_topic(owner: Seat) -> str:
    """The topic of the next action of a seat."""
    return f"action_of_player_{owner + 1}"


def owner_of(topic: str) -> Seat:
    """The seat that a topic made here is about."""
    return int(topic.rpartition("_")[2]) - 1
