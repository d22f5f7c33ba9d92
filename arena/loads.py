"""What one match takes of a model in each seat, before anything is spent.

Each game is played a few times by random players; what its seats read and how often they decide is counted. Prompts
are counted as the plain chat agent sends them: rules, all earlier observations and actions of the seat, the newest
observation with its legal actions. Answers are assumed to take between `REPLY_LOW` and `REPLY_HIGH` tokens; those
that are asked for again are not counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from agents.llm.prompts import ACTION_LABEL, AnswerMode, contract_text, legal_actions_text
from arena.seeding import stream
from games.core import CHANCE, REFEREE, Game, Seat

SAMPLES: Final = 12
CHARACTERS_PER_TOKEN: Final = 4.0
REPLY_LOW: Final = 10
REPLY_EXPECTED: Final = 60
REPLY_HIGH: Final = 400

# US dollars per token: prompt, completion.
Price = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Range:
    """A low, an expected and a high estimate."""

    low: float = 0.0
    expected: float = 0.0
    high: float = 0.0

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def times(self, factor: float) -> Range:
        """All three multiplied."""
        return Range(self.low * factor, self.expected * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Load:
    """What one agent, or one match of one seat, takes.

    Attributes:
        calls: model calls.
        tokens_in: prompt tokens.
        tokens_out: completion tokens.
    """

    calls: Range = Range()
    tokens_in: Range = Range()
    tokens_out: Range = Range()

    def __add__(self, other: Load) -> Load:
        return Load(self.calls + other.calls, self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)

    def cost_usd(self, price: Price) -> Range:
        """What it costs."""
        return self.tokens_in.times(price[0]) + self.tokens_out.times(price[1])


def sample_loads(game: Game[Any, Any]) -> list[Load]:
    """What one match takes of a model, by seat: the mean prompt, and the least and most decisions seen."""
    plays = [_one_play(game, number) for number in range(SAMPLES)]
    return [_summary([play[seat] for play in plays]) for seat in range(game.num_players)]


@dataclass(slots=True)
class _Seat:
    """What one seat read in one play, in characters."""

    context: int = 0
    calls: int = 0
    sent: int = 0


def _one_play(game: Game[Any, Any], number: int) -> list[_Seat]:
    rng = stream(number, "plan", game.spec)
    contract = len(contract_text(AnswerMode.TEXT))
    seats = [_Seat(context=len(game.rules_text(seat)) + contract) for seat in range(game.num_players)]
    state: Hashable = game.initial_state()
    while moving := game.to_move(state):
        if moving == (CHANCE,):
            actions: dict[Seat, Any] = {CHANCE: game.sample_chance(state, rng)}
        else:
            actions = {seat: rng.choice(list(_options(game, state, seat))) for seat in moving}
            _count(game, state, actions, seats)
        state = game.apply(state, actions)
    return seats


def _options(game: Game[Any, Any], state: Hashable, seat: Seat) -> Iterable[Any]:
    legal = game.legal_actions(state, seat)
    return game.example_actions(state, seat) if legal is None else legal


def _count(game: Game[Any, Any], state: Hashable, actions: dict[Seat, Any], seats: list[_Seat]) -> None:
    for seat, action in actions.items():
        if seat == REFEREE:
            continue
        one = seats[seat]
        one.context += len(game.observation(state, seat))
        one.calls += 1
        one.sent += one.context + _listing(game, state, seat)
        one.context += len(f"{ACTION_LABEL}: {game.action_to_text(state, seat, action)}")


def _listing(game: Game[Any, Any], state: Hashable, seat: Seat) -> int:
    """Characters of the list of legal actions, which only the newest question shows."""
    legal = game.legal_actions(state, seat)
    return 0 if legal is None else len(legal_actions_text([game.action_to_text(state, seat, item) for item in legal]))


def _summary(plays: list[_Seat]) -> Load:
    calls = sum(play.calls for play in plays) / len(plays)
    tokens = sum(play.sent for play in plays) / len(plays) / CHARACTERS_PER_TOKEN
    spread = Range(min(play.calls for play in plays), calls, max(play.calls for play in plays))
    share = spread.times(1 / calls) if calls else Range()
    replies = Range(spread.low * REPLY_LOW, spread.expected * REPLY_EXPECTED, spread.high * REPLY_HIGH)
    return Load(spread, share.times(tokens), replies)
