"""The longer entries to Axelrod's first tournament.

Axelrod, Effective choice in the prisoner's dilemma, Journal of Conflict Resolution, 1980, describes each in a few
sentences. Where they leave something open, these do what Axelrod-Python 4.14 settled on. Of the fifteen, tit for tat,
Grim (Friedman's), Shubik, Joss, Grofman and the random player stand among their relatives.
"""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

from agents.bots.dilemma.base import Past, Remembering, Strategy

# 95 % point of the chi-squared distribution with one degree of freedom.
_CHI_SQUARED_95: Final = 3.841458820694124


def looks_random(cooperations: int, defections: int) -> bool:
    """Whether a chi-squared test at 5 % finds nothing against as many cooperations as defections."""
    return (cooperations - defections) ** 2 <= _CHI_SQUARED_95 * (cooperations + defections)


class Davis(Strategy):
    """Cooperates for ten rounds, then never again once the other has defected. Came eighth."""

    title: ClassVar[str] = "Trusts for ten rounds, then holds every defection against the other for good"
    _TRUSTS: Final = 10

    def cooperates(self, past: Past) -> bool:
        return past.rounds < self._TRUSTS or "D" not in past.theirs


class Downing(Strategy):
    """Estimates how the other answers cooperation and defection, and does what pays more in the long run.

    Its first two moves are defections, and the other's first move counts as an answer to a cooperation. Came tenth.
    """

    title: ClassVar[str] = "Maximises payoff against its estimate of the other's answers"

    def cooperates(self, past: Past) -> bool:
        if past.rounds < 2:
            return False
        answers = list(zip("C" + past.mine, past.theirs, strict=False))
        after_c = answers.count(("C", "C")) / (past.mine.count("C") + 1)
        # With noise it may have defected less than twice.
        after_d = answers.count(("D", "C")) / max(past.mine.count("D"), 2)
        points = past.points
        gain = after_c * points.reward + (1 - after_c) * points.sucker
        gain -= after_d * points.temptation + (1 - after_d) * points.punishment
        return gain > 0 or (gain == 0 and past.mine[-1] == "D")


class Feld(Strategy):
    """Tit for tat whose answer to cooperation gets worse, from certain cooperation to one half in round 200.

    Came eleventh.
    """

    title: ClassVar[str] = "Tit for tat that cooperates less and less"
    _LOWEST: Final = 0.5
    _DECAY: Final = (1 - _LOWEST) / 200

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] != "D" and past.chance(max(1 - self._DECAY * past.rounds, self._LOWEST))


class Graaskamp(Strategy):
    """Tit for tat with one defection in round 51, by whose consequences it sorts the others. Came ninth.

    From round 57 on it defects for good against a player that looks random, plays tit for tat with tit for tat and
    with its own twin, and against all others defects once in 5 to 15 rounds, at an even chance for each (in
    Axelrod-Python 4.14 once in 5 to 14).

    Attributes:
        pause: rounds from one unprovoked defection to the next.
    """

    title: ClassVar[str] = "Sorts the others by a test in round 51 and probes those it cannot name"
    _TEST: Final = 50
    _VERDICT: Final = 56
    pause: ClassVar[range] = range(5, 16)

    def cooperates(self, past: Past) -> bool:
        if past.rounds < self._VERDICT:
            return past.theirs[-1:] != "D" and past.rounds != self._TEST
        if self._has_looked_random(past.theirs):
            return False
        unlike = self._unlike_since(past)
        if unlike is None:
            return past.theirs[-1] == "C"
        waited = past.rounds - max(unlike, past.mine.rfind("D"))
        if waited not in self.pause:
            return True
        return not past.chance(1 / (self.pause.stop - waited))

    def _has_looked_random(self, theirs: str) -> bool:
        defections = theirs[: self._VERDICT - 1].count("D")
        for rounds, move in enumerate(theirs[self._VERDICT - 1 :], start=self._VERDICT):
            defections += move == "D"
            if looks_random(rounds - defections, defections):
                return True
        return False

    def _unlike_since(self, past: Past) -> int | None:
        """The first decision by which the other was neither tit for tat nor its twin; None when it may be either."""
        copies = (theirs == mine for mine, theirs in zip(past.mine, past.theirs[1:], strict=False))
        equals = (theirs == mine for mine, theirs in zip(past.mine, past.theirs, strict=True))
        no_copy = next((place for place, same in enumerate(copies, start=2) if not same), None)
        no_twin = next((place for place, same in enumerate(equals, start=1) if not same), None)
        return None if no_copy is None or no_twin is None else max(no_copy, no_twin, self._VERDICT)


