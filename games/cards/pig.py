"""Pig, a dice race."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import Field

from games.cards.framing import ActionFraming, Vocabulary, action_names, either, is_given, opening, unit_of
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

ROLL: Final = "roll"
HOLD: Final = "hold"
ROLLING: Final = Vocabulary(
    given=(ROLL, HOLD),
    plain=("continue", "stop"),
    letters=("P", "Q"),
    harbour=("cast", "anchor"),
    fair=("spin", "pocket"),
)
_MOST_ROUNDS: Final = 200


class PigParams(GameParams):
    """Parameters of pig."""

    num_players: int = Field(2, ge=2, le=6, description="Number of players.")
    target: int = Field(100, ge=5, le=1000, description="Points that win the race.")
    sides: int = Field(6, ge=2, le=20, description="Sides of the die; a 1 loses the turn.")
    max_rounds: int = Field(50, ge=1, le=_MOST_ROUNDS, description="Turns of each player; then the most points win.")
    framing: ActionFraming = Field(
        ActionFraming(),
        description="Words: actions, unit, order and story, for example {'actions': 'letters', 'unit': 'coins'}.",
    )


class PigState(NamedTuple):
    """Points that are safe, those of the turn, whose turn it is, turns finished, and whether the die is in the air."""

    scores: tuple[int, ...]
    pot: int = 0
    turn: Seat = 0
    turns: int = 0
    rolling: bool = True


class Pig(Game[PigState, int | str]):
    """Roll as often as you dare: a 1 loses the turn's points, holding saves them; the first to the target wins.

    A turn begins with a roll. The race is drawn between the leaders when it takes too long.
    """

    Params = PigParams
    params: PigParams
    info = GameInfo(
        name="pig",
        version=1,
        title="Pig",
        summary="Roll a die as often as you dare and save your points before a 1 takes them; first to the target wins.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        max_players=6,
        tags=("dice", "risk", "classic"),
        references=(
            "J. Scarne, Scarne on dice, 1945",
            "T. Neller and C. Presser, Optimal play of the dice game Pig, UMAP Journal 25, 2004 (hold at 20)",
        ),
    )

    def __init__(self, params: PigParams | None = None) -> None:
        super().__init__(params)
        self._names = action_names(self.params.framing, ROLLING)
        self._options = tuple(in_order(self.params.framing, (ROLL, HOLD)))
        self._unit = unit_of(self.params.framing, "point")

    def initial_state(self) -> PigState:
        return PigState((0,) * self.params.num_players)

    def to_move(self, state: PigState) -> tuple[Seat, ...]:
        if self._over(state):
            return ()
        return (CHANCE,) if state.rolling else (state.turn,)

    def legal_actions(self, state: PigState, seat: Seat) -> tuple[str, ...]:
        return self._options

    def chance_outcomes(self, state: PigState) -> list[tuple[int | str, float]]:
        return [(face, 1 / self.params.sides) for face in range(1, self.params.sides + 1)]

    def sample_chance(self, state: PigState, rng: random.Random) -> int | str:
        return 1 + int(rng.random() * self.params.sides)

    def apply(self, state: PigState, actions: Mapping[Seat, int | str]) -> PigState:
        (action,) = actions.values()
        scores, pot, turn, turns, _ = state
        if action == ROLL:
            return PigState(scores, pot, turn, turns, True)
        if action == HOLD:
            return self._next(state, pot)
        return self._next(state, 0) if action == 1 else PigState(scores, pot + int(action), turn, turns, False)

    def returns(self, state: PigState) -> tuple[float, ...]:
        seats = self.params.num_players
        if not self._over(state):
            return (0.0,) * seats
        best = max(state.scores)
        winners = state.scores.count(best)
        won = (seats - winners) / winners
        return tuple(won if score == best else -1.0 for score in state.scores) if winners < seats else (0.0,) * seats

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, self.params.num_players - 1.0

    def max_turns(self) -> int:
        # A roll of 2 or more, then a decision, until a turn's points pass the target.
        return self.params.num_players * self.params.max_rounds * (2 * (self.params.target // 2 + 1) + 1)

    def rules_text(self, seat: Seat) -> str:
        return self._plain_rules(seat) if is_given(self.params.framing) else self._framed_rules(seat)

    def _plain_rules(self, seat: Seat) -> str:
        players, target, framing = self.params.num_players, self.params.target, self.params.framing
        return (
            f"You play pig, a dice race of {players} players. You are player {seat + 1}; player 1 begins.\n"
            f"A turn begins with a roll of a die with sides 1 to {self.params.sides}. A 1 ends the turn and loses the "
            "points of this turn. Any other number is added to the points of this turn, and then you decide: "
            f"{', or '.join(in_order(framing, ('roll again', 'hold')))}. Holding saves the points of this turn for "
            "good and ends the turn.\n"
            f"Whoever has {target} points or more after holding wins at once ({self._prize()} player). After "
            f"{self.params.max_rounds} turns of every player the most points win; equal leaders share the win.\n"
            f"Write: {either(framing, (ROLL, HOLD))}"
        )

    def _framed_rules(self, seat: Seat) -> str:
        """The same rules without the word for the game, for names that are no verbs."""
        players, target, framing, unit = self.params.num_players, self.params.target, self.params.framing, self._unit
        again, stop = names = [self._names.of(action) for action in (ROLL, HOLD)]
        choices = either(
            framing, (f"{again} (throw the die again)", f"{stop} (keep the {unit}s of this turn for good and end it)")
        )
        return "\n".join(
            (
                *opening(framing),
                f"You play a race with a die between {players} players. You are player {seat + 1}; player 1 begins.",
                f"A turn begins with a throw of a die with sides 1 to {self.params.sides}. A 1 ends the turn, and its "
                f"{unit}s are lost. Any other number is added to the {unit}s of this turn, and then you choose "
                f"{choices}.",
                f"Whoever has {target} {unit}s or more at the end of a turn wins at once ({self._prize()} player). "
                f"After {self.params.max_rounds} turns of every player the most {unit}s win; equal leaders share the "
                "win.",
                f"Write: {either(framing, names)}",
            )
        )

    def _prize(self) -> str:
        """What a win gives, and what it takes from each other player."""
        players = self.params.num_players
        return "+1, and -1 for the other" if players == 2 else f"+{players - 1}, and -1 for every other"

    def observation(self, state: PigState, seat: Seat) -> str:
        points = ", ".join(f"{self._name(other, seat)} {score}" for other, score in enumerate(state.scores))
        units = f"{self._unit.capitalize()}s"
        if self._over(state):
            return f"The race is over. {units}: {points}. Your result: {self.returns(state)[seat]:+g}"
        whose = "your" if state.turn == seat else f"player {state.turn + 1}'s"
        return (
            f"{units}: {points}. It is {whose} turn {state.turns // len(state.scores) + 1}, worth {state.pot} so far."
        )

    def action_to_text(self, state: PigState, seat: Seat, action: int | str) -> str:
        return str(action) if seat == CHANCE else self._names.of(str(action))

    def parse_action(self, state: PigState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        return choose(text, {self._names.of(action).lower(): action for action in self._options}, r"(?!)")

    def outcome_text(self, state: PigState) -> str:
        return f"{self._unit}s: " + ", ".join(map(str, state.scores))

    def _next(self, state: PigState, saved: int) -> PigState:
        """The next turn, after points were saved."""
        scores = state.scores
        scores = (*scores[: state.turn], scores[state.turn] + saved, *scores[state.turn + 1 :])
        return PigState(scores, 0, (state.turn + 1) % len(scores), state.turns + 1)

    def _over(self, state: PigState) -> bool:
        return max(state.scores) >= self.params.target or state.turns >= self.params.max_rounds * len(state.scores)

    @staticmethod
    def _name(other: Seat, seat: Seat) -> str:
        return "you" if other == seat else f"player {other + 1}"
