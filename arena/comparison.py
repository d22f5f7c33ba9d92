"""Two agents against each other until it is known who is ahead: a sequential test over pairs of matches.

The pairs are judged in the order of the schedule, whatever the order in which they end, so that the verdict does not
depend on concurrency or on which matches happen to be quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from arena.ratings.results import comparisons, match_score
from arena.ratings.sequential import SCORES, EloTest, Verdict, decide, log_likelihood_ratio, pentanomial
from arena.records import MatchRecord

_MATCHES_OF_A_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a comparison stands.

    Attributes:
        verdict: what the test says.
        pairs: pairs that count: whole, in order, up to the verdict.
        counts: how many of them ended with 0, 1/2, 1, 3/2 and 2 points of the first agent.
        score: the first agent's mean score per match, 0 to 1; None before the first pair.
        ratio: generalised log-likelihood ratio; above 0 speaks for elo1.
        bounds: at or below the first elo0 is accepted, at or above the second elo1.
        void: pairs left out because a match of theirs was void.
    """

    verdict: Verdict
    pairs: int
    counts: tuple[int, ...]
    score: float | None
    ratio: float
    bounds: tuple[float, float]
    void: int


class Comparison:
    """Collects the matches of two agents in one two-seat game, each deal played from both seats.

    Args:
        first: name of the agent whose lead is tested.
        test: the two leads and the error rates.
    """

    def __init__(self, first: str, test: EloTest) -> None:
        self._first = first
        self._test = test
        self._waiting: dict[int, dict[int, float | None]] = {}
        self._next_deal = 0
        self._counts = np.zeros(len(SCORES), dtype=np.int64)
        self._void = 0
        self._verdict = Verdict.CONTINUE

    def add(self, record: MatchRecord) -> None:
        """Count one match, and judge every pair that is whole and has no gap before it, up to the verdict."""
        deal, place = divmod(record.header.index, _MATCHES_OF_A_PAIR)
        self._waiting.setdefault(deal, {})[place] = _score_of(self._first, record)
        while self._verdict is Verdict.CONTINUE and len(self._waiting.get(self._next_deal, ())) == _MATCHES_OF_A_PAIR:
            self._judge(self._waiting.pop(self._next_deal))
            self._next_deal += 1

    @property
    def decided(self) -> bool:
        """Whether the test has come to a verdict."""
        return self._verdict is not Verdict.CONTINUE

    def _judge(self, scores: dict[int, float | None]) -> None:
        one, other = scores[0], scores[1]
        if one is None or other is None:
            self._void += 1
            return
        self._counts += pentanomial([(one, other)])
        self._verdict = decide(self._counts.tolist(), self._test)

    def standing(self) -> Standing:
        """What the pairs judged so far say."""
        test, counts = self._test, tuple(self._counts.tolist())
        pairs = sum(counts)
        return Standing(
            verdict=self._verdict,
            pairs=pairs,
            counts=counts,
            score=float(self._counts @ SCORES) / pairs if pairs else None,
            ratio=log_likelihood_ratio(counts, test.elo0, test.elo1) if pairs else 0.0,
            bounds=(log(test.beta / (1 - test.alpha)), log((1 - test.beta) / test.alpha)),
            void=self._void,
        )


def _score_of(first: str, record: MatchRecord) -> float | None:
    """The first agent's score: 1, 0.5 or 0; None for a void match."""
    for comparison in comparisons(match_score(record)):
        return comparison.score if comparison.first == first else 1 - comparison.score
    return None
