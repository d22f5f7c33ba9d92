"""Games whose rules are at fault."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.cards.kuhn_poker import KuhnPoker, KuhnState
from games.core import GameParams, Seat
from tests.games.broken.sound import Lottery, LotteryState, Pennies, PenniesState, Verdict


class SeatsBackwards(Pennies):
    def to_move(self, state: PenniesState) -> tuple[Seat, ...]:
        return tuple(reversed(super().to_move(state)))


class NothingToDo(KuhnPoker):
    """After a bet nobody may do anything."""

    def legal_actions(self, state: KuhnState, seat: Seat) -> tuple[str, ...]:
        return () if "bet" in state.bets else ("check", "bet")


@dataclass(unsafe_hash=True)
class Diary:
    """A state that remembers how often something was done from it."""

    board: TicTacToeState
    visits: int = 0


class ChangesItsState(TicTacToe):
    """Counts in the old state."""

    info = replace(TicTacToe.info, solvable=False)

    def initial_state(self) -> Any:
        return Diary(super().initial_state())

    def to_move(self, state: Any) -> tuple[Seat, ...]:
        return super().to_move(state.board)

    def legal_actions(self, state: Any, seat: Seat) -> list[int]:
        return super().legal_actions(state.board, seat)

    def apply(self, state: Any, actions: Mapping[Seat, int]) -> Any:
        state.visits += 1
        return Diary(super().apply(state.board, actions))

    def returns(self, state: Any) -> tuple[float, ...]:
        return super().returns(state.board)

    def observation(self, state: Any, seat: Seat) -> str:
        return super().observation(state.board, seat)

    def information_state(self, state: Any, seat: Seat) -> TicTacToeState:
        board: TicTacToeState = state.board
        return board

    def render(self, state: Any) -> str:
        return super().render(state.board)


class ChangesItsActions(KuhnPoker):
    """Empties the mapping that it is given."""

    def apply(self, state: KuhnState, actions: Any) -> KuhnState:
        following = super().apply(state, actions)
        actions.clear()
        return following


class NumberedState(NamedTuple):
    rounds: tuple[tuple[str, str], ...] = ()
    number: int = 0


class NumbersItsStates(Pennies):
    """No two calls of `apply` give the same state."""

    def __init__(self, params: GameParams | None = None) -> None:
        super().__init__(params)
        self.numbers = iter(range(1, 1_000_000))

    def initial_state(self) -> Any:
        return NumberedState()

    def apply(self, state: Any, actions: Mapping[Seat, str]) -> Any:
        return NumberedState(super().apply(state, actions).rounds, next(self.numbers))

    def information_state(self, state: Any, seat: Seat) -> PenniesState:
        return PenniesState(state.rounds)


class NumbersItsPlays(NumbersItsStates):
    """No two plays begin alike."""

    def initial_state(self) -> Any:
        return NumberedState(number=next(self.numbers))

    def apply(self, state: Any, actions: Mapping[Seat, str]) -> Any:
        return NumberedState(Pennies.apply(self, state, actions).rounds, state.number)


class ChangesItsMind(Pennies):
    """Returns before the end depend on how often one asks."""

    def __init__(self, params: GameParams | None = None) -> None:
        super().__init__(params)
        self.asked = 0

    def returns(self, state: PenniesState) -> tuple[float, ...]:
        self.asked += 1
        return super().returns(state) if not self.to_move(state) else (float(self.asked), 0.0)


class OrderedState(NamedTuple):
    rounds: tuple[tuple[str, str], ...] = ()
    first: Seat = 0


class FirstComeFirstServed(Pennies):
    """Which seat is written first in the mapping matters."""

    def initial_state(self) -> Any:
        return OrderedState()

    def apply(self, state: Any, actions: Mapping[Seat, str]) -> Any:
        return OrderedState(super().apply(state, actions).rounds, next(iter(actions)))


class NoReturnsBeforeTheEnd(TicTacToe):
    def returns(self, state: TicTacToeState) -> tuple[float, ...]:
        return () if self.to_move(state) else super().returns(state)


class EndlessValue(Lottery):
    def returns(self, state: LotteryState) -> tuple[float, ...]:
        return (0.0,) if self.to_move(state) else (float("inf"),)

    def utility_bounds(self) -> tuple[float, float]:
        return float("-inf"), float("inf")


class WrongBounds(KuhnPoker):
    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0


class Rake(KuhnPoker):
    """The house keeps half a chip of the winner's."""

    def returns(self, state: KuhnState) -> tuple[float, ...]:
        return tuple(value - 0.5 * (value > 0) for value in super().returns(state))


class Endless(Pennies):
    def to_move(self, state: PenniesState) -> tuple[Seat, ...]:
        return (0, 1)


class LongerThanPromised(Verdict):
    def max_turns(self) -> int:
        return 2


class ProbabilitiesOfThreeQuarters(KuhnPoker):
    def chance_outcomes(self, state: KuhnState) -> list[tuple[int | str, float]]:
        return [(rank, 0.75 * probability) for rank, probability in super().chance_outcomes(state)]


class ImpossibleOutcome(KuhnPoker):
    def chance_outcomes(self, state: KuhnState) -> list[tuple[int | str, float]]:
        first, *others = super().chance_outcomes(state)
        return [(first[0], 0.0), *((rank, 1 / len(others)) for rank, _ in others)]


class DrawsOfItsOwn(Lottery):
    """Draws from a stream of its own instead of the one it is given."""

    def __init__(self, params: GameParams | None = None) -> None:
        super().__init__(params)
        self.stream = random.Random(1)

    def sample_chance(self, state: LotteryState, rng: random.Random) -> int:
        return super().sample_chance(state, self.stream)


class SolvableDebate(Verdict):
    """Open actions cannot be walked."""

    info = replace(Verdict.info, solvable=True)
