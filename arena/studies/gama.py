"""GAMA-Bench: eight group games, each with one agent in all ten seats, scored from 0 to 100."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Final, NamedTuple

from arena.config import AgentEntry, RunConfig
from arena.metrics import gama
from arena.metrics.base import Metric, Result, Undefined, Value
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value
from arena.metrics.measure import evaluate
from arena.records import MatchRecord, Outcome
from arena.studies.base import Cell, Report, Size, Study, Table
from arena.studies.rosters import entry_for
from games.dilemmas.diners_dilemma import DinersDilemma
from games.dilemmas.el_farol import ElFarol
from games.dilemmas.public_goods import PublicGoods
from games.economic.divide_the_dollar import DivideTheDollar
from games.economic.guess_two_thirds import GuessTwoThirds
from games.economic.pirates import Pirates
from games.economic.sealed_bid_auction import SealedBidAuction
from games.registry import load
from games.tactics.battle_royale import BattleRoyale

_PLAYERS: Final = 10
_ROUNDS: Final = {Size.SMALL: 5, Size.FULL: 20}
_RUNS: Final = {Size.SMALL: 3, Size.FULL: 5}
_PAPER: Final = "the leaderboard of Huang et al., GAMA-Bench, arXiv:2403.11807 and ICLR 2025"
_OVERALL: Final = (
    ("Gemini-1.5-Pro", 69.8),
    ("GPT-4o-0806", 66.7),
    ("LLaMA-3.1-70B", 65.9),
    ("GPT-4t-0125", 62.4),
    ("Mixtral-8x22B", 62.4),
    ("LLaMA-3.1-405B", 61.8),
    ("Qwen-2-72B", 56.7),
    ("LLaMA-3.1-8B", 56.0),
    ("Gemini-1.0-Pro", 45.7),
    ("GPT-3.5-1106", 45.1),
    ("GPT-3.5-0125", 44.4),
    ("Mixtral-8x7B", 43.4),
    ("GPT-3.5-0613", 42.7),
)
_LEADER: Final = ("Gemini-1.5-Pro", 95.4, 37.2, 93.8, 100.0, 35.9, 26.9, 81.3, 87.9)


class Scored(NamedTuple):
    """A game of the benchmark, and what scores it."""

    title: str
    game: str
    metric: Metric


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Every game several times, one agent in all seats."""
    entries = (
        entry_for((agent,), one.game, repeats=_RUNS[size])
        for one in (*benchmark(size), *variants(size))
        for agent in agents
    )
    games = tuple(entry for entry in entries if entry is not None)
    return RunConfig(name="gama", agents=agents, games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """The scores of the eight games and of the variants, then the published ones."""
    pools: defaultdict[str, list[MatchRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.header.index):
        if record.result.outcome is not Outcome.VOID:
            pools[record.header.pool].append(record)
    small = {load(one.game).pool for one in (*benchmark(Size.SMALL), *variants(Size.SMALL))}
    size = Size.SMALL if set(pools) <= small else Size.FULL
    scored, further = benchmark(size), variants(size)
    titles = tuple(one.title for one in scored)
    leader, *numbers = _LEADER
    return Report(
        tables=(
            Table("scores from 0 to 100", ("agent", *titles, "overall"), _rows(scored, pools, agents, overall=True)),
            Table(
                "variants, which do not count for the overall score",
                ("agent", *(one.title for one in further)),
                _rows(further, pools, agents),
            ),
            Table("overall scores", ("model", "overall"), tuple((name, (score,)) for name, score in _OVERALL), _PAPER),
            Table("scores of the best model", ("model", *titles), ((str(leader), tuple(numbers)),), _PAPER),
        ),
        notes=_NOTES,
    )


def benchmark(size: Size) -> tuple[Scored, ...]:
    """The eight games with the parameters of the paper, in its order."""
    rounds = _ROUNDS[size]
    return (
        Scored("guess", GuessTwoThirds.of(num_players=_PLAYERS, rounds=rounds, totals_only=True).spec, gama.GUESS),
        Scored("bar", ElFarol.of(num_players=_PLAYERS, rounds=rounds).spec, gama.BAR),
        Scored("dollar", DivideTheDollar.of(num_players=_PLAYERS, rounds=rounds).spec, gama.DOLLAR),
        Scored("goods", PublicGoods.of(num_players=_PLAYERS, multiplier=2, rounds=rounds).spec, gama.GOODS),
        Scored("diner", DinersDilemma.of(num_players=_PLAYERS, rounds=rounds, totals_only=True).spec, gama.DINER),
        Scored("auction", SealedBidAuction.of(num_players=_PLAYERS, rounds=rounds).spec, gama.AUCTION),
        Scored("battle", BattleRoyale.of(num_players=_PLAYERS).spec, gama.BATTLE),
        Scored("pirate", Pirates.of(num_players=_PLAYERS).spec, gama.PIRATE),
    )


def variants(size: Size) -> tuple[Scored, ...]:
    """The second price rule, and the bar that tells how many went."""
    rounds = _ROUNDS[size]
    auction = SealedBidAuction.of(num_players=_PLAYERS, rounds=rounds, price_rule="second").spec
    bar = ElFarol.of(num_players=_PLAYERS, rounds=rounds, explicit=True, totals_only=True).spec
    return (
        Scored("auction, second price", auction, gama.AUCTION),
        Scored("bar, numbers told", bar, gama.BAR),
    )


def _rows(
    games: Sequence[Scored], pools: Mapping[str, Sequence[MatchRecord]], agents: Sequence[str], overall: bool = False
) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    rows = []
    for agent in agents:
        cells: list[Cell] = [_score(one.metric, pools.get(load(one.game).pool, ()), agent) for one in games]
        rows.append((agent, tuple([*cells, _overall(games, pools, agent)] if overall else cells)))
    return tuple(rows)


def _score(metric: Metric, records: Sequence[MatchRecord], agent: str) -> Result:
    if not records:
        return Undefined("the game was not played")
    return evaluate(metric, Pool(records[0].header.pool, tuple(records)), agent)


def _overall(games: Sequence[Scored], pools: Mapping[str, Sequence[MatchRecord]], agent: str) -> Result:
    """The mean of the games run by run: runs are independent, and the games within them too."""
    runs = zip(*(_by_run(one.metric, pools.get(load(one.game).pool, ()), agent) for one in games), strict=False)
    means = ((str(number), fmean(scores)) for number, scores in enumerate(runs))
    return mean_value(means, "not all eight games have a score")


def _by_run(metric: Metric, records: Sequence[MatchRecord], agent: str) -> Iterator[float]:
    """The score of each match that has one."""
    for record in records:
        score = _score(metric, [record], agent)
        if isinstance(score, Value):
            yield score.value


_NOTES: Final = (
    "Players who follow the equilibria that GAMA-Bench names (the agent group_equilibrium) score 100 for guess, "
    "dollar, goods, diner, battle and pirate. They score about 10 in the auction, where bidding nine tenths of a "
    "valuation is the equilibrium but low bids are rewarded, and at the bar less than 100: how many go is random.",
    "Scores reward self-interested play: all giving nothing scores 100 for goods.",
    "Under the second price rule the dominant bid is the valuation, which scores 0.",
    "The overall score is the mean of the eight games; its interval is over runs.",
)

STUDY: Final = Study(
    name="gama",
    title="GAMA-Bench: eight games of ten players",
    source="J. Huang et al., How far are we on the decision-making of LLMs? GAMA-Bench, arXiv:2403.11807; ICLR 2025",
    asks="How near does a group of ten alike come to the equilibria of eight group games?",
    unverified=(
        "Prompts are worded by this arena's rules; the paper's five paraphrases and its added instructions are not "
        "played.",
        "Valuations are drawn anew for every run; the released program draws one series.",
    ),
    plan=plan,
    report=report,
)
