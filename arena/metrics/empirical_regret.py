"""What a fixed action would have gained against what the others really played, in matrix games."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife
from arena.metrics.matrix_rounds import Joint, SeatRounds, rounds_by, stage_of
from arena.metrics.needs import MATRIX


def empirical_regret(payoffs: Mapping[Joint, Sequence[float]], matches: Sequence[SeatRounds]) -> float | None:
    """Best fixed action's mean payoff against what the others played, minus the mean payoff; None without a round.

    Seat by seat, each weighed by its rounds, over the range of the seat's payoffs: 0 is no regret, 1 the most there
    can be. The best action is chosen after the fact, so that with few rounds even a good player regrets something.
    It is below 0 for a player that adapted better than any fixed action. Hannan, Approximation to Bayes risk in
    repeated play, 1957 (external regret).
    """
    of_seat: defaultdict[int, list[Joint]] = defaultdict(list)
    for match in matches:
        of_seat[match.seat].extend(match.joints)
    rounds = sum(map(len, of_seat.values()))
    if not rounds:
        return None
    return fsum(_total_regret(payoffs, seat, joints) for seat, joints in of_seat.items()) / rounds


def _total_regret(payoffs: Mapping[Joint, Sequence[float]], seat: int, joints: Sequence[Joint]) -> float:
    cells = [cell[seat] for cell in payoffs.values()]
    span = max(cells) - min(cells)
    if not span:
        return 0.0
    got = fsum(payoffs[joint][seat] for joint in joints)
    fixed = (
        fsum(payoffs[(*joint[:seat], action, *joint[seat + 1 :])][seat] for joint in joints)
        for action in sorted({joint[seat] for joint in payoffs})
    )
    return (max(fixed) - got) / span


def _compute(pool: Pool, agent: str) -> Result:
    payoffs = stage_of(pool).payoffs
    return jackknife(rounds_by(pool, agent), lambda matches: empirical_regret(payoffs, matches), "no finished round")


EMPIRICAL_REGRET: Final = Metric(
    name="empirical_regret",
    family=Family.RATIONALITY,
    meaning="What the best fixed action would have gained against the others' play, over the range of payoffs.",
    where="every finished round; the others are taken to have played the same anyway",
    needs=(MATRIX,),
    unit="share of the range",
    low=-1.0,
    source="Hannan, Approximation to Bayes risk in repeated play, 1957 (external regret)",
    compute=_compute,
)
