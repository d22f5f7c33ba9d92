"""Pure coordination: players who cannot talk try to choose the same label (Schelling's focal points)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, GameParams, Seat, Unparsable
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted
from games.transforms.joint_round import listed

# Words and numbers of our own choice; some have an option that stands out, some do not.
SETS: Final = (
    ("heads", "tails"),
    ("7", "100", "13", "261", "99", "555"),
    ("red", "ochre", "teal", "mauve"),
    ("monday", "tuesday", "thursday", "saturday"),
    ("Paris", "Leeds", "Ghent", "Turin"),
    ("oak", "elm", "ash", "fir", "yew"),
    ("north", "east", "south", "west"),
    ("rose", "tulip", "lily", "daisy"),
    ("dog", "cat", "newt", "mole", "stork"),
    ("one", "four", "six", "nine"),
    ("gold", "zinc", "lead", "tin"),
    ("noon", "9.10", "15.40", "18.20"),
    ("apple", "quince", "medlar", "fig"),
    ("king", "duke", "earl", "baron"),
    ("sun", "pond", "hill", "reed"),
    ("zebra", "yak", "xerus", "wolf"),
)


class FocalPointsParams(GameParams):
    """Parameters of the coordination game."""

    num_players: int = Field(2, ge=2, le=10, description="Players who try to choose the same.")
    rounds: int = Field(8, ge=1, le=len(SETS), description="Rounds, each with another set of labels.")


class Set(NamedTuple):
    """A set that is up: its place in `SETS`, the order in which each seat reads it, and the choices; none before."""

    number: int
    orders: tuple[tuple[int, ...], ...]
    chosen: tuple[str, ...] = ()


class FocalState(NamedTuple):
    """The sets so far; the last one may wait for choices."""

    sets: tuple[Set, ...] = ()


class FocalView(NamedTuple):
    """What a seat knows.

    Attributes:
        past: labels in the seat's order and its own choice, round by round.
        told: what all chose, round by round, once the game is over; none before.
        options: labels that are up, in the seat's order; none between rounds.
    """

    past: tuple[tuple[tuple[str, ...], str], ...]
    told: tuple[tuple[str, ...], ...]
    options: tuple[str, ...]


class FocalPoints(Game[FocalState, Any]):
    """All players choose a label from the same set at the same time; each reads the labels in an order of its own.

    The order is drawn for each seat apart, so that "the first one" means nothing, and only the labels can stand out.
    A player's result is the share of the others who chose as it did, averaged over rounds.
    """

    Params = FocalPointsParams
    params: FocalPointsParams
    info = GameInfo(
        name="focal_points",
        version=1,
        title="Focal points",
        summary="Without talking, players try to choose the same label from a set that each reads in another order.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        max_players=10,
        symmetric=True,
        tags=("coordination", "focal points", "labels", "one shot"),
        references=(
            "T. Schelling, The strategy of conflict, 1960, chapter 3",
            "J. Mehta, C. Starmer and R. Sugden, The nature of salience, American Economic Review 84, 1994",
        ),
    )

    def initial_state(self) -> FocalState:
        return FocalState()

    def to_move(self, state: FocalState) -> tuple[Seat, ...]:
        if state.sets and not state.sets[-1].chosen:
            return tuple(range(self.params.num_players))
        return (CHANCE,) if len(state.sets) < self.params.rounds else ()

    def legal_actions(self, state: FocalState, seat: Seat) -> tuple[str, ...]:
        return _read(state.sets[-1], seat)

    def sample_chance(self, state: FocalState, rng: random.Random) -> Set:
        """A set that was not up yet, in an order for each seat."""
        used = {each.number for each in state.sets}
        number = rng.choice([each for each in range(len(SETS)) if each not in used])
        places = range(len(SETS[number]))
        return Set(number, tuple(tuple(rng.sample(places, len(places))) for _ in range(self.params.num_players)))

    def apply(self, state: FocalState, actions: Mapping[Seat, Any]) -> FocalState:
        if CHANCE in actions:
            return FocalState((*state.sets, actions[CHANCE]))
        chosen = tuple(actions[seat] for seat in range(self.params.num_players))
        return FocalState((*state.sets[:-1], state.sets[-1]._replace(chosen=chosen)))

    def returns(self, state: FocalState) -> tuple[float, ...]:
        others = self.params.num_players - 1
        return tuple(
            sum(each.chosen.count(each.chosen[seat]) - 1 for each in state.sets if each.chosen)
            / (others * self.params.rounds)
            for seat in range(self.params.num_players)
        )

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def max_turns(self) -> int:
        return 2 * self.params.rounds

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        players = self.params.num_players
        who = "one other player" if players == 2 else f"{players - 1} other players"
        gain = (
            "1 point if the other chooses the same"
            if players == 2
            else "the share of the others who choose the same as you"
        )
        return (
            f"You and {who} try to choose the same. You are player {seat + 1}. In each of {self.params.rounds} rounds "
            "all read the same labels and choose one of them, at the same time and without talking. Every player reads "
            "the labels in another random order, so that their order says nothing.\n"
            f"In each round you get {gain}. What others chose is told at the end.\n"
            "Your result is the mean over all rounds, from 0 to 1; more is better.\n"
            "Write the label that you choose, and nothing else"
        )

    def observation(self, state: FocalState, seat: Seat) -> str:
        done = [each for each in state.sets if each.chosen]
        if not self.to_move(state):
            told = [f"Round {number}: {listed(each.chosen, seat)}." for number, each in enumerate(done, 1)]
            return "\n".join([*told, f"The game is over. Your result: {self.returns(state)[seat]:.4g}"])
        if len(done) == len(state.sets):
            return "The next labels are being drawn."
        options = ", ".join(_read(state.sets[-1], seat))
        return f"Round {len(state.sets)} of {self.params.rounds}. The labels: {options}. Your choice?"

    def action_to_text(self, state: FocalState, seat: Seat, action: Any) -> str:
        if not isinstance(action, Set):
            return str(action)
        return f"set {action.number}: {' | '.join(' '.join(map(str, order)) for order in action.orders)}"

    def parse_action(self, state: FocalState, seat: Seat, text: str) -> Any:
        if seat == CHANCE:
            return self._read_draw(state, text)
        labels = {label.lower(): label for label in _read(state.sets[-1], seat)}
        return choose(text, labels, "|".join(sorted({label.lower() for labels in SETS for label in labels})))

    def _read_draw(self, state: FocalState, text: str) -> Set:
        head, _, rest = text.partition(": ")
        parts = [part.split() for part in rest.split("|")]
        numbers = [*head.removeprefix("set ").split(), *(each for part in parts for each in part)]
        if not head.startswith("set ") or not all(number.isdecimal() for number in numbers):
            raise Unparsable(f"{quoted(text)} is no set with an order for each player")
        number, orders = int(numbers[0]), tuple(tuple(map(int, part)) for part in parts)
        known = number < len(SETS) and number not in {each.number for each in state.sets}
        if not known or len(orders) != self.params.num_players:
            raise Unparsable(f"{quoted(text)} is no set that can come up here")
        if any(sorted(order) != list(range(len(SETS[number]))) for order in orders):
            raise Unparsable(f"{quoted(text)} does not order all labels of set {number}")
        return Set(number, orders)

    def render(self, state: FocalState) -> str:
        lines = [f"{', '.join(SETS[each.number])}: {', '.join(each.chosen) or '?'}" for each in state.sets]
        return "\n".join(lines) or "nothing is drawn yet"

    def outcome_text(self, state: FocalState) -> str:
        alike = sum(len(list(groupby(sorted(each.chosen)))) == 1 for each in state.sets if each.chosen)
        return f"all chose the same in {alike} of {len(state.sets)} rounds; {super().outcome_text(state)}"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: FocalState, seat: Seat) -> FocalView:
        done = [each for each in state.sets if each.chosen]
        told = [] if self.to_move(state) else done
        return FocalView(
            tuple([(_read(each, seat), each.chosen[seat]) for each in done]),
            tuple([each.chosen for each in told]),
            _read(state.sets[-1], seat) if len(done) < len(state.sets) else (),
        )


def _read(each: Set, seat: Seat) -> tuple[str, ...]:
    """The labels in the order in which a seat reads them."""
    return tuple([SETS[each.number][place] for place in each.orders[seat]])
