"""Leader and follower: one of two players of a matrix game commits first, to an action or to a lottery over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import comb
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import CHANCE, Game, GameParams, Illegal, Seat, Unparsable
from games.framing import in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.framing import unit_of
from games.matrix.matrix_game import MatrixGame
from games.parsing import choose, quoted
from games.registry import load
from games.transforms.wrapper import GameSpec

LEADER: Final[Seat] = 0
FOLLOWER: Final[Seat] = 1

Tickets = tuple[int, ...]
_MOST_COMMITMENTS: Final = 5_000
# The game with which von Stengel and Zamir show that a lottery is worth more than an action, and both more than
# choosing at once.
_DEFAULT: Final = (
    'matrix_game(payoffs=[[[2, 1], [4, 0]], [[1, 0], [3, 1]]], actions=[["up", "down"], ["left", "right"]])'
)


class StackelbergParams(GameParams):
    """Parameters of leader and follower."""

    stage: GameSpec = Field(_DEFAULT, description="Spec of the matrix game for two; the leader chooses rows.")
    tickets: int = Field(
        1,
        ge=1,
        le=100,
        description="1: the leader commits to an action. More: to a lottery, by giving so many tickets to its actions.",
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        stage = load(self.stage)
        if not isinstance(stage, MatrixGame) or stage.num_players != 2:
            raise ValueError(f"{self.stage} is no matrix game for two players")
        if stage.params.framing.story != "none":
            raise ValueError("leader and follower have no cover story: stories are about choices made at once")
        if any("," in label for label in stage.labels[LEADER]):
            raise ValueError("no action of the leader may have a comma in its name")
        count = comb(self.tickets + len(stage.labels[LEADER]) - 1, self.tickets)
        if count > _MOST_COMMITMENTS:
            raise ValueError(f"{self.tickets} tickets make {count} commitments; at most {_MOST_COMMITMENTS} are listed")
        return self


class StackelbergState(NamedTuple):
    """What was chosen so far; None is not decided yet.

    Attributes:
        tickets: the commitment: how many tickets each action of the leader has.
        reply: the follower's action.
        drawn: the leader's action, when it was drawn.
    """

    tickets: Tickets | None = None
    reply: int | None = None
    drawn: int | None = None


class Stackelberg(Game[StackelbergState, Tickets | int]):
    """The leader commits, the follower sees to what and replies, and a lottery is drawn only then.

    Attributes:
        stage: the matrix game.
    """

    Params = StackelbergParams
    params: StackelbergParams
    info = GameInfo(
        name="stackelberg",
        version=1,
        title="Leader and follower",
        summary="One player commits to an action or a lottery over actions; the other sees it and replies.",
        family="matrix",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        roles=("leader", "follower"),
        solvable=True,
        tags=("commitment", "matrix", "one shot"),
        references=(
            "H. von Stackelberg, Marktform und Gleichgewicht, 1934",
            "V. Conitzer and T. Sandholm, Computing the optimal strategy to commit to, EC 2006",
            "B. von Stengel and S. Zamir, Leadership games with convex strategy sets, 2010",
        ),
    )

    def __init__(self, params: StackelbergParams | None = None) -> None:
        super().__init__(params)
        stage = load(self.params.stage)
        assert isinstance(stage, MatrixGame), "the parameters were checked"
        self.stage = stage
        self._commitments = tuple(_divisions(self.params.tickets, len(stage.labels[LEADER])))
        self.info = replace(
            type(self).info,
            chance=Chance.NONE if self.params.tickets == 1 else Chance.EXPLICIT,
            utility=stage.info.utility,
        )

    def initial_state(self) -> StackelbergState:
        return StackelbergState()

    def to_move(self, state: StackelbergState) -> tuple[Seat, ...]:
        if state.tickets is None:
            return (LEADER,)
        if state.reply is None:
            return (FOLLOWER,)
        return (CHANCE,) if _played(state) is None else ()

    def legal_actions(self, state: StackelbergState, seat: Seat) -> Sequence[Tickets | int]:
        return self._commitments if seat == LEADER else range(len(self.stage.labels[FOLLOWER]))

    def chance_outcomes(self, state: StackelbergState) -> list[tuple[Tickets | int, float]]:
        tickets = state.tickets or ()
        return [(action, count / self.params.tickets) for action, count in enumerate(tickets) if count]

    def apply(self, state: StackelbergState, actions: Mapping[Seat, Tickets | int]) -> StackelbergState:
        ((seat, action),) = actions.items()
        if isinstance(action, tuple):
            return StackelbergState(action)
        return state._replace(drawn=action) if seat == CHANCE else state._replace(reply=action)

    def returns(self, state: StackelbergState) -> tuple[float, ...]:
        row = _played(state)
        if row is None or state.reply is None:
            return (0.0, 0.0)
        return self.stage.payoffs[row, state.reply]

    def utility_bounds(self) -> tuple[float, float]:
        return self.stage.utility_bounds()

    def max_turns(self) -> int:
        return 2 if self.params.tickets == 1 else 3

    def rules_text(self, seat: Seat) -> str:
        framing = self.stage.params.framing
        unit = unit_of(framing)
        outcomes = [f"- {self._pair(*joint)}: {self._gains(joint, seat)}" for joint in sorted(self.stage.payoffs)]
        return "\n".join(
            [
                f"Two players, a leader and a follower. You are the {self.info.roles[seat]}.",
                self._order(),
                f"What the two actions lead to, in {unit}:",
                *in_order(framing, outcomes),
                f"Your result is the {unit} you get; more is better.",
                self._how_to_write(seat),
            ]
        )

    def observation(self, state: StackelbergState, seat: Seat) -> str:
        if state.tickets is None:
            return self._how_to_write(seat) if seat == LEADER else "The leader has not chosen yet."
        who = "You" if seat == LEADER else "The leader"
        chose = f"{who} chose {self._named(state.tickets)}."
        if state.reply is None:
            return f"{chose} " + (self._how_to_write(seat) if seat == FOLLOWER else "The follower is to choose.")
        reply = f"{'You' if seat == FOLLOWER else 'The follower'} chose {self.stage.labels[FOLLOWER][state.reply]}."
        row = _played(state)
        if row is None:
            return f"{chose} {reply} A ticket is being drawn."
        drawn = "" if state.drawn is None else f" The ticket drawn says {self.stage.labels[LEADER][row]}."
        return f"{chose} {reply}{drawn} {self._gains((row, state.reply), seat).capitalize()}."

    def action_to_text(self, state: StackelbergState, seat: Seat, action: Tickets | int) -> str:
        if isinstance(action, tuple):
            return self._named(action)
        return self.stage.labels[FOLLOWER if seat == FOLLOWER else LEADER][action]

    def parse_action(self, state: StackelbergState, seat: Seat, text: str) -> Tickets | int:
        """A label, or a lottery such as `up 3, down 7`, with its actions in any order."""
        if seat != LEADER:
            return super().parse_action(state, seat, text)
        if self.params.tickets == 1:
            return choose(text, {self._named(each).lower(): each for each in self._commitments}, r"(?!)")
        return self._read(text)

    def outcome_text(self, state: StackelbergState) -> str:
        row = _played(state)
        if state.tickets is None or row is None or state.reply is None:
            return "not over"
        committed = "" if self.params.tickets == 1 else f"tickets: {self._named(state.tickets)}; "
        return f"{committed}{self._pair(row, state.reply)}"

    def _named(self, tickets: Tickets) -> str:
        """A commitment as it is written."""
        pairs = zip(self.stage.labels[LEADER], tickets, strict=True)
        if self.params.tickets == 1:
            return next(label for label, count in pairs if count)
        return ", ".join(f"{label} {count}" for label, count in pairs if count)

    def _read(self, text: str) -> Tickets:
        """The lottery that a text names."""
        labels = [label.lower() for label in self.stage.labels[LEADER]]
        expected = f"expected numbers of tickets that add up to {self.params.tickets}, such as {self._example()}"
        counts = dict.fromkeys(labels, 0)
        for item in " ".join(text.lower().split()).split(","):
            label, _, number = item.strip().rpartition(" ")
            if label not in counts or not (number.isascii() and number.isdigit() and len(number) <= 4):
                raise Unparsable(f"{quoted(text)} is no lottery; {expected}")
            counts[label] += int(number)
        if sum(counts.values()) != self.params.tickets:
            raise Illegal(f"{quoted(text)} has {sum(counts.values())} tickets; {expected}")
        return tuple(counts.values())

    def _example(self) -> str:
        """A lottery that gives about as many tickets to every action, so that it recommends none."""
        labels, tickets = self.stage.labels[LEADER], self.params.tickets
        share, rest = divmod(tickets, len(labels))
        return self._named(tuple(share + (number < rest) for number in range(len(labels))))

    def _order(self) -> str:
        if self.params.tickets == 1:
            return (
                "The leader chooses an action and cannot change it. The follower is told which, and then chooses an "
                "action, too."
            )
        return (
            f"The leader divides {self.params.tickets} tickets among its actions. The follower is told how many each "
            "action has, and then chooses an action. At last one of the tickets is drawn, all with the same chance: "
            "the leader's action is the one that has this ticket."
        )

    def _how_to_write(self, seat: Seat) -> str:
        names = ", ".join(in_order(self.stage.params.framing, self.stage.labels[seat]))
        if seat == FOLLOWER or self.params.tickets == 1:
            return f"Write your action as one of these names: {names}"
        return (
            f"Write how many of the {self.params.tickets} tickets each of your actions gets ({names}), for example: "
            f"{self._example()}"
        )

    def _pair(self, row: int, column: int) -> str:
        labels = self.stage.labels
        return f"leader {labels[LEADER][row]}, follower {labels[FOLLOWER][column]}"

    def _gains(self, joint: tuple[int, ...], seat: Seat) -> str:
        values = self.stage.payoffs[joint]
        return f"you get {values[seat]:.10g}, the {self.info.roles[1 - seat]} gets {values[1 - seat]:.10g}"


def _played(state: StackelbergState) -> int | None:
    """The leader's action, once it is certain and the follower has replied."""
    if state.tickets is None or state.reply is None:
        return None
    sole = [action for action, count in enumerate(state.tickets) if count]
    return sole[0] if len(sole) == 1 else state.drawn


def _divisions(tickets: int, actions: int) -> Iterator[Tickets]:
    """Every way to divide tickets among actions; those with many for the first action come first."""
    if actions == 1:
        yield (tickets,)
        return
    for first in range(tickets, -1, -1):
        for rest in _divisions(tickets - first, actions - 1):
            yield (first, *rest)
