"""Strategies that find out what the other lets them get away with."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams
from agents.bots.dilemma.base import Past, Strategy


class Prober(Strategy):
    """Opens D, C, C; exploits for good whoever then cooperated twice, else plays tit for tat.

    Li, Hingston and Kendall, Engineering design of strategies for winning iterated prisoner's dilemma competitions,
    2011.
    """

    title: ClassVar[str] = "Opens D, C, C and exploits whoever does not strike back"
    opening: ClassVar[str] = "DCC"

    def cooperates(self, past: Past) -> bool:
        if past.rounds < len(self.opening):
            return self.opening[past.rounds] == "C"
        return past.theirs[1:3] != "CC" and past.theirs[-1] == "C"


class HardProber(Prober):
    """Opens D, D, C, C; exploits for good whoever cooperated in rounds 2 and 3, else plays tit for tat.

    Beaufils, Delahaye and Mathieu, Our meeting with gradual, 1996 (their collection of strategies).
    """

    title: ClassVar[str] = "Opens D, D, C, C and exploits whoever does not strike back"
    opening: ClassVar[str] = "DDCC"


class Detective(Strategy):
    """Opens C, D, C, C; plays tit for tat with whoever struck back by then, and exploits everybody else.

    Case, The evolution of trust, 2017.
    """

    title: ClassVar[str] = "Opens C, D, C, C and exploits whoever never strikes back"
    opening: ClassVar[str] = "CDCC"

    def cooperates(self, past: Past) -> bool:
        if past.rounds < len(self.opening):
            return self.opening[past.rounds] == "C"
        return "D" in past.theirs[:4] and past.theirs[-1] == "C"


class Handshake(Strategy):
    """Opens C, D; cooperates for good with whoever opened in the same way, and defects against everybody else.

    Robson, Efficiency in evolutionary games: Darwin, Nash and the secret handshake, 1990.
    """

    title: ClassVar[str] = "Opens C, D and cooperates only with its kind"
    opening: ClassVar[str] = "CD"

    def cooperates(self, past: Past) -> bool:
        if past.rounds < len(self.opening):
            return self.opening[past.rounds] == "C"
        return past.theirs[:2] == self.opening


class Tester(Strategy):
    """Defects first; plays tit for tat with whoever ever defects, after an apology, and alternates with the others.

    Gladstein's entry to Axelrod's second tournament (More effective choice in the prisoner's dilemma, 1980).
    """

    title: ClassVar[str] = "Defects first, apologises to whoever strikes back, exploits the others by turns"

    def cooperates(self, past: Past) -> bool:
        if not past.rounds:
            return False
        if "D" not in past.theirs:
            return past.rounds <= 2 or past.mine[-1] == "D"
        apology_is_due = past.theirs.index("D") == past.rounds - 1
        return apology_is_due or past.theirs[-1] == "C"


class ProbingParams(AgentParams):
    """Parameters of the probers by chance."""

    p: float = Field(0.1, ge=0, le=1, description="Probability of defecting where tit for tat cooperates.")


class NaiveProber(Strategy):
    """Tit for tat that now and then defects unprovoked, but not in the first round.

    Li, Hingston and Kendall, Engineering design of strategies for winning iterated prisoner's dilemma competitions,
    2011; Akata et al., Playing repeated games with large language models, Nature Human Behaviour, 2025 (p 0.1 and 0.2).
    """

    Params = ProbingParams
    params: ProbingParams
    title: ClassVar[str] = "Tit for tat that sometimes defects unprovoked"

    def cooperates(self, past: Past) -> bool:
        if not past.rounds:
            return True
        return past.theirs[-1] == "C" and past.chance(1 - self.params.p)


class RemorsefulProber(Strategy):
    """A naive prober that takes the answer to its own unprovoked defection without striking back.

    Li, Hingston and Kendall, Engineering design of strategies for winning iterated prisoner's dilemma competitions,
    2011.
    """

    Params = ProbingParams
    params: ProbingParams
    title: ClassVar[str] = "Naive prober that accepts one defection in return"

    def cooperates(self, past: Past) -> bool:
        if past.theirs[-1:] == "D":
            # Its own last move was unprovoked if the other had cooperated before it.
            return past.mine[-1] + past.theirs[-2:-1] == "DC"
        return not past.rounds or past.chance(1 - self.params.p)
