"""Whether and how deals come about: the price of one good, and swaps of resources. Completed matches only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import kind
from games.core import Seat
from games.economic.bargaining import Bargaining
from games.economic.buyer_seller import BuyerSeller
from games.economic.coached_bargaining import CoachedBargaining
from games.economic.haggling import ACCEPT, BUYER, SELLER, Haggling
from games.economic.price_negotiation import PriceNegotiation
from games.economic.resource_exchange import ResourceExchange
from games.economic.simple_negotiation import SimpleNegotiation
from games.economic.trading import TradeState

_ARENA: Final = "Bianchi et al., NegotiationArena, arXiv 2402.05863"
_BALLOON: Final = "Fu et al., GPT-Bargaining, arXiv 2305.10142 (price before and after one round of feedback)"
_TEXT_ARENA: Final = "Guertler et al., TextArena, arXiv 2504.11442 (SimpleNegotiation)"
_HAGGLING: Final = kind("a negotiation of a price", BuyerSeller, PriceNegotiation)
_ONE_DEAL: Final = kind(
    "a negotiation of a price, the bargaining with alternating offers, or the resource exchange",
    Bargaining,
    BuyerSeller,
    PriceNegotiation,
    ResourceExchange,
)
_COACHED: Final = kind("the coached bargaining", CoachedBargaining)
_CONTEST: Final = kind("the simple negotiation", SimpleNegotiation)
_NO_MATCH: Final = "no completed match"
_FEWEST_DEALS: Final = 3


class Course(NamedTuple):
    """How a negotiation of a price went.

    Attributes:
        prices: all prices that were offered, in order, the seller's first.
        fixed: how many of the first ones the rules fixed.
        dealt: whether the last one was accepted.
    """

    prices: tuple[int, ...]
    fixed: int
    dealt: bool


def surplus_share(course: Course, values: tuple[int, int], seat: Seat) -> float | None:
    """A seat's part of what a deal is worth to both; None without a deal, or where no deal can help both."""
    surplus = values[BUYER] - values[SELLER]
    if not course.dealt or surplus <= 0:
        return None
    price = course.prices[-1]
    return (price - values[SELLER] if seat == SELLER else values[BUYER] - price) / surplus


def splits_the_difference(course: Course) -> bool | None:
    """Whether the price is in the middle of both sides' first offers, a half up or down; None if one side made none."""
    if not course.dealt or len(course.prices) < 2:
        return None
    return abs(2 * course.prices[-1] - course.prices[0] - course.prices[1]) <= 1


