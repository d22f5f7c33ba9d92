"""Conduct in the iterated prisoner's dilemma, as played: noise is not undone.

Axelrod, The evolution of cooperation, 1984; Fudenberg, Rand and Dreber, Slow to anger and fast to forgive, 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import PRISONERS_DILEMMA
from arena.metrics.regression import pooled_slope
from games.dilemmas.prisoners_dilemma import COOPERATE, PrisonersDilemma

MemoryOne = tuple[float, float, float, float]

MEMORY_ONE: Final[Mapping[str, MemoryOne]] = MappingProxyType(
    {
        "always cooperates": (1, 1, 1, 1),
        "always defects": (0, 0, 0, 0),
        "tit for tat": (1, 0, 1, 0),
        "grim": (1, 0, 0, 0),
        "win stay, lose shift": (1, 0, 0, 1),
    }
)
"""Chance of cooperating after CC, CD, DC, DD (own move first) of well-known strategies."""

_AFTER: Final = ((True, True), (True, False), (False, True), (False, False))
_AXELROD: Final = "Axelrod, The evolution of cooperation, 1984"
_SLOW_TO_ANGER: Final = "Fudenberg, Rand and Dreber, Slow to anger and fast to forgive, 2012"
_MEMORY: Final = "Nowak and Sigmund, A strategy of win-stay, lose-shift, Nature 1993 (memory-one strategies)"


class Rounds(NamedTuple):
    """The finished rounds of a match, oldest first: whether this seat cooperated, and whether the other did."""

    own: tuple[bool, ...]
    other: tuple[bool, ...]


Observe = Callable[[Rounds], Iterable[bool]]


def rounds_of(game: PrisonersDilemma, played: SeatPlay) -> Rounds:
    """The rounds of a match from one seat's side."""
    moves = [game.round_view(finished, played.seat).actions for finished in played.end.past]
    return Rounds(
        own=tuple(actions[played.seat] == COOPERATE for actions in moves),
        other=tuple(actions[1 - played.seat] == COOPERATE for actions in moves),
    )


def rounds_by(pool: Pool, agent: str) -> Iterator[tuple[str, Rounds]]:
    """Cluster and rounds of each match of an agent, once per seat."""
    assert isinstance(pool.game, PrisonersDilemma), "the metric needs the prisoner's dilemma"
    for played in pool.played_by(agent):
        yield played.cluster, rounds_of(pool.game, played)


