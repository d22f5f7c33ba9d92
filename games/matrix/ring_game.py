"""The ring game: who is rational, who believes that others are, and so on around a ring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import Field

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.rings import ACTIONS, LARGEST, POSITIONS, draw_rings, predictions
from games.parsing import choose

_LABELS: Final = ("a", "b", "c")
_SEATS: Final = tuple(range(POSITIONS))
_RINGS: Final = 2


class RingGameParams(GameParams):
    """Parameters of the ring game."""

    tables: int = Field(0, ge=0, le=1_000_000, description="Seed that the payoff tables are drawn from.")


class RingState(NamedTuple):
    """What all seats chose in each ring that has been played."""

    chosen: tuple[tuple[int, ...], ...] = ()


class RingView(NamedTuple):
    """What a seat knows.

    Attributes:
        own: its action in each ring that has been played.
        chosen: what all seats chose in both rings, once they are over; empty before.
    """

    own: tuple[int, ...]
    chosen: tuple[tuple[int, ...], ...]


class RingGame(Game[RingState, int]):
    """Four seats play two rings, one after the other, and learn how both went at the end only.

    Seat 3 (player 4) has a dominant action, another one in each ring. Who is rational plays it there; who believes
    that player 4 is rational answers it as player 3, and so on up to player 1. An agent that has had all four seats
    has made the eight choices that tell its order. Payoffs of both rings add up.

    Attributes:
        rings: the payoff tables of both rings.
        rational: what iterated dominance leaves for each seat in each ring.
    """

    Params = RingGameParams
    params: RingGameParams
    info = GameInfo(
        name="ring_game",
        version=1,
        title="Ring game",
        summary="Four players in a ring are each paid by their own choice and the next player's; the last one has a "
        "dominant choice.",
        family="matrix",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=POSITIONS,
        max_players=POSITIONS,
        roles=("player 1", "player 2", "player 3", "player 4"),
        solvable=True,
        tags=("rationality", "iterated dominance", "strategic depth", "many players"),
        references=(
            "T. Kneeland, Identifying higher-order rationality, Econometrica 2015 (payoff tables are our own)",
        ),
    )

    def __init__(self, params: RingGameParams | None = None) -> None:
        super().__init__(params)
        self.rings = draw_rings(self.params.tables)
        self.rational = predictions(self.rings)

    def initial_state(self) -> RingState:
        return RingState()

    def to_move(self, state: RingState) -> tuple[Seat, ...]:
        return _SEATS if len(state.chosen) < _RINGS else ()

    def legal_actions(self, state: RingState, seat: Seat) -> Sequence[int]:
        return range(ACTIONS)

    def apply(self, state: RingState, actions: Mapping[Seat, int]) -> RingState:
        return RingState((*state.chosen, tuple(map(actions.__getitem__, _SEATS))))

    def returns(self, state: RingState) -> tuple[float, ...]:
        return tuple(
            float(sum(self.points(ring, seat, chosen) for ring, chosen in enumerate(state.chosen))) for seat in _SEATS
        )

    def points(self, ring: int, seat: Seat, chosen: tuple[int, ...]) -> int:
        """What a seat gets in a ring, given what all seats chose in it."""
        return self.rings[ring][seat][chosen[seat]][chosen[_next(seat)]]

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, float(_RINGS * LARGEST)

    def max_turns(self) -> int:
        return _RINGS

    def rules_text(self, seat: Seat) -> str:
        return (
            f"You are player {seat + 1} of four players who sit in a ring: player 1 depends on player 2, player 2 on "
            "player 3, player 3 on player 4, and player 4 on player 1. Each player chooses a, b or c, all at the same "
            "time, without knowing what others choose. Your points depend on your own choice and on the choice of "
            f"player {_next(seat) + 1} only.\n"
            "You play two games like this with the same players, one after the other. You are shown the points of all "
            "players before you choose. They are the same in both games, but for player 4's. Nobody learns what was "
            "chosen in the first game before the second one is over.\n"
            "Your result is the sum of your points in both games; more is better.\n"
            "Write your choice as one letter: a, b or c"
        )

    def observation(self, state: RingState, seat: Seat) -> str:
        ring = len(state.chosen)
        if ring == _RINGS:
            lines = [self._result(number, seat, chosen) for number, chosen in enumerate(state.chosen)]
            return "\n".join([*lines, f"Your result: {self.returns(state)[seat]:g} points."])
        tables = [self._table(ring, owner, seat) for owner in _SEATS]
        before = f" In game 1 you chose {_LABELS[state.chosen[0][seat]]}." if ring else ""
        return "\n".join([f"Game {ring + 1} of {_RINGS}.{before}", *tables, "Which do you choose: a, b or c?"])

    def information_state(self, state: RingState, seat: Seat) -> RingView:
        own = tuple(chosen[seat] for chosen in state.chosen)
        return RingView(own, () if self.to_move(state) else state.chosen)

    def action_to_text(self, state: RingState, seat: Seat, action: int) -> str:
        return _LABELS[action]

    def parse_action(self, state: RingState, seat: Seat, text: str) -> int:
        # Every letter is always legal, so that no text can name an action that is not: the grammar matches nothing.
        return choose(text, {label: action for action, label in enumerate(_LABELS)}, r"(?!)")

    def render(self, state: RingState) -> str:
        rings = (" ".join(_LABELS[action] for action in chosen) for chosen in state.chosen)
        return "\n".join(f"game {number}: {chosen}" for number, chosen in enumerate(rings, start=1)) or "no choices yet"

    def _table(self, ring: int, owner: Seat, reader: Seat) -> str:
        """A player's points, for a reader, one line per choice."""
        who = "You get" if owner == reader else f"Player {owner + 1} gets"
        other = "you choose" if _next(owner) == reader else f"player {_next(owner) + 1} chooses"
        lines = [
            f"- for {label}: " + ", ".join(f"{points} if {other} {_LABELS[a]}" for a, points in enumerate(row))
            for label, row in zip(_LABELS, self.rings[ring][owner], strict=True)
        ]
        return "\n".join([f"{who}:", *lines])

    def _result(self, ring: int, seat: Seat, chosen: tuple[int, ...]) -> str:
        names = ["you" if each == seat else f"player {each + 1}" for each in _SEATS]
        chose = ", ".join(f"{name} {_LABELS[action]}" for name, action in zip(names, chosen, strict=True))
        return f"Game {ring + 1}, chosen: {chose}. You got {self.points(ring, seat, chosen)} points."


def _next(seat: Seat) -> Seat:
    """The seat whose choice matters to this one."""
    return (seat + 1) % POSITIONS
