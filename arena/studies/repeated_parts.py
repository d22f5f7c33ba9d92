"""The parts of the protocol of Akata et al.: which games, against whom, and what is measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from random import Random
from string import ascii_uppercase
from typing import Final, NamedTuple

from arena.studies.base import Size
from arena.studies.rational_players import settles
from games.dilemmas.prisoners_dilemma import PrisonersDilemma
from games.matrix.framing import Framing
from games.matrix.matrix_game import MatrixGame
from games.matrix.onlooker import Onlooker
from games.matrix.ordinal import GAMES, ordinal_game
from games.transforms.elicited import Elicited
from games.transforms.repeated import Repeated

_ROUNDS: Final = 10
_LONG: Final = 20
_STOPS: Final = (0.01, 0.4, 0.6, 0.8)
# Both players' points where both choose the first action, then the second; nothing elsewhere.
_SWEEP: Final = (((10, 7), (7, 10)), ((9, 8), (8, 9)), ((8, 8), (8, 8)), ((8, 9), (9, 8)), ((7, 10), (10, 7)))
_DILEMMA: Final = (((8, 8), (0, 10)), ((10, 0), (5, 5)))
_LETTERS: Final = (("J", "F"), ("Q", "X"), ("R", "H"), ("Y", "W"), ("T", "N"), ("P", "M"))
_GRID_LETTERS: Final = {Size.SMALL: 2, Size.FULL: 6}
_GRID_UNITS: Final = {Size.SMALL: ("points",), Size.FULL: ("points", "dollars", "coins")}
_STORIES: Final = ("none", "band", "researchers")
# How many games of each family are played.
_SAMPLE: Final = {Size.SMALL: 2, Size.FULL: GAMES}


class Seen(NamedTuple):
    """A finished match from one agent's side.

    Attributes:
        cluster: shared by matches that are not independent.
        agent: whose side it is.
        opponent: the other agent.
        own: its actions; 0 is the first of the table, to cooperate in a dilemma.
        other: the other's actions.
        points: its result.
        most: the most that its cells allow in so many rounds.
        foresaw: whether the other did what it had thought likeliest, for every round in which it was asked.
    """

    cluster: str
    agent: str
    opponent: str
    own: tuple[int, ...]
    other: tuple[int, ...]
    points: float
    most: float
    foresaw: tuple[bool, ...]


class Group(NamedTuple):
    """Games or opponents that share a column."""

    label: str
    members: tuple[str, ...]


class Part(NamedTuple):
    """One table: a column for every group of games and every group of opponents.

    Attributes:
        title: what it shows.
        games: specs of games.
        opponents: specs of scripted players.
        measure: the number of one match.
        open: whether other agents under study count as opponents too.
    """

    title: str
    games: tuple[Group, ...]
    opponents: tuple[Group, ...]
    measure: Callable[[Seen], float]
    open: bool = False

    def all_games(self) -> Iterator[str]:
        """Every game of the part."""
        return (game for group in self.games for game in group.members)

    def all_opponents(self) -> Iterator[str]:
        """Every opponent of the part."""
        return (name for group in self.opponents for name in group.members)


def cooperation(seen: Seen) -> float:
    """Share of rounds in which the agent took the first action."""
    return seen.own.count(0) / len(seen.own)


def later_cooperation(seen: Seen) -> float:
    """Share of rounds but the first in which the agent took the first action."""
    return seen.own[1:].count(0) / (len(seen.own) - 1)


def joint_cooperation(seen: Seen) -> float:
    """Share of rounds in which both took the first action."""
    return sum(own == other == 0 for own, other in zip(seen.own, seen.other, strict=True)) / len(seen.own)


def coordination(seen: Seen) -> float:
    """Share of rounds in which both took actions of the same number."""
    return sum(own == other for own, other in zip(seen.own, seen.other, strict=True)) / len(seen.own)


def score(seen: Seen) -> float:
    """Points as a share of the most that the agent's cells allow."""
    return seen.points / seen.most


def points(seen: Seen) -> float:
    """Points per round."""
    return seen.points / len(seen.own)


def foresight(seen: Seen) -> float:
    """Share of rounds in which the other did what the agent had thought likeliest."""
    return sum(seen.foresaw) / len(seen.foresaw)


def foreseen_from(seen: Seen) -> float:
    """The first round from which the other always did what the agent had thought likeliest."""
    return float(settles(seen.foresaw))


def watched() -> dict[str, str]:
    """The games of an onlooker, by title: one player favours its own option, the one who is watched takes turns."""
    stage = MatrixGame.of(payoffs=_table(_SWEEP[0]), actions=("J", "F")).spec
    cycles = {"alternates from J": ((0,), (0, 1)), "alternates from F": ((0,), (1, 0))}
    return {title: Onlooker.of(stage=stage, cycles=both, rounds=_ROUNDS).spec for title, both in cycles.items()}


