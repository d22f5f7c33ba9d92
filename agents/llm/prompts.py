"""What a model reads: the briefing, the user's instructions and the answer contract; its past; the newest observation.

A model's own past shows its actions and never its reasoning. What other players wrote reaches it inside observations
only, in the words the game chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import orjson

from agents.base import DecisionRequest, Message

PROMPT_VERSION: Final = 1
"""Raised whenever a word below changes: answers to different prompts are not comparable."""

MOST_LISTED: Final = 250
"""With more legal actions than this none are listed; a chess position has 218 at most."""

_MOST_REPEATED: Final = 200
LEGAL_HEADING: Final = "Legal actions, one per line:"
ACTION_LABEL: Final = "ACTION"


class AnswerMode(StrEnum):
    """How a model is asked to give its answer.

    TEXT: free text whose last line is `ACTION: ...`. JSON: one JSON object. TOOL: a call of the tool `act`.
    """

    TEXT = "text"
    JSON = "json"
    TOOL = "tool"


_CONTRACTS: Final = {
    AnswerMode.TEXT: (
        "How to answer: think in writing if you like, then end with one line of this form, and nothing after it:\n"
        f"{ACTION_LABEL}: your action\n"
        "Only that last line counts. Nobody else sees what you write before it."
    ),
    AnswerMode.JSON: (
        "How to answer: give one JSON object and nothing after it, with these fields:\n"
        '{"reasoning": "optional: your private thoughts", "beliefs": {"optional": "what you believe about the game"}, '
        '"action": "your action"}\n'
        'Only "action" counts. Nobody else sees the rest.'
    ),
    AnswerMode.TOOL: "How to answer: call the tool `act` with your action. Nobody else sees what you write beside it.",
}


def contract_text(mode: AnswerMode) -> str:
    """How the answer is to be given; the last part of every system message."""
    return _CONTRACTS[mode]


def messages_for(
    request: DecisionRequest, mode: AnswerMode, *, show_legal_actions: bool, instructions: str | None = None
) -> tuple[Message, ...]:
    """The whole chat for one decision: system, then observation and own action in turn, then the question."""
    system = filter(None, (request.rules_text, instructions, contract_text(mode)))
    chat = [Message("system", "\n\n".join(system))]
    for past in request.history:
        chat += [Message("user", past.observation), Message("assistant", _as_answer(past.action, mode))]
    chat.append(Message("user", question_text(request, show_legal_actions=show_legal_actions)))
    return tuple(chat)


def question_text(request: DecisionRequest, *, show_legal_actions: bool) -> str:
    """The newest question: the observation, the legal actions when they can be listed, and why it is asked again."""
    parts = [request.observation]
    if show_legal_actions and request.legal_actions is not None:
        parts.append(legal_actions_text(request.legal_actions))
    if request.feedback is not None:
        parts.append(_feedback_text(request.rejected, request.feedback))
    return "\n\n".join(part for part in parts if part)


def legal_actions_text(actions: Sequence[str]) -> str:
    """The list of legal actions; empty when there are more than `MOST_LISTED`."""
    return "" if len(actions) > MOST_LISTED else "\n".join([LEGAL_HEADING, *actions])


def _feedback_text(rejected: str | None, feedback: str) -> str:
    answer = f'Your answer "{_shortened(rejected)}"' if rejected else "Your answer"
    return f"{answer} was not accepted: {feedback}\nPlease answer again."


def _shortened(answer: str) -> str:
    line = " ".join(answer.split())
    return line if len(line) <= _MOST_REPEATED else f"{line[:_MOST_REPEATED]}..."


def _as_answer(action: str, mode: AnswerMode) -> str:
    if mode is AnswerMode.TEXT:
        return f"{ACTION_LABEL}: {action}"
    return orjson.dumps({"action": action}).decode()
