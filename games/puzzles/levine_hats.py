"""Levine's hats: two players see each other's stack of hats, and must both name a black hat of their own."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, Literal, NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import SILENCE, as_data, read_message
from games.parsing import quoted
from games.whole_numbers import whole_number

BLACK = "B"
WHITE = "W"
MAX_WORDS = 60
BY_CHANCE = 1 / 4
"""How often both are right who agree on nothing."""
BEST = {1: 1 / 4, 2: 5 / 16, 3: 11 / 32, 4: 89 / 256, 5: 179 / 512}
"""How often the best players known are right, by height; up to 3 nobody can do better, at 4 and 5 it is a search's."""

# A stack is a text of B and W from the lowest level up; a table names a level for each stack of the partner.
Table = tuple[int, ...]


class LevineHatsParams(GameParams):
    """Parameters of Levine's hats."""

    height: int = Field(3, ge=1, le=8, description="Hats in each stack.")
    messages: int = Field(2, ge=0, le=10, description="Messages that each player writes before hats are seen.")
    answers: Literal["draws", "table"] = Field(
        "draws",
        description="How a strategy is played: on stacks that are drawn, or written down whole and evaluated exactly.",
    )
    draws: int = Field(5, ge=1, le=100, description="Pairs of stacks that are drawn, where they are.")


class Draw(NamedTuple):
    """A pair of stacks, by seat, and the levels that were named; nothing before."""

    stacks: tuple[str, str]
    named: tuple[int, ...] = ()

    @property
    def won(self) -> bool:
        """Whether both named a black hat of their own."""
        return all(stack[level - 1] == BLACK for stack, level in zip(self.stacks, self.named, strict=False))


class HatsState(NamedTuple):
    """Messages so far, stacks drawn so far, and the tables where strategies are written down."""

    said: tuple[str, ...] = ()
    draws: tuple[Draw, ...] = ()
    tables: tuple[Table, ...] = ()


class HatsView(NamedTuple):
    """What a seat knows.

    Attributes:
        said: messages so far.
        past: stacks and answers that are over.
        seen: the partner's stack that is up; empty when none is.
        tables: both tables once they are written; empty before.
    """

    said: tuple[str, ...]
    past: tuple[Draw, ...]
    seen: str
    tables: tuple[Table, ...]


