"""Matches to tables: one per pool, with ratings where payoffs are a contest and mean payoffs everywhere.

Bradley-Terry ratings answer who beats whom. That is the question in zero-sum and constant-sum games only; elsewhere the
payoff itself is the result, and a table without ratings says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from scipy.sparse.csgraph import connected_components

from arena.errors import UsageError
from arena.ratings.bootstrap import RESAMPLES, Evidence, Spread, evidence, resampled_strengths, spreads
from arena.ratings.bradley_terry import CENTRE, strengths, to_ratings
from arena.ratings.elo import elo
from arena.ratings.payoffs import mean_payoffs
from arena.ratings.results import MatchScore, comparisons, match_score
from arena.ratings.tables import AgentRow, PoolTable, Rating, Score
from arena.records import MatchRecord
from games.info import Utility
from games.plugins import PluginError
from games.registry import load
from games.spec import SpecError

SEED: Final = 0
FEW_CLUSTERS: Final = 20

PAYOFF_METHOD: Final = "mean payoff with a 95 % cluster-robust Student-t interval"
RATING_METHOD: Final = (
    f"Bradley-Terry ratings: pool mean {CENTRE:g}, 400 points for odds of 10 to 1, draws as half wins, prior of one "
    "virtual draw against the mean, 95 % intervals by a Bayesian bootstrap over clusters "
    f"({RESAMPLES} resamples, seed {SEED}); {PAYOFF_METHOD}"
)

_CONTESTS: Final = (Utility.ZERO_SUM, Utility.CONSTANT_SUM)
# Sums of shares 1/(n-1) are rounded so that the order of matches does not show.
_DECIMALS: Final = 9


def rate(records: Iterable[MatchRecord]) -> list[PoolTable]:
    """The table of every pool in the records, by name.

    Args:
        records: in the order of the schedule, which only online Elo depends on.

    Raises:
        UsageError: one name stands for two agents.
    """
    return rate_scores(match_score(record) for record in records)


def rate_scores(matches: Iterable[MatchScore]) -> list[PoolTable]:
    """As `rate`, for scores that were taken from records already."""
    pools: defaultdict[str, list[MatchScore]] = defaultdict(list)
    for match in matches:
        pools[match.pool].append(match)
    for pool, found in pools.items():
        _check_names(pool, found)
    return [_table(pool, found) for pool, found in sorted(pools.items())]


def _check_names(pool: str, matches: Sequence[MatchScore]) -> None:
    specs: dict[str, str] = {}
    for match in matches:
        for agent, spec in zip(match.agents, match.specs, strict=True):
            if specs.setdefault(agent, spec) != spec:
                raise UsageError(
                    f"in {pool} the name {agent!r} stands for two agents, {specs[agent]} and {spec}; "
                    "rank their runs apart, or play one of them under another name"
                )


def _table(pool: str, matches: Sequence[MatchScore]) -> PoolTable:
    rated = [match for match in matches if not match.void]
    game = min(match.game for match in matches)
    found = evidence(rated)
    reasons = _reasons_against(game, pool, rated, found)
    ratings = {} if reasons else _ratings(found)
    pairs = _pairs(rated)
    agents = _rows(matches, ratings, pairs)
    return PoolTable(
        pool=pool,
        game=game,
        rated=bool(ratings),
        method=RATING_METHOD if ratings else PAYOFF_METHOD,
        notes=(*reasons, *_cautions(found, agents, rated)),
        matches=len(rated),
        clusters=len({match.cluster for match in rated}),
        forfeits=sum(bool(match.forfeited_by) for match in rated),
        voids=len(matches) - len(rated),
        agents=agents,
        pairs=pairs,
    )


def _reasons_against(game: str, pool: str, rated: Sequence[MatchScore], found: Evidence) -> list[str]:
    """Why a pool has no ratings; empty when it has."""
    if not rated:
        return ["No ratings: no match has been played to an end."]
    try:
        loaded = load(game)
    except (PluginError, SpecError) as error:
        return [f"No ratings: the game cannot be loaded here, so it is unknown whether it is a contest ({error})."]
    if loaded.pool != pool:
        return [f"No ratings: {loaded.pool} is what is installed here, so it is unknown whether {pool} is a contest."]
    if loaded.info.utility not in _CONTESTS:
        return [f"No ratings: payoffs are {loaded.info.utility} here, so the payoff itself is the result."]
    if len(found.agents) < 2:
        return ["No ratings: nobody met another agent, and a rating compares agents."]
    groups = _groups(found, "weak")
    if len(groups) > 1:
        return [f"No ratings: these groups of agents never met, so nothing compares them: {_listed(groups)}."]
    return []


def _cautions(found: Evidence, agents: Sequence[AgentRow], rated: Sequence[MatchScore]) -> list[str]:
    """What a reader of the numbers should bear in mind."""
    cautions = []
    clusters = len({match.cluster for match in rated})
    if 0 < clusters < FEW_CLUSTERS:
        cautions.append(f"Intervals are rough: there are only {clusters} independent clusters.")
    if not any(row.rating for row in agents):
        return cautions
    groups = _groups(found, "strong")
    if len(groups) > 1:
        cautions.append(
            "Some agents never scored against some others, so the prior decides how far these groups are apart; "
            f"read those distances as lower bounds: {_listed(groups)}."
        )
    unmet = [row.agent for row in agents if row.rating is None]
    if unmet:
        cautions.append(f"Without a rating, because they met nobody yet: {', '.join(unmet)}.")
    return cautions


def _groups(found: Evidence, connection: str) -> list[list[str]]:
    """The agents in groups linked by scores, in either direction (`weak`) or in both (`strong`); small ones first."""
    count, labels = connected_components(found.scores() > 0, directed=True, connection=connection)
    names = list(zip(found.agents, labels, strict=True))
    groups = ([agent for agent, label in names if label == group] for group in range(count))
    return sorted(groups, key=lambda group: (len(group), group))


def _listed(groups: Sequence[Sequence[str]]) -> str:
    return "; ".join(", ".join(group) for group in groups)


def _ratings(found: Evidence) -> dict[str, Rating]:
    points = to_ratings(strengths(found.scores()))
    known = spreads(found, resampled_strengths(found, RESAMPLES, SEED))
    return {
        agent: _rating(float(point), spread) for agent, point, spread in zip(found.agents, points, known, strict=True)
    }


def _rating(points: float, spread: Spread | None) -> Rating:
    if spread is None:
        return Rating(points)
    low, high = to_ratings(np.array([spread.low, spread.high]))
    return Rating(points, float(low), float(high), spread.rank_low, spread.rank_high)


def _rows(
    matches: Sequence[MatchScore], ratings: Mapping[str, Rating], pairs: Mapping[tuple[str, str], Score]
) -> tuple[AgentRow, ...]:
    rated = [match for match in matches if not match.void]
    payoffs, history = mean_payoffs(rated), elo(rated) if ratings else {}
    played = Counter(agent for match in rated for agent in set(match.agents))
    voids = Counter(agent for match in matches if match.void for agent in set(match.agents))
    forfeits = Counter(agent for match in rated for agent in {match.agents[seat] for seat in match.forfeited_by})
    clusters = Counter(agent for agent, _ in {(agent, match.cluster) for match in rated for agent in match.agents})
    scores: defaultdict[str, list[Score]] = defaultdict(list)
    for (agent, _), score in pairs.items():
        scores[agent].append(score)
    rows = [
        AgentRow(
            agent=agent,
            rating=ratings.get(agent),
            elo=history.get(agent),
            payoff=payoffs.get(agent),
            score=_total(scores[agent]),
            matches=played[agent],
            clusters=clusters[agent],
            forfeits=forfeits[agent],
            voids=voids[agent],
        )
        for agent in {agent for match in matches for agent in match.agents}
    ]
    return tuple(sorted(rows, key=_best_first))


def _best_first(row: AgentRow) -> tuple[float, float, str]:
    """Rated agents by rating, then the rest by payoff, then by name."""
    rating = row.rating.rating if row.rating else float("-inf")
    payoff = row.payoff.mean if row.payoff else float("-inf")
    return -rating, -payoff, row.agent


def _pairs(matches: Iterable[MatchScore]) -> dict[tuple[str, str], Score]:
    """What each agent scored against each other."""
    found: defaultdict[tuple[str, str], defaultdict[float, float]] = defaultdict(lambda: defaultdict(float))
    for match in matches:
        for first, second, score, weight in comparisons(match):
            found[first, second][score] += weight
            found[second, first][1 - score] += weight
    return {pair: Score(*(round(found[pair][score], _DECIMALS) for score in (1.0, 0.5, 0.0))) for pair in sorted(found)}


def _total(scores: Sequence[Score]) -> Score:
    return Score(
        wins=round(sum(score.wins for score in scores), _DECIMALS),
        draws=round(sum(score.draws for score in scores), _DECIMALS),
        losses=round(sum(score.losses for score in scores), _DECIMALS),
    )
