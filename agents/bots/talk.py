"""Players of games of words, who know no words: clues about letters, and speeches from a template."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from agents.base import DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.beliefs import IDENTITY, Question
from games.core import ActionError, Seat
from games.talk.debate import DebateView
from games.transforms import answers
from games.words.chameleon import ChameleonView
from games.words.clues import read_clue
from games.words.topics import TOPICS
from games.words.undercover import UndercoverView

_LETTER_CLUE: Final = re.compile(r"it has \d+ (letters|vowels)|it (starts|ends) with \w")


class WordGuesser(Bot):
    """Hints at the letters of its word, and votes for who hints at other letters.

    It gives clues that say nothing once most others seem to have another word, and understands only clues like its own.
    """

    plays = ("undercover",)
    title: ClassVar[str] = "Gives clues about letters and votes for who contradicts them"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, UndercoverView), "what undercover tells a seat"
        assert view.word is not None, "words are dealt before anybody decides"
        doubts = _doubts(view.word, view.clues, request)
        if request.legal_actions is not None:
            return choices(request)[list(doubts).index(_most_doubtful(doubts, request))]
        hides = 2 * sum(count > 0 for count in doubts.values()) > len(doubts)
        clues = () if hides else [clue for clue in letter_clues(view.word) if _is_allowed(clue, view.word, view.clues)]
        return clues[0] if clues else request.example_actions[0]


def letter_clues(word: str) -> tuple[str, ...]:
    """Clues about the letters of a word, from vague to telling."""
    vowels = sum(letter in "aeiou" for letter in word)
    return (
        f"it has {vowels} vowels",
        f"it has {len(word)} letters",
        f"it ends with {word[-1]}",
        f"it starts with {word[0]}",
    )


def _contradictions(word: str, clues: tuple[str, ...]) -> int:
    """Clues about letters that are wrong for a word."""
    heard = (clue.casefold() for clue in clues)
    return sum(clue not in letter_clues(word) for clue in heard if _LETTER_CLUE.fullmatch(clue))


def _doubts(word: str, clues: tuple[str, ...], request: DecisionRequest) -> dict[Seat, int]:
    """How many clues of each other seat contradict a word."""
    players = game_of(request.game).num_players
    return {seat: _contradictions(word, clues[seat::players]) for seat in range(players) if seat != request.seat}


def _is_allowed(clue: str, word: str, earlier: tuple[str, ...]) -> bool:
    try:
        read_clue(clue, word, earlier)
    except ActionError:
        return False
    return True


def _most_doubtful(doubts: dict[Seat, int], request: DecisionRequest) -> Seat:
    """The seat whose clues fit least, any of several alike."""
    most = max(doubts.values())
    return request.rng().choice([seat for seat, count in doubts.items() if count == most])


class TopicGuesser(Bot):
    """Hints at the letters of the word and votes for who contradicts them; as the chameleon, at those of a likely word.

    It knows the list of topics. As the chameleon it takes the word of the topic that the clues about letters fit best,
    any of several alike, for the word.
    """

    plays = ("chameleon",)
    title: ClassVar[str] = "Gives clues about letters, and finds the word of the topic that they fit"

    def choose(self, request: DecisionRequest) -> str:
        view = _chameleon_view(request)
        word = view.word or _likely_word(view, request)
        if view.votes:
            return word
        if request.legal_actions is not None:
            doubts = _doubts(word, view.clues, request)
            return choices(request)[list(doubts).index(_most_doubtful(doubts, request))]
        clues = [clue for clue in letter_clues(word) if _is_allowed(clue, word, view.clues)]
        return clues[0] if clues else request.example_actions[0]

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """What it is, and who contradicts the word; others are thought to see the same, and to trust themselves."""
        view = _chameleon_view(request)
        return answers.write(
            questions, tuple(answers.whole_percents(_weights(view, each, request)) for each in questions)
        )


def _chameleon_view(request: DecisionRequest) -> ChameleonView:
    view = request.information_key
    assert isinstance(view, ChameleonView), "what chameleon tells a seat"
    return view


def _likely_word(view: ChameleonView, request: DecisionRequest) -> str:
    words = TOPICS[view.topic]
    misfits = {word: _contradictions(word, view.clues) for word in words}
    return request.rng().choice([word for word in words if misfits[word] == min(misfits.values())])


def _weights(view: ChameleonView, question: Question, request: DecisionRequest) -> list[float]:
    """How likely each option of a question is, up to a factor."""
    if question.topic == IDENTITY:
        return [float(view.word is None), float(view.word is not None)]
    players = len(question.options)
    if view.word is None:
        sure = question.viewer is None
        return [float(seat == request.seat) if sure else 1.0 for seat in range(players)]
    suspect = [1.0 + 3.0 * _contradictions(view.word, view.clues[seat::players]) for seat in range(players)]
    viewer = request.seat if question.viewer is None else question.viewer
    return [0.0 if seat == viewer else weight for seat, weight in enumerate(suspect)]


class TemplateDebater(Bot):
    """Fills in a fixed speech for each phase: a yardstick that a debater should beat easily."""

    plays = ("debate",)
    title: ClassVar[str] = "Gives the same speech about every motion"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, DebateView), "what a debate tells a seat"
        phase = view.phase.partition(" ")[0]
        theirs = view.speeches[1 - request.seat :: 2]
        return _SPEECHES[view.side, phase].format(motion=view.motion, quoted=_beginning(theirs[-1]) if theirs else "")


def _beginning(speech: str) -> str:
    """The first words of a speech, as they are quoted back."""
    return " ".join(speech.split()[:12])


_SPEECHES: Final = {
    ("for", "opening"): (
        "The motion says: {motion} I support it for three reasons. First, it answers a need that many people feel "
        "every day. Second, its costs are small and can be planned, while its gains last. Third, where something like "
        "it was tried, people adapted quickly and few wished to go back."
    ),
    ("against", "opening"): (
        "The motion says: {motion} I oppose it for three reasons. First, it binds everybody to what suits only some. "
        "Second, its costs come at once and are certain, while its gains are distant guesses. Third, the same need can "
        "be met by smaller steps that are easy to take back."
    ),
    ("for", "rebuttal"): (
        'The other side told you: "{quoted}" But a cost that can be planned is no reason to stand still, and smaller '
        "steps have been tried for years without reaching those who need help most."
    ),
    ("against", "rebuttal"): (
        'The other side told you: "{quoted}" But a need that many feel does not make every answer to it right, and '
        "nothing was said about those who would lose by this one."
    ),
    ("for", "closing"): (
        "Weigh what you heard. The need is real, the costs are modest, and no other way was shown that works as well. "
        "That is why the motion should stand: {motion}"
    ),
    ("against", "closing"): (
        "Weigh what you heard. Good intentions were shown, but no proof that the gains outweigh the losses, nor that "
        "milder means fail. That is why the motion should fall: {motion}"
    ),
}
