"""Aversion to having less, by the offers that a player rejects in the ultimatum game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from arena.metrics.bargaining import envy_of_rejections
from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool
from arena.metrics.intervals import jackknife
from arena.metrics.needs import kind
from games.economic.ultimatum import RESPONDER, Ultimatum

_HALF: Final = 0.5
_ULTIMATUM: Final = kind("the ultimatum game", Ultimatum)


class Answer(NamedTuple):
    """A share of the pie that was offered, and whether it was accepted."""

    share: float
    accepted: bool


def threshold(answers: Sequence[Answer]) -> float | None:
    """The share from which on offers are accepted, with the fewest answers that do not fit.

    Halfway between two offered shares, and the least of equally good ones. None unless some offers were accepted and
    some rejected, or where no threshold fits better than accepting or rejecting everything.
    """
    shares = sorted({answer.share for answer in answers})

    def misfits(least: float) -> int:
        return sum(answer.accepted != (answer.share >= least) for answer in answers)

    rejected = sum(not answer.accepted for answer in answers)
    cuts = [(low + high) / 2 for low, high in pairwise(shares)]
    best = min(cuts, key=misfits, default=None)
    if best is None or misfits(best) >= min(rejected, len(answers) - rejected):
        return None
    return best


def envy(answers: Sequence[Answer]) -> float | None:
    """Fehr and Schmidt's alpha at the threshold; None without one, or where it is one half or more."""
    least = threshold(answers)
    return None if least is None or least >= _HALF else envy_of_rejections(least)


def _answers(pool: Pool, agent: str) -> Iterator[tuple[str, Answer]]:
    """Cluster and answer of each match of an agent as responder."""
    assert isinstance(pool.game, Ultimatum), "the metric needs the ultimatum game"
    for played in pool.played_by(agent):
        if played.seat == RESPONDER and played.end.answer is not None:
            yield played.cluster, Answer(played.end.offer / pool.game.params.pie, played.end.answer == "accept")


def _envy(pool: Pool, agent: str) -> Result:
    return jackknife(
        _answers(pool, agent), envy, "the agent's answers show no share below one half from which on it accepts"
    )


ENVY: Final = Metric(
    name="envy_alpha",
    family=Family.SOCIAL,
    meaning="Aversion to having less (Fehr and Schmidt's alpha): s / (1 - 2 s), where s is the least acceptable share.",
    where="answers as responder; s is halfway between the offers that best part rejected from accepted ones",
    needs=(_ULTIMATUM,),
    unit="alpha",
    high=None,
    source="Fehr and Schmidt, A theory of fairness, competition, and cooperation, 1999",
    compute=_envy,
)
