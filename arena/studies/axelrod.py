"""Axelrod's tournaments: everybody plays the iterated prisoner's dilemma of 200 rounds with everybody."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Final, NamedTuple

from arena.config import AgentEntry, GameEntry, RunConfig, Schedule
from arena.metrics.axelrod import COOPERATING, EIGENJESUS, EIGENMOSES, GOOD_PARTNER
from arena.metrics.evidence import Play, Pool
from arena.metrics.intervals import mean_value
from arena.metrics.measure import evaluate
from arena.records import MatchRecord, Outcome
from arena.replay import replay
from arena.studies.base import Cell, HeatMap, Report, Size, Study, Table
from games.registry import load

ROUNDS: Final = 200
# Each deal is played in both orders of the seats, which makes two repetitions or ten.
_DEALS: Final = {Size.SMALL: 1, Size.FULL: 5}
DEMO: Final = ("cooperator", "defector", "tit_for_tat", "grim", "random")
FIRST_TOURNAMENT: Final = (
    "tit_for_tat",
    "tideman_and_chieruzzi",
    "nydegger",
    "grofman",
    "shubik",
    "stein_and_rapoport",
    "grim",
    "davis",
    "graaskamp",
    "downing",
    "feld",
    "joss",
    "tullock",
    "name_withheld",
    "random",
)
FIELD: Final = (
    *FIRST_TOURNAMENT,
    *("cooperator", "defector", "defect_once", "alternator", "cycler"),
    *("tit_for_two_tats", "two_tits_for_tat", "suspicious_tit_for_tat", "reverse_tit_for_tat", "hard_tit_for_tat"),
    *("hard_tit_for_two_tats", "generous_tit_for_tat", "spiteful_tit_for_tat", "slow_tit_for_tat"),
    *("adaptive_tit_for_tat", "omega_tit_for_tat", "win_stay_lose_shift", "win_shift_lose_stay", "firm_but_fair"),
    *("extortioner", "generous_zero_determinant", "gradual", "soft_grudger", "naive_prober", "remorseful_prober"),
    *("detective", "prober", "hard_prober", "handshake", "tester", "soft_majority", "hard_majority", "eatherley"),
    "champion",
)
_OPPONENTS: Final = {Size.SMALL: DEMO, Size.FULL: FIELD}

_PAPER: Final = "Axelrod, Effective choice in the prisoner's dilemma, Journal of Conflict Resolution, 1980"
# Mean points per match of 200 moves, matches with itself included.
_PUBLISHED: Final = (504.5, 500.4, 485.5, 481.9, 480.7, 477.8, 473.4, 471.8, 400.7, 390.6, 327.6, 304.4, 300.5, 282.2)
_PUBLISHED_RANDOM: Final = 276.3
_LIBRARY: Final = "Axelrod-Python 4.14 (its demo players, 200 turns, 10 repetitions, seed 1)"
# Median score, cooperating rating and good-partner rating.
_DEMO_VALUES: Final = (
    ("defector", 2.518, 0.0, 0.0),
    ("grim", 2.506, 0.505, 0.75),
    ("tit_for_tat", 2.306, 0.625, 1.0),
    ("cooperator", 1.881, 1.0, 1.0),
    ("random", 1.811, 0.503, 0.65),
)
_METRICS: Final = (COOPERATING, GOOD_PARTNER, EIGENJESUS, EIGENMOSES)
_COLUMNS: Final = (
    "player",
    "median score",
    "mean score",
    "median wins",
    "cooperating",
    "good partner",
    "eigenjesus",
    "eigenmoses",
)
_NOTES: Final = (
    "A score is points per round against others, averaged over opponents; players stand in the order of its median "
    "over repetitions. A repetition is the first, second, ... match of every pair; matches that were forfeited count "
    "in none.",
    "Matches of a player with itself count for eigenjesus, eigenmoses and the picture alone; the published scores of "
    "1980 do count such matches.",
)


class Side(NamedTuple):
    """A completed match from one player's side: repetition, cluster, opponent, and both players' points per round."""

    repetition: int
    cluster: str
    opponent: str
    own: float
    other: float


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """A round robin of the agents under study and the field: the demo players, or all strategies."""
    present = {entry.label for entry in agents}
    field = tuple(AgentEntry(agent=name) for name in _OPPONENTS[size] if name not in present)
    game = GameEntry(game=f"prisoners_dilemma(rounds={ROUNDS})", repeats=_DEALS[size])
    roster = (*agents, *field)
    return RunConfig(name="axelrod", agents=roster, games=(game,), seed=seed, schedule=Schedule(self_play=True))


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """The ranking of everybody who played, Axelrod-Python's measures, and a picture of who earned what from whom."""
    sides = _sides(records)
    others = {player: [side for side in played if side.opponent != player] for player, played in sides.items()}
    order = ranking(others)
    pool = _pool(records)
    rows = tuple((player, _row(pool, player, others[player])) for player in order)
    published = (*zip(FIRST_TOURNAMENT, _PUBLISHED, strict=False), ("random", _PUBLISHED_RANDOM))
    return Report(
        tables=(
            Table(f"iterated prisoner's dilemma, {ROUNDS} rounds, {len(order)} players", _COLUMNS, rows),
            Table(
                "the demo players in another implementation",
                ("player", "median score", "cooperating", "good partner"),
                tuple((player, tuple[Cell, ...](values)) for player, *values in _DEMO_VALUES),
                _LIBRARY,
            ),
            Table(
                "the first tournament",
                ("entry", "points per match"),
                tuple((entry, (points,)) for entry, points in published),
                _PAPER,
            ),
        ),
        figures=(_payoffs(sides, order),),
        notes=_NOTES,
    )