def dealt(end: Any) -> bool:
    """Whether a negotiation, a bargaining or an exchange ended with a deal, given its last state."""
    return ACCEPT in end.talks.answers if isinstance(end, TradeState) else end.answer == ACCEPT


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation; None for fewer than three pairs, or where one side does not vary."""
    from scipy.stats import spearmanr

    if len(pairs) < _FEWEST_DEALS or any(len(set(side)) == 1 for side in zip(*pairs, strict=True)):
        return None
    first, second = zip(*pairs, strict=True)
    return float(spearmanr(first, second).statistic)


def _courses(pool: Pool, agent: str) -> Iterator[tuple[SeatPlay, Course]]:
    for played in pool.completed_by(agent):
        prices = tuple(offer.price for offer in played.end.offers)
        fixed = len(played.play.states[0].offers)
        yield played, Course(prices, fixed, played.end.answer == ACCEPT)


def _deal_rate(pool: Pool, agent: str) -> Result:
    return share_value(((played.cluster, dealt(played.end)) for played in pool.completed_by(agent)), _NO_MATCH)


def _win_rate(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert game is not None, "the metric needs a game with deals"
    results = ((played, game.returns(played.end)) for played in pool.completed_by(agent))
    return share_value(
        (
            (played.cluster, returns[played.seat] > returns[1 - played.seat])
            for played, returns in results
            if returns[0] != returns[1]
        ),
        "in no completed match one side had more than the other",
    )


def _surplus(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert isinstance(game, Haggling), "the metric needs a negotiation of a price"
    shares = (
        (played.cluster, surplus_share(course, game.values, played.seat)) for played, course in _courses(pool, agent)
    )
    return mean_value(
        ((cluster, share) for cluster, share in shares if share is not None),
        "the agent made no deal where one can help both",
    )


def _splitting(pool: Pool, agent: str) -> Result:
    found = ((played.cluster, splits_the_difference(course)) for played, course in _courses(pool, agent))
    return share_value(
        ((cluster, split) for cluster, split in found if split is not None),
        "the agent made no deal in which both sides had made an offer",
    )


def _anchoring(pool: Pool, agent: str) -> Result:
    pairs = (
        (played.cluster, (course.prices[course.fixed], course.prices[-1]))
        for played, course in _courses(pool, agent)
        if course.dealt and len(course.prices) > course.fixed and course.fixed % 2 == played.seat
    )
    return jackknife(pairs, rank_correlation, "fewer than three deals that it opened, or all at one price or opening")


def _advised_gain(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert isinstance(game, CoachedBargaining), "the metric needs the coached bargaining"
    changes = (
        (played.cluster, game.results(played.end, played.seat)[1] - game.results(played.end, played.seat)[0])
        for played in pool.completed_by(agent)
        if played.seat == game.coached and None not in game.prices(played.end)[:2] and len(played.end.past) > 1
    )
    return mean_value(changes, "the agent made no deal both before and after advice")


def _trade_gain(pool: Pool, agent: str) -> Result:
    game = pool.game
    assert isinstance(game, SimpleNegotiation), "the metric needs the simple negotiation"
    gains = ((played.cluster, game.gain(played.end, played.seat)) for played in pool.completed_by(agent))
    return mean_value(gains, _NO_MATCH)


DEAL_RATE: Final = Metric(
    name="deal_rate",
    family=Family.SOCIAL,
    meaning="Share of negotiations that end with a deal.",
    where="completed negotiations of a price, bargainings and resource exchanges",
    needs=(_ONE_DEAL,),
    source=_ARENA,
    compute=_deal_rate,
)
WIN_RATE: Final = Metric(
    name="negotiation_win_rate",
    family=Family.STRATEGY,
    meaning="Share of negotiations in which the agent gets more than the other side.",
    where="completed negotiations of a price, bargainings and resource exchanges, with unequal results",
    needs=(_ONE_DEAL,),
    source=f"{_ARENA} (games that are decided)",
    compute=_win_rate,
)
SURPLUS: Final = Metric(
    name="surplus_share",
    family=Family.SOCIAL,
    meaning="Own part of what a deal is worth to both together; one half is the Nash solution.",
    where="deals over a good that is worth more to the buyer; below 0 or above 1 one side has dealt at a loss",
    needs=(_HAGGLING,),
    low=None,
    high=None,
    source=f"{_ARENA} (payoffs); J. Nash, The bargaining problem, 1950",
    compute=_surplus,
)
SPLITTING: Final = Metric(
    name="difference_splitting",
    family=Family.SOCIAL,
    meaning="Share of deals at the middle of both sides' first offers, fixed ones too, a half up or down.",
    where="deals in which both sides had made an offer",
    needs=(_HAGGLING,),
    source=_ARENA,
    compute=_splitting,
)
ANCHORING: Final = Metric(
    name="first_offer_effect",
    family=Family.STRATEGY,
    meaning="How closely prices follow the agent's first offer: rank correlation of both.",
    where="deals in which the agent made the first offer that was not fixed",
    needs=(_HAGGLING,),
    unit="correlation",
    low=-1.0,
    source=f"{_ARENA} (Spearman's rank correlation of first and final price)",
    compute=_anchoring,
)
ADVISED_GAIN: Final = Metric(
    name="advised_gain",
    family=Family.STRATEGY,
    meaning="How much better the price is for the agent in the game after the first advice than in the one before.",
    where="completed coached bargaining as the side that is advised, with deals in the first two games",
    needs=(_COACHED,),
    unit="money",
    low=None,
    high=None,
    source=_BALLOON,
    compute=_advised_gain,
)
TRADE_GAIN: Final = Metric(
    name="trade_gain",
    family=Family.STRATEGY,
    meaning="What the agent's resources gain in worth to it by trade.",
    where="completed simple negotiations",
    needs=(_CONTEST,),
    unit="worth",
    low=None,
    high=None,
    source=_TEXT_ARENA,
    compute=_trade_gain,
)
