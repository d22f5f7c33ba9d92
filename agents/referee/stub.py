"""A jury of no judgement, for tests and offline demonstrations only."""

from __future__ import annotations

import json
import re
from typing import Final, Literal

from pydantic import Field

from agents.base import AgentParams, Referee, Ruling, RulingRequest
from games.referee import Ballot
from games.talk.ballots import REVEAL_ANSWERS
from games.talk.leaks import leak

# One speech of a ballot: the answer that names its speaker, the phase, and the words as a JSON string.
_SPEECH: Final = re.compile(r'^(\w+) speaker, [^:"]*: (".*")$', re.MULTILINE)
# What a ballot on a secret gives: the word, and the reply as a JSON string.
_SECRET: Final = re.compile(r"^The secret word: ([a-z]+)$", re.MULTILINE)
_REPLY: Final = re.compile(r'^reply: (".*")$', re.MULTILINE)


class StubJuryParams(AgentParams):
    """Parameters of the stub jury."""

    bias: Literal["first", "second", "tie"] | None = Field(
        None, description="Give this answer to every ballot; null: count words."
    )


class StubJury(Referee):
    """A stand-in for a jury: the speaker with more different words wins a ballot, equal numbers are a tie.

    It measures nothing about who debated better. It is deterministic and indifferent to the order of presentation,
    so that a debate can be played to its end without any model; with `bias` it shows what a jury is worth that is not.
    Whether a reply reveals a secret word it lets code find out, whatever the bias.
    """

    Params = StubJuryParams
    params: StubJuryParams
    title = "Stub jury: counts different words; for tests and demonstrations"

    async def rule(self, request: RulingRequest) -> Ruling:
        """Answer every ballot; raises ValueError when a ballot has no speeches or does not take the answer."""
        return Ruling("/".join(self._answer(ballot) for ballot in request.request.ballots))

    def _answer(self, ballot: Ballot) -> str:
        secret = _SECRET.search(ballot.question)
        if secret and ballot.answers == REVEAL_ANSWERS:
            return REVEAL_ANSWERS[not _reveals(ballot.question, secret[1])]
        answer = self.params.bias or _wordier(ballot.question)
        if answer not in ballot.answers:
            raise ValueError(f"the stub jury answers {answer!r}; the ballot takes one of: {', '.join(ballot.answers)}")
        return answer


def _reveals(question: str, secret: str) -> bool:
    """Whether the reply on a ballot says the secret word."""
    reply = _REPLY.search(question)
    if reply is None:
        raise ValueError('the ballot has no line of the form: reply: "..."')
    return leak(json.loads(reply[1]), secret) is not None


def _wordier(question: str) -> str:
    """The answer that names the speaker with the most different words; `tie` when several have."""
    words: dict[str, set[str]] = {}
    for answer, speech in _SPEECH.findall(question):
        words.setdefault(answer, set()).update(re.findall(r"\w+", json.loads(speech).casefold()))
    if not words:
        raise ValueError('the ballot has no lines of the form: first speaker, opening: "..."')
    most = max(len(own) for own in words.values())
    best = [answer for answer, own in words.items() if len(own) == most]
    return best[0] if len(best) == 1 else "tie"
