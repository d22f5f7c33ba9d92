"""Stated beliefs as text: `card of player 2: J 20%, Q 80%`, one such part per question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from games.beliefs import Question
from games.core import Ambiguous, Illegal, Unparsable
from games.parsing import quoted

# Per question, the whole percents of its options; they sum to 100 but for rounding.
Answer = tuple[tuple[int, ...], ...]

LONGEST: Final = 2000
# How far each percent may be off by rounding: three thirds are written as 33% each.
_ROUNDING: Final = 0.5
_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]{1,6})?"
_END: Final = r"(?=\s*(?:[,;]|and\b|$))"
_GAP: Final = re.compile(r"\s*(?:,|and\b)?\s*")


def label(question: Question) -> str:
    """What an answer to the question begins with."""
    name = question.topic.replace("_", " ")
    return name if question.viewer is None else f"{name} as player {question.viewer + 1} sees it"


def write(questions: Sequence[Question], answer: Answer) -> str:
    """The canonical text of an answer: every question in order, options of 0 left out."""
    return "; ".join(
        f"{label(question)}: {_shares(question, percents)}"
        for question, percents in zip(questions, answer, strict=True)
    )


def read(questions: Sequence[Question], text: str) -> Answer:
    """The answer that a text states.

    Parts may come in any order, in lines of their own or after semicolons; the label may be left out where there is
    one question. Options that are not named have 0, a single option without a number has 100. Percents are rounded to
    whole ones; their sum may differ from 100 by half a percent per option, as thirds do that are rounded one by one.

    Raises:
        Unparsable: the text is no such list, or a question is not answered.
        Illegal: percents do not sum to 100.
        Ambiguous: a question is answered twice, or an option has two numbers.
    """
    if len(text) > LONGEST:
        raise Unparsable(f"an answer has at most {LONGEST} characters; {_expected(questions)}")
    given: dict[int, tuple[int, ...]] = {}
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        number, rest = _addressed(questions, part)
        if number in given:
            raise Ambiguous(f"{label(questions[number])!r} is answered twice; {_expected(questions)}")
        given[number] = _percents(questions, number, rest)
    left = [label(question) for number, question in enumerate(questions) if number not in given]
    if left:
        raise Unparsable(f"no answer to {left[0]!r}; {_expected(questions)}")
    return tuple(given[number] for number in range(len(questions)))


def uniform(questions: Sequence[Question]) -> Answer:
    """The same for every option."""
    return tuple(whole_percents([1.0] * len(question.options)) for question in questions)


def certain(questions: Sequence[Question], option: int) -> Answer:
    """All on the option with this index; negative ones count from the last."""
    return tuple(
        tuple(100 * (index == option % len(question.options)) for index in range(len(question.options)))
        for question in questions
    )


def whole_percents(weights: Sequence[float]) -> tuple[int, ...]:
    """Weights as whole percents, each rounded by itself so that equal ones stay equal."""
    total = sum(weights)
    return tuple(round(100 * weight / total) for weight in weights)


def distribution(percents: Sequence[int]) -> tuple[float, ...]:
    """The probabilities that whole percents stand for; they sum to 1."""
    total = sum(percents)
    return tuple(percent / total for percent in percents)


def _shares(question: Question, percents: Sequence[int]) -> str:
    named = zip(question.options, percents, strict=True)
    return ", ".join(f"{option} {percent}%" for option, percent in named if percent)


def _expected(questions: Sequence[Question]) -> str:
    return f"expected for example: {write(questions, uniform(questions))}"


def _addressed(questions: Sequence[Question], part: str) -> tuple[int, str]:
    """The question that a part answers, and the rest of the part."""
    for number, question in enumerate(questions):
        found = re.match(rf"{_words(label(question))}\s*:", part, re.IGNORECASE)
        if found:
            return number, part[found.end() :].strip()
    if len(questions) == 1:
        return 0, part
    raise Unparsable(f"{quoted(part)} does not begin with the name of a question; {_expected(questions)}")


def _percents(questions: Sequence[Question], number: int, text: str) -> tuple[int, ...]:
    question = questions[number]
    percents: dict[int, int] = {}
    for option, percent in _items(questions, number, text):
        if option in percents:
            raise Ambiguous(f"{question.options[option]!r} has two shares in {quoted(text)}; {_expected(questions)}")
        percents[option] = percent
    total = sum(percents.values())
    if abs(total - 100) > _ROUNDING * len(question.options):
        raise Illegal(f"the percentages in {quoted(text)} sum to {total}, not to 100; {_expected(questions)}")
    return tuple(percents.get(option, 0) for option in range(len(question.options)))


def _items(questions: Sequence[Question], number: int, text: str) -> Iterator[tuple[int, int]]:
    """Index and percent of each option that a text names; a lone option without a number has 100."""
    options = questions[number].options
    pattern = _item(options)
    known = {" ".join(option.lower().split()): index for index, option in enumerate(options)}
    at = 0
    while at < len(text):
        found = pattern.match(text, at)
        alone = found is not None and at == 0 and found.end() == len(text)
        if found is None or (found["share"] is None and not alone):
            problem = f"{quoted(text[at:])} is not an option with its percentage"
            raise Unparsable(f"{problem}; options are {', '.join(options)}; {_expected(questions)}")
        yield known[" ".join(found["option"].lower().split())], round(float(found["share"] or 100))
        at = found.end()
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at


def _item(options: Sequence[str]) -> re.Pattern[str]:
    """One option, longer names tried first, and what follows it."""
    names = "|".join(_words(option) for option in sorted(options, key=len, reverse=True))
    return re.compile(
        rf"(?P<option>{names})(?!\w)(?:\s*[:=]?\s*(?P<share>{_NUMBER})\s*(?:%|percent)?)?\.?{_END}", re.IGNORECASE
    )


def _words(name: str) -> str:
    """A pattern for a name with any space between its words."""
    return r"\s+".join(map(re.escape, name.split()))