class LevineHats(Game[HatsState, Any]):
    """After they have agreed on a strategy, each sees the other's stack and names a level of its own, unseen.

    Hats are black or white with equal chances. Each player alone is right half of the time, whatever it does; the art
    is to be right together. The result is how often both were right, for both players. With infinite stacks the best
    known is 7/20, and it is open whether one can do better; here stacks are finite.
    """

    Params = LevineHatsParams
    params: LevineHatsParams
    info = GameInfo(
        name="levine_hats",
        version=1,
        title="Levine's hats",
        summary="Two players who see each other's hats must both point to a black hat of their own.",
        family="puzzles",
        dynamics=Dynamics.MIXED,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.COMMON_PAYOFF,
        actions=ActionKind.MIXED,
        symmetric=True,
        tags=("cooperation", "coordination", "communication", "puzzle"),
        references=(
            "Levine's hat puzzle: arXiv:1407.4711 (7/20 with infinite stacks, best known)",
            "language models on the puzzle: arXiv:2508.01737",
        ),
    )

    def __init__(self, params: LevineHatsParams | None = None) -> None:
        super().__init__(params)
        if self.params.answers == "table":
            self.info = replace(self.info, chance=Chance.NONE, information=Information.PERFECT, actions=ActionKind.OPEN)

    @property
    def stacks(self) -> list[str]:
        """All stacks, in the order in which tables go through them."""
        return ["".join(hats) for hats in product(WHITE + BLACK, repeat=self.params.height)]

    def initial_state(self) -> HatsState:
        return HatsState()

    def to_move(self, state: HatsState) -> tuple[Seat, ...]:
        if len(state.said) < 2 * self.params.messages:
            return (len(state.said) % 2,)
        if self.params.answers == "table":
            return () if state.tables else (0, 1)
        if state.draws and not state.draws[-1].named:
            return (0, 1)
        return (CHANCE,) if len(state.draws) < self.params.draws else ()

    def legal_actions(self, state: HatsState, seat: Seat) -> Sequence[int] | None:
        return None if self._talking(state) or self.params.answers == "table" else range(1, self.params.height + 1)

    def sample_chance(self, state: HatsState, rng: random.Random) -> tuple[str, str]:
        first, second = ("".join(rng.choices(WHITE + BLACK, k=self.params.height)) for _ in range(2))
        return first, second

    def apply(self, state: HatsState, actions: Mapping[Seat, Any]) -> HatsState:
        if CHANCE in actions:
            return state._replace(draws=(*state.draws, Draw(actions[CHANCE])))
        if self._talking(state):
            (message,) = actions.values()
            return state._replace(said=(*state.said, str(message)))
        named = (actions[0], actions[1])
        if self.params.answers == "table":
            return state._replace(tables=named)
        return state._replace(draws=(*state.draws[:-1], state.draws[-1]._replace(named=named)))

    def returns(self, state: HatsState) -> tuple[float, ...]:
        if state.tables:
            won = self.chance_of_winning(*state.tables)
        else:
            won = sum(draw.won for draw in state.draws if draw.named) / self.params.draws
        return won, won

    def chance_of_winning(self, first: Table, second: Table) -> float:
        """How often both are right: exactly, over all pairs of stacks."""
        stacks = self.stacks
        right = sum(
            own[first[there] - 1] == BLACK and other[second[here] - 1] == BLACK
            for (here, own), (there, other) in product(enumerate(stacks), repeat=2)
        )
        return right / len(stacks) ** 2

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def max_turns(self) -> int:
        return 2 * self.params.messages + 2 * self.params.draws

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        height = self.params.height
        talk = (
            f"First you agree on a strategy: each writes {self.params.messages} "
            f"{'message' if self.params.messages == 1 else 'messages'}, by turns, player 1 first. After that nobody "
            f"says anything. Write a message as one line of at most {MAX_WORDS} words; to say nothing: {SILENCE}"
            if self.params.messages
            else "You cannot talk to each other."
        )
        return (
            f"You and a partner play together. You are player {seat + 1}. Each wears a stack of {height} hats, level 1 "
            "at the bottom; every hat is black or white with equal chances, independent of all others. You see your "
            "partner's stack but not your own, and your partner sees yours but not its own. Then each names a level of "
            "its own stack, at the same time. You win together if both named hats are black, and lose together "
            f"otherwise.\n{talk}\n{self._play_text()}"
        )

    def _play_text(self) -> str:
        height = self.params.height
        if self.params.answers == "draws":
            return (
                f"Then {self.params.draws} pairs of stacks are drawn, one after the other; after each you see both. "
                "Your result is the share of pairs that you win.\n"
                f"Write an answer as a level: a number from 1 to {height}"
            )
        example = " ".join(str(1 + place % height) for place in range(2**height))
        return (
            "Then each writes its strategy down whole, at the same time: which level of its own stack it names for "
            "every stack of the partner. Your result is the chance that both are right, over all stacks.\n"
            f"Stacks are written from level 1 up, {BLACK} for black and {WHITE} for white. Write {2**height} levels "
            f"with spaces between them, for the partner's stacks in this order: {' '.join(self.stacks)}\n"
            f"For example: {example}"
        )

    def observation(self, state: HatsState, seat: Seat) -> str:
        if self._talking(state):
            return "\n".join([*self._said(state, seat), self._task(state, seat)])
        if not self.to_move(state):
            return "\n".join(
                [*self._last(state, seat), f"The game is over. Your result: {self.returns(state)[seat]:.4g}."]
            )
        spoken = self._said(state, seat) if not state.draws or len(state.draws) == 1 else []
        return "\n".join([*spoken, *self._last(state, seat), self._task(state, seat)])

    def _said(self, state: HatsState, seat: Seat) -> list[str]:
        """The partner's last message, or what was said since the seat wrote last."""
        theirs = [message for number, message in enumerate(state.said) if number % 2 != seat]
        if not theirs:
            return []
        return [f"Your partner says: {as_data(theirs[-1])}" if theirs[-1] != SILENCE else "Your partner says nothing."]

    def _last(self, state: HatsState, seat: Seat) -> list[str]:
        """How the last finished pair went, or what the tables are worth."""
        if state.tables:
            return [f"Your partner's levels: {_levels(state.tables[1 - seat])}."]
        done = [draw for draw in state.draws if draw.named]
        if not done:
            return []
        draw = done[-1]
        return [
            f"Pair {len(done)} was {'won' if draw.won else 'lost'}: your stack was {draw.stacks[seat]} and you named "
            f"level {draw.named[seat]}; your partner's was {draw.stacks[1 - seat]}, and it named level "
            f"{draw.named[1 - seat]}. Won so far: {sum(each.won for each in done)} of {len(done)}."
        ]

    def _task(self, state: HatsState, seat: Seat) -> str:
        if self._talking(state):
            return "Write your message." if seat in self.to_move(state) else "Your partner is writing."
        if self.params.answers == "table":
            return f"Write your {2**self.params.height} levels."
        if not state.draws or state.draws[-1].named:
            return "The next stacks are being drawn."
        return f"Your partner's stack, from level 1 up: {state.draws[-1].stacks[1 - seat]}. Which level do you name?"

    def action_to_text(self, state: HatsState, seat: Seat, action: Any) -> str:
        if isinstance(action, tuple):
            return " ".join(map(str, action))
        return str(action)

    def parse_action(self, state: HatsState, seat: Seat, text: str) -> Any:
        if seat == CHANCE:
            return self._read_draw(text)
        if self._talking(state):
            return read_message(text, MAX_WORDS)
        if self.params.answers == "draws":
            height = self.params.height
            return whole_number(text, range(1, height + 1), f"a level from 1 to {height}")
        return self._read_table(text)

    def _read_draw(self, text: str) -> tuple[str, str]:
        stacks = text.split()
        if len(stacks) != 2 or any(stack not in self.stacks for stack in stacks):
            raise Unparsable(f"{quoted(text)} is no pair of stacks of {self.params.height} hats")
        return stacks[0], stacks[1]

    def _read_table(self, text: str) -> Table:
        count, height = 2**self.params.height, self.params.height
        expected = f"expected {count} levels from 1 to {height} with spaces between them"
        if not re.fullmatch(r"[0-9]{1,3}([ ,]+[0-9]{1,3})*", text.strip()):
            raise Unparsable(f"{quoted(text)} is no list of levels; {expected}")
        levels = tuple(int(level) for level in re.split(r"[ ,]+", text.strip()))
        if len(levels) != count or not all(1 <= level <= height for level in levels):
            raise Illegal(f"{len(levels)} levels from {min(levels)} to {max(levels)} are no strategy; {expected}")
        return levels

    def example_actions(self, state: HatsState, seat: Seat) -> Sequence[Any]:
        if self._talking(state):
            return (SILENCE, "I name the level of your lowest black hat, or level 1", "Let us both name level 1")
        if self.params.answers == "draws":
            return range(1, self.params.height + 1)
        lowest = tuple(stack.find(BLACK) + 1 or 1 for stack in self.stacks)
        return (lowest, (1,) * len(lowest), tuple(self.params.height - level + 1 for level in lowest))

    def outcome_text(self, state: HatsState) -> str:
        return f"both right: {self.returns(state)[0]:.4g}"

    def render(self, state: HatsState) -> str:
        said = [f"player {number % 2 + 1}: {as_data(message)}" for number, message in enumerate(state.said)]
        draws = [f"{' and '.join(draw.stacks)}: levels {_levels(draw.named) or '-'}" for draw in state.draws]
        tables = [f"levels of player {seat + 1}: {_levels(table)}" for seat, table in enumerate(state.tables)]
        return "\n".join([*said, *draws, *tables]) or "nothing was said yet"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: HatsState, seat: Seat) -> HatsView:
        past = tuple([draw for draw in state.draws if draw.named])
        seen = state.draws[-1].stacks[1 - seat] if len(past) < len(state.draws) else ""
        return HatsView(state.said, past, seen, state.tables)

    def _talking(self, state: HatsState) -> bool:
        return len(state.said) < 2 * self.params.messages


def _levels(levels: Sequence[int]) -> str:
    return " ".join(map(str, levels))
