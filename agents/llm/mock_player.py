"""What the mock server's models say. They know the prompt and nothing else: no game, no match, no earlier call.

`careful` picks one of the legal actions that the prompt lists, or writes something that the rules in it allow: it is
certain of any option that it is asked about, takes any pair for an equilibrium, and chats when it may. Told that an
answer was not accepted, it does what the message says was expected.
`careless` fails at given rates: `careless:illegal=0.3,empty=0.1`. `verbose` thinks at length first. `slow` is `careful`
after a pause. Nothing they do is skilful, and none of it measures anything.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import orjson

from agents.llm.prompts import ACTION_LABEL, LEGAL_HEADING

NAMES: Final = ("careful", "careless", "slow", "verbose")
FAILURES: Final = ("illegal", "unparsable", "empty", "truncated")
_CARELESS: Final = {"illegal": 0.15, "unparsable": 0.10, "empty": 0.0, "truncated": 0.0}
_PAUSE_S: Final = (0.05, 0.15)
_VERBOSE_SENTENCES: Final = (20, 60)
_CHARACTERS_PER_TOKEN: Final = 4

_WHO: Final = ("most people", "many visitors", "old friends", "careful readers", "our neighbours", "quiet children")
_DOES: Final = (
    "know it well",
    "speak of it",
    "would miss it",
    "see it often",
    "find it useful",
    "remember it",
    "ask for it",
)
# In no phrase above, so that a word that was forbidden spoils none of them.
_SINGLE_WORDS: Final = ("garden", "river", "window", "bread", "music", "winter", "ladder", "stone", "market", "button")
_OFFER_FORM: Final = "offer PRICE"
_OWN_VALUE: Final = re.compile(r"is worth (\d+) to the (seller|buyer), that is, to you")
_OWN_WORD: Final = re.compile(r"^Your word: (.+)$", re.MULTILINE)
_WORD_LIMIT: Final = re.compile(r"at most (\d+) words")
_EXAMPLE: Final = "for example: "
_BELIEFS_ASKED: Final = "say what you believe:"
_BELIEF: Final = re.compile(r"^- (?P<name>[^:]+): .*\((?P<options>[^()]+)\)$", re.MULTILINE)
_MESSAGE_ASKED: Final = "write your message"
_PAIR: Final = re.compile(r"^- (\([^()]+\)): ", re.MULTILINE)
_NO_PAIR: Final = re.compile(
    r"write an answer as a list of pairs\b.*\bif there is no [^,;]+, write: (\w+)", re.IGNORECASE
)
_NUMBERED_GAME: Final = re.compile(r"^Game \d+ of \d+:$", re.MULTILINE)
_LONG_TEXT: Final = 40
_REFUSED: Final = re.compile(r'^Your answer "(?P<answer>.*)" was not accepted: (?P<why>.+)$', re.MULTILINE)
_VECTOR: Final = re.compile(r"expected (\d+) whole numbers from (\d+) to (\d+)")
_SHARES: Final = re.compile(r"expected (\d+) whole numbers that add up to (\d+)")
_NAMED_NUMBER: Final = re.compile(
    r"expected (\w+) NUMBER(?: or \1 NUMBER \| MESSAGE)? with a whole number from (\d+) to (\d+)"
)
_EXACT_FORM: Final = re.compile(r"expected: (.+)$")


class UnknownMock(LookupError):
    """A model name that the mock server does not have."""


@dataclass(frozen=True, slots=True)
class MockReply:
    """What a model says: the text, thoughts apart from it, why it stopped, and how long it takes."""

    text: str
    reasoning: str | None = None
    finish_reason: str = "stop"
    pause_s: float = 0.0


def mock_reply(body: Mapping[str, Any]) -> MockReply:
    """The reply to a chat request: a function of its model, seed and messages alone.

    Raises:
        UnknownMock: there is no such model, or its rates cannot be read.
    """
    name, _, options = str(body.get("model", "")).partition(":")
    if name not in NAMES or (options and name != "careless"):
        raise UnknownMock(f"the mock server has no model {body.get('model')!r}; it has {', '.join(NAMES)}")
    rng = random.Random(sha256(orjson.dumps([body.get(key) for key in ("model", "seed", "messages")])).digest())
    prompt = Prompt.of(body)
    if name == "careless":
        return _careless_reply(prompt, _rates(options), rng)
    reply = MockReply(
        prompt.answer(careful_action(prompt, rng), f"I choose this one of what I may do. {_phrase(rng)}.")
    )
    if name == "slow":
        return MockReply(reply.text, pause_s=rng.uniform(*_PAUSE_S))
    if name == "verbose":
        return MockReply(
            reply.text, reasoning=" ".join(f"{_phrase(rng)}." for _ in range(rng.randint(*_VERBOSE_SENTENCES)))
        )
    return reply


def tokens(text: str) -> int:
    """About as many tokens as a text has."""
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A chat as the mock reads it.

    Attributes:
        rules: the system message.
        question: the newest message.
        everything: all messages together.
        tool: whether a tool call is asked for.
    """

    rules: str
    question: str
    everything: str
    tool: bool

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Prompt:
        """The prompt in a chat request; messages that are no text count as empty."""
        messages = [message for message in body.get("messages") or () if isinstance(message, dict)]
        texts = [str(message.get("content") or "") for message in messages]
        rules = "\n".join(
            text for text, message in zip(texts, messages, strict=True) if message.get("role") == "system"
        )
        return cls(rules, texts[-1] if texts else "", "\n".join(texts), bool(body.get("tools")))

    def listed(self) -> list[str]:
        """The legal actions that the question lists."""
        _, found, below = self.question.partition(f"{LEGAL_HEADING}\n")
        return below.partition("\n\n")[0].splitlines() if found else []

    def answer(self, action: str, thought: str) -> str:
        """An answer in the form that the system message asks for."""
        if self.tool:
            return orjson.dumps({"action": action}).decode()
        if f"{ACTION_LABEL}:" in self.rules:
            return f"{thought}\n{ACTION_LABEL}: {action}"
        return orjson.dumps({"reasoning": thought, "action": action}).decode()


