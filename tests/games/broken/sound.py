"""Small sound games for kinds of nodes that Kuhn poker and tic-tac-toe do not have."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

from games.core import CHANCE, REFEREE, Game, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, RefereeKind, Utility
from games.referee import Ballot, RefereeRequest


class PenniesState(NamedTuple):
    """Sides shown so far, a pair per round."""

    rounds: tuple[tuple[str, str], ...] = ()


class Pennies(Game[PenniesState, str]):
    """Matching pennies twice: the first seat wins a point when the sides match. Seats move together."""

    info = GameInfo(
        name="pennies",
        version=1,
        title="Pennies",
        summary="Show heads or tails twice.",
        family="matrix",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        solvable=True,
    )

    def initial_state(self) -> PenniesState:
        return PenniesState()

    def to_move(self, state: PenniesState) -> tuple[Seat, ...]:
        return (0, 1) if len(state.rounds) < 2 else ()

    def legal_actions(self, state: PenniesState, seat: Seat) -> tuple[str, ...]:
        return ("heads", "tails")

    def apply(self, state: PenniesState, actions: Mapping[Seat, str]) -> PenniesState:
        return PenniesState((*state.rounds, (actions[0], actions[1])))

    def returns(self, state: PenniesState) -> tuple[float, ...]:
        matches = sum(1 if one == other else -1 for one, other in state.rounds)
        return (float(matches), float(-matches))

    def utility_bounds(self) -> tuple[float, float]:
        return -2.0, 2.0

    def max_turns(self) -> int:
        return 2

    def observation(self, state: PenniesState, seat: Seat) -> str:
        return f"Rounds so far: {', '.join(f'{one}/{other}' for one, other in state.rounds) or 'none'}."


class VerdictState(NamedTuple):
    """Speeches by seat, and the seat that the referee named."""

    speeches: tuple[str, ...] = ()
    winner: int | None = None


class Verdict(Game[VerdictState, str]):
    """Each seat says one thing in its own words, and a jury names the better speaker."""

    info = GameInfo(
        name="verdict",
        version=1,
        title="Verdict",
        summary="Speak once each; a jury decides.",
        family="talk",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.OPEN,
        referee=RefereeKind.JURY,
        roles=("proposer", "opposer"),
    )

    def initial_state(self) -> VerdictState:
        return VerdictState()

    def to_move(self, state: VerdictState) -> tuple[Seat, ...]:
        if state.winner is not None:
            return ()
        return (len(state.speeches),) if len(state.speeches) < 2 else (REFEREE,)

    def legal_actions(self, state: VerdictState, seat: Seat) -> tuple[str, ...] | None:
        return ("first", "second") if seat == REFEREE else None

    def example_actions(self, state: VerdictState, seat: Seat) -> tuple[str, ...]:
        return ("first", "second") if seat == REFEREE else ("I am right.", "Let us be brief.")

    def apply(self, state: VerdictState, actions: Mapping[Seat, str]) -> VerdictState:
        ((seat, action),) = actions.items()
        if seat == REFEREE:
            return VerdictState(state.speeches, 0 if action == "first" else 1)
        return VerdictState((*state.speeches, action))

    def returns(self, state: VerdictState) -> tuple[float, ...]:
        if state.winner is None:
            return (0.0, 0.0)
        return (1.0, -1.0) if state.winner == 0 else (-1.0, 1.0)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return 3

    def observation(self, state: VerdictState, seat: Seat) -> str:
        lines = [f"Speaker {index + 1}: {speech}" for index, speech in enumerate(state.speeches)]
        return "\n".join([*lines, "The jury has decided." if state.winner is not None else "The jury waits."])

    def parse_action(self, state: VerdictState, seat: Seat, text: str) -> str:
        if seat == REFEREE:
            return super().parse_action(state, seat, text)
        speech = " ".join(text.split())[:500].strip()
        if not speech:
            raise Unparsable("the speech is empty; expected one or more words")
        return speech

    def referee_request(self, state: VerdictState) -> RefereeRequest:
        question = "Who spoke better?\n" + "\n".join(state.speeches)
        return RefereeRequest(RefereeKind.JURY, ballots=(Ballot(question, ("first", "second")),))


class LotteryState(NamedTuple):
    """The number that was drawn, and the guess."""

    drawn: int | None = None
    guess: str | None = None


class Lottery(Game[LotteryState, int | str]):
    """One player guesses whether a number too large to list is even or odd."""

    info = GameInfo(
        name="lottery",
        version=1,
        title="Lottery",
        summary="Guess whether the drawn number is even.",
        family="puzzles",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        min_players=1,
        max_players=1,
    )

    def initial_state(self) -> LotteryState:
        return LotteryState()

    def to_move(self, state: LotteryState) -> tuple[Seat, ...]:
        if state.drawn is None:
            return (CHANCE,)
        return (0,) if state.guess is None else ()

    def legal_actions(self, state: LotteryState, seat: Seat) -> tuple[str, ...]:
        return ("even", "odd")

    def sample_chance(self, state: LotteryState, rng: random.Random) -> int:
        return rng.getrandbits(64)

    def apply(self, state: LotteryState, actions: Mapping[Seat, int | str]) -> LotteryState:
        ((seat, action),) = actions.items()
        return LotteryState(int(action)) if seat == CHANCE else LotteryState(state.drawn, str(action))

    def returns(self, state: LotteryState) -> tuple[float, ...]:
        if state.drawn is None or state.guess is None:
            return (0.0,)
        return (float((state.guess == "even") == (state.drawn % 2 == 0)),)

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def max_turns(self) -> int:
        return 2

    def observation(self, state: LotteryState, seat: Seat) -> str:
        return "Guess: even or odd?" if state.guess is None else f"You have guessed. Points: {self.returns(state)[0]:g}"

    def information_state(self, state: LotteryState, seat: Seat) -> tuple[str | None, float]:
        return (state.guess, self.returns(state)[0])

    def parse_action(self, state: LotteryState, seat: Seat, text: str) -> int | str:
        if seat != CHANCE:
            return super().parse_action(state, seat, text)
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
            raise Unparsable("a draw is a number of at most 20 digits")
        return int(digits)
