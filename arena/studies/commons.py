"""Commons: GovSim's three resources under four conditions, and societies that live on a common pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from statistics import fmean
from typing import Any, Final, get_args

from arena.config import AgentEntry, RunConfig
from arena.errors import UsageError
from arena.metrics import common_pool, govsim
from arena.metrics.base import Metric
from arena.metrics.evidence import Pool
from arena.metrics.measure import evaluate
from arena.records import MatchRecord, Outcome
from arena.studies.base import Cell, Lines, Report, Size, Study, Table, figure_name
from arena.studies.rosters import entry_for
from games.dilemmas.common_pool import CommonPool
from games.dilemmas.common_pool_parts import CommonPoolParams
from games.dilemmas.govsim import Govsim
from games.dilemmas.govsim_words import Framing

Parameters = Mapping[str, Any]

_STORIES: Final = get_args(Framing)
_CONDITIONS: Final[Mapping[str, Parameters]] = {
    "default": {},
    "universalisation": {"universalisation": True},
    "no talk": {"talk": 0},
    "newcomer": {"newcomer_month": 4, "months": 15},
}
_SUPPLIES: Final[Mapping[str, Parameters]] = {"rich": {}, "scarce": {"start": 50, "growth": 0.3}}
_CHARACTERS: Final = ("altruistic", "selfish")
_ALL_PARTS: Final = "copying and voting"
_PARTS: Final[Mapping[str, Parameters]] = {
    _ALL_PARTS: {},
    "copying only": {"voting": False},
    "voting only": {"copying": False},
    "neither": {"copying": False, "voting": False},
}
_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 5}
_ROUNDS: Final = {Size.SMALL: 10, Size.FULL: 100}
_GOVSIM: Final[Mapping[str, Metric]] = {
    "survival rate": govsim.SURVIVAL_RATE,
    "survival time": govsim.SURVIVAL_TIME,
    "gain": govsim.GAIN,
    "efficiency": govsim.EFFICIENCY,
    "equality": govsim.EQUALITY,
    "over-usage": govsim.OVER_USAGE,
}
_SOCIETY: Final[Mapping[str, Metric]] = {
    "survival rate": common_pool.SURVIVAL_RATE,
    "survival time": common_pool.SURVIVAL_TIME,
    "efficiency": common_pool.EFFICIENCY,
    "norm similarity": common_pool.SIMILARITY,
    "effort": common_pool.EFFORT,
    "kept to limit": common_pool.COMPLIANCE,
}
_MOST_LABELS: Final = 20
_PAPER: Final = "Piatti et al., Cooperate or collapse (GovSim), NeurIPS 2024, arXiv:2404.16698"
_SUMMARY: Final = "a summary of Gupta et al., AAMAS 2026, arXiv:2510.14401; not verified against the paper"
# Survival rate in percent, months, units, and efficiency, equality and over-usage in percent.
_PUBLISHED: Final = (
    ("GPT-4o", 53.3, 9.3, 66.0, 55.0, 94.4, 10.8),
    ("Claude-3 Opus", 46.7, 6.9, 58.5, 48.8, 91.4, 21.0),
    ("GPT-4-turbo", 40.0, 6.6, 62.4, 52.0, 93.6, 15.7),
    ("Qwen-110B", 20.0, 4.5, 36.3, 30.3, 89.6, 47.0),
    ("GPT-4", 6.7, 3.9, 31.5, 26.2, 91.4, 27.1),
)
# These collapse in the first month; equality and over-usage are not in our notes of the paper.
_PUBLISHED_COLLAPSES: Final = ("Claude-3 Haiku", "Llama-3-8B", "Llama-3-70B", "Mistral-7B")
_PUBLISHED_COLLAPSE: Final = (0.0, 1.0, 20.0, 16.7, "-", "-")
_PUBLISHED_NEWCOMER: Final = (("default", 53.3, 66.0), ("newcomer", 33.3, 34.8))
_PUBLISHED_SOCIETIES: Final = (("copying only", 17.56), ("voting", 38.21))


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Groups of one agent: GovSim's conditions in all stories, and societies of all kinds; fewer of both when small.

    Raises:
        UsageError: nobody of the agents can play anything of this.
    """
    specs = [*_govsim_specs(size), *_society_specs(size)]
    entries = (entry_for((agent,), spec, repeats=_REPEATS[size]) for spec in specs for agent in agents)
    games = tuple(entry for entry in entries if entry is not None)
    if not games:
        raise UsageError(f"{', '.join(agent.label for agent in agents)}: neither govsim nor common_pool is played")
    return RunConfig(name="commons", agents=agents, games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """GovSim's measures by condition and by story, those of societies, the published numbers, and the stocks."""
    found = [_of(agent, [each for each in records if each.header.seats[0].agent == agent]) for agent in agents]
    tables = (table for tables, _ in found for table in tables if table.rows)
    figures = (figure for _, figures in found for figure in figures if figure.series)
    return Report((*tables, *_published()), tuple(figures), _NOTES)


def _of(agent: str, records: Sequence[MatchRecord]) -> tuple[tuple[Table, ...], tuple[Lines, ...]]:
    """The tables and figures of one agent."""
    resources: defaultdict[str, list[Pool]] = defaultdict(list)
    stories: dict[str, Pool] = {}
    societies: dict[str, Pool] = {}
    for pool in _pools(records):
        if isinstance(pool.game, Govsim):
            condition = _condition(pool.game)
            resources[condition].append(pool)
            if condition == "default":
                stories[pool.game.params.framing] = pool
        elif isinstance(pool.game, CommonPool):
            societies[_society(pool.game.params)] = pool
    conditions = {name: _together(resources[name]) for name in _CONDITIONS if resources[name]}
    tables = (
        _table(f"GovSim by condition, {agent} in all seats", _GOVSIM, conditions, agent),
        _table(f"GovSim by story, default condition, {agent} in all seats", _GOVSIM, stories, agent),
        _table(f"common pool societies, {agent} in all seats", _SOCIETY, societies, agent),
    )
    return tables, (_stocks(agent, conditions), _resources(agent, societies))


def _govsim_specs(size: Size) -> Iterator[str]:
    """The default condition in every story; the others too in full, and otherwise in the first story only."""
    for name, condition in _CONDITIONS.items():
        for story in _STORIES if size is Size.FULL or name == "default" else _STORIES[:1]:
            yield Govsim.of(framing=story, **condition).spec


def _society_specs(size: Size) -> Iterator[str]:
    """Resources and characters with all parts; the parts for every society in full, and otherwise for one."""
    for (supply, start), character in product(_SUPPLIES.items(), _CHARACTERS):
        for parts in _PARTS.values():
            if size is Size.FULL or not parts or (supply, character) == ("rich", "selfish"):
                yield CommonPool.of(character=character, rounds=_ROUNDS[size], **start, **parts).spec


def _pools(records: Sequence[MatchRecord]) -> list[Pool]:
    by_name: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        by_name[record.header.pool].append(record)
    return [Pool(name, tuple(found)) for name, found in by_name.items()]


def _together(pools: Sequence[Pool]) -> Pool:
    """The matches of several stories as one pool: a story changes words, and neither states nor measures."""
    plays = tuple(play for pool in pools for play in pool.plays)
    return Pool(pools[0].name, tuple(record for pool in pools for record in pool.records), plays)


def _condition(game: Govsim) -> str:
    params = game.params
    if params.newcomer_month is not None:
        return "newcomer"
    if not params.talk:
        return "no talk"
    return "universalisation" if params.universalisation else "default"


def _society(params: CommonPoolParams) -> str:
    """A society as a row names it: "rich, selfish, copying only"."""
    supply = "scarce" if params.start < params.capacity else "rich"
    parts = next(
        name
        for name, changed in _PARTS.items()
        if (params.copying, params.voting) == (changed.get("copying", True), changed.get("voting", True))
    )
    return f"{supply}, {params.character}, {parts}"


def _table(title: str, metrics: Mapping[str, Metric], pools: Mapping[str, Pool], agent: str) -> Table:
    rows = tuple(
        (name, tuple[Cell, ...](evaluate(metric, pool, agent) for metric in metrics.values()))
        for name, pool in pools.items()
    )
    return Table(title, ("group", *metrics), rows)


def _published() -> Iterator[Table]:
    models: list[tuple[str, tuple[Cell, ...]]] = [(model, tuple[Cell, ...](row)) for model, *row in _PUBLISHED]
    models += [(model, _PUBLISHED_COLLAPSE) for model in _PUBLISHED_COLLAPSES]
    title = (
        "GovSim, default condition, 3 stories and 5 runs each; rates, efficiency, equality and over-usage in percent"
    )
    yield Table(title, ("model", *_GOVSIM), tuple(models), _PAPER)
    newcomer = tuple((name, (rate, gain)) for name, rate, gain in _PUBLISHED_NEWCOMER)
    yield Table("GovSim with a newcomer, GPT-4o", ("condition", "survival rate, percent", "gain"), newcomer, _PAPER)
    societies = tuple((name, (rounds,)) for name, rounds in _PUBLISHED_SOCIETIES)
    yield Table("societies that begin selfish", ("parts", "survival time"), societies, _SUMMARY)


def _stocks(agent: str, pools: Mapping[str, Pool]) -> Lines:
    """The mean stock at the beginning of every month; 0 once it is gone."""
    courses = {name: [[month.stock for month in end.past] for end in _ends(pool)] for name, pool in pools.items()}
    return _lines(figure_name("stock", agent), f"{agent}: GovSim's stock", "month", courses)


def _resources(agent: str, pools: Mapping[str, Pool]) -> Lines:
    """The mean resource at the beginning of every round where all parts are played; 0 once nobody is left."""
    courses = {
        name: [[each.stock for each in end.past] for end in _ends(pool)]
        for name, pool in pools.items()
        if name.endswith(_ALL_PARTS)
    }
    return _lines(figure_name("resource", agent), f"{agent}: the resource of common pool societies", "round", courses)


def _ends(pool: Pool) -> list[Any]:
    """The last states of completed matches."""
    return [play.states[-1] for play in pool.plays if play.record.result.outcome is Outcome.COMPLETED]


def _lines(name: str, title: str, across: str, courses: Mapping[str, Sequence[Sequence[float]]]) -> Lines:
    """Every group's mean course; one that ends early goes on at 0."""
    length = max((len(course) for found in courses.values() for course in found), default=0)
    series = tuple(
        (group, tuple(map(fmean, zip(*([*course, *[0.0] * (length - len(course))] for course in found), strict=True))))
        for group, found in courses.items()
        if found
    )
    step = 1 + length // _MOST_LABELS
    points = tuple(str(place + 1) if place % step == 0 else "" for place in range(length))
    return Lines(name, title, across, "units", points, series)


_NOTES: Final = (
    "All seats are the agent's, as in the papers. Numbers of this run are shares, months, rounds and units.",
    "Known answers: five who take what grows back survive 12 months with a gain of 120, efficiency and equality 1 and "
    "over-usage 0; five who take a fifth of all in the first month survive 1 month with a gain of 20, efficiency 1/6.",
    "Over-usage compares a harvest with a player's part of what grows back, as GovSim's program logs it; its formula, "
    "as written, compares with what grows back for all (metric govsim_over_usage_group).",
    "A forfeited match counts in nothing here: read the numbers beside the share of forfeits.",
    "Societies without voting have no limit, so that nothing can be punished.",
    "Survival times of societies are of at most 10 rounds here, or 100 in full.",
)

STUDY: Final = Study(
    name="commons",
    title="Commons: shared resources, talk, norms and punishment",
    source="G. Piatti et al., GovSim, arXiv:2404.16698; Gupta et al., arXiv:2510.14401",
    asks="Does a group of one agent keep a common resource alive, with and without talk, copying and voting?",
    unverified=(
        "GovSim: prompts are worded anew, the newcomer's wish for profit among them; speakers take turns here, in an "
        "open group chat there.",
        "Common pool: the law of growth, all numbers, the horizon, dropping out and the measures are a reconstruction; "
        "the paper was known from its abstract and summaries only, its two survival times among them.",
        "Common pool: characters are a sentence in the briefing here; how the paper makes societies altruistic or "
        "selfish was not seen.",
    ),
    plan=plan,
    report=report,
)