def cooperations(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat cooperated, round by round."""
    return rounds.own


def first_move(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat cooperated in the first round."""
    return rounds.own[:1]


def joint_cooperations(rounds: Rounds) -> Iterable[bool]:
    """Whether both cooperated, round by round."""
    return (own and other for own, other in zip(*rounds, strict=True))


def nice(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat never defected before the round after the other's first defection; one answer per match."""
    if rounds.own:
        yield all(rounds.own[: _first(rounds.other, False) + 1])


def provoked(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat defected right after it cooperated and the other defected."""
    return (not now for before, now in _transitions(rounds) if before == (True, False))


def forgiving(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat cooperated after the other did, once a defection of the other had been answered by its own."""
    answered = False
    for (_, other), now in _transitions(rounds):
        if answered and other:
            yield now
        answered = answered or not (other or now)


def lenient(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat cooperated right after the other's first defection, all before having been cooperation."""
    first = _first(rounds.other, False)
    if first + 1 < len(rounds.own) and all(rounds.own[: first + 1]):
        yield rounds.own[first + 1]


def exploiting(rounds: Rounds) -> Iterable[bool]:
    """Whether the seat defected after nothing but mutual cooperation, round by round from the second."""
    for number in range(1, len(rounds.own)):
        if not (rounds.own[number - 1] and rounds.other[number - 1]):
            return
        yield not rounds.own[number]


def after(own: bool, other: bool) -> Observe:
    """Whether the seat cooperated, in the rounds that follow one played like this."""
    return lambda rounds: (now for before, now in _transitions(rounds) if before == (own, other))


def end_game_change(rounds: Rounds) -> float | None:
    """Cooperation in the last two rounds minus that in rounds 3 to T-2; None in matches of fewer than 5 rounds."""
    middle, last = rounds.own[2:-2], rounds.own[-2:]
    return sum(last) / 2 - sum(middle) / len(middle) if middle else None


def answers(rounds: Rounds) -> list[tuple[float, float]]:
    """The other's cooperation (0 or 1) in a round, and one's own in the next."""
    return [(float(other), float(own)) for other, own in zip(rounds.other, rounds.own[1:], strict=False)]


def memory_one(matches: Iterable[Rounds]) -> MemoryOne:
    """Chance of cooperating after CC, CD, DC and DD (own move first), by Laplace's rule (hits + 1) / (n + 2)."""
    listed = list(matches)

    def chance(before: tuple[bool, bool]) -> float:
        seen = [hit for rounds in listed for hit in after(*before)(rounds)]
        return (sum(seen) + 1) / (len(seen) + 2)

    cc, cd, dc, dd = map(chance, _AFTER)
    return cc, cd, dc, dd


def nearest_strategy(vector: MemoryOne) -> str:
    """The strategy of `MEMORY_ONE` with the least Euclidean distance to a vector."""
    return min(MEMORY_ONE, key=lambda name: sum((a - b) ** 2 for a, b in zip(vector, MEMORY_ONE[name], strict=True)))


def _first(moves: Sequence[bool], wanted: bool) -> int:
    """Where a move occurs first; the number of moves when it does not."""
    return moves.index(wanted) if wanted in moves else len(moves)


def _transitions(rounds: Rounds) -> Iterator[tuple[tuple[bool, bool], bool]]:
    """Own and other's cooperation in a round, and own cooperation in the next."""
    for before, now in pairwise(zip(*rounds, strict=True)):
        yield before, now[0]


def share_of(name: str, observe: Observe, meaning: str, where: str, source: str = _AXELROD) -> Metric:
    """The metric that is the share of some observations in all matches of an agent."""

    def compute(pool: Pool, agent: str) -> Result:
        seen = ((cluster, hit) for cluster, rounds in rounds_by(pool, agent) for hit in observe(rounds))
        return share_value(seen, f"never observed: {where}")

    return Metric(
        name=name,
        family=Family.SOCIAL,
        meaning=meaning,
        where=where,
        needs=(PRISONERS_DILEMMA,),
        source=source,
        compute=compute,
    )


def _end_game(pool: Pool, agent: str) -> Result:
    changes = ((cluster, end_game_change(rounds)) for cluster, rounds in rounds_by(pool, agent))
    return mean_value(((cluster, each) for cluster, each in changes if each is not None), "no match of 5 rounds")


def _reciprocity(pool: Pool, agent: str) -> Result:
    items = ((cluster, answers(rounds)) for cluster, rounds in rounds_by(pool, agent))
    return jackknife(items, pooled_slope, "the others did not both cooperate and defect")


def _after_metric(letters: str, own: bool, other: bool) -> Metric:
    words = {True: "cooperated", False: "defected"}
    return share_of(
        f"cooperation_after_{letters}",
        after(own, other),
        f"Share of cooperation after a round in which the agent {words[own]} and the other {words[other]}.",
        f"rounds after one of {letters.upper()}",
        _MEMORY,
    )


COOPERATION: Final = share_of("cooperation_rate", cooperations, "Share of rounds with cooperation.", "every round")
FIRST_COOPERATION: Final = share_of(
    "first_cooperation", first_move, "Share of matches that begin with cooperation.", "first rounds"
)
JOINT_COOPERATION: Final = share_of(
    "joint_cooperation", joint_cooperations, "Share of rounds in which both cooperate.", "every round"
)
NICENESS: Final = share_of(
    "niceness", nice, "Share of matches in which the agent is never the first to defect.", "every match"
)
PROVOCABILITY: Final = share_of(
    "provocability",
    provoked,
    "Share of defections that are answered at once, the agent having cooperated.",
    "rounds after the agent cooperated and the other defected",
)
FORGIVENESS: Final = share_of(
    "forgiveness",
    forgiving,
    "Share of cooperation after the other cooperates again, once its defection has been answered.",
    "rounds after the other's cooperation, some earlier defection of it having been answered by one",
)
LENIENCY: Final = share_of(
    "leniency",
    lenient,
    "Share of first defections of the other that are not answered at once.",
    "rounds after the other's first defection, all before having been cooperation",
    _SLOW_TO_ANGER,
)
EXPLOITATION: Final = share_of(
    "exploitation",
    exploiting,
    "Share of defections after nothing but mutual cooperation.",
    "rounds from the second on, as long as both have always cooperated",
)
AFTER_CC: Final = _after_metric("cc", True, True)
AFTER_CD: Final = _after_metric("cd", True, False)
AFTER_DC: Final = _after_metric("dc", False, True)
AFTER_DD: Final = _after_metric("dd", False, False)
END_GAME: Final = Metric(
    name="end_game_effect",
    family=Family.SOCIAL,
    meaning="Cooperation in the last two rounds minus that in rounds 3 to T-2, match by match.",
    where="matches of 5 rounds or more",
    needs=(PRISONERS_DILEMMA,),
    low=-1.0,
    source="Selten and Stoecker, End behavior in sequences of finite prisoner's dilemma supergames, 1986",
    compute=_end_game,
)
RECIPROCITY: Final = Metric(
    name="reciprocity_slope",
    family=Family.SOCIAL,
    meaning="How much more the agent cooperates after the other's cooperation than after its defection.",
    where="rounds from the second on, over matches with both kinds",
    needs=(PRISONERS_DILEMMA,),
    low=-1.0,
    source=f"least-squares slope of own cooperation on the other's last; {_AXELROD} (reciprocity)",
    compute=_reciprocity,
)
