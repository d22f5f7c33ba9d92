"""The answer out of messy replies: what counts, what does not, and that no reply is expensive to read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.base import AttemptOutcome, ModelCall
from agents.llm.extract import SCANNED, Extraction, extract
from agents.llm.prompts import AnswerMode

OK, EMPTY, TRUNCATED = AttemptOutcome.OK, AttemptOutcome.EMPTY, AttemptOutcome.TRUNCATED
REFUSAL, UNPARSABLE = AttemptOutcome.REFUSAL, AttemptOutcome.UNPARSABLE


def read(
    reply: str, mode: AnswerMode = AnswerMode.TEXT, finish: str | None = "stop", reasoning: str | None = None
) -> Extraction:
    call = ModelCall("m", "http", (), reply, finish_reason=finish, reasoning=reasoning)
    return extract(call, mode)


LINES = {
    "ACTION: check": "check",
    "I hold a king.\nACTION: check": "check",
    "action: check": "check",
    "Action:check": "check",
    "ACTION : check": "check",
    "ACTION: check\n\n  \n": "check",
    "  ACTION:   check  ": "check",
    "ACTION: check.": "check",
    "ACTION: 4.": "4",
    "ACTION: 2.5": "2.5",
    "ACTION: exd6 e.p.": "exd6 e.p.",
    "ACTION: I agree.": "I agree.",
    "**ACTION: check**": "check",
    "**ACTION:** check": "check",
    "**ACTION**: check": "check",
    "**ACTION:** **check**": "check",
    "ACTION: **check**": "check",
    "*ACTION: check*": "check",
    "`ACTION: check`": "check",
    "ACTION: `check`": "check",
    'ACTION: "check"': "check",
    "ACTION: 'check'": "check",
    "ACTION: \u201ccheck\u201d": "check",
    "ACTION: <check>": "check",
    "ACTION: **`check`**": "check",
    "> ACTION: check": "check",
    "- ACTION: check": "check",
    "### ACTION: check": "check",
    "```\nACTION: check\n```": "check",
    "```text\nI think.\nACTION: check\n```\n": "check",
    "ACTION\uff1a check": "check",
    "ACTION: check\r\n": "check",
    "ACTION: fold\nNo, wait.\nACTION: check": "check",
    'ACTION: She said "yes" to me': 'She said "yes" to me',
    'ACTION: "yes" and "no"': '"yes" and "no"',
    "ACTION: offer 80 | take it: it is fair": "offer 80 | take it: it is fair",
    "ACTION: (pass)": "(pass)",
    "ACTION: e8=Q": "e8=Q",
    "ACTION: O-O": "O-O",
    "ACTION: snake_case_": "snake_case_",
    "<think>ACTION: fold</think>ACTION: check": "check",
    "<think>a</think>b<think>c</think>\nACTION: check": "check",
    "the opening tag was in the prompt</think>\nACTION: check": "check",
    "<THINKING>hm</THINKING>\nACTION: check": "check",
}


@pytest.mark.parametrize(("reply", "action"), LINES.items())
def test_a_last_line_by_the_contract_is_the_action(reply, action):
    found = read(reply)
    assert (found.outcome, found.action) == (OK, action)


NO_LINE = [
    "check",
    "I check.",
    "I will check, because my action: is to check",
    "My ACTION: check",
    "ACTION check",
    "ACTION - check",
    "ACTIONS: check",
    "REACTION: check",
    "ACTION:",
    "ACTION: **",
    'ACTION: ""',
    "ACTION: check\nThat is my move.",
    "ACTION: check\n(because I hold a king)",
    "The answer is:\nACTION\n: check",
    '{"action": "check"}',
    "\\boxed{check}",
    "Final answer: **check**",
]


@pytest.mark.parametrize("reply", NO_LINE)
def test_prose_is_never_searched_for_a_move(reply):
    found = read(reply)
    assert (found.outcome, found.action) == (UNPARSABLE, "")
    assert "last line" in found.problem


@pytest.mark.parametrize("reply", ["", "  \n\t ", "```\n```", "<think>only thoughts</think>", "<think>ACTION: check"])
def test_a_reply_without_visible_text_is_empty(reply):
    found = read(reply)
    assert found.outcome is (UNPARSABLE if "`" in reply else EMPTY)
    assert found.problem


@pytest.mark.parametrize("finish", ["length", "max_tokens", "LENGTH", "oversized"])
@pytest.mark.parametrize("reply", ["", "I think that", "I think.\nACTION: 1", "ACTION:", "<think>so"])
def test_a_reply_that_was_cut_off_is_truncated(finish, reply):
    found = read(reply, finish=finish)
    assert (found.outcome, found.action) == (TRUNCATED, "")
    assert "shorter" in found.problem or "short" in found.problem


@pytest.mark.parametrize("reply", ["ACTION: 12\n", "ACTION: 12\n```"])
def test_a_finished_line_counts_even_if_the_rest_was_cut_off(reply):
    assert read(reply, finish="length").action == "12"


@pytest.mark.parametrize("finish", ["content_filter", "refusal", "SAFETY"])
@pytest.mark.parametrize("reply", ["", "I cannot do that.", "ACTION: check"])
@pytest.mark.parametrize("mode", AnswerMode)
def test_a_refusal_is_a_refusal(finish, reply, mode):
    assert read(reply, mode, finish).outcome is REFUSAL


@pytest.mark.parametrize("finish", [None, "stop", "end_turn", "tool_calls", "eos", ""])
def test_other_reasons_to_stop_mean_nothing(finish):
    assert read("ACTION: check", finish=finish).outcome is OK


def test_everything_but_the_answer_is_reasoning():
    found = read("<think>B</think>\nC\n\nACTION: check", reasoning="A")
    assert (found.action, found.reasoning) == ("check", "A\n\nB\n\nC")
    assert read("ACTION: check").reasoning is None
    assert read("just prose").reasoning == "just prose"


OBJECTS = {
    '{"action": "check"}': "check",
    'I think {so}.\n{"action": "check"}': "check",
    '```json\n{"action": "check"}\n```': "check",
    '{\n  "reasoning": "He said \\"{\\" and }",\n  "action": "check"\n}': "check",
    '{"beliefs": {"a": {"b": [1, {"c": 2}]}}, "action": "check"}': "check",
    '{"action": "fold"} no, {"action": "check"}': "check",
    '{"action": "check"} That is all.': "check",
    '{"action": 4}': "4",
    '{"action": 2.5}': "2.5",
    '{"action": " check "}': "check",
    '{"action": "say \\\\"}': "say \\",
    '{"action": "caf\\u00e9"}': "caf\u00e9",
    '<think>{"action": "fold"}</think>{"action": "check"}': "check",
    'It\'s "odd {quotes\n{"action": "check"}': "check",
}


@pytest.mark.parametrize("mode", [AnswerMode.JSON, AnswerMode.TOOL])
@pytest.mark.parametrize(("reply", "action"), OBJECTS.items())
def test_the_last_json_object_is_the_answer(mode, reply, action):
    found = read(reply, mode)
    assert (found.outcome, found.action) == (OK, action)


NO_OBJECT = [
    "check",
    "ACTION: check",
    "{}",
    '{"move": "check"}',
    '{"Action": "check"}',
    '{"action": null}',
    '{"action": ""}',
    '{"action": true}',
    '{"action": ["check"]}',
    '{"action": {"type": "check"}}',
    "{'action': 'check'}",
    '{"action": "check",}',
    '["action", "check"]',
    '"action": "check"}',
    '{"action": "check"} or {"action": "fold"',
    '{"action": NaN}',
    '{"a": ' * 70 + "1" + "}" * 70,
    '{"action": "check", "n": ' + "9" * 5000 + "x}",
]


@pytest.mark.parametrize("mode", [AnswerMode.JSON, AnswerMode.TOOL])
@pytest.mark.parametrize("reply", NO_OBJECT)
def test_anything_else_is_no_json_answer(mode, reply):
    found = read(reply, mode)
    assert (found.outcome, found.action) == (UNPARSABLE, "")
    assert found.problem


def test_json_carries_reasoning_and_beliefs():
    found = read('So.\n{"reasoning": "bluff", "beliefs": {"opponent": 0.7}, "action": "bet"}', AnswerMode.JSON)
    assert (found.reasoning, found.beliefs) == ("So.\n\nbluff", {"opponent": 0.7})
    assert read('{"action": "bet", "beliefs": "none"}', AnswerMode.JSON).beliefs is None


@pytest.mark.parametrize(
    "reply", ['{"action": "chec', '{"action": "fold"} no, {"action": "chec', '{"action": "a"} and']
)
def test_json_that_was_cut_off_is_truncated(reply):
    assert read(reply, AnswerMode.JSON, "length").outcome is TRUNCATED
    assert read('{"action": "check"}', AnswerMode.JSON, "length").action == "check"


# -- any text at all ----------------------------------------------------------------------------------------

pieces = st.sampled_from(
    ["ACTION:", "\n", "```", "**", '"', "\\", "{", "}", "[", "<think>", "</think>", "check", " ", "."]
)
messy = st.lists(pieces | st.text(max_size=5), max_size=40).map("".join)


@given(messy, st.sampled_from(AnswerMode), st.sampled_from(["stop", "length", None]), st.none() | messy)
def test_any_reply_has_a_declared_outcome_and_the_same_one_each_time(reply, mode, finish, reasoning):
    found = read(reply, mode, finish, reasoning)
    assert found == read(reply, mode, finish, reasoning)
    assert (found.outcome is OK) == bool(found.action) == (not found.problem)
    assert found.outcome in (OK, EMPTY, TRUNCATED, REFUSAL, UNPARSABLE)
    assert "\n" not in found.action or mode is not AnswerMode.TEXT


words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)


@given(messy.filter(lambda text: "think" not in text), st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_whatever_stands_before_the_last_line_does_not_matter(before, action):
    assert read(f"{before}\nACTION: {action}").action == action
    assert read(f'{before}\n{{"action": "{action}"}}', AnswerMode.JSON).action == action


HOSTILE = [
    "<think>",
    "</think>",
    "<think></think>",
    "```json\n{",
    '```json {"action"',
    "{",
    "}",
    "{}",
    '{"a":',
    '{"action": "x"}, ',
    "[",
    "]",
    '"',
    "\\",
    '\\"',
    '"{',
    '"}',
    "\n",
    " ",
    "*",
    "`",
    "> ",
    "_",
    "ACTION:",
    "ACTION: ",
    "ACTION: <",
    'ACTION: "',
    "ACTION: x\n",
    "9",
    "\u2028",
    "\u0130",
]


@pytest.mark.parametrize("mode", [AnswerMode.TEXT, AnswerMode.JSON])
@pytest.mark.parametrize("shape", HOSTILE)
@pytest.mark.parametrize("ending", ["", "}", "\nACTION: x", '{"action": "x"}'])
def test_ten_times_the_reply_costs_no_more_than_about_ten_times_the_work(mode, shape, ending):
    cheap, dear = (_seconds(shape * (size // len(shape)) + ending, mode) for size in (100_000, 1_000_000))
    assert dear < 40 * cheap + 0.05


def _seconds(reply: str, mode: AnswerMode) -> float:
    """CPU time of one extraction, the better of two."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        read(reply, mode)
        spent.append(time.process_time() - start)
    return min(spent)


def test_only_the_end_of_a_reply_is_scanned():
    start = '{"action": "x", "pad": "' + "a" * SCANNED
    assert read(start + '"}', AnswerMode.JSON).outcome is UNPARSABLE
    assert read("a" * SCANNED * 3 + "\nACTION: x").action == "x"
