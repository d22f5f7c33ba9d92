"""Players who divide points between themselves and another, and players who trust."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final, Literal

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.economic.dictator import Dictator
from games.economic.svo_slider import SvoState, divisions
from games.economic.trust import SENDER

Division = tuple[float, float]
Aim = Literal["own", "other", "sum", "equal", "ahead"]

# What an aim makes as large as it can, then what decides between divisions that are equally good for it.
_WORTH: Final[Mapping[Aim, Callable[[Division], tuple[float, float]]]] = MappingProxyType(
    {
        "own": lambda points: points,
        "other": lambda points: (points[1], points[0]),
        "sum": lambda points: (sum(points), -abs(points[0] - points[1])),
        "equal": lambda points: (-abs(points[0] - points[1]), sum(points)),
        "ahead": lambda points: (points[0] - points[1], points[0]),
    }
)


class DividerParams(AgentParams):
    """Parameters of the divider."""

    aim: Aim = Field(
        "equal",
        description="What it wants: most of its own, most for the other, the largest sum, equal parts, or to be most "
        "ahead.",
    )


class Divider(Bot):
    """Decides on divisions with one aim: equal parts are fair, most of its own is selfish.

    The aims are the ideal types of Murphy, Ackermann and Handgraaf, Measuring social value orientation, 2011.
    """

    Params = DividerParams
    params: DividerParams
    plays = ("dictator", "svo_slider")
    title: ClassVar[str] = "Divides with one aim: fair, selfish, generous, efficient or competitive"

    def choose(self, request: DecisionRequest) -> str:
        options = _divisions(request)
        worth = _WORTH[self.params.aim]
        return choices(request)[max(range(len(options)), key=lambda option: worth(options[option]))]


def _divisions(request: DecisionRequest) -> Sequence[Division]:
    """Own and the other's points, for each action in order."""
    game, state = game_of(request.game), request.information_key
    if isinstance(state, SvoState):
        return divisions(len(state.chosen))
    assert isinstance(game, Dictator), "the other game it plays"
    return [game.payoffs(int(gift)) for gift in choices(request)]


class ReciprocatorParams(AgentParams):
    """Parameters of the reciprocator."""

    sends: float = Field(1.0, ge=0, le=1, description="Part of its tokens that it sends.")
    returns: float = Field(0.5, ge=0, le=1, description="Part of what arrived that it returns.")


class Reciprocator(Bot):
    """Trusts with what it has, and shares what trust has made.

    Berg, Dickhaut and McCabe, Trust, reciprocity, and social history, 1995.
    """

    Params = ReciprocatorParams
    params: ReciprocatorParams
    plays = ("trust",)
    title: ClassVar[str] = "Sends everything and returns half of what arrives"

    def choose(self, request: DecisionRequest) -> str:
        amounts = choices(request)
        share = self.params.sends if request.seat == SENDER else self.params.returns
        return amounts[round(share * (len(amounts) - 1))]
