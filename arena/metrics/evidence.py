"""What metrics look at: the matches of one pool, and the states they went through."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from arena.metrics.needs import NEEDS, Need
from arena.records import ActionSource, DecisionTurn, MatchRecord, Outcome
from arena.replay import ReplayError, replay
from games.core import Game, Seat
from games.plugins import PluginError
from games.registry import load
from games.spec import SpecError
from games.transforms.elicited import Elicited


class Play(NamedTuple):
    """One rated match with its states.

    Attributes:
        record: the match.
        states: the state before each turn, then the last one; a turn that was not applied repeats its state.
    """

    record: MatchRecord
    states: tuple[Any, ...]


class SeatPlay(NamedTuple):
    """One match from the side of one seat.

    Attributes:
        play: the match.
        seat: the seat.
    """

    play: Play
    seat: Seat

    @property
    def cluster(self) -> str:
        """The matches of a cluster are not independent."""
        return self.play.record.header.cluster

    @property
    def end(self) -> Any:
        """The last state."""
        return self.play.states[-1]


@dataclass(frozen=True)
class Pool:
    """The matches that are measured together.

    Attributes:
        name: game, parameters and version.
        records: every match, void ones too.
        known: the rated matches with their states, where they need not be replayed.
    """

    name: str
    records: tuple[MatchRecord, ...]
    known: tuple[Play, ...] | None = None

    @property
    def agents(self) -> tuple[str, ...]:
        """Everybody who had a seat, by name."""
        return tuple(sorted({seat.agent for record in self.records for seat in record.header.seats}))

    @cached_property
    def rated(self) -> tuple[MatchRecord, ...]:
        """The matches that are not void."""
        return tuple(record for record in self.records if record.result.outcome is not Outcome.VOID)

    @cached_property
    def game(self) -> Game[Any, Any] | None:
        """The game; None when it is not installed here in the version that was played."""
        try:
            game = load(self.records[0].header.game)
        except (PluginError, SpecError):
            return None
        return game if game.pool == self.name else None

    @cached_property
    def plays(self) -> tuple[Play, ...]:
        """The rated matches, replayed.

        Raises:
            ReplayError: a record is not reproduced by its game.
        """
        if self.known is not None:
            return self.known
        return tuple(Play(record, self._states(record)) for record in self.rated)

    @cached_property
    def inside(self) -> Pool | None:
        """The rated matches as plays of the game inside, without questions; None where nothing is asked."""
        if not isinstance(self.game, Elicited) or self.unreplayable:
            return None
        plays = tuple(_without_questions(play, self.game.inner) for play in self.plays)
        return Pool(self.game.inner.pool, tuple(play.record for play in plays), plays)

    @cached_property
    def unreplayable(self) -> str | None:
        """The first problem of replaying the matches; None when there is none."""
        if self.game is None:
            return f"{self.name} is not installed here in this version"
        try:
            return None if self.plays else "no match has been played to an end"
        except ReplayError as error:
            return str(error)

    def played_by(self, agent: str) -> Iterator[SeatPlay]:
        """The matches of an agent, once per seat it had and decided in by itself throughout.

        Where the policy for failed attempts moved for it, what was done is not the agent's doing, nor are its later
        answers to it: those matches are left out.
        """
        for play in self.plays:
            for seat, who in enumerate(play.record.header.seats):
                if who.agent == agent and decided_alone(play.record, seat):
                    yield SeatPlay(play, seat)

    def completed_by(self, agent: str) -> Iterator[SeatPlay]:
        """As `played_by`, of the matches that came to their end by the rules."""
        return (each for each in self.played_by(agent) if each.play.record.result.outcome is Outcome.COMPLETED)

    def groups_of(self, agent: str) -> Iterator[SeatPlay]:
        """As `completed_by`, one seat of every match: for what is the same for all who sit together."""
        matches = {each.play.record.header.match_id: each for each in self.completed_by(agent)}
        return iter(matches.values())

    def missing(self, needs: Sequence[Need]) -> str | None:
        """Why the pool does not have what is needed; None when it does."""
        if not needs:
            return None
        if self.game is None or self.unreplayable:
            return self.unreplayable
        game = self.game
        absent = [need.text for need in needs if not need.holds(game)]
        return f"{NEEDS}{absent[0]}" if absent else None

    def _states(self, record: MatchRecord) -> tuple[Hashable, ...]:
        return tuple(step.state for step in replay(record, self.game))


def _without_questions(play: Play, inner: Game[Any, Any]) -> Play:
    """A match of an elicited game as one of the game inside: the turns of answers are left out."""
    kept = [number for number in range(len(play.record.turns)) if not play.states[number].asked]
    header = play.record.header.model_copy(update={"game": inner.spec, "pool": inner.pool})
    turns = tuple(play.record.turns[number] for number in kept)
    states = (*(play.states[number].inner for number in kept), play.states[-1].inner)
    return Play(play.record.model_copy(update={"header": header, "turns": turns}), states)


def decided_alone(record: MatchRecord, seat: Seat) -> bool:
    """Whether a seat made all its decisions itself."""
    return all(
        decision.source is ActionSource.AGENT
        for turn in record.turns
        if isinstance(turn, DecisionTurn)
        for decision in turn.decisions
        if decision.seat == seat
    )
