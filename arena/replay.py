"""A record back to states. The law: replaying a record reproduces every digest in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from arena.digests import state_digest
from arena.records import ChanceTurn, DecisionTurn, MatchRecord, Outcome, RefereeTurn, Turn
from arena.store import Run
from games.core import CHANCE, REFEREE, Game, Seat
from games.registry import load


class ReplayError(ValueError):
    """A record that its game does not reproduce; the message names the match, the turn and the difference."""


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One moment of a replay.

    Attributes:
        turn: what moved to get here; None in the initial state.
        state: the state after it.
    """

    turn: Turn | None
    state: Hashable


def replay(record: MatchRecord, game: Game[Any, Any] | None = None) -> Iterator[ReplayStep]:
    """Every state of a match in order, each digest verified.

    A turn in which a seat forfeited was never applied: its step repeats the state before it.

    Raises:
        ReplayError: the game's version differs, or a turn or a digest is not reproduced.
    """
    game = load(record.header.game) if game is None else game
    if game.pool != record.header.pool:
        raise ReplayError(f"match {record.header.match_id}: played as {record.header.pool}, this is {game.pool}")
    state = game.initial_state()
    yield ReplayStep(None, state)
    for number, turn in enumerate(record.turns):
        state = _applied(game, state, turn, f"match {record.header.match_id}, turn {number}")
        yield ReplayStep(turn, state)
    _verify_end(game, state, record)


def _applied(game: Game[Any, Any], state: Hashable, turn: Turn, where: str) -> Hashable:
    texts = _action_texts(turn)
    if any(text is None for text in texts.values()):
        return state
    if tuple(texts) != game.to_move(state):
        raise ReplayError(f"{where}: seats {tuple(texts)} moved, the rules ask {game.to_move(state)}")
    try:
        actions = {seat: game.parse_action(state, seat, text or "") for seat, text in texts.items()}
    except ValueError as error:
        raise ReplayError(f"{where}: {error}") from None
    state = game.apply(state, actions)
    if turn.digest is not None and turn.digest != state_digest(game, state):
        raise ReplayError(f"{where}: the digest differs: seats would not have seen what they saw")
    return state


def _action_texts(turn: Turn) -> dict[Seat, str | None]:
    match turn:
        case ChanceTurn():
            return {CHANCE: turn.action}
        case RefereeTurn():
            return {REFEREE: turn.action}
        case DecisionTurn():
            return {decision.seat: decision.action for decision in turn.decisions}


def _verify_end(game: Game[Any, Any], state: Hashable, record: MatchRecord) -> None:
    where, result = f"match {record.header.match_id}", record.result
    if result.reason == "harness":
        return
    if result.digest != state_digest(game, state):
        raise ReplayError(f"{where}: the digest of the last state differs")
    if tuple(game.returns(state)) != result.returns_so_far:
        raise ReplayError(f"{where}: returns are {game.returns(state)}, the record says {result.returns_so_far}")
    if (result.outcome is Outcome.COMPLETED) != (game.to_move(state) == ()):
        raise ReplayError(
            f"{where}: the record says {result.outcome}, the rules say who moves is {game.to_move(state)}"
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """What replaying a run found.

    Attributes:
        matches: number of matches replayed.
        turns: number of turns in them.
        problems: one line per match that its game does not reproduce.
    """

    matches: int
    turns: int
    problems: tuple[str, ...]


def verify_run(run: Run) -> Verification:
    """Replay every stored match of a run, void ones included."""
    games: dict[str, Game[Any, Any]] = {}
    matches = turns = 0
    problems: list[str] = []
    for record in chain(run.records(), run.superseded()):
        name = record.header.game
        games[name] = games.get(name) or load(name)
        matches, turns = matches + 1, turns + len(record.turns)
        try:
            for _ in replay(record, games[name]):
                pass
        except ReplayError as error:
            problems.append(str(error))
    return Verification(matches, turns, tuple(problems))
