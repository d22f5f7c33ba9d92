"""Games whose texts, or whose readers of texts, are at fault."""

from __future__ import annotations

import time

from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.cards.kuhn_poker import KuhnPoker, KuhnState
from games.core import CHANCE, ActionError, Seat, Unparsable
from tests.games.broken.sound import Verdict, VerdictState


class SilentSecondSeat(TicTacToe):
    def rules_text(self, seat: Seat) -> str:
        return super().rules_text(seat) if seat == 0 else " "


class NoLastObservation(TicTacToe):
    def observation(self, state: TicTacToeState, seat: Seat) -> str:
        return super().observation(state, seat) if self.to_move(state) else ""


class RaisesAtTheEnd(TicTacToe):
    def observation(self, state: TicTacToeState, seat: Seat) -> str:
        if not self.to_move(state):
            raise IndexError("nobody is to move")
        return super().observation(state, seat)


class CardSuits(KuhnPoker):
    def observation(self, state: KuhnState, seat: Seat) -> str:
        return super().observation(state, seat) + " \u2660"


class Chatterbox(KuhnPoker):
    def observation(self, state: KuhnState, seat: Seat) -> str:
        return super().observation(state, seat) + " Good luck!" * 1_000


class OneTextForTwoActions(KuhnPoker):
    def action_to_text(self, state: KuhnState, seat: Seat, action: int | str) -> str:
        return "fold" if action == "call" else super().action_to_text(state, seat, action)


class TextNotReadBack(KuhnPoker):
    def action_to_text(self, state: KuhnState, seat: Seat, action: int | str) -> str:
        text = super().action_to_text(state, seat, action)
        return text if seat == CHANCE else f"I {text}"


class TakesAnything(KuhnPoker):
    """What it cannot read becomes the first legal action."""

    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        try:
            return super().parse_action(state, seat, text)
        except ActionError:
            return self._choices(state, seat)[0]


class TrustsInt(TicTacToe):
    """Its reader lets ValueError through."""

    def parse_action(self, state: TicTacToeState, seat: Seat, text: str) -> int:
        return super().parse_action(state, seat, str(int(text)))


class SearchesProse(KuhnPoker):
    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        for action in self.legal_actions(state, seat):
            if action in text:
                return action
        raise Unparsable("none of the legal actions is mentioned")


class LongRefusals(KuhnPoker):
    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        try:
            return super().parse_action(state, seat, text)
        except ActionError as error:
            raise type(error)(f"{text} is no action") from None


class SlowReader(KuhnPoker):
    """Takes more than a second for a long text."""

    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        started = time.process_time()
        while len(text) > 1_000 and time.process_time() - started < 1.1:
            pass
        return super().parse_action(state, seat, text)


class PlaysOnTakenCells(TicTacToe):
    def parse_action(self, state: TicTacToeState, seat: Seat, text: str) -> int:
        return super().parse_action(TicTacToeState(), seat, text)


class ReadsFoldAsCheck(KuhnPoker):
    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        is_kind = text.strip().lower() == "fold" and "check" in self.legal_actions(state, seat)
        return "check" if is_kind and seat != CHANCE else super().parse_action(state, seat, text)


class EndlessSpeech(Verdict):
    def parse_action(self, state: VerdictState, seat: Seat, text: str) -> str:
        speech = super().parse_action(state, seat, text)
        return speech if speech in ("first", "second") else " ".join(text.split())


class NoExamples(Verdict):
    def example_actions(self, state: VerdictState, seat: Seat) -> tuple[str, ...]:
        return ()
