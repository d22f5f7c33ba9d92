"""MAgIC: one agent as the challenger against fixed defenders, in five games of three players."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from arena.config import AgentEntry, GameEntry, RunConfig
from arena.metrics.base import Result, Undefined
from arena.metrics.evidence import Pool
from arena.metrics.magic import (
    MOST_AREA,
    MOST_DECEPTION,
    Tally,
    abilities,
    deception,
    deception_coded,
    estimate_of,
    radar_area,
    share_of,
    tallies,
    win_rate,
)
from arena.records import MatchRecord
from arena.studies.base import Cell, Report, Size, Study, Table

# Every game with the scripted player that defends it, from two seats.
_DEFENCE: Final = {
    'elicited(ask="everyone", game="chameleon(scoring=\\"magic\\")")': "topic_guesser",
    'elicited(ask="everyone", game="undercover(scoring=\\"magic\\")")': "word_guesser",
    "cost_sharing": "proportional_proposer",
    "group_dilemma": "group_tit_for_tat",
    "public_good": "matching_contributor",
}
# Every deal is played from all three seats: 3 or 21 games of each kind.
_DEALS: Final = {Size.SMALL: 1, Size.FULL: 7}
_NOTHING: Final = "nothing was played that defines it"
_PAPER: Final = "leaderboard of Xu et al., MAgIC, arXiv:2311.08562 and EMNLP 2024"
_COLUMNS: Final = ("win rate", "judgement", "reasoning", "deception", "self-awareness")
_SOCIAL: Final = ("cooperation", "coordination", "rationality")
# In percent.
_PUBLISHED: Final = (
    ("GPT-4+PGM", 63.5, 87.5, 37.8, 85.6, 86.7, 61.9, 92.3, 76.2),
    ("GPT-4-turbo", 56.5, 77.5, 28.7, 67.5, 60.0, 66.7, 50.0, 78.1),
    ("GPT-4", 49.3, 78.8, 36.7, 62.1, 86.7, 47.6, 100.0, 69.0),
    ("GPT-3.5-turbo+PGM", 49.1, 65.0, 33.5, 52.0, 60.6, 71.4, 46.7, 59.5),
    ("PaLM 2", 36.3, 45.0, 32.8, 45.0, 74.0, 42.9, 33.3, 36.7),
    ("GPT-3.5-turbo", 35.4, 46.3, 26.7, 67.5, 54.0, 57.1, 16.7, 41.4),
    ("Llama-2-70B+PGM", 30.7, 53.8, 29.3, 51.4, 67.0, 52.4, 27.2, 28.1),
    ("Claude 2", 29.3, 41.3, 34.8, 17.5, 80.7, 33.3, 22.9, 71.4),
    ("Cohere", 21.3, 35.0, 21.7, 25.0, 60.3, 71.4, 6.67, 18.1),
    ("Llama-2-70B", 18.1, 41.3, 26.8, 28.8, 74.0, 42.9, 11.1, 4.80),
)


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Each game between each challenger and two defenders, every deal from all three seats."""
    defenders = {
        game: tuple(AgentEntry(agent=bot, name=f"{bot}, defender {number}") for number in (1, 2))
        for game, bot in _DEFENCE.items()
    }
    games = tuple(
        GameEntry(game=game, agents=(agent.label, *(entry.label for entry in defending)), repeats=_DEALS[size])
        for game, defending in defenders.items()
        for agent in agents
    )
    roster = (*agents, *(entry for defending in defenders.values() for entry in defending))
    return RunConfig(name="magic", agents=roster, games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """The abilities and the win rate of the challenger, what the released program makes of them, the paper's table."""
    pools: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        pools[record.header.pool].append(record)
    listed = [Pool(name, tuple(found)) for name, found in sorted(pools.items())]
    items = {agent: [item for pool in listed for item in tallies(pool, agent)] for agent in agents}
    ours = Table(
        "the seven abilities and the win rate, against scripted defenders",
        ("agent", *_COLUMNS, *_SOCIAL),
        tuple((agent, _numbers(found)) for agent, found in items.items()),
    )
    coded = Table(
        "as the released program computes them, and the area of the radar chart",
        ("agent", "deception, coded", "reasoning, coded", "area"),
        tuple((agent, _coded(found)) for agent, found in items.items()),
    )
    published = tuple((model, tuple[Cell, ...](numbers)) for model, *numbers in _PUBLISHED)
    theirs = Table("against GPT-4 as defender, in percent", ("model", *_COLUMNS, *_SOCIAL), published, _PAPER)
    return Report((ours, coded, theirs), (), _NOTES)


def _numbers(items: Sequence[tuple[str, Tally]]) -> tuple[Cell, ...]:
    def share(field: str) -> Result:
        return share_of(field, items, _NOTHING)

    return (
        _within(estimate_of(win_rate, items, "not all seven roles were played")),
        share("judgement"),
        share("reasoning"),
        _within(estimate_of(deception, items, _NOTHING), MOST_DECEPTION),
        share("awareness"),
        *map(share, _SOCIAL),
    )


def _coded(items: Sequence[tuple[str, Tally]]) -> tuple[Cell, ...]:
    def area(tally: Tally) -> float | None:
        return radar_area(abilities([tally]).seven)

    return (
        _within(estimate_of(deception_coded, items, _NOTHING), MOST_DECEPTION),
        share_of("reasoning_coded", items, _NOTHING),
        _within(estimate_of(area, items, "one of the seven abilities is missing"), MOST_AREA),
    )


def _within(result: Result, most: float = 1.0) -> Result:
    """The result with its interval cut to what the number can be, from 0 to `most`."""
    if isinstance(result, Undefined) or result.low is None or result.high is None:
        return result
    return replace(result, low=max(result.low, 0.0), high=min(result.high, most))


_NOTES: Final = (
    "Numbers of this run are shares; deception goes up to 1.25. The published ones are percent.",
    "Defenders are scripted players here and GPT-4 in the paper: numbers of the two tables cannot be compared.",
    "Deception is reconstructed from the published values: hidden games as the odd player, plus a quarter of the share "
    "of right guesses as the chameleon. The released program takes the latter from kinds of endings in others' games.",
    "Of a match that is forfeited only the rounds and interviews before that count.",
    "Rationality is about rank: with a multiplier of 3.5 for three players, giving nothing costs tokens.",
)

STUDY: Final = Study(
    name="magic",
    title="MAgIC: seven abilities of a challenger among three players",
    source="L. Xu et al., MAgIC, arXiv:2311.08562; EMNLP 2024",
    asks="How does an agent judge, reason, deceive, know itself, cooperate, coordinate and choose among others?",
    unverified=(
        "One setting of each game is released, of 20 or more: deals are drawn at random here, roles among them.",
        "The paper's wording of the second term of deception, and the order of the axes of its radar chart.",
        "Undercover is asked about before every decision here, and after every round of clues in the paper.",
    ),
    plan=plan,
    report=report,
)
