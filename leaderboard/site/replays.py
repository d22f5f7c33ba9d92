"""A record as scenes to step through: what every seat read, then what was played."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from arena.records import DecisionTurn, MatchRecord, Turn
from games.core import Game, Seat
from games.registry import load


class Step(Protocol):
    """A moment of a replay."""

    @property
    def state(self) -> Hashable:
        """The state of the game in this moment."""


# `arena.replay.replay`: every state of a match in order, from the initial one.
Replay = Callable[[MatchRecord, Game[Any, Any]], Iterable[Step]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of a match.

    Attributes:
        number: turns that were played before.
        board: the whole state, for spectators; None where the state is not known.
        views: what each seat reads, by seat; empty where the state is not known.
        returns: utility so far, by seat; likewise.
        turn: what was played from here; None at the end.
    """

    number: int
    board: str | None
    views: tuple[str, ...]
    returns: tuple[float, ...]
    turn: Turn | None

    @property
    def alike(self) -> bool:
        """Whether every seat reads the same."""
        return len(set(self.views)) == 1

    @property
    def moving(self) -> tuple[Seat, ...]:
        """The seats that decide here."""
        return tuple(decision.seat for decision in self.turn.decisions) if isinstance(self.turn, DecisionTurn) else ()


@dataclass(frozen=True, slots=True)
class Replayed:
    """All scenes of a match.

    Attributes:
        scenes: in order; the turns of a match that cannot be replayed are still there.
        problem: why states are missing; empty when none are.
    """

    scenes: tuple[Scene, ...]
    problem: str = ""


def scenes(record: MatchRecord, replay: Replay) -> Replayed:
    """The scenes of a match, with the states as far as its game reproduces them."""
    known: list[Scene] = []
    problem = ""
    try:
        game = load(record.header.game)
        for number, step in enumerate(replay(record, game)):
            known.append(_scene(game, step.state, number, record))
    except Exception as error:  # whatever a game of somebody else's raises, the record is still worth showing
        problem = f"{type(error).__name__}: {error}"
    unknown = [
        Scene(number, None, (), (), _turn(record, number)) for number in range(len(known), len(record.turns) + 1)
    ]
    return Replayed((*known, *unknown), problem)


def _scene(game: Game[Any, Any], state: Hashable, number: int, record: MatchRecord) -> Scene:
    return Scene(
        number=number,
        board=game.render(state),
        views=tuple(game.observation(state, seat) for seat in range(game.num_players)),
        returns=tuple(game.returns(state)),
        turn=_turn(record, number),
    )


def _turn(record: MatchRecord, number: int) -> Turn | None:
    return record.turns[number] if number < len(record.turns) else None
