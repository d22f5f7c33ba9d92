"""Strategies that decide on how often the other has cooperated."""

from __future__ import annotations

from typing import ClassVar, Final

from agents.bots.dilemma.base import Past, Strategy


class SoftMajority(Strategy):
    """Cooperates while the other has cooperated at least as often as it has defected.

    Axelrod, The evolution of cooperation, 1984 (go by majority).
    """

    title: ClassVar[str] = "Cooperates unless the other has mostly defected"

    def cooperates(self, past: Past) -> bool:
        return past.theirs.count("C") >= past.theirs.count("D")


class HardMajority(Strategy):
    """Cooperates only while the other has cooperated more often than it has defected; defects first.

    Mittal and Deb, Optimal strategies of the iterated prisoner's dilemma problem for multiple conflicting objectives,
    2009.
    """

    title: ClassVar[str] = "Defects unless the other has mostly cooperated"

    def cooperates(self, past: Past) -> bool:
        return past.theirs.count("C") > past.theirs.count("D")


class Eatherley(Strategy):
    """Answers a defection with one as often as the other has defected so far.

    Entry to Axelrod's second tournament (More effective choice in the prisoner's dilemma, 1980).
    """

    title: ClassVar[str] = "Strikes back as often as the other has defected"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] != "D" or past.chance(past.theirs.count("C") / past.rounds)


class Champion(Strategy):
    """Cooperates ten times, plays tit for tat for fifteen rounds, then strikes back only at frequent defectors.

    Entry to Axelrod's second tournament (More effective choice in the prisoner's dilemma, 1980), second.
    """

    title: ClassVar[str] = "Trusts for ten rounds and strikes back later only at frequent defectors"
    _TRUSTS: Final = 10
    _COPIES: Final = 25
    _FREQUENT: Final = 0.4

    def cooperates(self, past: Past) -> bool:
        if past.rounds < self._TRUSTS or past.theirs[-1] == "C":
            return True
        if past.rounds < self._COPIES:
            return False
        defected = past.theirs.count("D") / past.rounds
        return defected < self._FREQUENT or past.chance(1 - defected)
