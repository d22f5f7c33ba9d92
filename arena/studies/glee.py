"""GLEE: bargaining, negotiation and persuasion over grids of parameters, and what each parameter adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from arena.config import AgentEntry, GameEntry, RunConfig, Schedule
from arena.metrics.base import Result
from arena.metrics.intervals import mean_value
from arena.metrics.least_squares import Factor, Observation, coefficients, terms
from arena.records import MatchRecord
from arena.records import Outcome as Ending
from arena.replay import replay
from arena.studies.base import Cell, Report, Size, Study, Table
from arena.studies.glee_parts import UNTOLD, Family, Outcome, families
from arena.studies.rosters import entry_for
from games.registry import load

_PAPER: Final = "Shapira et al., GLEE, arXiv:2410.05254"
_COLUMNS: Final = ("gain of Alice", "gain of Bob", "efficiency", "fairness")
# Points of self-gain against the reference model, of people who play with it.
_PEOPLE: Final = (("bargaining", 6.6, -17.1), ("negotiation", -26.6, -14.5), ("persuasion", 20.5, 54.8))
_CHOICES: Final = (
    ("bargaining", "claude-3.5-sonnet and claude-3.7-sonnet"),
    ("negotiation", "gemini-2.0-flash and gemini-1.5-pro; llama-3.1-405b and grok-2"),
    ("persuasion", "gemini-1.5-pro and mistral-large"),
)


class Played(NamedTuple):
    """A completed match.

    Attributes:
        cluster: shared by matches that are not independent.
        levels: of the factors of its family's regression.
        alice: who moved first.
        bob: who answered.
        outcome: what it came to.
    """

    cluster: str
    levels: tuple[str, ...]
    alice: str
    bob: str
    outcome: Outcome


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Every configuration once in both roles, agents against each other and themselves.

    A table with a new buyer in every round seats one agent only.
    """
    entries = (entry for family, levels in _configurations(size) for entry in _entries(agents, family, levels))
    games = tuple(entry for entry in entries if entry is not None)
    return RunConfig(name="glee", agents=agents, games=games, seed=seed, schedule=Schedule(self_play=True))


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """Per family the means of every agent, and the regressions; then the published numbers."""
    known = {family.game(levels).pool: (family, levels) for family, levels in _configurations(Size.FULL)}
    found: dict[str, list[Played]] = {family.name: [] for family in families()}
    for record in records:
        if record.result.outcome is Ending.COMPLETED:
            family, levels = known[record.header.pool]
            found[family.name].append(_played(record, family, family.levels(levels)))
    means = (_means(family, found[family.name], agents) for family in families())
    effects = (_effects(family, found[family.name], agents) for family in families())
    return Report((*means, *effects, *_published()), notes=_NOTES)


def _configurations(size: Size) -> Iterator[tuple[Family, dict[str, str]]]:
    return ((family, dict(levels)) for family in families() for levels in family.grid(size))


def _entries(agents: Sequence[AgentEntry], family: Family, levels: dict[str, str]) -> list[GameEntry | None]:
    game = family.game(levels)
    if game.num_players == 2:
        return [entry_for(agents, game.spec)]
    # With more seats than two, several agents would mix in the role of the buyer.
    return [entry_for((agent,), game.spec) for agent in agents]


def _played(record: MatchRecord, family: Family, levels: tuple[str, ...]) -> Played:
    game = load(record.header.game)
    *_, last = replay(record, game)
    alice, bob, *_ = (seat.agent for seat in record.header.seats)
    return Played(record.header.cluster, levels, alice, bob, family.outcome(game, last.state))


def _means(family: Family, played: Sequence[Played], agents: Sequence[str]) -> Table:
    rows = []
    for agent in agents:
        as_alice = [one for one in played if one.alice == agent]
        as_bob = [one for one in played if one.bob == agent]
        either = [one for one in played if agent in (one.alice, one.bob)]
        sides = (as_alice, as_bob, either, either)
        cells = tuple[Cell, ...](_mean(side, number) for number, side in enumerate(sides))
        rows.append((agent, cells))
    return Table(f"{family.name}: means", ("agent", *_COLUMNS), tuple(rows))


def _mean(played: Iterable[Played], number: int) -> Result:
    values = ((one.cluster, one.outcome[number]) for one in played)
    return mean_value(
        ((cluster, value) for cluster, value in values if value is not None), "no such match was completed"
    )


def _effects(family: Family, played: Sequence[Played], agents: Sequence[str]) -> Table:
    """One regression per measure: a row for every coefficient."""
    players = tuple(agent for agent in agents if any(agent in (one.alice, one.bob) for one in played))
    factors = (*family.regressors(), Factor("Alice", players), Factor("Bob", players))
    columns = []
    for number in range(len(_COLUMNS)):
        observations = [
            Observation(one.cluster, (*one.levels, one.alice, one.bob), value)
            for one in played
            if (value := one.outcome[number]) is not None
        ]
        columns.append(coefficients(factors, observations))
    rows = tuple(zip(terms(factors), (tuple[Cell, ...](cells) for cells in zip(*columns, strict=True)), strict=True))
    default = ", ".join(f"{factor.name} {factor.levels[0]}" for factor in factors if factor.levels)
    return Table(f"{family.name}: what differs from the default ({default})", ("coefficient", *_COLUMNS), rows)


def _published() -> Iterator[Table]:
    people = tuple((name, tuple[Cell, ...](numbers)) for name, *numbers in _PEOPLE)
    yield Table(
        "self-gain of people against that of gemini-1.5-flash, both against it, coefficients in points",
        ("family", "as Alice", "as Bob"),
        people,
        _PAPER,
    )
    choices = tuple((name, tuple[Cell, ...]([pairs])) for name, pairs in _CHOICES)
    yield Table("equilibria of choosing a model, Alice's and Bob's", ("family", "models"), choices, _PAPER)


_NOTES: Final = (
    "Alice is the one who moves first: who makes the first offer, or sells. Gains are parts of the pie, surplus in "
    "units of the money at stake, sales per round (sellers) and gains per round in prices (buyers).",
    "Efficiency and fairness are the paper's; a persuasion match without high products has no efficiency, and one "
    "without low products no fairness. Matches that were forfeited count in no table.",
    "Coefficients are of ordinary least squares on all parameters, with horizon, information and talk (in persuasion "
    "information, talk and buyers) as one factor, and on who was Alice and Bob. Intervals are "
    "cluster-robust; there is none where all residuals are 0 or one cluster decides alone.",
    "Agents under study play each other in both roles, and themselves. A table with a new buyer in every round seats "
    "one agent only.",
    "The paper finds that a longer horizon raises efficiency and fairness everywhere; that complete information lowers "
    "both in bargaining, raises both in negotiation and fairness in persuasion; and that free text helps in bargaining "
    "and hurts in persuasion, by up to about 25 points with myopic buyers. Alice's first offer and her final payoff "
    "correlate by 0.63 when Bob is a person and by 0.18 when Bob is a model.",
)

STUDY: Final = Study(
    name="glee",
    title="GLEE: bargaining, negotiation and persuasion",
    source="E. Shapira et al., GLEE: a unified framework and benchmark for language-based economic environments, "
    "arXiv:2410.05254",
    asks="What do two players gain, how efficient and fair is it, and what do horizon, information and talk change?",
    unverified=(
        f"How long GLEE's unlimited horizon is: here {UNTOLD} rounds, of which players are not told.",
        "How GLEE normalises self-gain in negotiation, and what it does where no product is high or low.",
        "Which switches of persuasion GLEE joins into its market factor.",
    ),
    plan=plan,
    report=report,
)
