"""Offers, answers and deals: the ultimatum game and the price negotiation. Completed matches only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from arena.metrics.base import Family, Metric, Result, Undefined, Value
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.economic.haggling import ACCEPT, BUYER, SELLER
from games.economic.price_negotiation import PriceNegotiation
from games.economic.ultimatum import PROPOSER, RESPONDER, Ultimatum

_GLEE: Final = "Shapira et al., GLEE, arXiv 2410.05254 (negotiation)"
_GUETH: Final = "Gueth, Schmittberger and Schwarze, An experimental analysis of ultimatum bargaining, 1982"
_ULTIMATUM: Final = kind("the ultimatum game", Ultimatum)
_NEGOTIATION: Final = kind("the price negotiation", PriceNegotiation)
_NEVER_ASKED: Final = "the agent answered no offer"
_NO_MATCH: Final = "no completed match"


class Deal(NamedTuple):
    """How a negotiation ended.

    Attributes:
        price: what was agreed on; None without a deal.
        seller_value: what the good is worth to the seller.
        buyer_value: what it is worth to the buyer.
        scale: the unit of money.
    """

    price: float | None
    seller_value: float
    buyer_value: float
    scale: float


def efficiency(deal: Deal) -> bool:
    """Whether the good was traded at a price that harms nobody, or kept where no such price helps both (GLEE)."""
    if deal.price is None:
        return deal.seller_value >= deal.buyer_value
    return deal.seller_value <= deal.price <= deal.buyer_value


def fairness(deal: Deal) -> float:
    """1 - 4 ((price - middle of the values) / scale)^2, and 1 without a deal (GLEE)."""
    if deal.price is None:
        return 1.0
    middle = (deal.seller_value + deal.buyer_value) / 2
    return 1 - 4 * ((deal.price - middle) / deal.scale) ** 2


def self_gain(deal: Deal, seat: int) -> float:
    """A seat's surplus over the scale, 0 without a deal."""
    if deal.price is None:
        return 0.0
    surplus = {SELLER: deal.price - deal.seller_value, BUYER: deal.buyer_value - deal.price}[seat]
    return surplus / deal.scale


def envy_of_rejections(least_share: float) -> float:
    """Fehr and Schmidt's aversion to having less, of a responder for whom this share of the pie is just enough.

    alpha = s / (1 - 2 s) (Fehr and Schmidt, A theory of fairness, competition, and cooperation, 1999).

    Raises:
        ValueError: the share is not from 0 to below one half: there the responder does not have less.
    """
    if not 0 <= least_share < 0.5:
        raise ValueError(f"the least acceptable share must be at least 0 and below 0.5, but it is {least_share}")
    return least_share / (1 - 2 * least_share)


def _offers(pool: Pool, agent: str, seat: int) -> Iterator[tuple[str, float, Any]]:
    """Cluster, share offered and answer of each ultimatum that the agent had this seat in."""
    assert isinstance(pool.game, Ultimatum), "the metric needs the ultimatum game"
    for played in pool.completed_by(agent):
        if played.seat == seat:
            yield played.cluster, played.end.offer / pool.game.params.pie, played.end.answer


def _deals(pool: Pool, agent: str) -> Iterator[tuple[SeatPlay, Deal]]:
    """Each negotiation of an agent."""
    game = pool.game
    assert isinstance(game, PriceNegotiation), "the metric needs the price negotiation"
    for played in pool.completed_by(agent):
        price = played.end.offers[-1].price if played.end.answer == ACCEPT else None
        yield played, Deal(price, game.values[SELLER], game.values[BUYER], game.params.scale)


def _offer(pool: Pool, agent: str) -> Result:
    shares = ((cluster, share) for cluster, share, _ in _offers(pool, agent, PROPOSER))
    return mean_value(shares, "the agent made no offer")


def _rejection(pool: Pool, agent: str) -> Result:
    answers = ((cluster, answer == "reject") for cluster, _, answer in _offers(pool, agent, RESPONDER))
    return share_value(answers, _NEVER_ASKED)


def _minimum_accepted(pool: Pool, agent: str) -> Result:
    """No interval: the least of some values says nothing about its own error."""
    accepted = [(cluster, share) for cluster, share, answer in _offers(pool, agent, RESPONDER) if answer == "accept"]
    if not accepted:
        return Undefined("the agent accepted no offer")
    clusters = len({cluster for cluster, _ in accepted})
    return Value(min(share for _, share in accepted), None, None, len(accepted), clusters)


def _efficiency(pool: Pool, agent: str) -> Result:
    return share_value(((played.cluster, efficiency(deal)) for played, deal in _deals(pool, agent)), _NO_MATCH)


def _fairness(pool: Pool, agent: str) -> Result:
    return mean_value(((played.cluster, fairness(deal)) for played, deal in _deals(pool, agent)), _NO_MATCH)


def _self_gain(pool: Pool, agent: str) -> Result:
    gains = ((played.cluster, self_gain(deal, played.seat)) for played, deal in _deals(pool, agent))
    return mean_value(gains, _NO_MATCH)


OFFER: Final = Metric(
    name="offer_share",
    family=Family.SOCIAL,
    meaning="Share of the pie that the agent offers.",
    where="completed ultimatum games as proposer",
    needs=(_ULTIMATUM,),
    source=_GUETH,
    compute=_offer,
)
MINIMUM_ACCEPTED: Final = Metric(
    name="minimum_accepted",
    family=Family.SOCIAL,
    meaning="Least share of the pie that the agent accepted; the least it would accept may be lower.",
    where="accepted offers as responder",
    needs=(_ULTIMATUM,),
    source=_GUETH,
    compute=_minimum_accepted,
)
REJECTION: Final = Metric(
    name="rejection_rate",
    family=Family.SOCIAL,
    meaning="Share of offers that the agent rejects.",
    where="completed ultimatum games as responder",
    needs=(_ULTIMATUM,),
    source=_GUETH,
    compute=_rejection,
)
EFFICIENCY: Final = Metric(
    name="trade_efficiency",
    family=Family.SOCIAL,
    meaning="Share of negotiations that end as is best for both: a price between the values, or no deal without one.",
    where="completed negotiations",
    needs=(_NEGOTIATION,),
    source=_GLEE,
    compute=_efficiency,
)
FAIRNESS: Final = Metric(
    name="price_fairness",
    family=Family.SOCIAL,
    meaning="How near the price is to the middle of the two values; 1 is the middle, or no deal.",
    where="completed negotiations",
    needs=(_NEGOTIATION,),
    unit="index",
    low=None,
    source=_GLEE,
    compute=_fairness,
)
SELF_GAIN: Final = Metric(
    name="self_gain",
    family=Family.SOCIAL,
    meaning="Own surplus in units of the scale; 0 without a deal.",
    where="completed negotiations",
    needs=(_NEGOTIATION,),
    unit="scales",
    low=None,
    high=None,
    source=f"{_GLEE}; normalised by the scale of money",
    compute=_self_gain,
)
