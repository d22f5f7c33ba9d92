"""Players of the bargaining with alternating offers."""

from __future__ import annotations

from abc import abstractmethod
from math import ceil
from typing import ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot
from games.core import Seat
from games.economic.bargaining import ACCEPT, ALICE, REJECT, BargainingView, equilibrium_share

# Parts are whole numbers: what is owed is rounded up by the one and not missed by the other.
_ROUNDING = 1e-6


class _Bargainer(Bot):
    """Offers the other what is due to it, and accepts what is due to itself."""

    plays = ("bargaining",)

    @abstractmethod
    def due(self, view: BargainingView, seat: Seat, number: int) -> tuple[float, float]:
        """Parts of the pie from 0 to 1: to give as proposer, and to accept as responder, in this round."""

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, BargainingView), "what the bargaining tells a seat"
        if request.legal_actions is None:
            given, _ = self.due(view, request.seat, len(view.offers) + 1)
            return f"offer {min(view.pie, ceil(given * view.pie - _ROUNDING))}"
        _, least = self.due(view, request.seat, len(view.offers))
        return ACCEPT if view.offers[-1].given >= least * view.pie - _ROUNDING else REJECT


class RubinsteinBargainer(_Bargainer):
    """Plays the subgame-perfect equilibrium (Rubinstein 1982).

    Where it is not told the last round it bargains as if there were none, and where it is not told the other's
    discount factor it takes it to be its own.
    """

    title: ClassVar[str] = "Offers and accepts what backward induction says"

    def due(self, view: BargainingView, seat: Seat, number: int) -> tuple[float, float]:
        other = view.discount if view.other_discount is None else view.other_discount
        alice, bob = (view.discount, other) if seat == ALICE else (other, view.discount)
        share = equilibrium_share(number, view.horizon, alice, bob)
        responder = 1 - share if number % 2 else share
        return responder, responder


class HardParams(AgentParams):
    """Parameters of the hard bargainer."""

    given: float = Field(0.2, ge=0, le=1, description="Part of the pie that it offers.")
    wanted: float = Field(0.8, ge=0, le=1, description="Part of the pie that it accepts, before the last round.")


class HardBargainer(_Bargainer):
    """Offers little and waits for much; takes anything only in a last round that it is told of."""

    Params = HardParams
    params: HardParams
    title: ClassVar[str] = "Offers little and accepts only much until the last round"

    def due(self, view: BargainingView, seat: Seat, number: int) -> tuple[float, float]:
        return self.params.given, 0.0 if number == view.horizon else self.params.wanted


class FairParams(AgentParams):
    """Parameters of the fair bargainer."""

    wanted: float = Field(0.5, ge=0, le=1, description="Part of the pie that it accepts.")


class FairBargainer(_Bargainer):
    """Offers half, and accepts no less than what it finds fair."""

    Params = FairParams
    params: FairParams
    title: ClassVar[str] = "Offers half and accepts half"

    def due(self, view: BargainingView, seat: Seat, number: int) -> tuple[float, float]:
        return 0.5, self.params.wanted
