"""Tit for tat and its relatives."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, NamedTuple

from pydantic import Field

from agents.base import AgentParams
from agents.bots.dilemma.base import Past, Remembering, Strategy


class TitForTat(Strategy):
    """Cooperates first, then does what the other did last.

    Rapoport's entry, the winner of Axelrod's first tournament (1980).
    """

    title: ClassVar[str] = "Cooperates first, then copies the other's last move"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] != "D"


class TitForTwoTats(Strategy):
    """Defects only after two defections in a row.

    Axelrod, The evolution of cooperation, 1984.
    """

    title: ClassVar[str] = "Defects after two defections in a row"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-2:] != "DD"


class TwoTitsForTat(Strategy):
    """Answers every defection with two.

    Axelrod, The evolution of cooperation, 1984.
    """

    title: ClassVar[str] = "Answers each defection with two"

    def cooperates(self, past: Past) -> bool:
        return "D" not in past.theirs[-2:]


class SuspiciousTitForTat(Strategy):
    """Tit for tat that defects first.

    Boyd and Lorberbaum, No pure strategy is evolutionarily stable in the repeated prisoner's dilemma game, 1987.
    """

    title: ClassVar[str] = "Defects first, then copies the other's last move"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] == "C"


class ReverseTitForTat(Strategy):
    """Defects first, then does what the other did not do last.

    Nachbar, Evolution in the finitely repeated prisoner's dilemma, 1992, where it is called bully.
    """

    title: ClassVar[str] = "Defects first, then does the opposite of the other's last move"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] == "D"


class HardTitForTatParams(AgentParams):
    """Parameters of hard tit for tat."""

    first: Literal["cooperate", "defect"] = Field(
        "cooperate", description="Move of the first round; Akata et al. (2025) have it defect."
    )


class HardTitForTat(Strategy):
    """Defects if any of the other's last three moves was a defection.

    Axelrod-Python 4.14, which names an online collection of strategies as its source; Akata et al., Playing repeated
    games with large language models, Nature Human Behaviour, 2025.
    """

    Params = HardTitForTatParams
    params: HardTitForTatParams
    title: ClassVar[str] = "Defects after a defection in the last three rounds"

    def cooperates(self, past: Past) -> bool:
        if not past.rounds:
            return self.params.first == "cooperate"
        return "D" not in past.theirs[-3:]


class HardTitForTwoTats(Strategy):
    """Defects if the other defected twice in a row within its last three moves.

    Stewart and Plotkin, Extortion and cooperation in the Prisoner's Dilemma, PNAS, 2012.
    """

    title: ClassVar[str] = "Defects after two defections in a row in the last three rounds"

    def cooperates(self, past: Past) -> bool:
        return "DD" not in past.theirs[-3:]


class SpitefulTitForTat(Strategy):
    """Tit for tat until the other has defected twice in a row; then it defects for good.

    Beaufils, Delahaye and Mathieu, Our meeting with gradual, 1996 (their collection of strategies).
    """

    title: ClassVar[str] = "Tit for tat, but defects for good after two defections in a row"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] != "D" and "DD" not in past.theirs


class SlowTitForTat(Strategy):
    """Cooperates twice, then changes to a move when the other has made it twice in a row.

    Beaufils, Delahaye and Mathieu, Our meeting with gradual, 1996 (their collection of strategies).
    """

    title: ClassVar[str] = "Copies a move that the other made twice in a row"

    def cooperates(self, past: Past) -> bool:
        if past.rounds < 2:
            return True
        settled = past.theirs[-1] == past.theirs[-2]
        return (past.theirs if settled else past.mine)[-1] == "C"


class GenerosityParams(AgentParams):
    """Parameters of generous tit for tat."""

    generosity: float = Field(
        1 / 3, ge=0, le=1, description="Probability of cooperating although the other has just defected."
    )


class GenerousTitForTat(Strategy):
    """Tit for tat that forgives some defections.

    Nowak and Sigmund, Tit for tat in heterogeneous populations, 1992; with points 5, 3, 1, 0 the largest generosity
    that invites no exploitation is min(1 - (5 - 3)/(3 - 0), (3 - 1)/(5 - 1)) = 1/3.
    """

    Params = GenerosityParams
    params: GenerosityParams
    title: ClassVar[str] = "Tit for tat that forgives a part of the defections"

    def cooperates(self, past: Past) -> bool:
        return past.theirs[-1:] != "D" or past.chance(self.params.generosity)


class AdaptiveParams(AgentParams):
    """Parameters of adaptive tit for tat."""

    rate: float = Field(0.5, gt=0, le=1, description="How fast the picture of the other follows its moves.")


class AdaptiveTitForTat(Remembering[float]):
    """Keeps a moving average of the other's cooperation and cooperates while it is at least one half.

    Tzafestas, Toward adaptive cooperative behavior, 2000; as in Axelrod-Python 4.14 the average starts at the rate.
    """

    Params = AdaptiveParams
    params: AdaptiveParams
    title: ClassVar[str] = "Cooperates while a moving average of the other's cooperation is high"

    def start(self) -> float:
        return self.params.rate

    def advance(self, memory: float, past: Past) -> tuple[float, bool]:
        if not past.rounds:
            return memory, True
        rate = self.params.rate
        memory += rate * (1 - memory) if past.theirs[-1] == "C" else -rate * memory
        return memory, memory >= 0.5


class Doubts(NamedTuple):
    """What omega tit for tat counts: signs of mutual retaliation, and signs of a random player."""

    deadlock: int = 0
    randomness: int = 0


class OmegaTitForTat(Remembering[Doubts]):
    """Tit for tat that breaks out of mutual retaliation and gives up on random players.

    Slany and Kienreich, On some winning strategies for the iterated prisoner's dilemma, 2007.
    """

    title: ClassVar[str] = "Tit for tat that breaks deadlocks and gives up on random players"
    _MOST_DEADLOCK: Final = 3
    _MOST_RANDOMNESS: Final = 8

    def start(self) -> Doubts:
        return Doubts()

    def advance(self, memory: Doubts, past: Past) -> tuple[Doubts, bool]:
        deadlock, randomness = memory
        if past.rounds < 2:
            return memory, past.theirs[-1:] != "D"
        if deadlock >= self._MOST_DEADLOCK:
            # Two cooperations in a row end the alternation.
            return Doubts(deadlock + 1 if deadlock == self._MOST_DEADLOCK else 0, randomness), True
        changed = past.theirs[-2] != past.theirs[-1]
        randomness += changed + (past.mine[-1] != past.theirs[-1]) - (past.theirs[-2:] == "CC")
        if randomness >= self._MOST_RANDOMNESS:
            return Doubts(deadlock, randomness), False
        return Doubts(deadlock + 1 if changed else 0, randomness), past.theirs[-1] == "C"
