"""One-shot normal-form games for two or more seats."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import isfinite
from typing import ClassVar, Final, NamedTuple, Self, TypeVar

from pydantic import Field, field_validator, model_validator

from games.beliefs import Question, Questioned, action_topic, can_be_options, owner_of
from games.core import Game, GameParams, Seat
from games.framing import in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.framing import Framing, relabelled, story_of, unit_of
from games.matrix.tables import labels_of, payoffs_of
from games.parsing import choose

Joint = tuple[int, ...]
Payoffs = tuple[float, ...]
Item = TypeVar("Item")

_DILEMMA: Final = (((3, 3), (0, 5)), ((5, 0), (1, 1)))
_DILEMMA_ACTIONS: Final = ("cooperate", "defect")
_MAX_PLAYERS: Final = 6
_TOLERANCE: Final = 1e-9


class TableParams(GameParams):
    """What every matrix game is made of: payoffs and labels, however they are said, and words."""

    framing: Framing = Field(
        Framing(),
        description="Words: labels, unit, order and story, for example {'labels': 'letters', 'unit': 'coins'}.",
    )

    @abstractmethod
    def cells(self) -> object:
        """Payoffs as nested tuples."""

    @abstractmethod
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Labels of each seat's actions."""


class MatrixParams(TableParams):
    """Parameters of a matrix game."""

    table: str | None = Field(
        None,
        description="Payoffs and actions by name instead: chicken, stag_hunt, matching_pennies and other classics, "
        "or ordinal_1 to ordinal_144.",
    )
    payoffs: tuple[object, ...] = Field(
        _DILEMMA,
        description="Nested lists, one level per seat, that end in one payoff per seat: "
        "for two seats payoffs[row][column] = [seat 0, seat 1].",
    )
    actions: tuple[str, ...] | tuple[tuple[str, ...], ...] | None = Field(
        None,
        description="Labels of the actions: one list for all seats, or one list per seat. Null: those of the table, or "
        "cooperate and defect.",
    )

    @field_validator("payoffs", mode="before")
    @classmethod
    def _freeze(cls, value: object) -> object:
        return _frozen(value)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.table is not None and self.payoffs != _DILEMMA:
            raise ValueError(f"payoffs are those of the table {self.table!r}; leave out one of both")
        shape = _shape(self.cells())
        dict(_cells(self.cells(), shape))
        for seat, labels in enumerate(self.labels()):
            _check_labels(seat, labels, shape[seat])
            relabelled(self.framing, labels)
        unit_of(self.framing)
        return self

    def cells(self) -> object:
        """Payoffs as nested tuples, those of the named table if there is one."""
        return self.payoffs if self.table is None else payoffs_of(self.table)

    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Labels of each seat's actions."""
        players = len(_shape(self.cells()))
        given = self.actions or (labels_of(self.table) if self.table else _DILEMMA_ACTIONS)
        own = tuple(labels for labels in given if isinstance(labels, tuple))
        if not own:
            return (tuple(label for label in given if isinstance(label, str)),) * players
        if len(own) != players:
            raise ValueError(f"actions has {len(own)} lists of labels, but payoffs are nested for {players} seats")
        return own


class MatrixState(NamedTuple):
    """Indices of the actions taken, seat by seat; empty before the seats have moved."""

    actions: Joint = ()


