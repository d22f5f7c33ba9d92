"""Players of choices from budgets."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices
from games.economic.budget_choice import BudgetState


class CobbDouglasParams(AgentParams):
    """Parameters of the Cobb-Douglas chooser."""

    weight: float = Field(0.5, ge=0, le=1, description="Weight of the first good: account A, or what it keeps.")


class CobbDouglas(Bot):
    """Maximises weight * log(first good) + (1 - weight) * log(second good): it spends fixed shares on the goods.

    Cobb and Douglas, A theory of production, 1928. Up to rounding to whole steps it is perfectly consistent.
    """

    Params = CobbDouglasParams
    params: CobbDouglasParams
    plays = ("budget_choice",)
    title: ClassVar[str] = "Spends a fixed share of its tokens on each good"

    def choose(self, request: DecisionRequest) -> str:
        texts = choices(request)
        return texts[round(self.params.weight * (len(texts) - 1))]


class PerfectSubstitutes(Bot):
    """Puts everything where a token brings more; half and half where both bring the same."""

    plays = ("budget_choice",)
    title: ClassVar[str] = "Puts all tokens where they bring the most points"

    def choose(self, request: DecisionRequest) -> str:
        state, texts = request.information_key, choices(request)
        assert isinstance(state, BudgetState), "choices from budgets have perfect information"
        line = state.lines[-1]
        if line.first == line.second:
            return texts[len(texts) // 2]
        return texts[-1 if line.first > line.second else 0]


class Leontief(Bot):
    """Makes both goods as equal as it can: no risk between accounts, equal shares between people."""

    plays = ("budget_choice",)
    title: ClassVar[str] = "Divides tokens so that both goods are equal"

    def choose(self, request: DecisionRequest) -> str:
        state, texts = request.information_key, choices(request)
        assert isinstance(state, BudgetState), "choices from budgets have perfect information"
        line = state.lines[-1]
        return texts[round((len(texts) - 1) * line.second / (line.first + line.second))]
