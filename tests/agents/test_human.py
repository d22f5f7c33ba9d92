"""A person at the terminal."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from agents.human import Human, PersonLeft, TerminalReader
from agents.llm.prompts import AnswerMode, messages_for
from agents.plain_text import plain_text
from tests.agents.asking import Book, Exchange, Texts, asked


class Typed:
    """Lines that a person types."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.prompts: list[str] = []

    async def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


def person(*lines: str) -> tuple[Human, io.StringIO]:
    screen = io.StringIO()
    console = Console(file=screen, width=80, force_terminal=True, color_system="truecolor")
    return Human(reader=Typed(*lines), console=console), screen


async def test_the_line_that_is_typed_is_the_action():
    human, _ = person("", "  check ")
    assert (await human.decide(asked())).action == "check"
    assert not human.scripted


async def test_a_person_reads_what_a_model_reads():
    human, screen = person("5")
    request = asked(attempt=2, feedback="not legal", rejected="9")
    await human.decide(request)
    question = messages_for(request, AnswerMode.TEXT, show_legal_actions=True)[-1].content
    assert question in screen.getvalue()


async def test_the_rules_come_first_and_whenever_they_are_asked_for():
    texts = Texts(rules="The rules.")
    human, screen = person("4")
    await human.decide(asked(texts))
    assert screen.getvalue().count("The rules.") == 1
    human, screen = person("?", "?", "4")
    await human.decide(asked(Texts(rules="The rules.", past=(Exchange("a", "b"),))))
    assert screen.getvalue().count("The rules.") == 2


@pytest.mark.parametrize("lines", [(), ("quit",), (" QUIT ",), ("?",)])
async def test_leaving_is_no_answer(lines):
    book = Book()
    human, _ = person(*lines)
    with pytest.raises(PersonLeft):
        await human.decide(asked(journal=book))
    assert book.kept == {}


async def test_an_answer_is_kept_and_not_asked_for_again():
    book = Book()
    human, _ = person("5")
    first = await human.decide(asked(journal=book))
    again = await human.decide(asked(journal=book))
    assert first == again
    assert list(book.kept.values()) == ["5"]


async def test_questions_come_one_at_a_time():
    open_questions, most = 0, 0

    async def slowly(prompt: str) -> str:
        nonlocal open_questions, most
        open_questions += 1
        most = max(most, open_questions)
        await asyncio.sleep(0.01)
        open_questions -= 1
        return "4"

    human = Human(reader=slowly, console=Console(file=io.StringIO()))
    await asyncio.gather(*(human.decide(asked(turn=turn)) for turn in range(5)))
    assert most == 1


HOSTILE = "[bold red]shout[/] \x1b[2J\x1b]0;title\x07 \x9b31m a\rb \u202egnp.exe\u202c :smile: \ud800 \u2028 tab\tx"


async def test_words_of_others_are_shown_as_they_are_and_control_nothing():
    human, screen = person("4")
    await human.decide(asked(Texts(seen=HOSTILE)))
    shown = screen.getvalue()
    assert "[bold red]shout[/]" in shown
    assert ":smile:" in shown
    assert "<U+202E>gnp.exe<U+202C>" in shown
    assert not {"\r", "\x07", "\x9b", "\u202e"} & set(shown)
    assert shown.count("\x1b") == shown.count("\x1b[2m") + shown.count("\x1b[0m")


async def test_what_a_person_types_can_be_stored():
    human, _ = person("caf\u00e9 \x1b[A\udcff")
    action = (await human.decide(asked())).action
    assert action == "caf\u00e9 <U+001B>[A<U+DCFF>"
    assert action.encode()


@given(st.text())
def test_plain_text_is_printable_and_stable(text):
    shown = plain_text(text)
    assert plain_text(shown) == shown
    assert all(mark.isprintable() or mark in "\n\t\u200c\u200d" or unicodedata.category(mark) == "Zs" for mark in shown)


# -- the terminal itself --------------------------------------------------------------------------------------


class Keyboard(io.StringIO):
    """Standard input whose lines come when the test lets them."""

    def __init__(self, *lines: str) -> None:
        super().__init__()
        self.lines = list(lines)
        self.ready = threading.Semaphore(0)
        self.taken = threading.Event()

    def readline(self, size: int = -1) -> str:
        self.ready.acquire()
        self.taken.set()
        return self.lines.pop(0) if self.lines else ""


async def test_the_terminal_is_read_line_by_line_to_its_end(monkeypatch):
    keyboard = Keyboard("one\n", "two\n")
    monkeypatch.setattr(sys, "stdin", keyboard)
    reader = TerminalReader()
    for expected in ("one", "two"):
        keyboard.ready.release()
        assert await reader("> ") == expected
    keyboard.ready.release()
    with pytest.raises(EOFError):
        await reader("> ")


async def test_a_line_typed_after_the_time_was_up_is_dropped(monkeypatch):
    keyboard = Keyboard("late\n", "in time\n")
    monkeypatch.setattr(sys, "stdin", keyboard)
    reader = TerminalReader()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await reader("> ")
    keyboard.ready.release()
    await asyncio.to_thread(keyboard.taken.wait)
    await asyncio.sleep(0.05)
    keyboard.ready.release()
    assert await reader("> ") == "in time"


async def test_a_question_after_the_time_was_up_gets_the_next_line(monkeypatch):
    keyboard = Keyboard("typed after the second question\n")
    monkeypatch.setattr(sys, "stdin", keyboard)
    reader = TerminalReader()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await reader("> ")
    second = asyncio.create_task(reader("> "))
    await asyncio.sleep(0.05)
    keyboard.ready.release()
    assert await second == "typed after the second question"
