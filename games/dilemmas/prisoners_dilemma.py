"""The iterated prisoner's dilemma."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.matrix.framing import Framing, relabelled, unit_of
from games.matrix.matrix_game import MatrixGame
from games.transforms.noisy import Noisy
from games.transforms.repeated import HorizonParams, RepeatedGame

COOPERATE: Final = 0
DEFECT: Final = 1


class Wording(NamedTuple):
    """Words for the game that have a name: those of cooperation and defection, and a cover story."""

    labels: tuple[str, str]
    story: str = ""


_WORDINGS: Final[Mapping[str, Wording]] = {
    "plain": Wording(("cooperate", "defect")),
    "neutral": Wording(("J", "F")),
    "trade": Wording(
        ("deliver", "withhold"),
        "You are one of two merchants who have agreed to exchange goods by mail. Each of you sends a parcel without "
        "seeing the other's: you deliver what you promised, or you withhold it and send an empty box.",
    ),
}


class PrisonersDilemmaParams(HorizonParams):
    """Parameters of the iterated prisoner's dilemma."""

    temptation: float = Field(5, allow_inf_nan=False, description="Points for defecting against a cooperator.")
    reward: float = Field(3, allow_inf_nan=False, description="Points for each when both cooperate.")
    punishment: float = Field(1, allow_inf_nan=False, description="Points for each when both defect.")
    sucker: float = Field(0, allow_inf_nan=False, description="Points for cooperating with a defector.")
    noise: float = Field(0.0, ge=0, lt=1, description="Probability that a seat's other action is played instead.")
    framing: Literal["plain", "neutral", "trade"] | Framing = Field(
        "plain",
        description="Words: cooperate/defect, the letters J/F, or deliver/withhold with a story of traders; or those "
        "of matrix games, for example {'labels': 'story', 'order': 'reversed', 'story': 'shops', 'unit': 'coins'}.",
    )
    note: Literal["none", "mistakes"] = Field(
        "none", description="mistakes: seats are told that the other sometimes chooses by mistake, whether true or not."
    )

    @model_validator(mode="after")
    def _has_its_words(self) -> Self:
        if isinstance(self.framing, Framing):
            relabelled(self.framing, _WORDINGS["plain"].labels)
            unit_of(self.framing)
        return self

    @model_validator(mode="after")
    def _is_a_dilemma(self) -> Self:
        if not self.temptation > self.reward > self.punishment > self.sucker:
            raise ValueError(
                "a prisoner's dilemma needs temptation > reward > punishment > sucker, but got "
                f"{self.temptation:g}, {self.reward:g}, {self.punishment:g}, {self.sucker:g}"
            )
        return self


class DilemmaRound(NamedTuple):
    """A finished round as one seat knows it; 0 is to cooperate, 1 to defect.

    Attributes:
        actions: what was played, by seat 0 and seat 1; both know it.
        intended: what this seat had chosen itself; only it knows. Without noise it is what it played.
    """

    actions: tuple[int, ...]
    intended: int


class PrisonersDilemma(RepeatedGame):
    """Two seats cooperate or defect at the same time, round after round.

    With a fixed, announced number of rounds, defection is the only subgame-perfect play, although two cooperators
    earn more. Where `2 * reward > temptation + sucker`, taking turns at defecting does not pay; this is not required.

    Scripted players read the past off the information state, a `RepeatedView` whose past holds a `DilemmaRound` per
    finished round. Tit for tat in seat 0, for example, cooperates when `not view.past or view.past[-1].actions[1] ==
    COOPERATE`; both seats having defected in the first round is `view.past[0].actions == (1, 1)`.
    """

    Params = PrisonersDilemmaParams
    params: PrisonersDilemmaParams
    info = GameInfo(
        name="prisoners_dilemma",
        version=1,
        title="Iterated prisoner's dilemma",
        summary="Two players choose, round after round, to cooperate or to defect; defecting pays, until both do it.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        tags=("dilemma", "cooperation", "repeated"),
        references=(
            "R. Axelrod, The evolution of cooperation, 1984 (points 5, 3, 1, 0; random horizon)",
            "Axelrod-Python 4.14 (noise: each chosen action is flipped independently)",
            "E. Akata et al., Playing repeated games with large language models, Nature Human Behaviour, 2025 "
            "(ten announced rounds; options named J and F; outcomes told from the seat's own side; a note on mistakes)",
        ),
    )

    def make_stage(self) -> Game[Any, Any]:
        points = self.params
        payoffs = (
            ((points.reward, points.reward), (points.sucker, points.temptation)),
            ((points.temptation, points.sucker), (points.punishment, points.punishment)),
        )
        words = points.framing
        if isinstance(words, Framing):
            stage = MatrixGame.of(payoffs=payoffs, framing=words)
        else:
            stage = MatrixGame.of(payoffs=payoffs, actions=_WORDINGS[words].labels)
        return Noisy.of(game=stage.spec, noise=points.noise) if points.noise else stage

    def round_view(self, finished: Any, seat: Seat) -> DilemmaRound:
        if self.params.noise:
            return DilemmaRound(finished.inner.actions, finished.moves[seat][0].intended)
        return DilemmaRound(finished.actions, finished.actions[seat])

    def rules_text(self, seat: Seat) -> str:
        words = self.params.framing
        story = "" if isinstance(words, Framing) else _WORDINGS[words].story
        note = "The other player sometimes makes mistakes." if self.params.note == "mistakes" else ""
        return "\n".join(filter(None, (story, super().rules_text(seat), note)))