class NameWithheld(Strategy):
    """Cooperates with a probability between 30 % and 70 %, drawn anew every round.

    The published description says no more of its rule than that it seldom left this range. Came fourteenth.
    """

    title: ClassVar[str] = "Cooperates with a chance that wanders between 30 and 70 percent"

    def cooperates(self, past: Past) -> bool:
        rng = past.rng()
        return rng.random() < rng.uniform(0.3, 0.7)


class Nydegger(Strategy):
    """Tit for tat for three rounds, then defects after certain sequences of three outcomes. Came third.

    An outcome counts 2 for the other's defection and 1 for its own, and 16, 4 and 1 times so much for the last round,
    the one before it and the one before that.
    """

    title: ClassVar[str] = "Decides by a table of the last three rounds"
    _DEFECTS_AFTER: Final = frozenset(
        {1, 6, 7, 17, 22, 23, 26, 29, 30, 31, 33, 38, 39, 45, 49, 54, 55, 58, 61},
    )
    _WEIGHTS: Final = (1, 4, 16)

    def cooperates(self, past: Past) -> bool:
        if past.rounds < 3:
            return past.theirs[-1:] != "D" and past.theirs != "DC"
        last = zip(self._WEIGHTS, past.mine[-3:], past.theirs[-3:], strict=True)
        return sum(weight * ((mine == "D") + 2 * (theirs == "D")) for weight, mine, theirs in last) not in (
            self._DEFECTS_AFTER
        )


class SteinAndRapoport(Strategy):
    """Tit for tat after four cooperations that defects against random players and in the last two rounds.

    Every fifteen rounds it tests whether the other looks random. Came sixth.
    """

    title: ClassVar[str] = "Tit for tat that defects against random players and at the end"
    _PEACE: Final = 4
    _TESTS_EVERY: Final = 15

    def cooperates(self, past: Past) -> bool:
        if past.left <= 2:
            return False
        if past.rounds < self._PEACE:
            return True
        # The last test was made before the last round whose number is a multiple of fifteen.
        tested = past.theirs[: max((past.rounds + 1) // self._TESTS_EVERY * self._TESTS_EVERY - 1, 0)]
        if tested and looks_random(tested.count("C"), tested.count("D")):
            return False
        return past.theirs[-1] == "C"


class Account(NamedTuple):
    """What Tideman and Chieruzzi's rule keeps of the other.

    Attributes:
        runs: punishments since the last fresh start.
        owed: defections that are still to come of the present one.
        defections: the other's since the last fresh start.
        fresh: round of the last fresh start; None before the first.
    """

    runs: int = 0
    owed: int = 0
    defections: int = 0
    fresh: int | None = None


class TidemanAndChieruzzi(Remembering[Account]):
    """Tit for tat whose punishments grow by one defection each, with fresh starts. Came second.

    A fresh start is two cooperations after which all is forgotten. The other gets one when it is 10 points behind and
    has just cooperated, the last one is 20 rounds ago, 10 rounds remain, and its defections differ by three standard
    deviations from those of a fair coin. Defects in the last two rounds.
    """

    title: ClassVar[str] = "Punishes ever longer, but gives fresh starts; defects at the end"
    _BEHIND: Final = 10
    _BETWEEN: Final = 20
    _REMAIN: Final = 10

    def start(self) -> Account:
        return Account()

    def advance(self, memory: Account, past: Past) -> tuple[Account, bool]:
        if not past.rounds:
            return memory, past.left > 2
        struck = past.theirs[-1] == "D"
        memory = memory._replace(defections=memory.defections + struck)
        if memory.fresh == past.rounds:
            return memory, past.left > 2
        if not struck and self._forgives(memory, past):
            return Account(fresh=past.rounds + 1), past.left > 2
        if memory.owed:
            return memory._replace(owed=memory.owed - 1), False
        if struck:
            return memory._replace(runs=memory.runs + 1, owed=memory.runs), False
        return memory, past.left > 2

    def _forgives(self, account: Account, past: Past) -> bool:
        points, rounds = past.points, past.rounds
        lead = (points.temptation - points.sucker) * (past.mine.count("D") - past.theirs.count("D"))
        return (
            lead >= self._BEHIND
            and (account.fresh is None or rounds + 1 - account.fresh >= self._BETWEEN)
            and past.left - 1 >= self._REMAIN
            and abs(account.defections - rounds / 2) >= 3 * rounds**0.5 / 2
        )


class Tullock(Strategy):
    """Cooperates eleven times, then a tenth less often than the other did in the last ten rounds. Came thirteenth."""

    title: ClassVar[str] = "Cooperates a little less often than the other"
    _TRUSTS: Final = 11
    _MEMORY: Final = 10
    _LESS: Final = 0.1

    def cooperates(self, past: Past) -> bool:
        if past.rounds < self._TRUSTS:
            return True
        return past.chance(past.theirs[-self._MEMORY :].count("C") / self._MEMORY - self._LESS)
