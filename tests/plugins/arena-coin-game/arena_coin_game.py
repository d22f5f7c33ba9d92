"""Matching pennies, for two seats that show a coin at the same time."""

from collections.abc import Mapping

from pydantic import Field

from games.core import Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility

Shown = tuple[str, ...]  # the state: the sides shown, seat by seat; empty before they are


class CoinParams(GameParams):
    """Parameters of coin matching."""

    stake: int = Field(1, ge=1, le=100, description="What the winner takes from the loser.")


class CoinMatching(Game[Shown, str]):
    """The first seat wins when the sides match, the second when they differ."""

    Params = CoinParams
    params: CoinParams
    info = GameInfo(
        name="coin_matching",
        version=1,
        title="Coin matching",
        summary="Both players show heads or tails; one wants them equal, the other different.",
        family="matrix",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        solvable=True,
    )

    def initial_state(self) -> Shown:
        return ()

    def to_move(self, state: Shown) -> tuple[Seat, ...]:
        return () if state else (0, 1)

    def legal_actions(self, state: Shown, seat: Seat) -> tuple[str, ...]:
        return ("heads", "tails")

    def apply(self, state: Shown, actions: Mapping[Seat, str]) -> Shown:
        return (actions[0], actions[1])

    def returns(self, state: Shown) -> tuple[float, ...]:
        won = 0.0 if not state else float(self.params.stake) * (1 if state[0] == state[1] else -1)
        return (won, -won)

    def observation(self, state: Shown, seat: Seat) -> str:
        return f"The coins show {state[0]} and {state[1]}." if state else "Show a side: heads or tails."

    def rules_text(self, seat: Seat) -> str:
        return f"Two players show a coin at once. You win {self.params.stake} if the sides {('match', 'differ')[seat]}."