class MatrixGame(Game[MatrixState, int], Questioned[MatrixState]):
    """Every seat picks an action at the same time, once. Labels and framing are words only: states hold indices.

    Attributes:
        payoffs: the payoff of every seat for each joint action (index per seat).
        labels: the names of each seat's actions, by index.
    """

    Params: ClassVar[type[TableParams]] = MatrixParams
    params: TableParams
    info = GameInfo(
        name="matrix_game",
        version=1,
        title="Matrix game",
        summary="All players pick an action at the same time, once; a table says what each of them gets.",
        family="matrix",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=_MAX_PLAYERS,
        symmetric=True,
        solvable=True,
        tags=("matrix", "normal form", "one shot"),
        references=("J. von Neumann and O. Morgenstern, Theory of games and economic behavior, 1944 (normal form)",),
    )

    def __init__(self, params: TableParams | None = None) -> None:
        super().__init__(params)
        cells = self.params.cells()
        shape = _shape(cells)
        self.payoffs: Mapping[Joint, Payoffs] = dict(_cells(cells, shape))
        framing = self.params.framing
        self.labels = tuple(relabelled(framing, labels) for labels in self.params.labels())
        self._legal = tuple(tuple(in_order(framing, range(count))) for count in shape)
        self._seats = tuple(range(len(shape)))
        self._nothing = (0.0,) * len(shape)
        self.info = replace(
            type(self).info,
            utility=_utility(self.payoffs.values()),
            symmetric=len(set(self.labels)) == 1 and _symmetric(self.payoffs, shape),
            min_players=len(shape),
            max_players=len(shape),
        )

    def initial_state(self) -> MatrixState:
        return MatrixState()

    def to_move(self, state: MatrixState) -> tuple[Seat, ...]:
        return () if state.actions else self._seats

    def legal_actions(self, state: MatrixState, seat: Seat) -> tuple[int, ...]:
        return self._legal[seat]

    def apply(self, state: MatrixState, actions: Mapping[Seat, int]) -> MatrixState:
        return MatrixState(tuple(map(actions.__getitem__, self._seats)))

    def returns(self, state: MatrixState) -> tuple[float, ...]:
        return self.payoffs[state.actions] if state.actions else self._nothing

    def utility_bounds(self) -> tuple[float, float]:
        cells = self.payoffs.values()
        return min(map(min, cells)), max(map(max, cells))

    def max_turns(self) -> int:
        return 1

    def rules_text(self, seat: Seat) -> str:
        others = "one other player" if len(self._seats) == 2 else f"{len(self._seats) - 1} other players"
        you = "" if len(self._seats) == 2 else f" You are player {seat + 1}."
        framing, story = self.params.framing, story_of(self.params.framing)
        outcomes = [f"- {self._condition(joint, seat)}: {self._gains(joint, seat)}" for joint in self._from(seat)]
        return "\n".join(
            [
                *([story.text] if story else []),
                f"You and {others} each choose one action, at the same time, without knowing what is chosen "
                f"elsewhere.{you}",
                f"What the choices lead to, in {unit_of(framing)}:",
                *in_order(framing, outcomes),
                f"Your result is the {unit_of(framing)} you get; more is better.",
                f"Write your action as one of these names: {self._options(seat)}",
            ]
        )

    def observation(self, state: MatrixState, seat: Seat) -> str:
        if not state.actions:
            return f"Choose your action: {self._options(seat)}."
        played = [f"you played {self._label(state.actions, seat)}"]
        played += [f"{self._name(other)} played {self._label(state.actions, other)}" for other in self._others(seat)]
        text = f"{', '.join(played)}: {self._gains(state.actions, seat)}."
        return text[0].upper() + text[1:]

    def action_to_text(self, state: MatrixState, seat: Seat, action: int) -> str:
        return self.labels[seat][action]

    def parse_action(self, state: MatrixState, seat: Seat, text: str) -> int:
        legal = {label.lower(): action for action, label in enumerate(self.labels[seat])}
        # Every action is always legal, so that no text can name one that is not: the grammar matches nothing.
        return choose(text, legal, r"(?!)")

    def asks(self) -> bool:
        return all(map(can_be_options, self.labels))

    def questions(self, state: MatrixState, seat: Seat) -> tuple[Question, ...]:
        """What each other seat will play, and what it expects of the asked one."""
        if state.actions:
            return ()
        own = self._options_of(seat)
        return (
            *(
                Question(action_topic(other), None, f"What will player {other + 1} choose?", self._options_of(other))
                for other in self._others(seat)
            ),
            *(
                Question(action_topic(seat), other, f"What does player {other + 1} expect you to choose?", own)
                for other in self._others(seat)
            ),
        )

    def truth(self, asked: MatrixState, end: MatrixState, seat: Seat, topic: str) -> str | None:
        owner = owner_of(topic)
        return self._label(end.actions, owner) if end.actions else None

    def render(self, state: MatrixState) -> str:
        return ", ".join(self._label(state.actions, seat) for seat in self._seats) if state.actions else "no moves yet"

    def _options(self, seat: Seat) -> str:
        return ", ".join(self._options_of(seat))

    def _options_of(self, seat: Seat) -> tuple[str, ...]:
        return tuple(self.labels[seat][action] for action in self._legal[seat])

    def _from(self, seat: Seat) -> list[Joint]:
        """All joint actions, ordered by this seat's own action first."""
        return sorted(self.payoffs, key=lambda joint: (joint[seat], joint))

    def _condition(self, joint: Joint, seat: Seat) -> str:
        chosen = [f"{self._name(other)} chooses {self._label(joint, other)}" for other in self._others(seat)]
        return f"if you choose {self._label(joint, seat)} and {' and '.join(chosen)}"

    def _gains(self, joint: Joint, seat: Seat) -> str:
        values = self.payoffs[joint]
        gains = [f"you get {values[seat]:.10g}"]
        gains += [f"{self._name(other)} gets {values[other]:.10g}" for other in self._others(seat)]
        return ", ".join(gains)

    def _others(self, seat: Seat) -> list[Seat]:
        return [other for other in self._seats if other != seat]

    def _name(self, other: Seat) -> str:
        """How a seat reads about another one."""
        return "the other" if len(self._seats) == 2 else f"player {other + 1}"

    def _label(self, joint: Joint, seat: Seat) -> str:
        return self.labels[seat][joint[seat]]


