"""The three families of GLEE: their parameter grids, and what is measured of a match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from random import Random
from statistics import fmean
from typing import Any, Final, NamedTuple

from arena.metrics import alternating_offers, bargaining, persuasion
from arena.metrics.least_squares import Factor
from arena.studies.base import Size
from games.core import Game
from games.economic.bargaining import ACCEPT, ALICE, BOB, Bargaining
from games.economic.persuasion import BUY, SELLER, Persuasion
from games.economic.price_negotiation import PriceNegotiation

# GLEE's unlimited horizon is a large one that is not told; how large, could not be checked.
UNTOLD: Final = 25
# Which part of a grid the small study plays is the same for everybody.
_SAMPLE_SEED: Final = 1320
_SAMPLE: Final = 48
_MONEY: Final = ("10000", "100", "1000000")
_NO_LIMIT: Final = "no limit told"

# A configuration: the level of every factor, by name.
Levels = Mapping[str, str]


class Outcome(NamedTuple):
    """What a match came to, as GLEE measures it; None where a match does not define it.

    Attributes:
        alice: self-gain of the player who moves first: Alice, the seller.
        bob: self-gain of the other.
        efficiency: GLEE's.
        fairness: GLEE's.
    """

    alice: float | None
    bob: float | None
    efficiency: float | None
    fairness: float | None


class Family(NamedTuple):
    """One of the three kinds of games.

    Attributes:
        name: of the family.
        factors: what its configurations differ in, apart from `market`; the first level is GLEE's default.
        market: what GLEE joins into one factor for its regressions; levels likewise.
        game: the game of a configuration.
        outcome: what a match came to, given the game and its last state.
    """

    name: str
    factors: tuple[Factor, ...]
    market: tuple[Factor, ...]
    game: Callable[[Levels], Game[Any, Any]]
    outcome: Callable[[Any, Any], Outcome]

    def regressors(self) -> tuple[Factor, ...]:
        """The factors of the regression: all parameters, those of the market as one."""
        joint = tuple(", ".join(levels) for levels in product(*(factor.levels for factor in self.market)))
        return (*self.factors, Factor("market", joint))

    def levels(self, configuration: Levels) -> tuple[str, ...]:
        """The levels of the factors of the regression."""
        joint = ", ".join(configuration[factor.name] for factor in self.market)
        return (*(configuration[factor.name] for factor in self.factors), joint)

    def grid(self, size: Size) -> Iterator[Levels]:
        """The configurations that are played: all, or some in which every level is about equally frequent."""
        if size is Size.FULL:
            return self._all()
        return self._some()

    def _all(self) -> Iterator[Levels]:
        factors = (*self.factors, *self.market)
        for levels in product(*(factor.levels for factor in factors)):
            yield dict(zip((factor.name for factor in factors), levels, strict=True))

    def _some(self) -> Iterator[Levels]:
        random = Random(_SAMPLE_SEED)
        regressors = self.regressors()
        columns = [
            random.sample([factor.levels[number % len(factor.levels)] for number in range(_SAMPLE)], _SAMPLE)
            for factor in regressors
        ]
        for *own, market in dict.fromkeys(zip(*columns, strict=True)):
            named = zip((factor.name for factor in self.market), market.split(", "), strict=True)
            yield dict([*zip((factor.name for factor in self.factors), own, strict=True), *named])


def families() -> tuple[Family, ...]:
    """Bargaining, negotiation and persuasion, with the grids of GLEE: 384, 576 and 360 configurations."""
    informed = Factor("information", ("complete", "incomplete"))
    talk = Factor("talk", ("no messages", "messages"))
    discounts = ("0.9", "0.8", "0.95", "1.0")
    worths = ("1.0", "0.8", "1.2", "1.5")
    return (
        Family(
            "bargaining",
            (Factor("Alice's discount", discounts), Factor("Bob's discount", discounts), Factor("money", _MONEY)),
            (Factor("horizon", (_NO_LIMIT, "12 rounds")), informed, talk),
            _bargaining,
            _bargained,
        ),
        Family(
            "negotiation",
            (Factor("seller's value", worths), Factor("buyer's value", worths), Factor("money", _MONEY)),
            (Factor("horizon", ("1 round", "10 rounds", _NO_LIMIT)), informed, talk),
            _negotiation,
            _negotiated,
        ),
        Family(
            "persuasion",
            (
                Factor("chance of high", ("1/2", "1/3", "4/5")),
                Factor("worth of high", ("1.25", "1.2", "2.0", "3.0", "4.0")),
                Factor("money", _MONEY),
            ),
            (informed, Factor("talk", ("binary", "textual")), Factor("buyers", ("long living", "myopic"))),
            _persuasion,
            _persuaded,
        ),
    )


def _end(levels: Levels) -> tuple[int, bool]:
    """The most rounds, and whether they are told."""
    return (UNTOLD, False) if levels["horizon"] == _NO_LIMIT else (int(levels["horizon"].split()[0]), True)


def _bargaining(levels: Levels) -> Bargaining:
    horizon, told = _end(levels)
    return Bargaining.of(
        alice_discount=float(levels["Alice's discount"]),
        bob_discount=float(levels["Bob's discount"]),
        pie=int(levels["money"]),
        horizon=horizon,
        announce_horizon=told,
        complete_information=levels["information"] == "complete",
        messages=levels["talk"] == "messages",
    )


def _negotiation(levels: Levels) -> PriceNegotiation:
    horizon, told = _end(levels)
    return PriceNegotiation.of(
        seller_factor=float(levels["seller's value"]),
        buyer_factor=float(levels["buyer's value"]),
        scale=int(levels["money"]),
        horizon=horizon,
        announce_horizon=told,
        complete_information=levels["information"] == "complete",
        messages=levels["talk"] == "messages",
    )


def _persuasion(levels: Levels) -> Persuasion:
    parts = [int(part) for part in levels["chance of high"].split("/")]
    return Persuasion.of(
        prior=parts[0] / parts[1],
        value=float(levels["worth of high"]),
        price=int(levels["money"]),
        complete_information=levels["information"] == "complete",
        message_type=levels["talk"],
        buyers=levels["buyers"].replace(" ", "_"),
    )


def _bargained(game: Bargaining, end: Any) -> Outcome:
    share = game.parts(end.offers)[ALICE] / game.params.pie if end.answer == ACCEPT else None
    alice, bob = (discount ** (len(end.offers) - 1) for discount in game.discounts)
    found = alternating_offers.Agreement(share, (alice, bob))
    return Outcome(
        alternating_offers.gain(found, ALICE),
        alternating_offers.gain(found, BOB),
        alternating_offers.efficiency(found),
        alternating_offers.fairness(found),
    )


def _negotiated(game: PriceNegotiation, end: Any) -> Outcome:
    price = end.offers[-1].price if end.answer == ACCEPT else None
    found = bargaining.Deal(price, *game.values, game.params.scale)
    return Outcome(
        bargaining.self_gain(found, 0),
        bargaining.self_gain(found, 1),
        float(bargaining.efficiency(found)),
        bargaining.fairness(found),
    )


def _persuaded(game: Persuasion, end: Any) -> Outcome:
    rounds = list(zip(*end, strict=True))

    def mean(measure: Callable[[persuasion.Offering], float | None], seat: int) -> float | None:
        offerings = (
            persuasion.Offering(quality, message, answer == BUY, seat == SELLER) for quality, message, answer in rounds
        )
        values = [value for offering in offerings if (value := measure(offering)) is not None]
        return fmean(values) if values else None

    def gain(offering: persuasion.Offering) -> float:
        return persuasion.gain(offering, game.params.value)

    return Outcome(
        mean(gain, SELLER),
        mean(gain, 1 - SELLER),
        mean(persuasion.trade_of_high, SELLER),
        mean(persuasion.refusal_of_low, SELLER),
    )
