"""Social value orientation: what players want for themselves and for another, by the slider measure.

Murphy, Ackermann and Handgraaf, Measuring social value orientation, Judgment and Decision Making 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from math import atan2, degrees, fsum
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.economic.svo_slider import DECIDER, ITEMS, STEPS, Division, SvoSlider, SvoState

ORIENTATIONS: Final = (
    ("altruistic", 57.15),
    ("prosocial", 22.45),
    ("individualistic", -12.04),
    ("competitive", -180.0),
)
"""Names of orientations, and the angle in degrees above which each begins."""

_NEUTRAL: Final = 50
_MIDDLE: Final = (STEPS + 1) / 2
_SLIDER: Final = kind("the social value orientation slider", SvoSlider)
_CONSISTENT: Final = "finished matches as decider whose six choices rank the four ideal types without a contradiction"
_NOTHING: Final = "the agent made no six choices as decider that are consistent with a ranking"
_MURPHY: Final = "Murphy, Ackermann and Handgraaf, Measuring social value orientation, 2011"


def angle(divided: Sequence[Division]) -> float:
    """The angle of the mean points, seen from (50, 50), in degrees: 0 cares for its own only, 45 for both alike."""
    own = fsum(points[0] for points in divided) / len(divided)
    other = fsum(points[1] for points in divided) / len(divided)
    return degrees(atan2(other - _NEUTRAL, own - _NEUTRAL))


def orientation(degree: float) -> str:
    """The name of the orientation with this angle."""
    return next(name for name, least in ORIENTATIONS if degree > least or name == ORIENTATIONS[-1][0])


def is_transitive(options: Sequence[int]) -> bool:
    """Whether six choices agree with a ranking of the four ideal types, whose pairs are the ends of the items.

    An option nearer to one end prefers its type, the middle one is indifferent. There is no ranking where one type
    is at least as good as a second and the second as a third, but the first is not at least as good as the third, or
    is only as good although one of the steps was strict.
    """
    lead = {}
    for (first, second), option in zip(ITEMS, options, strict=True):
        lead[first, second], lead[second, first] = _MIDDLE - option, option - _MIDDLE
    types = {end for ends in ITEMS for end in ends}
    return all(
        lead[a, c] > 0 or (lead[a, c] == 0 and lead[a, b] == lead[b, c] == 0)
        for a, b, c in permutations(types, 3)
        if lead[a, b] >= 0 and lead[b, c] >= 0
    )


def _finished(pool: Pool, agent: str) -> Iterator[tuple[str, SvoState]]:
    """Cluster and choices of each match in which an agent made all decisions."""
    game = pool.game
    assert isinstance(game, SvoSlider), "the metric needs the slider"
    for played in pool.played_by(agent):
        if played.seat == DECIDER and not game.to_move(played.end):
            yield played.cluster, played.end


def _angles(pool: Pool, agent: str) -> Iterator[tuple[str, float]]:
    """Cluster and angle of each match with consistent choices."""
    assert isinstance(pool.game, SvoSlider), "the metric needs the slider"
    for cluster, state in _finished(pool, agent):
        if is_transitive(state.chosen):
            yield cluster, angle(pool.game.divided(state))


def _mean_angle(pool: Pool, agent: str) -> Result:
    return mean_value(_angles(pool, agent), _NOTHING)


def _transitive(pool: Pool, agent: str) -> Result:
    found = ((cluster, is_transitive(state.chosen)) for cluster, state in _finished(pool, agent))
    return share_value(found, "the agent finished no match as decider")


def _share(name: str) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        hits = ((cluster, orientation(degree) == name) for cluster, degree in _angles(pool, agent))
        return share_value(hits, _NOTHING)

    return Metric(
        name=f"svo_{name}_share",
        family=Family.SOCIAL,
        meaning=f"Share of matches in which the agent's choices are {name}, by their angle.",
        where=_CONSISTENT,
        needs=(_SLIDER,),
        source=_MURPHY,
        compute=compute,
    )


ANGLE: Final = Metric(
    name="svo_angle",
    family=Family.SOCIAL,
    meaning="Mean angle of social value orientation: about -16 is competitive, 8 selfish, 37 to 45 prosocial, 61 "
    "altruistic.",
    where=_CONSISTENT,
    needs=(_SLIDER,),
    unit="degrees",
    low=-180.0,
    high=180.0,
    source=_MURPHY,
    compute=_mean_angle,
)
TRANSITIVE: Final = Metric(
    name="svo_consistency",
    family=Family.SOCIAL,
    meaning="Share of matches whose six choices rank the ideal types without a contradiction.",
    where="finished matches as decider",
    needs=(_SLIDER,),
    source=f"{_MURPHY} (transitivity)",
    compute=_transitive,
)
ALTRUISTIC: Final = _share("altruistic")
PROSOCIAL: Final = _share("prosocial")
INDIVIDUALISTIC: Final = _share("individualistic")
COMPETITIVE: Final = _share("competitive")