def _frozen(value: object) -> object:
    """Nested lists as tuples; whole numbers as int, so that 3 and 3.0 are the same parameter."""
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise ValueError(f"payoffs must be nested lists of finite numbers, but one of the items is {value!r}")
    return int(value) if value == int(value) else value


def _shape(payoffs: object) -> tuple[int, ...]:
    """The number of actions of each seat, read along the first branch of the nesting."""
    shape = []
    while isinstance(payoffs, tuple) and payoffs and isinstance(payoffs[0], tuple):
        shape.append(len(payoffs))
        payoffs = payoffs[0]
    if not 2 <= len(shape) <= _MAX_PLAYERS:
        raise ValueError(
            f"payoffs are nested for {len(shape)} seats; expected 2 to {_MAX_PLAYERS} levels of lists above "
            "the innermost ones, which hold one payoff per seat"
        )
    return tuple(shape)


def _cells(node: object, shape: Sequence[int], joint: Joint = ()) -> Iterator[tuple[Joint, Payoffs]]:
    """Every joint action with its payoffs.

    Raises:
        ValueError: the lists do not all have the same shape.
    """
    expected = shape[len(joint)] if len(joint) < len(shape) else len(shape)
    if not isinstance(node, tuple) or len(node) != expected:
        raise ValueError(f"payoffs{_path(joint)} must be a list of {expected} items, but is {node!r}")
    if len(joint) < len(shape):
        for action, child in enumerate(node):
            yield from _cells(child, shape, (*joint, action))
        return
    values = tuple(float(value) for value in node if isinstance(value, (int, float)))
    if len(values) != expected:
        raise ValueError(f"payoffs{_path(joint)} must hold {expected} numbers, but is {node!r}")
    yield joint, values


def _path(joint: Joint) -> str:
    return "".join(f"[{action}]" for action in joint)


def _check_labels(seat: Seat, labels: tuple[str, ...], count: int) -> None:
    if len(labels) != count:
        raise ValueError(f"seat {seat} has {count} actions in payoffs but {len(labels)} labels: {list(labels)}")
    if len({label.lower() for label in labels}) != count:
        raise ValueError(f"labels of seat {seat} are not distinct when case is ignored: {list(labels)}")
    for label in labels:
        if label != " ".join(label.split()) or not (label and label.isascii() and label.isprintable()):
            raise ValueError(f"label {label!r} must be printable ASCII without spaces around it")


def _utility(cells: Iterable[Payoffs]) -> Utility:
    """What the payoffs of all outcomes have in common."""
    rows = list(cells)
    sums = [sum(row) for row in rows]
    if max(sums) - min(sums) <= _TOLERANCE:
        return Utility.ZERO_SUM if abs(sums[0]) <= _TOLERANCE else Utility.CONSTANT_SUM
    return Utility.COMMON_PAYOFF if all(max(row) == min(row) for row in rows) else Utility.GENERAL_SUM


def _symmetric(payoffs: Mapping[Joint, Payoffs], shape: Sequence[int]) -> bool:
    """Whether exchanging two neighbouring seats never changes what anyone gets; such exchanges make up all others."""
    if len(set(shape)) > 1:
        return False
    return all(
        payoffs[_exchanged(joint, left)] == _exchanged(payoffs[joint], left)
        for left, joint in product(range(len(shape) - 1), payoffs)
    )


def _exchanged(items: tuple[Item, ...], left: int) -> tuple[Item, ...]:
    return (*items[:left], items[left + 1], items[left], *items[left + 2 :])
