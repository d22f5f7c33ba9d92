"""Critics of the coached bargaining who look at nothing: what advice has to be compared with."""

from __future__ import annotations

from typing import ClassVar, Final

from agents.base import DecisionRequest
from agents.bots.bargaining import LearningHaggler
from games.economic.coached_bargaining import CoachedView

TIPS: Final = (
    "Begin further from where you want to end.",
    "Make every concession smaller than the one before.",
    "Ask for something in return whenever you give way.",
    "Give a reason with every offer.",
    "Repeat your offer calmly before you improve it.",
    "Stay friendly, however firm you are.",
    "Let the other side feel that you can do without a deal.",
    "Keep to yourself what the deal is worth to you.",
    "Take your time: whoever is in a hurry pays for it.",
    "Say what the other side gains by the deal.",
)
_ENCOURAGEMENT: Final = "Well done so far. Keep going: you can reach a better price next time."


class EncouragingCritic(LearningHaggler):
    """Says the same kind words after every game; bargains as the learning haggler does.

    Fu et al., GPT-Bargaining, arXiv 2305.10142: a control for advice (the words are our own).
    """

    title: ClassVar[str] = "As a critic encourages, whatever happened; bargains as the learning haggler"

    def advice(self, request: DecisionRequest, view: CoachedView) -> str:
        return _ENCOURAGEMENT


class TipCritic(LearningHaggler):
    """Gives three of ten general tips, drawn anew after every game; bargains as the learning haggler does.

    Fu et al., GPT-Bargaining, arXiv 2305.10142: a control for advice, tips that people wrote (these are our own).
    """

    title: ClassVar[str] = "As a critic gives tips drawn at random; bargains as the learning haggler"

    def advice(self, request: DecisionRequest, view: CoachedView) -> str:
        tips = request.rng().sample(TIPS, 3)
        return " ".join(f"{number}. {tip}" for number, tip in enumerate(tips, start=1))
