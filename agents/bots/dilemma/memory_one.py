"""Strategies that look at the last round alone: a probability of cooperating after each of its four outcomes."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from pydantic import Field

from agents.base import AgentParams
from agents.bots.dilemma.base import Past, Strategy


class Reaction(NamedTuple):
    """Probability of cooperating in the first round and after each outcome, own move first."""

    first: float
    cc: float
    cd: float
    dc: float
    dd: float


class Reactive(Strategy):
    """Cooperates with a probability that depends on the last round alone."""

    reaction: ClassVar[Reaction]

    def cooperates(self, past: Past) -> bool:
        return past.chance(_probability(self.reaction, past))


def _probability(reaction: Reaction, past: Past) -> float:
    if not past.rounds:
        return reaction.first
    outcomes = {"CC": reaction.cc, "CD": reaction.cd, "DC": reaction.dc, "DD": reaction.dd}
    return outcomes[past.mine[-1] + past.theirs[-1]]


class WinStayLoseShift(Reactive):
    """Repeats its move after the other cooperated, changes it after the other defected; cooperates first.

    Nowak and Sigmund, A strategy of win-stay, lose-shift that outperforms tit-for-tat in the Prisoner's Dilemma
    game, 1993.
    """

    title: ClassVar[str] = "Keeps a move that paid, changes one that did not (Pavlov)"
    reaction: ClassVar[Reaction] = Reaction(1, 1, 0, 0, 1)


class WinShiftLoseStay(Reactive):
    """Changes its move after the other cooperated, repeats it after the other defected; defects first.

    Li, Hingston and Kendall, Engineering design of strategies for winning iterated prisoner's dilemma competitions,
    2011.
    """

    title: ClassVar[str] = "Changes a move that paid, keeps one that did not"
    reaction: ClassVar[Reaction] = Reaction(0, 0, 1, 1, 0)


class FirmButFair(Reactive):
    """Defects after being exploited, and cooperates two times in three after mutual defection.

    Frean, The prisoner's dilemma without synchrony, 1994.
    """

    title: ClassVar[str] = "Defects after being exploited, and makes offers of peace"
    reaction: ClassVar[Reaction] = Reaction(1, 1, 0, 1, 2 / 3)


class Joss(Reactive):
    """Tit for tat that fails to cooperate one time in ten.

    Entry to Axelrod's first tournament (1980), twelfth.
    """

    title: ClassVar[str] = "Tit for tat that defects one time in ten when it should not"
    reaction: ClassVar[Reaction] = Reaction(1, 0.9, 0, 0.9, 0)


class Grofman(Reactive):
    """Cooperates after equal moves, and with probability 2/7 after different ones.

    Entry to Axelrod's first tournament (1980), fourth.
    """

    title: ClassVar[str] = "Cooperates after equal moves, seldom after different ones"
    reaction: ClassVar[Reaction] = Reaction(1, 1, 2 / 7, 2 / 7, 1)


class Extortioner(Reactive):
    """Takes twice the other's gain over mutual defection, whatever the other does, at points 5, 3, 1, 0.

    Press and Dyson, Iterated prisoner's dilemma contains strategies that dominate any evolutionary opponent, PNAS,
    2012; as Extort-2 in Stewart and Plotkin, Extortion and cooperation in the Prisoner's Dilemma, PNAS, 2012.
    """

    title: ClassVar[str] = "Zero-determinant strategy that extorts a double share"
    reaction: ClassVar[Reaction] = Reaction(1, 8 / 9, 1 / 2, 1 / 3, 0)


class GenerousZeroDeterminant(Reactive):
    """Takes twice the other's loss against mutual cooperation upon itself, at points 5, 3, 1, 0.

    Stewart and Plotkin, Extortion and cooperation in the Prisoner's Dilemma, PNAS, 2012 (ZDGTFT-2).
    """

    title: ClassVar[str] = "Zero-determinant strategy that bears a double loss"
    reaction: ClassVar[Reaction] = Reaction(1, 1, 1 / 8, 1, 1 / 4)


class MemoryOneParams(AgentParams):
    """Parameters of a memory-one strategy, own move first."""

    first: float = Field(1, ge=0, le=1, description="Probability of cooperating in the first round.")
    cc: float = Field(1, ge=0, le=1, description="Probability of cooperating after mutual cooperation.")
    cd: float = Field(0, ge=0, le=1, description="Probability of cooperating after being defected against.")
    dc: float = Field(1, ge=0, le=1, description="Probability of cooperating after defecting against a cooperator.")
    dd: float = Field(0, ge=0, le=1, description="Probability of cooperating after mutual defection.")


class MemoryOne(Strategy):
    """Any strategy that looks at the last round alone; tit for tat unless told otherwise.

    Nowak and Sigmund, The evolution of stochastic strategies in the Prisoner's Dilemma, 1990.
    """

    Params = MemoryOneParams
    params: MemoryOneParams
    title: ClassVar[str] = "Cooperates with a probability for each outcome of the last round"

    def cooperates(self, past: Past) -> bool:
        params = self.params
        reaction = Reaction(params.first, params.cc, params.cd, params.dc, params.dd)
        return past.chance(_probability(reaction, past))
