"""Players of Levine's hats: by a plan that both can find alone, and by rules of thumb."""

from __future__ import annotations

from abc import abstractmethod
from functools import lru_cache
from random import Random
from typing import ClassVar, Final

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.open_text import SILENCE
from games.puzzles.levine_hats import BLACK, HatsView, LevineHats, Table

_STARTS: Final = 300
_SEED: Final = 2308
# Above this height the tables of the highest one that is searched are used for the lowest hats.
_SEARCHED: Final = 5


class _HatPlayer(Bot):
    """A rule for a level, given the partner's stack."""

    plays = ("levine_hats",)

    def choose(self, request: DecisionRequest) -> str:
        game, view = game_of(request.game), request.information_key
        assert isinstance(game, LevineHats), "the only game this plays"
        assert isinstance(view, HatsView), "what the hats tell a seat"
        if len(view.said) < 2 * game.params.messages:
            return self.message(game)
        if game.params.answers == "table":
            return " ".join(str(self.level(game, request.seat, stack)) for stack in game.stacks)
        return str(self.level(game, request.seat, view.seen))

    def message(self, game: LevineHats) -> str:
        """What it says before hats are seen."""
        return SILENCE

    @abstractmethod
    def level(self, game: LevineHats, seat: int, seen: str) -> int:
        """The level that it names when it sees this stack."""


class HatPlanner(_HatPlayer):
    """Plays the better of many pairs of tables that answer each other best: what both find without a word.

    Alternating best replies from random tables, up to height 5; of higher stacks it uses the lowest five hats.
    """

    title: ClassVar[str] = "Plays tables that answer each other best"

    def level(self, game: LevineHats, seat: int, seen: str) -> int:
        height = min(game.params.height, _SEARCHED)
        return best_tables(height)[seat][int(_bits(seen[:height]), 2)]


class LowestBlack(_HatPlayer):
    """Names the level of the partner's lowest black hat; level 1 where there is none."""

    title: ClassVar[str] = "Names the level of the lowest black hat it sees"

    def message(self, game: LevineHats) -> str:
        return "I name the level of your lowest black hat, or level 1"

    def level(self, game: LevineHats, seat: int, seen: str) -> int:
        return seen.find(BLACK) + 1 or 1


class BottomHat(_HatPlayer):
    """Names level 1 whatever it sees: right together one time in four."""

    title: ClassVar[str] = "Always names level 1"

    def level(self, game: LevineHats, seat: int, seen: str) -> int:
        return 1


@lru_cache(maxsize=8)
def best_tables(height: int) -> tuple[Table, Table]:
    """The best pair of tables found from fixed random starts; the same on every machine."""
    game, rng = LevineHats.of(height=height), Random(_SEED)
    pairs = []
    for _ in range(_STARTS):
        first: Table = tuple(rng.randint(1, height) for _ in range(2**height))
        second = best_reply(height, first)
        while (better := best_reply(height, second)) != first:
            first, second = better, best_reply(height, better)
        pairs.append((game.chance_of_winning(first, second), first, second))
    _, first, second = max(pairs)
    return first, second


def best_reply(height: int, table: Table) -> Table:
    """The table that is right together with this one most often; of equally good levels the lowest.

    Whoever sees a stack knows of its own only this: the partner, who sees it, will name a level by the table, and is
    right for some own stacks and wrong for others. It names the level that is black in most of the former.
    """
    stacks = LevineHats.of(height=height).stacks

    def best(seen: str) -> int:
        right = [own for place, own in enumerate(stacks) if seen[table[place] - 1] == BLACK]
        return max(range(1, height + 1), key=lambda level: (sum(own[level - 1] == BLACK for own in right), -level))

    return tuple(best(seen) for seen in stacks)


def _bits(stack: str) -> str:
    return "".join("1" if hat == BLACK else "0" for hat in stack)
