"""Extraction: the answer out of a model's reply, by contract. Whether it is legal is for the game to say.

The contract is strict: in text mode only the last line counts, and prose is never searched for something that happens
to be a move. Tolerated, because it changes no meaning: case of the label, Markdown emphasis, backticks, quotes or angle
brackets around the line or the action, quote and list marks before it, a code fence after it, and one full stop after
an action of one word. Every scan is linear in the reply, and only its last 64 Ki characters are scanned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from agents.base import AttemptOutcome, ModelCall
from agents.llm.clients.base import OVERSIZED
from agents.llm.prompts import ACTION_LABEL, AnswerMode

SCANNED: Final = 1 << 16
DEEPEST: Final = 64

_REFUSED: Final = frozenset({"content_filter", "refusal", "safety", "prohibited_content"})
_CUT: Final = frozenset({"length", "max_tokens", "model_context_window_exceeded", OVERSIZED})
_THINK: Final = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_FENCE: Final = re.compile(r"[`*_~\s]*")
_EMPHASIS: Final = "*_`"
_BEFORE_LABEL: Final = f"{_EMPHASIS}>#- \t"
_COLONS: Final = (":", "\uff1a")
_PAIRS: Final = {**dict(zip("*_`\"'", "*_`\"'", strict=True)), "<": ">", "\u201c": "\u201d", "\u2018": "\u2019"}
_JSON_MARKS: Final = re.compile(r'["{}\[\]]')

_TRUNCATED: Final = "Your answer was cut off before its end; think less and keep the answer short."
_REFUSAL: Final = "You declined to answer; this is a game, and a decision is needed to go on."
_EMPTY: Final = "Your answer was empty."
_NO_LINE: Final = f"The last line of your answer must be `{ACTION_LABEL}: ` followed by your action."
_NO_OBJECT: Final = 'Your answer must end with one JSON object with the field "action".'
_NO_TOOL: Final = "You must answer by calling the tool `act` with your action."


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reply says.

    Attributes:
        outcome: `OK`, or why the reply holds no action: empty, truncated, refusal, unparsable.
        action: the text of the action; empty when there is none.
        problem: what to tell the model when there is none.
        reasoning: everything in the reply that is not the answer; None when there is nothing.
        beliefs: what the model stated as its beliefs (JSON mode); None when it stated none.
    """

    outcome: AttemptOutcome
    action: str = ""
    problem: str = ""
    reasoning: str | None = None
    beliefs: Mapping[str, Any] | None = None


def extract(call: ModelCall, mode: AnswerMode) -> Extraction:
    """The answer in a reply: a function of the stored call alone, so that a replayed call gives the same answer."""
    visible, thoughts = split_thoughts(call.reply)
    apart = [text for text in (call.reasoning or "", thoughts) if text]
    found = _answer(visible, mode, (call.finish_reason or "").lower())
    parts = [*apart, (found.reasoning or "").strip()]
    return replace(found, reasoning="\n\n".join(part for part in parts if part) or None)


def split_thoughts(reply: str) -> tuple[str, str]:
    """The visible text and the thoughts between think tags.

    Everything after a tag that is never closed is thought, and so is everything before a tag that closes what was
    never opened (chat templates may open it inside the prompt).
    """
    parts: dict[bool, list[str]] = {False: [], True: []}
    inside, start = False, 0
    for tag in _THINK.finditer(reply):
        closing = bool(tag[1])
        if closing and not inside:
            parts[True] += parts[False]
            parts[False] = []
        parts[inside or closing].append(reply[start : tag.start()])
        inside, start = not closing, tag.end()
    parts[inside].append(reply[start:])
    return "".join(parts[False]), "".join(parts[True]).strip()


def _answer(visible: str, mode: AnswerMode, finish: str) -> Extraction:
    """The answer in the visible text; what is not answer in it is returned as reasoning."""
    if finish in _REFUSED:
        return Extraction(AttemptOutcome.REFUSAL, problem=_REFUSAL, reasoning=visible)
    cut = finish in _CUT
    found = (_from_line if mode is AnswerMode.TEXT else _from_json)(visible[-SCANNED:], cut)
    if found is not None:
        return replace(found, reasoning=f"{visible[:-SCANNED]}{found.reasoning or ''}")
    if cut:
        return Extraction(AttemptOutcome.TRUNCATED, problem=_TRUNCATED, reasoning=visible)
    if not visible.strip():
        return Extraction(AttemptOutcome.EMPTY, problem=_EMPTY)
    problem = {AnswerMode.TEXT: _NO_LINE, AnswerMode.JSON: _NO_OBJECT, AnswerMode.TOOL: _NO_TOOL}[mode]
    return Extraction(AttemptOutcome.UNPARSABLE, problem=problem, reasoning=visible)


