"""Playthroughs: one seeded play of a game, written out with everything that can be asked about each state.

They are kept as golden files. A change of rules, prompts or visibility shows as a difference that a person reads
before it is accepted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final

from games.core import CHANCE, REFEREE, Seat
from games.info import Chance
from games.testing.evidence import Effort, Evidence
from games.testing.failures import mover_name, shorten, turn_text
from games.testing.playouts import AnyGame, Node, Turn, random_play
from games.testing.visibility import visibility_lines, visibility_table

_MOST_LISTED: Final = 20
_FIRST_TURNS: Final = 12
_LAST_TURNS: Final = 3


def playthrough(game: AnyGame, seed: int = 0) -> str:
    """Facts, briefings, one random play turn by turn, its end, and the table of who sees what.

    The middle of a long play is shown one line per turn.
    """
    play = random_play(game, random.Random(seed))
    table = visibility_table(Evidence(game, Effort(seed=seed)))
    parts = [_facts(game), _briefings(game)]
    turns = [Turn(node, following.actions or {}) for node, following in pairwise(play)]
    for number, turn in enumerate(turns):
        in_full = number < _FIRST_TURNS or number >= len(turns) - _LAST_TURNS
        parts.append(_turn_in_full(game, number, turn) if in_full else [f"turn {number}: {turn_text(game, turn)}"])
    parts += [_end(game, play[-1]), ["== who sees what ==", *(visibility_lines(table) or ["nobody chooses anything"])]]
    return "\n".join(line.rstrip() for part in _spaced(parts) for line in part) + "\n"


def write_playthrough(path: Path, game: AnyGame, seed: int = 0) -> None:
    """Write a game's playthrough to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(playthrough(game, seed), encoding="utf-8", newline="\n")


def _facts(game: AnyGame) -> list[str]:
    """Every fact and every parameter."""
    lines = [f"== {game.spec} =="]
    lines += [line for field in fields(game.info) for line in _fact(field.name, getattr(game.info, field.name))]
    for name, field in type(game.params).model_fields.items():
        lines.append(f"parameter {name}: {_shown(getattr(game.params, name))} ({field.description})")
    low, high = game.utility_bounds()
    return [
        *lines,
        f"players: {game.num_players}",
        f"utility bounds: {low:g}, {high:g}",
        f"max turns: {game.max_turns()}",
    ]


def _fact(name: str, value: object) -> list[str]:
    """A fact; one line per item where it has several."""
    if isinstance(value, tuple):
        return [f"{name}: {'; '.join(value) or 'none'}"]
    return [f"{name}: {value}"]


def _briefings(game: AnyGame) -> list[str]:
    return ["== briefings ==", *_by_seat(game, "briefing of", game.rules_text)]


def _turn_in_full(game: AnyGame, number: int, turn: Turn) -> list[str]:
    node = turn.node
    lines = [f"== turn {number}: {', '.join(map(mover_name, node.seats))} =="]
    for seat in node.seats:
        lines += _possibilities(game, node, seat)
    return [*lines, *_views(game, node), f"chosen: {turn_text(game, turn)}"]


def _end(game: AnyGame, node: Node) -> list[str]:
    """The last state; a play that was cut is not over there."""
    lines = ["== end ==" if not node.seats else "== cut =="]
    return [
        *lines,
        *_views(game, node),
        f"outcome: {game.outcome_text(node.state)}",
        *_block("picture", game.render(node.state)),
    ]


def _views(game: AnyGame, node: Node) -> list[str]:
    state = node.state
    return [
        *_by_seat(game, "read by", lambda seat: game.observation(state, seat)),
        *_by_seat(game, "known to", lambda seat: shorten(_shown(game.information_state(state, seat)))),
        f"returns: {', '.join(f'{value:g}' for value in game.returns(state))}",
    ]


def _possibilities(game: AnyGame, node: Node, seat: Seat) -> list[str]:
    """What a mover may do, and what a referee is asked."""
    name = mover_name(seat)
    if seat == CHANCE:
        return [f"{name} may: {_outcomes(game, node)}"]
    question = _question(game, node) if seat == REFEREE else []
    legal = game.legal_actions(node.state, seat)
    options = game.example_actions(node.state, seat) if legal is None else legal
    texts = [game.action_to_text(node.state, seat, action) for action in options[:_MOST_LISTED]]
    prefix = "write freely, for example" if legal is None else "do"
    return [*question, f"{name} may {prefix}: {_listed(texts, len(options))}"]


def _outcomes(game: AnyGame, node: Node) -> str:
    if game.info.chance is Chance.SAMPLED:
        return "draw something that is not listed"
    outcomes = game.chance_outcomes(node.state)
    texts = [
        f"{game.action_to_text(node.state, CHANCE, outcome)} ({probability:.6g})"
        for outcome, probability in outcomes[:_MOST_LISTED]
    ]
    return _listed(texts, len(outcomes))


def _question(game: AnyGame, node: Node) -> list[str]:
    request = game.referee_request(node.state)
    lines = [f"asked: {request.kind.value}, juror {request.juror}"]
    for ballot in request.ballots:
        lines += [*_block("question", ballot.question), f"answers: {', '.join(ballot.answers)}"]
    return [*lines, *(f"payload {key}: {shorten(_shown(value))}" for key, value in request.payload.items())]


def _listed(texts: Sequence[str], count: int) -> str:
    rest = f" ... ({count} in all)" if count > len(texts) else ""
    return " | ".join(texts) + rest


def _by_seat(game: AnyGame, title: str, view: Callable[[Seat], str]) -> list[str]:
    """One block per text, with the seats that share it."""
    seats_of: dict[str, list[str]] = {}
    for seat in range(game.num_players):
        seats_of.setdefault(view(seat), []).append(str(seat))
    return [line for text, seats in seats_of.items() for line in _block(f"{title} seat {', '.join(seats)}", text)]


def _block(title: str, text: str) -> list[str]:
    """A text under a title; on the title's line when it has only one line."""
    lines = text.splitlines() or [""]
    return [f"{title}: {lines[0]}"] if len(lines) == 1 else [f"{title}:", *(f"    {line}" for line in lines)]


def _spaced(parts: Sequence[list[str]]) -> Iterator[list[str]]:
    """An empty line before each part of more than one line."""
    for index, part in enumerate(parts):
        yield ["", *part] if index and len(part) > 1 else part


def _shown(value: object) -> str:
    """A value as text that is the same in every run: sets in order."""
    if isinstance(value, Set):
        return "{" + ", ".join(sorted(map(_shown, value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_shown(key)}: {_shown(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _call(value, [(name, getattr(value, name)) for name in value._fields])
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if is_dataclass(value):
        return _call(value, [(field.name, getattr(value, field.name)) for field in fields(value) if field.repr])
    return value.value if isinstance(value, StrEnum) else repr(value)


def _call(value: object, arguments: Sequence[tuple[str, Hashable]]) -> str:
    return f"{type(value).__name__}({', '.join(f'{name}={_shown(item)}' for name, item in arguments)})"
