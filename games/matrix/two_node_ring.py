"""The two-node ring: one player's best action follows from what a rational other must do."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from games.core import Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.matrix_game import MatrixGame, TableParams

# Rows: U, V of the thinker; columns: X, Y of the other, for whom Y is better whatever the thinker does.
_PAYOFFS: Final = (((40, 0), (5, 10)), ((0, 7), (15, 8)))
_LABELS: Final = (("U", "V"), ("X", "Y"))
DOMINANT: Final = 1
"""Index of the other's dominant action."""
BEST: Final = 1
"""Index of the thinker's best reply to it."""
THINKER: Final = 0
"""The seat whose payoff depends on what it expects."""


class TwoNodeRingParams(TableParams):
    """Parameters of the two-node ring."""

    given: bool = Field(False, description="Whether the first player is told what the other will choose.")
    scale: int = Field(1, ge=1, le=1000, description="All payoffs are multiplied by this.")

    def cells(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Payoffs as nested tuples."""
        return tuple(tuple(tuple(self.scale * value for value in cell) for cell in row) for row in _PAYOFFS)

    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Labels of each seat's actions."""
        return _LABELS


class TwoNodeRing(MatrixGame):
    """A matrix game for two in which the first seat does best to answer the second one's dominant action.

    The first seat's greatest payoff lies in the row that is worse against a rational other. What is told with `given`
    is what a rational other does; it is no rule.
    """

    Params = TwoNodeRingParams
    params: TwoNodeRingParams
    info = GameInfo(
        name="two_node_ring",
        version=1,
        title="Two-node ring",
        summary="One player has a best action whatever the other does; the other's best action follows from that.",
        family="matrix",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=False,
        solvable=True,
        tags=("matrix", "dominance", "beliefs", "one shot"),
        references=(
            "T. Kneeland, Identifying higher-order rationality, Econometrica 2015 (rings of games)",
            "C. Fan et al., Can large language models serve as rational players in game theory?, AAAI 2024 (implicit, "
            "explicit and given belief; the payoffs are a reconstruction, not checked against the paper)",
        ),
    )

    def rules_text(self, seat: Seat) -> str:
        rules = super().rules_text(seat)
        if not self.params.given or seat != THINKER:
            return rules
        return f"{rules}\nYou have good reason to believe that the other will choose {self.labels[1][DOMINANT]}."
