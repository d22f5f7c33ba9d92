"""The scores of GAMA-Bench's eight group games, 0 to 100, by match.

The source seats one model everywhere and scores the table; here a match is scored by what the agent does in all the
seats it has in it, which is the same where it has them all. Scores favour self-interested play, as in the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any, Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value
from arena.metrics.needs import Need, kind
from games.dilemmas.diners_dilemma import COSTLY, DinersDilemma
from games.dilemmas.el_farol import GO, ElFarol
from games.dilemmas.public_goods import PublicGoods
from games.economic.divide_the_dollar import DivideTheDollar
from games.economic.guess_two_thirds import GuessTwoThirds
from games.economic.pirates import ACCEPT, Ballot, Pirates, equilibrium_plan
from games.economic.sealed_bid_auction import SealedBidAuction
from games.tactics.battle_royale import BattleRoyale, strongest_other

# From a game and the agent's seats in one match to its score; None where they do not define one.
Score = Callable[[Any, Sequence[SeatPlay]], float | None]


_SOURCE: Final = "Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025"


def guess_score(game: GuessTwoThirds, seats: Sequence[SeatPlay]) -> float | None:
    """100 (D - S) / D with the mean guess S and the highest possible D.

    With a ratio of 1 it is 100 (1 - |2S - D| / D), and above 1 it is 100 S / D.
    """
    guesses = _acts(seats)
    if not guesses:
        return None
    mean, highest, ratio = fmean(guesses), game.params.highest, game.params.ratio
    if ratio == 1:
        return 100 * (1 - abs(2 * mean - highest) / highest)
    return 100 * (highest - mean if ratio < 1 else mean) / highest


def bar_score(game: ElFarol, seats: Sequence[SeatPlay]) -> float | None:
    """100 (R - S) / R with S the mean of |share going - r| over rounds, threshold r and R = max(r, 1 - r)."""
    if len(seats) < game.num_players:
        return None
    threshold = game.params.threshold
    gaps = [abs(finished.actions.count(GO) / game.num_players - threshold) for finished in seats[0].end.past]
    worst = max(threshold, 1 - threshold)
    return 100 * (worst - fmean(gaps)) / worst if gaps else None


def dollar_score(game: DivideTheDollar, seats: Sequence[SeatPlay]) -> float | None:
    """max(0, 100 (E - S) / E) with the equal part E and S the mean over rounds of |mean bid - E|."""
    equal = game.params.golds / game.num_players
    gaps = [abs(fmean(finished.actions[each.seat] for each in seats) - equal) for finished in seats[0].end.past]
    return max(0.0, 100 * (equal - fmean(gaps)) / equal) if gaps else None


def goods_score(game: PublicGoods, seats: Sequence[SeatPlay]) -> float | None:
    """100 (T - mean gift) / T with T tokens per round."""
    gifts = [finished.actions[each.seat] for each in seats for finished in each.end.past]
    return 100 * (game.params.endowment - fmean(gifts)) / game.params.endowment if gifts else None


def diner_score(game: DinersDilemma, seats: Sequence[SeatPlay]) -> float | None:
    """100 times the share of costly dishes."""
    dishes = _acts(seats)
    return 100 * dishes.count(COSTLY) / len(dishes) if dishes else None


def auction_score(game: SealedBidAuction, seats: Sequence[SeatPlay]) -> float | None:
    """100 times the mean of max(0, (v - b) / v) for bids b at valuations v, where 0 is treated as 1."""
    deals = [(done.values[each.seat], done.bids[each.seat]) for each in seats for done in each.end.past]
    return 100 * fmean(max(0.0, (value - bid) / (value or 1)) for value, bid in deals) if deals else None


def battle_score(game: BattleRoyale, seats: Sequence[SeatPlay]) -> float | None:
    """100 times the share of turns in which the strongest other player is shot at."""
    turns = [aimed for each in seats for aimed in _aims(game, each)]
    return 100 * fmean(turns) if turns else None


def pirate_score(game: Pirates, seats: Sequence[SeatPlay]) -> float | None:
    """50 (2G - L) / 2G + 50 V, with G pieces of gold, the plans' mean L1 distance L to equilibrium, and V as below.

    V is the share of the agent's votes that `correct_vote` calls so. Defined where the agent proposed and voted.
    """
    ballots: tuple[Ballot, ...] = seats[0].end.ballots
    own, gold = {each.seat for each in seats}, game.params.gold
    gaps = [
        sum(abs(a - b) for a, b in zip(plan, equilibrium_plan(len(plan), gold), strict=True))
        for proposer, (plan, _) in enumerate(ballots)
        if proposer in own
    ]
    votes = [
        correct_vote(ballot.plan[place], place, vote)
        for proposer, ballot in enumerate(ballots)
        for place, vote in enumerate(ballot.votes, start=1)
        if proposer + place in own
    ]
    return 50 * (2 * gold - fmean(gaps)) / (2 * gold) + 50 * fmean(votes) if gaps and votes else None


def correct_vote(offered: int, place: int, vote: str) -> bool:
    """Whether GAMA-Bench counts a vote as correct, given what is offered so many places below the proposer.

    To accept two or more, or one at an even place; to reject nothing. As in its code, every vote on an offer of one
    at an odd place counts as wrong.
    """
    if offered == 1:
        return vote == ACCEPT and place % 2 == 0
    return (vote == ACCEPT) == (offered >= 2)


def _acts(seats: Sequence[SeatPlay]) -> list[Any]:
    """What the agent did in all rounds and seats, in a game of joint rounds."""
    return [finished.actions[each.seat] for each in seats for finished in each.end.past]


def _aims(game: BattleRoyale, each: SeatPlay) -> Iterator[bool]:
    """For every turn of a seat, whether it shot at the strongest other player."""
    states = each.play.states
    for state, after in pairwise(states):
        if game.to_move(state) == (each.seat,) and after != state:
            yield after.target == strongest_other(game, state)


def _by_match(plays: Iterable[SeatPlay]) -> list[list[SeatPlay]]:
    matches: defaultdict[str, list[SeatPlay]] = defaultdict(list)
    for each in plays:
        matches[each.play.record.header.match_id].append(each)
    return list(matches.values())


def _computed(score: Score, nothing: str) -> Callable[[Pool, str], Result]:
    def compute(pool: Pool, agent: str) -> Result:
        scored = ((seats[0].cluster, score(pool.game, seats)) for seats in _by_match(pool.played_by(agent)))
        return mean_value(((cluster, value) for cluster, value in scored if value is not None), nothing)

    return compute


def _metric(name: str, need: Need, meaning: str, where: str, score: Score) -> Metric:
    return Metric(
        name=name,
        family=Family.RATIONALITY,
        meaning=meaning,
        where=where,
        needs=(need,),
        unit="points",
        high=100.0,
        source=_SOURCE,
        compute=_computed(score, f"nothing to score: it needs {where}"),
    )


_ROUNDS: Final = "matches with a finished round"

GUESS: Final = _metric(
    "gama_guess",
    kind("the game of guessing two thirds of the average", GuessTwoThirds),
    "How close the agent's guesses are to the equilibrium, which is 0 (or the highest, with a ratio above 1).",
    _ROUNDS,
    guess_score,
)
BAR: Final = _metric(
    "gama_bar",
    kind("the El Farol bar", ElFarol),
    "How close the share of players who go is to the bar's threshold.",
    "matches in which the agent has every seat, with a finished round",
    bar_score,
)
DOLLAR: Final = _metric(
    "gama_dollar",
    kind("divide the dollar", DivideTheDollar),
    "How close the agent's mean bid of each round is to an equal part.",
    _ROUNDS,
    dollar_score,
)
GOODS: Final = _metric(
    "gama_goods",
    kind("the public goods game", PublicGoods),
    "How little the agent gives; 100 is the equilibrium where the multiplier is below the number of players.",
    _ROUNDS,
    goods_score,
)
DINER: Final = _metric(
    "gama_diner",
    kind("the diner's dilemma", DinersDilemma),
    "How often the agent orders the costly dish, which is dominant.",
    _ROUNDS,
    diner_score,
)
AUCTION: Final = _metric(
    "gama_auction",
    kind("the sealed-bid auction", SealedBidAuction),
    "How far below its valuation the agent bids. A known defect: bidding 0 scores 100, equilibrium bids about 10 with "
    "ten bidders, and truthful ones 0.",
    _ROUNDS,
    auction_score,
)
BATTLE: Final = _metric(
    "gama_battle",
    kind("the battle royale", BattleRoyale),
    "How often the agent shoots at the other player with the highest hit rate.",
    "matches in which the agent has a turn",
    battle_score,
)
PIRATE: Final = _metric(
    "gama_pirate",
    kind("the pirate game", Pirates),
    "How close the agent's plans and votes are to those of backward induction.",
    "matches in which the agent proposes a plan that is voted on, and votes",
    pirate_score,
)
