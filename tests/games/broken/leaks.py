"""Games that tell a seat too much or too little."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.cards.kuhn_poker import KuhnPoker, KuhnState
from games.core import Seat
from games.info import Information
from tests.games.broken.sound import Pennies, PenniesState

_RANKS = "JQKA"


class ShowsCardsInText(KuhnPoker):
    """Leaks in the observation only."""

    def observation(self, state: KuhnState, seat: Seat) -> str:
        return f"{super().observation(state, seat)}\nCards: {state.cards}"


class ShowsCardsInStructure(KuhnPoker):
    """Leaks in the information state only."""

    def information_state(self, state: KuhnState, seat: Seat) -> Hashable:  # type: ignore[override] # the fault
        return (seat, state)


class HidesTheBetting(KuhnPoker):
    """Judges the seats by a betting that they were never shown."""

    def observation(self, state: KuhnState, seat: Seat) -> str:
        return super().observation(state, seat).partition("\n")[0]


class HidesTheBoard(TicTacToe):
    def observation(self, state: TicTacToeState, seat: Seat) -> str:
        return "Your move." if self.to_move(state) else "Over."


class OpenCards(KuhnPoker):
    """Leaks consistently: everybody sees all cards, in both views."""

    def observation(self, state: KuhnState, seat: Seat) -> str:
        return f"{super().observation(state, seat)}\nCards: {state.cards}"

    def information_state(self, state: KuhnState, seat: Seat) -> Hashable:  # type: ignore[override] # the fault
        return state


class CallsItselfPerfect(KuhnPoker):
    info = replace(KuhnPoker.info, information=Information.PERFECT)


class MarkedCards(KuhnPoker):
    """Leaks consistently to one seat: the second sees the card of the first, in both views."""

    def observation(self, state: KuhnState, seat: Seat) -> str:
        told = f"\nThe first card is {_RANKS[state.cards[0]]}." if seat == 1 and state.cards else ""
        return super().observation(state, seat) + told

    def information_state(self, state: KuhnState, seat: Seat) -> Hashable:  # type: ignore[override] # the fault
        return (super().information_state(state, seat), state.cards[:1] if seat == 1 else ())


class MarkedCardsWithCanaries(MarkedCards):
    def secrets(self, state: KuhnState, seat: Seat) -> frozenset[str]:
        over = not self.to_move(state)
        dealt = len(state.cards) == self.num_players
        return frozenset() if over or seat == 0 or not dealt else frozenset({f"card is {_RANKS[state.cards[0]]}"})


class ForgetsItsPast(Pennies):
    """A seat knows the number of the round and nothing of the rounds before, its own choices included."""

    info = replace(Pennies.info, information=Information.IMPERFECT)

    def observation(self, state: PenniesState, seat: Seat) -> str:
        return f"Rounds played: {len(state.rounds)}."

    def information_state(self, state: PenniesState, seat: Seat) -> int:
        return len(state.rounds)
