"""Checks of what a game says about itself: its facts, its parameters, its name, its identity."""

from __future__ import annotations

import pickle
import re
from collections.abc import Hashable
from itertools import islice, product
from typing import Final

from pydantic.fields import FieldInfo

from games.core import CHANCE, REFEREE
from games.info import ActionKind, Chance, Dynamics, RefereeKind
from games.registry import REGISTRY, load
from games.spec import parse_spec
from games.testing.evidence import Evidence, at_every_node
from games.testing.failures import CheckFailure
from games.testing.playouts import AnyGame, Node

_SNAKE_CASE: Final = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
_MOST_VERDICTS: Final = 64


def facts(evidence: Evidence) -> None:
    """The game's info is filled in, agrees with itself, and holds on play."""
    game, info = evidence.game, evidence.game.info
    low, high = game.utility_bounds()
    claims = (
        (re.fullmatch(_SNAKE_CASE, info.name) is not None, f"name {info.name!r}", "snake_case"),
        (info.version >= 1, f"version {info.version}", "1 or more"),
        (all((info.title, info.summary, info.family)), "an empty title, summary or family", "text in all three"),
        (
            1 <= info.min_players <= game.num_players <= info.max_players,
            f"{game.num_players} players, with min_players={info.min_players} and max_players={info.max_players}",
            "a number of players within the two",
        ),
        (
            len(info.roles) in (0, game.num_players),
            f"{len(info.roles)} roles for {game.num_players} players",
            "one role per seat, or none",
        ),
        (low <= high, f"utility_bounds {low}, {high}", "the lower one first"),
        (game.max_turns() >= 1, f"max_turns {game.max_turns()}", "1 or more"),
    )
    for holds, found, expected in claims:
        if not holds:
            raise CheckFailure(found, expected)
    at_every_node(evidence, _kinds_hold)


def parameters(evidence: Evidence) -> None:
    """Every parameter has a description and a default, and parameters cannot be changed."""
    kind = type(evidence.game).Params
    for name, field in kind.model_fields.items():
        _documented(name, field)
    if not kind.model_config.get("frozen"):
        raise CheckFailure(f"{kind.__name__} can be changed", "frozen parameters, as in games.core.GameParams")
    if kind().model_dump(exclude_defaults=True):
        raise CheckFailure(
            f"the defaults of {kind.__name__} are not their own canonical form", "defaults that validate"
        )


def spec(evidence: Evidence) -> None:
    """The game's spec names it, and loads an equal game."""
    game = evidence.game
    parsed = parse_spec(game.spec)
    if parsed.name != game.info.name:
        raise CheckFailure(f"the spec is {game.spec!r}", f"a spec that starts with the name {game.info.name!r}")
    if type(game).of(**parsed.args) != game:
        raise CheckFailure(f"the parameters in {game.spec!r} make another game", "an equal game")
    if _registered(game) and load(game.spec) != game:
        raise CheckFailure(f"load({game.spec!r}) gives another game", "an equal game")


def identity(evidence: Evidence) -> None:
    """States and the game can be hashed and pickled, and copies are equal to them."""
    game = evidence.game
    if pickle.loads(pickle.dumps(game)) != game:  # noqa: S301 - we have just written it
        raise CheckFailure("a pickled game comes back unequal", "an equal game")
    if type(game)(game.params) != game or hash(type(game)(game.params)) != hash(game):
        raise CheckFailure("two games with the same parameters are unequal", "equal games with equal hashes")
    at_every_node(evidence, _state_has_identity)


def referee(evidence: Evidence) -> None:
    """The referee is asked what the game's info says, and every answer it may give is an action."""
    at_every_node(evidence, _referee_can_answer)


def _documented(name: str, field: FieldInfo) -> None:
    if not field.description:
        raise CheckFailure(f"parameter {name} has no description", "Field(..., description=...)")
    if field.is_required():
        raise CheckFailure(f"parameter {name} has no default", "a default for every parameter")


def _registered(game: AnyGame) -> bool:
    """Whether the game's name leads to its class."""
    target = f"{type(game).__module__}:{type(game).__qualname__}"
    return any((entry.name, entry.target) == (game.info.name, target) for entry in REGISTRY.entries())


def _kinds_hold(game: AnyGame, node: Node) -> None:
    """What moves here is what the info says can move."""
    info = game.info
    players = [seat for seat in node.seats if seat >= 0]
    is_open = [game.legal_actions(node.state, seat) is None for seat in players]
    claims = (
        (node.seats == (CHANCE,) and info.chance is Chance.NONE, "chance moves", "chance"),
        (node.seats == (REFEREE,) and info.referee is RefereeKind.NONE, "a referee moves", "referee"),
        (len(players) > 1 and info.dynamics is Dynamics.SEQUENTIAL, "several seats move at once", "dynamics"),
        (
            len(players) == 1 < game.num_players and info.dynamics is Dynamics.SIMULTANEOUS,
            "one seat moves alone",
            "dynamics",
        ),
        (any(is_open) and info.actions is ActionKind.ENUMERATED, "actions are open", "actions"),
        (not all(is_open) and info.actions is ActionKind.OPEN, "actions are listed", "actions"),
    )
    for broken, found, fact in claims:
        if broken:
            raise CheckFailure(f"{found}, but info.{fact} is {getattr(info, fact).value!r}", f"another info.{fact}")


def _state_has_identity(game: AnyGame, node: Node) -> None:
    state = node.state
    copied = pickle.loads(pickle.dumps(state))  # noqa: S301 - we have just written it
    if copied != state:
        raise CheckFailure(f"a pickled state comes back as {copied!r}", "an equal state")
    try:
        same = hash(copied) == hash(state)
    except TypeError as error:
        raise CheckFailure(f"the state cannot be hashed: {error}", "hashable states: tuples, not lists") from None
    if not same:
        raise CheckFailure("equal states have different hashes", "one hash")


def _referee_can_answer(game: AnyGame, node: Node) -> None:
    if node.seats != (REFEREE,):
        return
    request = game.referee_request(node.state)
    if request.kind is not game.info.referee:
        raise CheckFailure(f"a request to a {request.kind.value}", f"one to a {game.info.referee.value}, as info says")
    if request.kind is RefereeKind.JURY and not request.ballots:
        raise CheckFailure("a jury is asked nothing", "at least one ballot")
    verdicts = product(*(ballot.answers for ballot in request.ballots)) if request.ballots else ()
    for verdict in map("/".join, islice(verdicts, _MOST_VERDICTS)):
        read: Hashable = game.parse_action(node.state, REFEREE, verdict)
        if game.action_to_text(node.state, REFEREE, read) != verdict:
            raise CheckFailure(f"the verdict {verdict!r} is read as {read!r}", "the action with that text")
