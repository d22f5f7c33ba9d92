"""Orders of rationality in the ring game: rational, sure that others are, sure that others are sure, and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.needs import kind
from games.matrix.ring_game import RingGame
from games.matrix.rings import POSITIONS

Pair = tuple[int, int]
"""Actions of one position in the first and in the second ring."""

_MOST_DEVIATIONS: Final = 1
_RING: Final = kind("the ring game", RingGame)
_WHERE: Final = "deals in which the agent has had all four seats; its eight choices are one observation"
_NOTHING: Final = "the agent has not had all four seats of a deal"
_KNEELAND: Final = "Kneeland, Identifying higher-order rationality, 2015"


def order_of(choices: Sequence[Pair], predicted: Sequence[Pair]) -> int:
    """The order of rationality, from 0 to 4, whose predictions are nearest to the choices of positions 1 to 4.

    Order k plays as predicted in the last k positions, and the same in both rings in all others (the exclusion
    restriction: it cannot respond to what only higher orders see). One deviation is allowed, the lower order is taken
    where two are equally near, and further away there is no order: 0.
    """
    misses = {order: _deviations(choices, predicted, order) for order in range(1, POSITIONS + 1)}
    nearest = min(misses, key=lambda order: (misses[order], order))
    return nearest if misses[nearest] <= _MOST_DEVIATIONS else 0


def _deviations(choices: Sequence[Pair], predicted: Sequence[Pair], order: int) -> int:
    """How many choices must change to be those of an order."""
    free = POSITIONS - order
    unequal = sum(first != second for first, second in choices[:free])
    wrong = sum(
        chosen != right
        for pair, expected in zip(choices[free:], predicted[free:], strict=True)
        for chosen, right in zip(pair, expected, strict=True)
    )
    return unequal + wrong


def orders(pool: Pool, agent: str) -> Iterator[tuple[str, int]]:
    """Cluster and order of each complete set of eight choices of an agent, all of one deal."""
    assert isinstance(pool.game, RingGame), "the metric needs the ring game"
    first, second = pool.game.rational
    predicted = list(zip(first, second, strict=True))
    made: defaultdict[str, list[list[Pair]]] = defaultdict(lambda: [[] for _ in range(POSITIONS)])
    for played in pool.played_by(agent):
        if not pool.game.to_move(played.end):
            one, other = played.end.chosen
            made[played.cluster][played.seat].append((one[played.seat], other[played.seat]))
    for cluster, by_seat in made.items():
        for choices in zip(*by_seat, strict=False):
            yield cluster, order_of(choices, predicted)


def _mean_order(pool: Pool, agent: str) -> Result:
    return mean_value(orders(pool, agent), _NOTHING)


def _share(least: int) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        return share_value(((cluster, order >= least) for cluster, order in orders(pool, agent)), _NOTHING)

    return Metric(
        name=f"ring_order_{least}_share",
        family=Family.STRATEGY,
        meaning=f"Share of sets of choices of order {least} or above.",
        where=_WHERE,
        needs=(_RING,),
        source=_KNEELAND,
        compute=compute,
    )


MEAN_ORDER: Final = Metric(
    name="ring_order",
    family=Family.STRATEGY,
    meaning="Mean order of rationality: 1 is rational, 2 expects others to be, up to 4; 0 fits none.",
    where=_WHERE,
    needs=(_RING,),
    unit="orders",
    high=float(POSITIONS),
    source=_KNEELAND,
    compute=_mean_order,
)
ORDER_1: Final = _share(1)
ORDER_2: Final = _share(2)
ORDER_3: Final = _share(3)
ORDER_4: Final = _share(4)