def parts(size: Size) -> tuple[Part, ...]:
    """Everything that is played, in the order of the report."""
    plain = (Group("", (_dilemma(),)),)
    hand_coded = _players({"cooperator": "cooperator", "defector": "defector", "defects once": "defect_once"})
    together = (Group("", tuple(name for group in hand_coded for name in group.members)),)
    once = (Group("", ("defect_once",)),)
    sexes = (Group("", (_sexes(_SWEEP[0]),)),)
    turns = _patterns({"": ((0, 1), (1, 0))})
    asked = (Group("plain", (_sexes(_SWEEP[0]),)), Group("asked first", (_asked(_sexes(_SWEEP[0])),)))
    return (
        Part("normalised scores by family of ordinal games", _sweep(size), _players({"": "random"}), score, open=True),
        Part("prisoner's dilemma: cooperation", plain, hand_coded, cooperation),
        Part("prisoner's dilemma: points per round", plain, hand_coded, points),
        Part(
            "prisoner's dilemma: later cooperation, from round 2 on, with one who defects once",
            _notes(),
            once,
            later_cooperation,
        ),
        Part("prisoner's dilemma of 20 rounds: cooperation with the tit-for-tat family", *_tit_for_tats(), cooperation),
        Part("prisoner's dilemma that ends by chance: cooperation", _endings(), together, cooperation),
        Part("battle of the sexes: coordination", sexes, _coordinators(), coordination),
        Part("battle of the sexes: points per round", sexes, _coordinators(), points),
        Part(
            "payoffs of the battle of the sexes: coordination with an alternating player",
            _payoffs(),
            turns,
            coordination,
        ),
        Part(
            "words of the prisoner's dilemma: joint cooperation with one who defects once",
            _grid(_DILEMMA, size),
            _late(),
            joint_cooperation,
        ),
        Part(
            "words of the battle of the sexes: coordination with an alternating player",
            _grid(_table(_SWEEP[0]), size),
            turns,
            coordination,
        ),
        Part("asked first what the other will do: coordination with an alternating player", asked, turns, coordination),
        Part("asked first what the other will do: rounds foreseen", asked[1:], turns, foresight),
        Part(
            f"asked first what the other will do: first round from which all are foreseen; {_ROUNDS + 1} where the "
            "last is not",
            asked[1:],
            turns,
            foreseen_from,
        ),
    )


def _dilemma(rounds: int = _ROUNDS, stop: float = 0, note: str = "none") -> str:
    return PrisonersDilemma.of(
        temptation=10,
        reward=8,
        punishment=5,
        sucker=0,
        framing="neutral",
        rounds=rounds,
        continuation=1 - stop,
        note=note,
    ).spec


def _table(both: tuple[tuple[int, int], tuple[int, int]]) -> tuple[tuple[tuple[int, int], ...], ...]:
    first, second = both
    return ((first, (0, 0)), ((0, 0), second))


def _sexes(both: tuple[tuple[int, int], tuple[int, int]]) -> str:
    return _repeated(MatrixGame.of(payoffs=_table(both), actions=("J", "F")).spec)


def _repeated(stage: str) -> str:
    return Repeated.of(stage=stage, rounds=_ROUNDS).spec


def _asked(game: str) -> str:
    return Elicited.of(game=game).spec


def _players(names: dict[str, str]) -> tuple[Group, ...]:
    return tuple(Group(label, (name,)) for label, name in names.items())


def _patterns(cycles: dict[str, tuple[tuple[int, ...], ...]]) -> tuple[Group, ...]:
    return tuple(Group(label, tuple(map(_pattern, found))) for label, found in cycles.items())


def _pattern(cycle: tuple[int, ...]) -> str:
    return "pattern_player" if cycle == (0, 1) else f"pattern_player(cycle={list(cycle)})"


def _sweep(size: Size) -> tuple[Group, ...]:
    """The ordinal games by family, and all together; each has two capitals of its own, the same for everybody."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for number in range(1, GAMES + 1):
        found = families[ordinal_game(number).family]
        if len(found) < _SAMPLE[size]:
            stage = MatrixGame.of(table=f"ordinal_{number}", actions=tuple(Random(number).sample(ascii_uppercase, 2)))
            found.append(_repeated(stage.spec))
    groups = [Group(family, tuple(games)) for family, games in families.items()]
    return (*groups, Group("all", tuple(game for group in groups for game in group.members)))


def _notes() -> tuple[Group, ...]:
    return (Group("plain", (_dilemma(),)), Group("told that the other errs", (_dilemma(note="mistakes"),)))


def _tit_for_tats() -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    players = {
        "tit for tat": "tit_for_tat",
        "two tats": "tit_for_two_tats",
        "suspicious": "suspicious_tit_for_tat",
        "reverse": "reverse_tit_for_tat",
        "hard": 'hard_tit_for_tat(first="defect")',
        "naive 10%": "naive_prober",
        "naive 20%": "naive_prober(p=0.2)",
    }
    return (Group("", (_dilemma(_LONG),)),), _players(players)


def _endings() -> tuple[Group, ...]:
    return tuple(Group(f"stops with {stop:.0%}", (_dilemma(stop=stop),)) for stop in _STOPS)


def _coordinators() -> tuple[Group, ...]:
    return _patterns({"always J": ((0,),), "always F": ((1,),), "alternates": ((0, 1), (1, 0))})


def _payoffs() -> tuple[Group, ...]:
    return tuple(Group(f"{both[0]} and {both[1]}", (_sexes(both),)) for both in _SWEEP)


def _late() -> tuple[Group, ...]:
    """Defects in the first round only: the table's second action once, then the first."""
    return _patterns({"": ((1, *[0] * (_ROUNDS - 1)),)})


def _grid(payoffs: tuple[tuple[tuple[int, int], ...], ...], size: Size) -> tuple[Group, ...]:
    """One column per story: all letters, units and orders in it."""
    return tuple(
        Group("no story" if story == "none" else story, tuple(_cells(payoffs, story, size))) for story in _STORIES
    )


def _cells(payoffs: tuple[tuple[tuple[int, int], ...], ...], story: str, size: Size) -> Iterator[str]:
    letters = _LETTERS[: _GRID_LETTERS[size]]
    for labels, unit, order in product(letters, _GRID_UNITS[size], ("given", "reversed")):
        framing = Framing.model_validate({"story": story, "unit": unit, "order": order})
        yield _repeated(MatrixGame.of(payoffs=payoffs, actions=labels, framing=framing).spec)
