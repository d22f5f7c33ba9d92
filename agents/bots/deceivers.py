"""Players of Truth and deception: a plain liar who expects lies, and a double bluffer who trusts."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices
from games.beliefs import Question
from games.talk.truth_and_deception import DECEIVER, GUESSES, TruthView
from games.transforms import answers

_CLAIM: Final = re.compile(r"\bfact ([12]) is (?:the )?true\b", re.IGNORECASE)
_QUESTIONS: Final = ("Which of the two is true?", "Are you sure? Say it once more.")
_CREDULITY: Final = 0.75


class PlainLiar(Bot):
    """As the deceiver it calls the false fact true; as the guesser it takes what it is told for a lie.

    It hears only claims of the form `fact 1 is true`, and guesses at random when there is none.
    """

    plays = ("truth_and_deception",)
    title: ClassVar[str] = "Claims the false fact, and expects to be lied to"
    trusts: ClassVar[bool] = False

    def choose(self, request: DecisionRequest) -> str:
        view = _view(request)
        if request.seat == DECEIVER:
            claimed = GUESSES.index(view.true) if self.trusts else 1 - GUESSES.index(view.true)
            return f"Believe me: {GUESSES[claimed]} is true."
        if request.legal_actions is None:
            return _QUESTIONS[len(view.messages) // 2 % len(_QUESTIONS)]
        return self._believed(view) or request.rng().choice(choices(request))

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """What the claims heard or made come to, as it takes them itself."""
        taken = self._believed(_view(request))
        weights = [0.5 if taken is None else _CREDULITY if guess == taken else 1 - _CREDULITY for guess in GUESSES]
        return answers.write(questions, tuple(answers.whole_percents(weights) for _ in questions))

    def _believed(self, view: TruthView) -> str | None:
        """The fact that the deceiver's latest claim makes it take for true; None without a claim."""
        claims = [claim for message in view.messages[::2] for claim in _CLAIM.findall(message)]
        if not claims:
            return None
        claimed = int(claims[-1]) - 1
        return GUESSES[claimed if self.trusts else 1 - claimed]


class DoubleBluffer(PlainLiar):
    """As the deceiver it tells the truth, since a lie is expected; as the guesser it believes what it is told."""

    title: ClassVar[str] = "Claims the true fact, and believes what it is told"
    trusts = True


def _view(request: DecisionRequest) -> TruthView:
    view = request.information_key
    assert isinstance(view, TruthView), "what truth and deception tells a seat"
    return view