# -- text ---------------------------------------------------------------------------------------------------


def _from_line(text: str, cut: bool) -> Extraction | None:
    """The action of the last line with text. When the reply was cut off, that line must have been finished."""
    lines = text.splitlines(keepends=True)
    while lines and _FENCE.fullmatch(lines[-1]):
        cut = False
        lines.pop()
    if not lines or (cut and lines[-1] == lines[-1].rstrip("\r\n")):
        return None
    action = _after_label(lines[-1].strip())
    return None if action is None else Extraction(AttemptOutcome.OK, action, reasoning="".join(lines[:-1]))


def _after_label(line: str) -> str | None:
    """What follows `ACTION:` in a line, without decoration; None when the line has not that form."""
    body = line.lstrip(_BEFORE_LABEL)
    if body[: len(ACTION_LABEL)].upper() != ACTION_LABEL:
        return None
    rest = body[len(ACTION_LABEL) :].strip()
    colon = rest.lstrip(_EMPHASIS)
    if not colon.startswith(_COLONS):
        return None
    action = colon[1:].strip()
    opened = "".join(mark for mark in line[: len(line) - len(body)] if mark in _EMPHASIS)
    if opened and colon == rest:  # emphasis opened before the label closes right behind the colon or at the end
        closed = opened[::-1]
        action = action.removeprefix(closed) if action.startswith(closed) else action.removesuffix(closed)
    return _undecorated(action) or None


def _undecorated(action: str) -> str:
    """The action without the marks around it and without the full stop of a one-word sentence."""
    action = action.strip()
    while action and (closing := _PAIRS.get(action[0])) == action[-1]:
        inner = action.lstrip(action[0]).rstrip(closing)
        if action[0] in inner or closing in inner:  # two quoted parts, not one
            break
        action = inner.strip()
    if action.endswith(".") and action.count(".") == 1 and len(action.split()) == 1:
        return action[:-1]
    return action


# -- JSON and tool calls --------------------------------------------------------------------------------------


def _from_json(text: str, cut: bool) -> Extraction | None:
    """The action of the last JSON object. When the reply was cut off, nothing may follow the object."""
    end = text.rfind("}") + 1
    rest = text[end:]
    start = _opening(text, end)
    if start is None or (cut and _FENCE.fullmatch(rest) is None) or "{" in rest:
        return None
    try:
        fields = orjson.loads(text[start:end])
    except orjson.JSONDecodeError:
        return None
    action = _scalar(fields.get("action"))
    if action is None:
        return None
    own, beliefs = fields.get("reasoning"), fields.get("beliefs")
    thoughts = [text[:start].strip().removesuffix("```json").strip("` \n"), own if isinstance(own, str) else ""]
    return Extraction(
        AttemptOutcome.OK,
        action,
        reasoning="\n\n".join(part for part in thoughts if part),
        beliefs=beliefs if isinstance(beliefs, dict) else None,
    )


def _opening(text: str, end: int) -> int | None:
    """Where the object that ends here begins, scanning backwards; None if nowhere or nested too deep.

    In valid JSON a quote counts unless an odd number of backslashes stands before it, read in either direction.
    """
    depth, quoted = 0, False
    for mark in reversed([mark.start() for mark in _JSON_MARKS.finditer(text, 0, end)]):
        symbol = text[mark]
        if symbol == '"':
            quoted ^= not _escaped(text, mark)
        elif not quoted:
            depth += 1 if symbol in "}]" else -1
            if depth == 0:
                return mark
            if depth > DEEPEST:
                return None
    return None


def _escaped(text: str, quote: int) -> bool:
    before = quote
    while before > 0 and text[before - 1] == "\\":
        before -= 1
    return (quote - before) % 2 == 1


def _scalar(value: object) -> str | None:
    """An action given as text or as a plain number; None for anything else and for nothing."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
