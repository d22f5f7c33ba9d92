"""Players of choices from budgets, each with a utility that it maximises."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices
from games.economic.budget_choice import BudgetState


class UtilityMaximiser(Bot):
    """Chooses the best bundle of its budget; of equally good ones, the one nearest to equal tokens."""

    plays = ("budget_choice",)

    @abstractmethod
    def utility(self, first: int, second: int) -> tuple[float, ...]:
        """How good a bundle is; where the first entries are equal, the next one decides."""

    def choose(self, request: DecisionRequest) -> str:
        state = request.information_key
        assert isinstance(state, BudgetState), "choices from budgets have perfect information"
        line = state.lines[-1]

        def worth(text: str) -> tuple[float, ...]:
            tokens = int(text)
            return (*self.utility(*line.bundle(tokens)), -abs(2 * tokens - line.tokens))

        return max(choices(request), key=worth)


class CobbDouglasParams(AgentParams):
    """Parameters of the Cobb-Douglas chooser."""

    weight: float = Field(0.5, ge=0, le=1, description="Weight of the first good: account A, or what it keeps.")


class CobbDouglas(UtilityMaximiser):
    """Maximises first ** weight * second ** (1 - weight), and so spends a fixed share of its tokens on each good.

    Cobb and Douglas, A theory of production, 1928.
    """

    Params = CobbDouglasParams
    params: CobbDouglasParams
    title: ClassVar[str] = "Spends a fixed share of its tokens on each good"

    def utility(self, first: int, second: int) -> tuple[float, ...]:
        return (first**self.params.weight * second ** (1 - self.params.weight),)


class PerfectSubstitutes(UtilityMaximiser):
    """Maximises the sum of both goods: the expected result of two accounts, or what two people get together."""

    title: ClassVar[str] = "Puts all tokens where they bring the most points"

    def utility(self, first: int, second: int) -> tuple[float, ...]:
        return (float(first + second),)


class Leontief(UtilityMaximiser):
    """Maximises the smaller good, then the sum: no risk between accounts, equal shares between people."""

    title: ClassVar[str] = "Divides tokens so that both goods are about equal"

    def utility(self, first: int, second: int) -> tuple[float, ...]:
        return float(min(first, second)), float(first + second)
