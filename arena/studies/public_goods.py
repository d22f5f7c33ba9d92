"""Public goods: giving with and without punishment, tables of conditional gifts, thresholds, and a stag hunt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from arena.config import AgentEntry, RunConfig
from arena.errors import UsageError
from arena.metrics import contribution_types, public_goods, punishment, thresholds
from arena.metrics.base import Metric, Result, Undefined
from arena.metrics.evidence import Pool
from arena.metrics.measure import evaluate
from arena.records import MatchRecord
from arena.studies.base import Cell, Lines, Report, Size, Study, Table, figure_name
from arena.studies.rosters import entry_for
from games.core import Game
from games.dilemmas.assurance import Assurance
from games.dilemmas.conditional_contributions import ConditionalContributions
from games.dilemmas.public_goods import PublicGoods
from games.dilemmas.punishment_game import PunishmentGame
from games.dilemmas.threshold_public_goods import ThresholdPublicGoods

Parts = Mapping[str, Pool]
"""The matches of each part of the study."""

_GOODS: Final = "without punishment"
_PUNISHED: Final = "with punishment"
_LOST: Final = "gifts lost"
_REFUNDED: Final = "gifts refunded"
_TABLES: Final = "tables"
_HUNT: Final = "hunt"

_ROUNDS: Final = {Size.SMALL: 5, Size.FULL: 10}
_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 5}
# In full 44 tables, as many as in the paper.
_TABLE_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 11}
# One of each type, so that whom an agent punishes can be seen.
_MEMBERS: Final = ("free_rider", "conditional_cooperator", "norm_enforcer")

Column = tuple[str, Metric]

_GIVING: Final[Mapping[str, Column]] = {
    "gives": (_GOODS, public_goods.CONTRIBUTION),
    "trend": (_GOODS, public_goods.TREND),
    "gives, punishment": (_PUNISHED, public_goods.CONTRIBUTION),
    "trend, punishment": (_PUNISHED, public_goods.TREND),
    "punishes": (_PUNISHED, punishment.PUNISHMENT),
}
_AMONG: Final[Mapping[str, Column]] = {
    "gives": (_PUNISHED, public_goods.CONTRIBUTION),
    "punishes": (_PUNISHED, punishment.PUNISHMENT),
    "punishes who gave less": (_PUNISHED, punishment.FREE_RIDERS),
    "punishes others": (_PUNISHED, punishment.ANTISOCIAL),
    "antisocial points": (_PUNISHED, punishment.ANTISOCIAL_SHARE),
}
_TYPES: Final[Mapping[str, Column]] = {
    "conditional cooperators": (_TABLES, contribution_types.CONDITIONAL_COOPERATORS),
    "free riders": (_TABLES, contribution_types.FREE_RIDERS),
    "hump-shaped": (_TABLES, contribution_types.HUMP_SHAPED),
    "others": (_TABLES, contribution_types.OTHERS),
}
_SCHEDULES: Final[Mapping[str, Column]] = {
    **_TYPES,
    "slope": (_TABLES, contribution_types.SLOPE),
    "gives unconditionally": (_TABLES, contribution_types.UNCONDITIONAL),
}
_THRESHOLDS: Final[Mapping[str, Column]] = {
    "gives, lost": (_LOST, public_goods.CONTRIBUTION),
    "reached, lost": (_LOST, thresholds.PROVISION),
    "equilibrium, lost": (_LOST, thresholds.EQUILIBRIUM),
    "gives, refunded": (_REFUNDED, public_goods.CONTRIBUTION),
    "reached, refunded": (_REFUNDED, thresholds.PROVISION),
    "equilibrium, refunded": (_REFUNDED, thresholds.EQUILIBRIUM),
}
_HUNTS: Final[Mapping[str, Column]] = {
    "hunts the stag": (_HUNT, thresholds.STAGS),
    "stag caught": (_HUNT, thresholds.CATCHES),
}
_PAPER: Final = (
    "Fischbacher, Gaechter and Fehr, Are people conditionally cooperative?, 2001; shares of the abstract, that of "
    "hump-shaped contributors from the text of the working paper, both seen in indexes only"
)


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Groups of one agent in every game, and each agent with one scripted member of each type where it can punish.

    Raises:
        UsageError: nobody of the agents can play anything of this.
    """
    members = tuple(AgentEntry(agent=bot, name=f"{bot}, member") for bot in _MEMBERS)
    labels = [entry.label for entry in members]
    tables = ConditionalContributions().spec
    entries = [entry_for((agent,), spec, repeats=_REPEATS[size]) for spec in _rounds(size) for agent in agents]
    entries += [entry_for((agent,), tables, repeats=_TABLE_REPEATS[size]) for agent in agents]
    punished = PunishmentGame.of(rounds=_ROUNDS[size]).spec
    among = [entry_for((agent,), punished, labels, _REPEATS[size]) for agent in agents]
    games = tuple(entry for entry in (*entries, *among) if entry is not None)
    if not games:
        names = ", ".join(agent.label for agent in agents)
        raise UsageError(f"{names}: neither a public goods game nor the assurance game is played")
    roster = (*agents, *members) if any(among) else agents
    return RunConfig(name="public_goods", agents=roster, games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """Giving and punishing, types by tables, thresholds and hunts; published shares of types; courses of giving."""
    alone = _parts([record for record in records if _is_alone(record)])
    among = _parts([record for record in records if not _is_alone(record)])
    listed = (
        _table("groups of one agent: giving by round, without and with punishment", _GIVING, alone, agents),
        _table("with a free rider, a conditional cooperator and a norm enforcer", _AMONG, among, agents),
        _table("types by tables of conditional contributions", _SCHEDULES, alone, agents),
        _table("groups of one agent: a threshold, with gifts lost or refunded below it", _THRESHOLDS, alone, agents),
        _table("groups of one agent: the assurance game", _HUNTS, alone, agents),
    )
    figures = (_course(agent, alone) for agent in agents)
    return Report(
        (*(table for table in listed if table.rows), _published()),
        tuple(figure for figure in figures if figure.series),
        _NOTES,
    )


def _rounds(size: Size) -> tuple[str, ...]:
    """The games in rounds that groups of one agent play."""
    rounds = _ROUNDS[size]
    return (
        PublicGoods.of(rounds=rounds).spec,
        PunishmentGame.of(rounds=rounds).spec,
        ThresholdPublicGoods.of(rounds=rounds).spec,
        ThresholdPublicGoods.of(rounds=rounds, refund=True).spec,
        Assurance.of(rounds=rounds).spec,
    )


def _is_alone(record: MatchRecord) -> bool:
    """Whether one agent has all seats."""
    return len({seat.agent for seat in record.header.seats}) == 1


def _parts(records: Sequence[MatchRecord]) -> Parts:
    by_name: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        by_name[record.header.pool].append(record)
    pools = [Pool(name, tuple(found)) for name, found in by_name.items()]
    return {_part(pool.game): pool for pool in pools if pool.game is not None}


def _part(game: Game[Any, Any]) -> str:
    """The part of the study that a game belongs to."""
    if isinstance(game, ThresholdPublicGoods):
        return _REFUNDED if game.params.refund else _LOST
    if isinstance(game, PunishmentGame):
        return _PUNISHED
    if isinstance(game, PublicGoods):
        return _GOODS
    return _TABLES if isinstance(game, ConditionalContributions) else _HUNT


def _table(title: str, columns: Mapping[str, Column], parts: Parts, agents: Sequence[str]) -> Table:
    """A row for every agent that played something of a table."""
    played = [agent for agent in agents if any(agent in parts[part].agents for part in _needed(columns, parts))]
    rows = tuple(
        (agent, tuple[Cell, ...](_result(metric, parts.get(part), agent) for part, metric in columns.values()))
        for agent in played
    )
    return Table(title, ("agent", *columns), rows)


def _needed(columns: Mapping[str, Column], parts: Parts) -> Iterator[str]:
    """The parts that a table is about and that were played."""
    return (part for part, _ in columns.values() if part in parts)


def _result(metric: Metric, pool: Pool | None, agent: str) -> Result:
    if pool is None or agent not in pool.agents:
        return Undefined("the agent did not play this")
    return evaluate(metric, pool, agent)


def _published() -> Table:
    row: tuple[Cell, ...] = ("about 50", "about a third", "14", "-")
    return Table("types of subjects, in percent", ("subjects", *_TYPES), (("44 students", row),), _PAPER)


def _course(agent: str, parts: Parts) -> Lines:
    """The share of the endowment that a group gives in every round, without and with punishment."""
    found = {
        part: [giving.own for _, giving in public_goods.givings(parts[part], agent)]
        for part in (_GOODS, _PUNISHED)
        if part in parts
    }
    series = tuple((part, tuple(map(fmean, zip(*courses, strict=True)))) for part, courses in found.items() if courses)
    points = tuple(str(number + 1) for number in range(max((len(course) for _, course in series), default=0)))
    return Lines(
        figure_name("giving", agent),
        f"{agent}: giving to the public good",
        "round",
        "share of the endowment",
        points,
        series,
    )


_NOTES: Final = (
    "Numbers of this run are shares; a trend is the change of a share per round.",
    "Known answers: a group of norm_enforcer gives 1 and punishes 0, as nobody gives less; among a free rider, a "
    "conditional cooperator and an enforcer it punishes 1 of those who gave less and 0 of the others, while all points "
    "of antisocial_punisher are antisocial. Five of "
    "threshold_filler reach the threshold in every round, in equilibrium; five of free_rider never do, in equilibrium "
    "too. free_rider is a free rider by its table, conditional_cooperator a conditional cooperator with slope 1. "
    "assurance_optimist catches every stag, assurance_pessimist none.",
    "With a known number of rounds nobody who only wants tokens gives or punishes; the group gets most when all give.",
    "A table is a conditional cooperator's if it rises, without exception or by Spearman's rank correlation at the 1 % "
    "level. How hump-shaped ones are recognised is ours.",
)

STUDY: Final = Study(
    name="public_goods",
    title="Public goods: giving, punishment, conditional cooperation and thresholds",
    source="E. Fehr and S. Gaechter 2000 and 2002; U. Fischbacher, S. Gaechter and E. Fehr 2001; R. Croson and M. "
    "Marks 1999",
    asks="Does a group give to what helps all, whom does it punish, does it give because others do, and does it "
    "coordinate?",
    unverified=(
        "The papers were known from abstracts and from memory; numbers of players, tokens, points and thresholds are "
        "given in the games' references, and those of the threshold game were not checked.",
        "Players keep their numbers here, so that somebody can be followed from round to round; in the laboratory they "
        "do not.",
        "Published levels of giving and punishing are not shown, as none could be checked.",
        "Published shares of types are rounded as printed; that there were 44 is from memory.",
    ),
    plan=plan,
    report=report,
)