def ranking(sides: Mapping[str, Sequence[Side]]) -> list[str]:
    """The players by the median of their scores, best first; equal ones by name."""
    return sorted(sides, key=lambda player: (-median(scores(sides[player])), player))


def scores(sides: Sequence[Side]) -> list[float]:
    """Points per round against each opponent, averaged over opponents, for each repetition."""
    return [fmean(side.own for side in played) for played in _by_repetition(sides)]


def _by_repetition(sides: Sequence[Side]) -> list[list[Side]]:
    found: defaultdict[int, list[Side]] = defaultdict(list)
    for side in sides:
        found[side.repetition].append(side)
    return list(found.values())


def _sides(records: Sequence[MatchRecord]) -> dict[str, list[Side]]:
    """The completed matches of each player, in the order of the schedule; one with itself counts once."""
    found: defaultdict[str, list[Side]] = defaultdict(list)
    repetitions: Counter[frozenset[str]] = Counter()
    for record in sorted(records, key=lambda record: record.header.index):
        names = [seat.agent for seat in record.header.seats]
        repetition = repetitions[frozenset(names)]
        repetitions[frozenset(names)] += 1
        if record.result.outcome is not Outcome.COMPLETED:
            continue
        assert record.result.returns is not None, "a completed match has returns"
        first, second = (points / ROUNDS for points in record.result.returns)
        found[names[0]].append(Side(repetition, record.header.cluster, names[1], first, second))
        if names[0] != names[1]:
            found[names[1]].append(Side(repetition, record.header.cluster, names[0], second, first))
    return found


def _pool(records: Sequence[MatchRecord]) -> Pool:
    """The matches with their last states alone: two hundred states each of thousands of matches are many."""
    game = load(f"prisoners_dilemma(rounds={ROUNDS})")
    rated = [record for record in records if record.result.outcome is not Outcome.VOID]
    plays = (Play(record, (deque(replay(record, game), maxlen=1)[0].state,)) for record in rated)
    return Pool(game.pool, tuple(records), tuple(plays))


def _row(pool: Pool, player: str, sides: Sequence[Side]) -> tuple[Cell, ...]:
    wins = (sum(side.own > side.other for side in played) for played in _by_repetition(sides))
    return (
        median(scores(sides)),
        mean_value(((side.cluster, side.own) for side in sides), "no match was completed"),
        float(median(wins)),
        *(evaluate(metric, pool, player) for metric in _METRICS),
    )


def _payoffs(sides: Mapping[str, Sequence[Side]], order: Sequence[str]) -> HeatMap:
    """Mean points per round of each player (row) against each one (column), best first."""
    earned: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for player, played in sides.items():
        for side in played:
            earned[player, side.opponent].append(side.own)
    values = tuple(
        tuple(fmean(earned[row, column]) if (row, column) in earned else 0.0 for column in order) for row in order
    )
    return HeatMap("payoffs", "Points per round of the row against the column", values, 5.0, tuple(order), tuple(order))


STUDY: Final = Study(
    name="axelrod",
    title="Axelrod's tournament of the iterated prisoner's dilemma",
    source=f"{_PAPER}; measures as in Axelrod-Python 4.14",
    asks="How well does an agent do among the strategies of the iterated prisoner's dilemma, and how good is it?",
    unverified=("The entries of 1980 are known from short descriptions only; the programs are lost.",),
    plan=plan,
    report=report,
)
