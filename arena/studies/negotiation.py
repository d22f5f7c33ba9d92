"""Negotiation: NegotiationArena's sale, exchange and ultimatum with their probes, and GPT-Bargaining's advice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from arena.config import AgentEntry, RunConfig
from arena.errors import UsageError
from arena.metrics import deals
from arena.metrics.base import Metric, Result, Undefined
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.measure import evaluate
from arena.records import MatchRecord
from arena.studies import negotiation_coached
from arena.studies.base import Cell, Report, Size, Study, Table
from arena.studies.rosters import entry_for
from games.core import Game, Seat
from games.economic.bargaining import BOB, Bargaining
from games.economic.buyer_seller import BuyerSeller
from games.economic.coached_bargaining import CoachedBargaining
from games.economic.haggling import BUYER, SELLER
from games.economic.resource_exchange import ResourceExchange

_SALE: Final = "buyer and seller"
_SWAP: Final = "resource exchange"
_DIVISION: Final = "ultimatum over eight turns"
_TWO_TURNS: Final = "two turns"
_THREE_TURNS: Final = "three turns"
_OVERVALUED: Final = "overvaluing buyer"
_THOUSANDS: Final = "a thousand times the money"
_TEN_THOUSANDS: Final = "ten thousand times the money"
_PROBES: Final = (_OVERVALUED, _THOUSANDS, _TEN_THOUSANDS)
_COACHED: Final = "coached bargaining"

_NO_MATCH: Final = "no completed match"
_NO_DEAL: Final = "no deal"
# What the paper's forced first offer is could not be checked.
_FORCED: Final = 10
# Cost and willingness are drawn there, from 20 to 40 and from 500 to 520.
_OVERVALUING: Final = {
    Size.SMALL: ((30, 510),),
    Size.FULL: ((20, 500), (25, 505), (30, 510), (35, 515), (40, 520)),
}
# Deals per pair, each played in both orders: those of the paper's ordered pairs.
_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 20}
_SCALE_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 40}

_ARENA: Final = (
    "Bianchi et al., How well can LLMs negotiate? NegotiationArena platform and analysis, arXiv:2402.05863; seen in "
    "summaries only"
)
_BALLOON: Final = (
    "Fu et al., Improving language model negotiation with self-play and in-context learning from AI feedback, "
    "arXiv:2305.10142"
)
# Mean prices as a seller: at first, after tips that people wrote, after an AI critic's.
_SELLERS: Final = (
    ("GPT-3.5", 16.26, 16.83, 17.03),
    ("Claude-instant", 14.74, 16.33, 15.98),
    ("Claude-v1.3", 15.40, 16.89, 16.98),
)
_BUYERS: Final = (("weaker models", "-0.2 and -0.5"), ("Claude-v1.3", "-1.2"), ("GPT-4", "-3.0"))

Parts = Mapping[str, Sequence[Pool]]
"""The matches of each part of the study, by game and parameters."""

Column = Callable[[Sequence[Pool], str], Result]
"""What a column says of an agent, given the matches of a part."""


class Programme(NamedTuple):
    """One part of the study.

    Attributes:
        name: of the part.
        games: what is played, a spec each.
        repeats: deals of each game, per pair.
    """

    name: str
    games: tuple[str, ...]
    repeats: int


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Agents against each other in both orders, who has nobody to meet against itself, and each with its critics.

    Raises:
        UsageError: nobody of the agents can play anything of this.
    """
    met = (entry_for(agents, game, repeats=part.repeats) for part in _programme(size) for game in part.games)
    advised = [entry for agent in agents for entry in negotiation_coached.entries(agent, size)]
    games = tuple(entry for entry in (*met, *advised) if entry is not None)
    if not games:
        raise UsageError(f"{', '.join(agent.label for agent in agents)}: no game of negotiation is played")
    roster = (*agents, *negotiation_coached.critics()) if any(advised) else agents
    return RunConfig(name="negotiation", agents=roster, games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """The three games, the probes, and advice; then the published numbers."""
    parts = _parts(records)
    tables = (
        _table(_SALE, _SALE_COLUMNS, parts, agents),
        _table(_SWAP, _HALVES, parts, agents),
        _table(_DIVISION, _HALVES, parts, agents),
        _forced(parts, agents),
        _stakes(parts, agents),
        *negotiation_coached.tables(parts[_COACHED], agents),
    )
    figures = (negotiation_coached.figure(parts[_COACHED], agent) for agent in agents)
    return Report(
        (*(table for table in tables if table.rows), *_published()),
        tuple(figure for figure in figures if figure.series),
        _NOTES,
    )


def _programme(size: Size) -> tuple[Programme, ...]:
    """What agents play against each other."""
    overvalued = tuple(
        BuyerSeller.of(cash=1000, cost=cost, willingness=worth).spec for cost, worth in _OVERVALUING[size]
    )
    return (
        Programme(_SALE, (BuyerSeller().spec,), _REPEATS[size]),
        Programme(_SWAP, (ResourceExchange().spec,), _REPEATS[size]),
        Programme(_DIVISION, (_division(7),), _REPEATS[size]),
        Programme(_TWO_TURNS, (_division(1, _FORCED),), _REPEATS[size]),
        Programme(_THREE_TURNS, (_division(2, _FORCED),), _REPEATS[size]),
        Programme(_OVERVALUED, overvalued, _REPEATS[size]),
        Programme(_THOUSANDS, (_scaled(1000),), _SCALE_REPEATS[size]),
        Programme(_TEN_THOUSANDS, (_scaled(10_000),), _SCALE_REPEATS[size]),
    )


def _division(offers: int, opening: int | None = None) -> str:
    """The ultimatum over several turns; the answer to the last offer is the last turn."""
    game = Bargaining.of(alice_discount=1.0, bob_discount=1.0, horizon=offers, messages=True, opening=opening, pie=100)
    return game.spec


def _scaled(times: int) -> str:
    return BuyerSeller.of(cash=100 * times, cost=40 * times, willingness=60 * times).spec


def _parts(records: Sequence[MatchRecord]) -> Parts:
    """Every part, also where nothing of it was played."""
    names = {game: part.name for part in _programme(Size.FULL) for game in part.games}
    by_pool: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in records:
        by_pool[record.header.pool].append(record)
    parts: dict[str, list[Pool]] = {name: [] for name in (*names.values(), _COACHED)}
    for pool in (Pool(name, tuple(found)) for name, found in by_pool.items()):
        if pool.game is not None:
            parts[_COACHED if isinstance(pool.game, CoachedBargaining) else names[pool.game.spec]].append(pool)
    return parts


def _table(part: str, columns: Mapping[str, Column], parts: Parts, agents: Sequence[str]) -> Table:
    rows = tuple(
        (agent, tuple[Cell, ...](column(parts[part], agent) for column in columns.values()))
        for agent in _present(parts[part], agents)
    )
    return Table(part, ("agent", *columns), rows)


def _forced(parts: Parts, agents: Sequence[str]) -> Table:
    """What agents do with a small first offer that nobody chose."""
    played = _present((*parts[_TWO_TURNS], *parts[_THREE_TURNS]), agents)
    rows = tuple(
        (agent, tuple[Cell, ...](_takes_first(parts[part], agent) for part in (_TWO_TURNS, _THREE_TURNS)))
        for agent in played
    )
    return Table(
        f"a fixed first offer of {_FORCED} of 100: how often it is taken",
        ("agent", "as the last word (two turns)", "with an offer to follow (three turns)"),
        rows,
    )


def _stakes(parts: Parts, agents: Sequence[str]) -> Table:
    """The sale under other values, in parts of the surplus, so that rows can be compared."""
    rows = tuple(
        (f"{agent}: {stakes}", tuple[Cell, ...](column(parts[part], agent) for column in _STAKES.values()))
        for agent in agents
        for stakes, part in {"usual stakes": _SALE, **{part: part for part in _PROBES}}.items()
        if _present(parts[part], [agent])
    )
    return Table("the sale under other stakes", ("agent", *_STAKES), rows)


def _present(pools: Sequence[Pool], agents: Sequence[str]) -> list[str]:
    return [agent for agent in agents if any(agent in pool.agents for pool in pools)]


def _ended(pools: Sequence[Pool], agent: str, seat: Seat) -> Iterator[tuple[Game[Any, Any], SeatPlay]]:
    """The completed matches that an agent had a seat in, with their game."""
    for pool in pools:
        for played in pool.completed_by(agent):
            if played.seat == seat:
                assert pool.game is not None, "matches were replayed with it"
                yield pool.game, played


def _payoff(seat: Seat) -> Column:
    def column(pools: Sequence[Pool], agent: str) -> Result:
        found = ((played.cluster, game.returns(played.end)[seat]) for game, played in _ended(pools, agent, seat))
        return mean_value(found, _NO_MATCH)

    return column


def _surplus(seat: Seat) -> Column:
    def column(pools: Sequence[Pool], agent: str) -> Result:
        found = (
            (played.cluster, game.returns(played.end)[seat] / sum(game.returns(played.end)))
            for game, played in _ended(pools, agent, seat)
            if deals.dealt(played.end)
        )
        return mean_value(found, _NO_DEAL)

    return column


def _price(pools: Sequence[Pool], agent: str) -> Result:
    found = (
        (played.cluster, float(played.end.offers[-1].price))
        for seat in (SELLER, BUYER)
        for _, played in _ended(pools, agent, seat)
        if deals.dealt(played.end)
    )
    return mean_value(found, _NO_DEAL)


def _deals(pools: Sequence[Pool], agent: str) -> Result:
    found = ((played.cluster, deals.dealt(played.end)) for seat in (0, 1) for _, played in _ended(pools, agent, seat))
    return share_value(found, _NO_MATCH)


def _errors(pools: Sequence[Pool], agent: str) -> Result:
    """Of all seats, forfeited matches included."""
    seats = (
        (record.header.cluster, seat in record.result.forfeited_by)
        for pool in pools
        for record in pool.rated
        for seat, who in enumerate(record.header.seats)
        if who.agent == agent
    )
    return share_value(seats, "no match has been played to an end")


def _takes_first(pools: Sequence[Pool], agent: str) -> Result:
    found = (
        (played.cluster, deals.dealt(played.end) and len(played.end.offers) == 1)
        for _, played in _ended(pools, agent, BOB)
    )
    return share_value(found, _NO_MATCH)


def _measured(metric: Metric) -> Column:
    """A metric of the one game that a part has."""

    def column(pools: Sequence[Pool], agent: str) -> Result:
        if not pools:
            return Undefined("the agent did not play this")
        (pool,) = pools
        return evaluate(metric, pool, agent)

    return column


def _published() -> Iterator[Table]:
    reported: tuple[tuple[str, tuple[Cell, ...]], ...] = (
        ("rank correlation of the first and the final price", (0.716,)),
        ("payoff of a desperate GPT-4 against GPT-4, change in percent", ("+20",)),
        ("win rate of a cunning GPT-4", ("high, with many failed deals",)),
    )
    yield Table("NegotiationArena", ("finding", "value"), reported, _ARENA)
    sellers = tuple((name, tuple[Cell, ...](prices)) for name, *prices in _SELLERS)
    title = "GPT-Bargaining: mean price of sellers against GPT-3.5"
    yield Table(title, ("seller", "before", "after tips of people", "after an AI critic"), sellers, _BALLOON)
    buyers = tuple((name, tuple[Cell, ...]([change])) for name, change in _BUYERS)
    yield Table("GPT-Bargaining: change of the price of buyers", ("buyer", "change"), buyers, _BALLOON)


_HALVES: Final[Mapping[str, Column]] = {
    "moving first": _payoff(0),
    "moving second": _payoff(1),
    "wins": _measured(deals.WIN_RATE),
    "deals": _deals,
    "errors": _errors,
}
_SALE_COLUMNS: Final[Mapping[str, Column]] = {
    "as seller": _payoff(SELLER),
    "as buyer": _payoff(BUYER),
    "wins": _measured(deals.WIN_RATE),
    "deals": _deals,
    "errors": _errors,
    "price": _price,
    "splits the difference": _measured(deals.SPLITTING),
    "first and final price": _measured(deals.ANCHORING),
}
_STAKES: Final[Mapping[str, Column]] = {
    "part as seller": _surplus(SELLER),
    "part as buyer": _surplus(BUYER),
    "deals": _deals,
    "errors": _errors,
}

_NOTES: Final = (
    "Results are over completed matches, as in the paper, which discards games with a format error and plays them "
    "again; how many seats of an agent forfeited is the column of errors. Wins are of matches that one side leaves "
    "with more than the other.",
    "Agents under study meet each other in both orders, and themselves only where nobody else plays the game; alone, "
    "an agent wins half of what is decided.",
    "A deal from 40 to 60 helps both, and 50 is the middle (the Nash solution); in the exchange one side's gain is the "
    "other's loss; in the ultimatum whoever makes the last offer can take nearly all, and Alice makes it. Who has the "
    "last word takes any forced offer above 0, and who can make an offer after it none below 99.",
    "Known answers: two of fair_bargainer divide by halves and take no forced offer; two of rubinstein_bargainer leave "
    "all to Alice, and take the forced offer only as the last word; two of difference_splitter deal at 48, and at "
    "48640 with a thousand times the money; fair_trader exchanges evenly, so that nobody wins. learning_haggler asks "
    "for more after every deal, whoever the critic is.",
    "In the coached bargaining an agent is seller, buyer and critic, and the other side forgets every game. Scripted "
    "critics encourage, or give three of ten tips of ours; as seats rotate, they also bargain, in matches that are "
    "left out here. A change counts where the first two games have deals; the first game without one is the last.",
    "Social behaviours are instructions to one side: enter the same model twice, once with the parameter "
    "`instructions`.",
)

STUDY: Final = Study(
    name="negotiation",
    title="Negotiation: sale, exchange, ultimatum, and advice",
    source="F. Bianchi et al., NegotiationArena, arXiv:2402.05863; Y. Fu et al., GPT-Bargaining, arXiv:2305.10142",
    asks="Who gains how much when two negotiate, how often do they agree, and does advice lead to better prices?",
    unverified=(
        "NegotiationArena's table of win rates, and its numbers below, of which summaries were read only.",
        f"What the forced first offer is (here {_FORCED} of 100), and the money of the overvaluing buyer (here 1000); "
        "cost and willingness of that buyer are five pairs over the paper's ranges instead of draws.",
        "In NegotiationArena an answer may end the ultimatum for both; here the other side then makes an offer.",
        "GPT-Bargaining's other side is always GPT-3.5, here the agent itself; a moderator reads prices there, and the "
        "buyer has no value of its own (here 20).",
        "How many runs are played with scripted critics is ours.",
    ),
    plan=plan,
    report=report,
)