def careful_action(prompt: Prompt, rng: random.Random) -> str:
    """An action that the prompt allows."""
    if listed := prompt.listed():
        return rng.choice(listed)
    if told := _as_told(prompt, rng):
        return told
    if _BELIEFS_ASKED in prompt.question:
        return "; ".join(_belief(found, rng) for found in _BELIEF.finditer(prompt.question))
    if _MESSAGE_ASKED in prompt.question:
        return _open_text(prompt, rng)
    if no_pair := _NO_PAIR.search(prompt.rules):
        return _pairs(prompt.question, no_pair[1], rng)
    if _OFFER_FORM in prompt.rules:
        return f"offer {_price(prompt.rules, rng)}"
    writing = [line for line in prompt.rules.splitlines() if line.startswith("Write ")]
    if writing and all(_EXAMPLE in line for line in writing):
        return rng.choice(writing).partition(_EXAMPLE)[2].split(",")[0].strip()
    return _open_text(prompt, rng)


def _as_told(prompt: Prompt, rng: random.Random) -> str:
    """An answer of the form that a refusal asks for; empty where nothing was refused or no known form is named."""
    refused = _REFUSED.search(prompt.question)
    if refused is None:
        return ""
    if vector := _VECTOR.search(refused["why"]):
        count, low, high = map(int, vector.groups())
        return _joined([rng.randint(low, high) for _ in range(count)], refused["why"])
    if shares := _SHARES.search(refused["why"]):
        count, total = map(int, shares.groups())
        return _joined([total // count + (place < total % count) for place in range(count)], refused["why"])
    if number := _NAMED_NUMBER.search(refused["why"]):
        return f"{number[1]} {rng.randint(int(number[2]), int(number[3]))}"
    if exact := _EXACT_FORM.search(refused["why"]):
        return exact[1]
    wants_word = "expected one word" in refused["why"] or refused["answer"].isalpha()
    fresh = [word for word in _SINGLE_WORDS if word not in prompt.everything]
    return rng.choice(fresh or _SINGLE_WORDS) if wants_word else ""


def _joined(numbers: Sequence[int], form: str) -> str:
    return (", " if "comma" in form else " ").join(map(str, numbers))


def _belief(question: re.Match[str], rng: random.Random) -> str:
    """The answer to one question: all on any of its options."""
    return f"{question['name']}: {rng.choice(question['options'].split(', '))} 100%"


def _pairs(question: str, no_pair: str, rng: random.Random) -> str:
    """One listed pair, or none where pairs are not listed, for each game that the question asks about at once."""
    options = [*dict.fromkeys(_PAIR.findall(question)), no_pair]
    return "; ".join(rng.choice(options) for _ in range(max(1, len(_NUMBERED_GAME.findall(question)))))


def _price(rules: str, rng: random.Random) -> int:
    """A price at which a deal is worth something to whoever reads the rules."""
    found = _OWN_VALUE.search(rules)
    if found is None:
        return rng.randint(0, 100)
    value = int(found[1])
    return value + round(value * rng.uniform(0.0, 0.5) * (1 if found[2] == "seller" else -1))


def _open_text(prompt: Prompt, rng: random.Random) -> str:
    """A few words that fit any subject, or a short speech where the rules give room for one; said by nobody before."""
    limits = [int(number) for number in _WORD_LIMIT.findall(prompt.rules)]
    if limits and min(limits) >= _LONG_TEXT:
        return f"{_phrase(rng)}. {_phrase(rng)}. That is why I ask you to agree with me. {_phrase(rng)}."
    own = _OWN_WORD.search(prompt.question)
    phrases = [f"{who} {does}" for who in _WHO for does in _DOES]
    fresh = [
        phrase
        for phrase in phrases
        if phrase not in prompt.everything and not (own and own[1].casefold() in phrase.replace(" ", ""))
    ]
    return rng.choice(fresh or phrases)


def _careless_reply(prompt: Prompt, rates: Mapping[str, float], rng: random.Random) -> MockReply:
    (kind,) = rng.choices([*FAILURES, "legal"], [*rates.values(), max(0.0, 1.0 - sum(rates.values()))])
    if kind == "empty":
        return MockReply("")
    if kind == "truncated":
        return MockReply("Let me think about this step by step. First of all,", finish_reason="length")
    if kind == "unparsable":
        return MockReply(f"I would rather talk. {_phrase(rng)}.")
    action = _illegal_action(prompt, rng) if kind == "illegal" else careful_action(prompt, rng)
    return MockReply(prompt.answer(action, "This one."))


def _illegal_action(prompt: Prompt, rng: random.Random) -> str:
    """Something that has the look of an action and is not among the legal ones that the prompt lists."""
    listed = prompt.listed()
    if listed and all(action.isdigit() for action in listed):
        return rng.choice([str(number) for number in range(2 * len(listed) + 2) if str(number) not in listed])
    words: list[str] = re.findall(r"[a-z]{3,12}", prompt.rules.rpartition("Write")[2])
    return rng.choice([word for word in words if word not in listed] or ["nothing"])


def _rates(options: str) -> dict[str, float]:
    """The rates of failures: `illegal=0.3,empty=0.1`; the usual ones when nothing is given."""
    if not options:
        return dict(_CARELESS)
    rates = dict.fromkeys(FAILURES, 0.0)
    for option in options.split(","):
        kind, _, rate = option.partition("=")
        if kind not in rates or not re.fullmatch(r"0?\.\d+|0|1", rate):
            raise UnknownMock(f"{option!r} is no rate; expected something like careless:illegal=0.3,empty=0.1")
        rates[kind] = float(rate)
    return rates


def _phrase(rng: random.Random) -> str:
    return f"{rng.choice(_WHO)} {rng.choice(_DOES)}".capitalize()


def usage(messages: Sequence[Mapping[str, Any]], reply: MockReply) -> dict[str, Any]:
    """Token counts as a server reports them, computed from the texts."""
    prompt = sum(3 + tokens(str(message.get("content") or "")) for message in messages)
    thinking = tokens(reply.reasoning or "")
    written = thinking + tokens(reply.text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
        "completion_tokens_details": {"reasoning_tokens": thinking},
    }
