"""What a referee is asked: data that a jury, a sandbox or a simulator can answer without knowing the game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from games.info import RefereeKind


@dataclass(frozen=True, slots=True)
class Ballot:
    """One question with listed answers.

    Attributes:
        question: what is asked, with the material to judge quoted inside.
        answers: the texts one of which must be given.
    """

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefereeRequest:
    """A question to an outside authority; its answer becomes the referee's action.

    Attributes:
        kind: who can answer.
        ballots: for a jury: questions one juror answers independently; the action text joins the answers by `/`.
        juror: for a jury: which juror is asked, from 0.
        payload: for a sandbox (`games.code`) or simulator: what to run, as JSON-ready values.
    """

    kind: RefereeKind
    ballots: tuple[Ballot, ...] = ()
    juror: int = 0
    payload: Mapping[str, object] = field(default_factory=dict)
