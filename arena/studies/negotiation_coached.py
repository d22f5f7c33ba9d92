"""The coached part of the study of negotiation: prices and deals game by game, and what each kind of critic changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Final, NamedTuple

from arena.config import AgentEntry, GameEntry
from arena.metrics.base import Result
from arena.metrics.evidence import Play, Pool, decided_alone
from arena.metrics.intervals import mean_value, share_value
from arena.records import Outcome
from arena.studies.base import Cell, Lines, Size, Table, figure_name
from arena.studies.rosters import entry_for
from games.economic.coached_bargaining import CRITIC, CoachedBargaining

_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 200}
_CONTROL_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 50}
_SIDES: Final = ("seller", "buyer")
# The kinds of critics, and who plays them where it is not the agent itself.
_OWN: Final = "own critic"
_CONTROLS: Final = {"encouraged": "encouraging_critic", "tips": "tip_critic"}


class Coached(NamedTuple):
    """A completed match in which an agent was advised, and bargained with itself.

    Attributes:
        cluster: shared by matches that are not independent.
        side: whom the critic advised.
        critic: the kind of critic.
        prices: of its games; None without a deal.
        games: most games.
    """

    cluster: str
    side: str
    critic: str
    prices: tuple[int | None, ...]
    games: int


def critics() -> tuple[AgentEntry, ...]:
    """The scripted critics."""
    return tuple(AgentEntry(agent=bot, name=_label(bot)) for bot in _CONTROLS.values())


def entries(agent: AgentEntry, size: Size) -> Iterator[GameEntry | None]:
    """An agent in all seats, and in two with each scripted critic in the third (in turns, as seats rotate)."""
    for side in _SIDES:
        game = CoachedBargaining.of(coached=side, opponent_forgets=True).spec
        yield entry_for((agent,), game, repeats=_REPEATS[size])
        for bot in _CONTROLS.values():
            yield entry_for((agent,), game, [_label(bot)], _CONTROL_REPEATS[size])


def tables(pools: Sequence[Pool], agents: Sequence[str]) -> tuple[Table, ...]:
    """Per side the first price and the one after the first advice by kind of critic, and deals by game."""
    rows = [(agent, side, list(_coached(pools, agent, side))) for side in _SIDES for agent in agents]
    played = [(f"{agent}, as {side}", found) for agent, side, found in rows if found]
    if not played:
        return ()
    games = max(one.games for _, found in played for one in found)
    kinds = (_OWN, *_CONTROLS)
    return (
        Table(
            "coached bargaining: price before any advice, and change by the first one",
            ("agent", "before", *kinds),
            tuple((subject, (_before(found), *(_change(found, kind) for kind in kinds))) for subject, found in played),
        ),
        Table(
            "coached bargaining with the own critic: runs that reach a deal in a game",
            ("agent", *(f"game {number + 1}" for number in range(games))),
            tuple((subject, tuple[Cell, ...](_deals(found, n) for n in range(games))) for subject, found in played),
        ),
    )


def figure(pools: Sequence[Pool], agent: str) -> Lines:
    """The mean price of every game, advised as seller and as buyer."""
    series = []
    for side in _SIDES:
        runs = [one for one in _coached(pools, agent, side) if one.critic == _OWN]
        if runs:
            series.append((side, tuple(_mean_price(runs, number) for number in range(runs[0].games))))
    points = tuple(str(number + 1) for number in range(max((len(prices) for _, prices in series), default=0)))
    return Lines(figure_name("price", agent), f"{agent}: price with advice", "game", "price", points, tuple(series))


def _coached(pools: Sequence[Pool], agent: str, side: str) -> Iterator[Coached]:
    for pool in pools:
        game = pool.game
        assert isinstance(game, CoachedBargaining), "pools of the coached bargaining are asked for"
        for play in pool.plays if game.params.coached == side else ():
            kind = _kind_of_critic(play, agent)
            if kind is not None:
                prices = game.prices(play.states[-1])
                yield Coached(play.record.header.cluster, side, kind, prices, game.params.games)


def _kind_of_critic(play: Play, agent: str) -> str | None:
    """Who advised an agent that bargained with itself; None in other matches, and where somebody failed."""
    record = play.record
    seats = [seat.agent for seat in record.header.seats]
    fine = record.result.outcome is Outcome.COMPLETED and all(decided_alone(record, seat) for seat in range(len(seats)))
    if not fine or seats[:CRITIC] != [agent] * CRITIC:
        return None
    kinds = {agent: _OWN, **{_label(bot): kind for kind, bot in _CONTROLS.items()}}
    return kinds.get(seats[CRITIC])


def _before(found: Sequence[Coached]) -> Result:
    prices = ((one.cluster, float(one.prices[0])) for one in found if one.prices[0] is not None)
    return mean_value(prices, "no deal in a first game")


def _change(found: Sequence[Coached], kind: str) -> Result:
    """Of runs with deals in the first two games alone, as in the paper."""
    pairs = ((one.cluster, one.prices[:2]) for one in found if one.critic == kind and len(one.prices) > 1)
    changes = (
        (cluster, float(second - first))
        for cluster, (first, second) in pairs
        if first is not None and second is not None
    )
    return mean_value(changes, "no deals in the first two games")


def _deals(found: Sequence[Coached], number: int) -> Result:
    runs = (
        (one.cluster, len(one.prices) > number and one.prices[number] is not None)
        for one in found
        if one.critic == _OWN
    )
    return share_value(runs, "no completed match")


def _mean_price(runs: Sequence[Coached], number: int) -> float | None:
    prices = [price for one in runs if len(one.prices) > number and (price := one.prices[number]) is not None]
    return fmean(prices) if prices else None


def _label(bot: str) -> str:
    return f"{bot}, critic"
