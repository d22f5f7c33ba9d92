"""The measures of Axelrod's tournaments, as the library Axelrod-Python 4.14 defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from arena.metrics.base import Family, Metric, Result, Undefined
from arena.metrics.dilemma import rounds_of
from arena.metrics.evidence import Pool, SeatPlay, decided_alone
from arena.metrics.intervals import jackknife, share_value
from arena.metrics.needs import PRISONERS_DILEMMA
from games.dilemmas.prisoners_dilemma import PrisonersDilemma
from games.solvers.sequences import FloatArray

# Power iteration from equal parts stops when no entry changes by more than this.
_STILL: Final = 1e-10
_MOST_STEPS: Final = 10_000
_SOURCE: Final = "Axelrod-Python 4.14 (result set)"


class Meeting(NamedTuple):
    """One match between two agents: who, how often each cooperated, and the number of rounds."""

    first: str
    second: str
    first_cooperated: int
    second_cooperated: int
    rounds: int


def meetings(pool: Pool) -> Iterator[tuple[str, Meeting]]:
    """Cluster and content of each match in which nobody's moves were made for it, matches with oneself included."""
    assert isinstance(pool.game, PrisonersDilemma), "the metric needs the prisoner's dilemma"
    for agent in pool.agents:
        for played in pool.played_by(agent):
            record, opposite = played.play.record, 1 - played.seat
            other = record.header.seats[opposite].agent
            if (agent, played.seat) < (other, opposite) and decided_alone(record, opposite):
                yield played.cluster, _meeting(pool.game, agent, other, played)


def _meeting(game: PrisonersDilemma, agent: str, other: str, played: SeatPlay) -> Meeting:
    rounds = rounds_of(game, played)
    return Meeting(agent, other, sum(rounds.own), sum(rounds.other), len(rounds.own))


def cooperation_matrix(agents: Sequence[str], matches: Iterable[Meeting]) -> FloatArray:
    """Share of cooperation of each agent (row) against each other (column); NaN where they never met."""
    place = {agent: number for number, agent in enumerate(agents)}
    cooperated, rounds = np.zeros((2, len(agents), len(agents)))
    for match in matches:
        first, second = place[match.first], place[match.second]
        cooperated[first, second] += match.first_cooperated
        cooperated[second, first] += match.second_cooperated
        rounds[first, second] += match.rounds
        rounds[second, first] += match.rounds
    return np.divide(cooperated, rounds, out=np.full_like(rounds, np.nan), where=rounds > 0)


def eigenjesus(cooperation: FloatArray) -> FloatArray:
    """Good are those who cooperate with the good: principal eigenvector of the cooperation matrix, of length 1.

    Singer-Clark, Morality metrics on iterated prisoner's dilemma players, 2014, after Aaronson.
    """
    return principal_eigenvector(cooperation)


def eigenmoses(cooperation: FloatArray) -> FloatArray:
    """Good are those who cooperate with the good and defect against the bad: as `eigenjesus`, of 2 (C - 1/2)."""
    return principal_eigenvector(2 * (cooperation - 0.5))


def principal_eigenvector(matrix: FloatArray) -> FloatArray:
    """Power iteration from equal parts, normalised to length 1; zeros where the matrix maps it to nothing.

    Raises:
        ArithmeticError: it does not settle.
    """
    vector = np.ones(len(matrix)) / np.sqrt(len(matrix))
    for _ in range(_MOST_STEPS):
        image = np.asarray(matrix @ vector, dtype=float)
        size = float(np.linalg.norm(image))
        if size == 0:
            return image
        before, vector = vector, image / size
        if np.abs(vector - before).max() < _STILL:
            return vector
    raise ArithmeticError(f"power iteration does not settle on a vector for {matrix.tolist()}")


def _cooperating(pool: Pool, agent: str) -> Result:
    """Every round counts alike."""
    rounds = (
        (cluster, turn < cooperated)
        for cluster, cooperated, _, number in _against_others(pool, agent)
        for turn in range(number)
    )
    return share_value(rounds, "the agent met no other")


def _good_partner(pool: Pool, agent: str) -> Result:
    found = ((cluster, own >= other) for cluster, own, other, _ in _against_others(pool, agent))
    return share_value(found, "the agent met no other")


def _against_others(pool: Pool, agent: str) -> Iterator[tuple[str, int, int, int]]:
    """Cluster, own and other's cooperations, and rounds of each match against another agent."""
    for cluster, match in meetings(pool):
        if match.first == match.second:
            continue
        if match.first == agent:
            yield cluster, match.first_cooperated, match.second_cooperated, match.rounds
        elif match.second == agent:
            yield cluster, match.second_cooperated, match.first_cooperated, match.rounds


def _eigen_metric(name: str, rating: Callable[[FloatArray], FloatArray], low: float, meaning: str) -> Metric:
    def compute(pool: Pool, agent: str) -> Result:
        def entry(matches: Sequence[Meeting]) -> float | None:
            cooperation = cooperation_matrix(pool.agents, matches)
            if np.isnan(cooperation).any():
                return None
            return float(rating(cooperation)[pool.agents.index(agent)])

        try:
            return jackknife(meetings(pool), entry, "not every agent met every agent, itself included")
        except ArithmeticError as error:
            return Undefined(str(error))

    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=meaning,
        where="pools in which every agent met every agent, itself included",
        needs=(PRISONERS_DILEMMA,),
        unit="entry of a vector of length 1",
        low=low,
        source=f"Singer-Clark, Morality metrics on iterated prisoner's dilemma players, 2014; {_SOURCE}",
        compute=compute,
    )


COOPERATING: Final = Metric(
    name="cooperating_rating",
    family=Family.SOCIAL,
    meaning="Share of cooperation in all rounds against others.",
    where="every round against another agent",
    needs=(PRISONERS_DILEMMA,),
    source=_SOURCE,
    compute=_cooperating,
)
GOOD_PARTNER: Final = Metric(
    name="good_partner_rating",
    family=Family.SOCIAL,
    meaning="Share of matches against others in which the agent cooperated at least as often as the other.",
    where="every match against another agent",
    needs=(PRISONERS_DILEMMA,),
    source=_SOURCE,
    compute=_good_partner,
)
EIGENJESUS: Final = _eigen_metric(
    "eigenjesus", eigenjesus, 0.0, "How much the agent cooperates with those who cooperate with the good."
)
EIGENMOSES: Final = _eigen_metric(
    "eigenmoses", eigenmoses, -1.0, "How much the agent cooperates with the good and defects against the bad."
)
