"""Matches to tables: one per pool, with ratings where payoffs are a contest and mean payoffs everywhere.

Bradley-Terry ratings answer who beats whom. That is the question in zero-sum and constant-sum games only; elsewhere the
payoff itself is the result, and a table without ratings says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite
from typing import Any, Final

from scipy.sparse.csgraph import connected_components

from arena.errors import UsageError
from arena.ratings.bradley_terry import CENTRE
from arena.ratings.elo import elo
from arena.ratings.evidence import Evidence, evidence
from arena.ratings.fitted import Fitted, fitted
from arena.ratings.juries import distrust
from arena.ratings.payoffs import mean_payoffs, payoffs_against
from arena.ratings.results import MatchScore, comparisons, match_score
from arena.ratings.tables import AgentRow, Anchor, Bounds, PoolTable, Rating, Score
from arena.records import MatchRecord
from games.core import Game
from games.info import Utility
from games.plugins import PluginError
from games.registry import load
from games.spec import SpecError
from games.talk.debate import Debate

FEW_CLUSTERS: Final = 20

PAYOFF_METHOD: Final = "mean payoff with a 95 % cluster-robust Student-t interval"
RATING_METHOD: Final = (
    "Bradley-Terry ratings: {scale}, 400 points for odds of 10 to 1, draws as half wins, Jeffreys' prior "
    "(Firth's method: each pair plays as many virtual draws as its games have share in the fit), in games of two whose "
    "seats differ with an advantage of the first seat where matches tell it; 95 % Student-t intervals from a "
    f"covariance clustered by deal; {PAYOFF_METHOD}"
)

_CONTESTS: Final = (Utility.ZERO_SUM, Utility.CONSTANT_SUM)
# A win, a draw and a loss: with more payoffs than these, who wins oftener need not be who gets more.
_GRADES: Final = 3
# Sums of shares 1/(n-1) are rounded so that the order of matches does not show.
_DECIMALS: Final = 9


def rate(records: Iterable[MatchRecord]) -> list[PoolTable]:
    """The table of every pool in the records, by name.

    Args:
        records: in the order of the schedule, which only online Elo depends on.

    Raises:
        UsageError: one name stands for two agents, or a payoff is no finite number.
    """
    return rate_scores(match_score(record) for record in records)


def rate_scores(matches: Iterable[MatchScore], anchor: Anchor | None = None) -> list[PoolTable]:
    """As `rate`, for scores that were taken from records already.

    Args:
        matches: in the order of the schedule.
        anchor: whose rating is given; a pool in which it was not rated keeps its own scale and says so.

    Raises:
        UsageError: as `rate`.
    """
    pools: defaultdict[str, list[MatchScore]] = defaultdict(list)
    for match in matches:
        pools[match.pool].append(match)
    for pool, found in pools.items():
        _check_names(pool, found)
        _check_payoffs(pool, found)
    return [_table(pool, found, anchor) for pool, found in sorted(pools.items())]


def _check_names(pool: str, matches: Sequence[MatchScore]) -> None:
    specs: dict[str, str] = {}
    for match in matches:
        for agent, spec in zip(match.agents, match.specs, strict=True):
            if specs.setdefault(agent, spec) != spec:
                raise UsageError(
                    f"in {pool} the name {agent!r} stands for two agents, {specs[agent]} and {spec}; "
                    "rank their runs apart, or play one of them under another name"
                )


def _check_payoffs(pool: str, matches: Sequence[MatchScore]) -> None:
    for match in matches:
        if not all(map(isfinite, match.payoffs or ())):
            raise UsageError(
                f"in {pool} a match of {', '.join(match.agents)} has the payoffs {list(match.payoffs or ())}, which "
                "are not all finite numbers: the game's `returns` is at fault, and nothing can be rated"
            )


def _table(pool: str, matches: Sequence[MatchScore], anchor: Anchor | None) -> PoolTable:
    rated = [match for match in matches if not match.void]
    spec = min(match.game for match in matches)
    game, unknown = _loaded(spec, pool)
    found = evidence(rated)
    reasons = _reasons_against(game, unknown, rated, found)
    held = anchor if anchor and anchor.agent in found.agents else None
    fit = Fitted() if reasons or game is None else fitted(rated, seats_differ=_seats_differ(game), anchor=held)
    pairs = _pairs(rated)
    agents = _rows(matches, fit.ratings, pairs)
    return PoolTable(
        pool=pool,
        game=spec,
        rated=bool(fit.ratings),
        method=RATING_METHOD.format(scale=_scale(held)) if fit.ratings else PAYOFF_METHOD,
        notes=(*reasons, *_cautions(found, fit, agents, rated), *_unanchored(fit, anchor, held)),
        matches=len(rated),
        clusters=len({match.cluster for match in rated}),
        forfeits=sum(bool(match.forfeited_by) for match in rated),
        voids=len(matches) - len(rated),
        agents=agents,
        pairs=pairs,
        against=payoffs_against(rated),
        better=fit.better,
        seat=fit.seat,
        bounds=_bounds(game),
    )


def _scale(anchor: Anchor | None) -> str:
    return f"{anchor.agent} = {anchor.rating:g}" if anchor else f"pool mean {CENTRE:g}"


def _unanchored(fit: Fitted, anchor: Anchor | None, held: Anchor | None) -> list[str]:
    if not fit.ratings or anchor is None or held is not None:
        return []
    return [f"Not on the scale of {anchor.agent}, who met nobody here: the mean of this pool is {CENTRE:g}."]


def _loaded(spec: str, pool: str) -> tuple[Game[Any, Any] | None, str]:
    """The game of a pool as it was played, or why it is unknown here."""
    try:
        game = load(spec)
    except (PluginError, SpecError) as error:
        return None, f"the game cannot be loaded here, so it is unknown whether it is a contest ({error})"
    if game.pool != pool:
        return None, f"{game.pool} is what is installed here, so it is unknown whether {pool} is a contest"
    return game, ""


def _seats_differ(game: Game[Any, Any]) -> bool:
    return game.num_players == 2 and not game.info.symmetric


def _bounds(game: Game[Any, Any] | None) -> Bounds | None:
    """Floor and ceiling of payoffs; None where the rules set none."""
    low, high = (-inf, inf) if game is None else game.utility_bounds()
    return Bounds(low, high) if isfinite(low) and isfinite(high) and low < high else None


def _reasons_against(
    game: Game[Any, Any] | None, unknown: str, rated: Sequence[MatchScore], found: Evidence
) -> list[str]:
    """Why a pool has no ratings; empty when it has."""
    if not rated:
        return ["No ratings: no match has been played to an end."]
    if game is None:
        return [f"No ratings: {unknown}."]
    if isinstance(game, Debate) and (problem := distrust([match.rulings for match in rated if match.payoffs])):
        return [f"No ratings: {problem}."]
    if game.info.utility not in _CONTESTS:
        return [f"No ratings: payoffs are {game.info.utility} here, so the payoff itself is the result."]
    if len(found.agents) < 2:
        return ["No ratings: nobody met another agent, and a rating compares agents."]
    groups = _groups(found, "weak")
    if len(groups) > 1:
        return [f"No ratings: these groups of agents never met, so nothing compares them: {_listed(groups)}."]
    return []


def _cautions(found: Evidence, fit: Fitted, agents: Sequence[AgentRow], rated: Sequence[MatchScore]) -> list[str]:
    """What a reader of the numbers should bear in mind."""
    cautions = []
    clusters = len({match.cluster for match in rated})
    if 0 < clusters < FEW_CLUSTERS:
        counted = "is only 1 independent cluster" if clusters == 1 else f"are only {clusters} independent clusters"
        cautions.append(f"Intervals are rough: there {counted}.")
    if not fit.ratings:
        return cautions
    if len({payoff for match in rated for payoff in match.payoffs or ()}) > _GRADES:
        cautions.append("Ratings count who got more, not how much more; the mean payoff says how much.")
    if fit.unbeaten:
        cautions.append(f"Scored every point, so that only a lower bound is known: {', '.join(fit.unbeaten)}.")
    if fit.beaten:
        cautions.append(f"Scored no point, so that only an upper bound is known: {', '.join(fit.beaten)}.")
    groups = _groups(found, "strong")
    if len(groups) > 1 and not (fit.unbeaten or fit.beaten):
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
