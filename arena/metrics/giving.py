"""What players give, send and return unasked: the dictator game and the trust game."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.economic.dictator import DICTATOR, Dictator
from games.economic.trust import RETURNER, SENDER, Trust

_DICTATOR: Final = kind("the dictator game", Dictator)
_TRUST: Final = kind("the trust game", Trust)
_NO_GIFT: Final = "the agent made no decision as dictator"
_BERG: Final = "Berg, Dickhaut and McCabe, Trust, reciprocity, and social history, 1995"


def guilt_of_giving(multiplier: float) -> float:
    """The least aversion to having more (Fehr and Schmidt's beta) with which a player gives at all.

    Giving one token costs one and narrows the gap by 1 + multiplier, so that a player that has more gives as long as
    beta >= 1 / (1 + multiplier), by U = own - beta * gap (Fehr and Schmidt, A theory of fairness, competition, and
    cooperation, 1999).

    Raises:
        ValueError: the multiplier is not positive.
    """
    if multiplier <= 0:
        raise ValueError(f"the multiplier of gifts must be positive, but it is {multiplier}")
    return 1 / (1 + multiplier)


def _gifts(pool: Pool, agent: str) -> Iterator[tuple[str, float]]:
    """Cluster and share given of each decision as dictator."""
    assert isinstance(pool.game, Dictator), "the metric needs the dictator game"
    for played in pool.played_by(agent):
        if played.seat == DICTATOR and played.end.gift is not None:
            yield played.cluster, played.end.gift / pool.game.params.pie


def _gift(pool: Pool, agent: str) -> Result:
    return mean_value(_gifts(pool, agent), _NO_GIFT)


def _guilt(pool: Pool, agent: str) -> Result:
    return share_value(((cluster, gift > 0) for cluster, gift in _gifts(pool, agent)), _NO_GIFT)


def _sent(pool: Pool, agent: str) -> Result:
    assert isinstance(pool.game, Trust), "the metric needs the trust game"
    endowment = pool.game.params.endowment
    sent = (
        (played.cluster, played.end.sent / endowment)
        for played in pool.played_by(agent)
        if played.seat == SENDER and played.end.sent is not None
    )
    return mean_value(sent, "the agent made no decision as sender")


def _returned(pool: Pool, agent: str) -> Result:
    assert isinstance(pool.game, Trust), "the metric needs the trust game"
    multiplier = pool.game.params.multiplier
    returned = (
        (played.cluster, played.end.returned / (multiplier * played.end.sent))
        for played in pool.played_by(agent)
        if played.seat == RETURNER and played.end.returned is not None
    )
    return mean_value(returned, "nothing arrived that the agent could have returned")


GIFT: Final = Metric(
    name="gift_share",
    family=Family.SOCIAL,
    meaning="Share of its tokens that the agent gives away.",
    where="decisions as dictator",
    needs=(_DICTATOR,),
    source="Forsythe, Horowitz, Savin and Sefton, Fairness in simple bargaining experiments, 1994",
    compute=_gift,
)
GUILT: Final = Metric(
    name="guilt_share",
    family=Family.SOCIAL,
    meaning="Share of decisions to give something: Fehr and Schmidt's beta is at least 1 / (1 + multiplier) there, "
    "and at most that where nothing is given.",
    where="decisions as dictator; with the default multiplier of 1 the bound is one half",
    needs=(_DICTATOR,),
    source="Fehr and Schmidt, A theory of fairness, competition, and cooperation, 1999 (beta)",
    compute=_guilt,
)
SENT: Final = Metric(
    name="sent_share",
    family=Family.SOCIAL,
    meaning="Share of its tokens that the agent sends.",
    where="decisions as sender in the trust game",
    needs=(_TRUST,),
    source=_BERG,
    compute=_sent,
)
RETURNED: Final = Metric(
    name="returned_share",
    family=Family.SOCIAL,
    meaning="Share of the tokens that arrived that the agent returns; 1 / multiplier makes up for what was sent.",
    where="decisions as returner in the trust game, something having been sent",
    needs=(_TRUST,),
    source=_BERG,
    compute=_returned,
)
