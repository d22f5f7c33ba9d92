"""The games that are decided on when a game around others is played."""

from __future__ import annotations

from typing import Any

from games.core import Game
from games.transforms.cheap_talk import CheapTalk
from games.transforms.composite import Composite
from games.transforms.elicited import Elicited
from games.transforms.handicap import Handicap


def parts(game: Game[Any, Any]) -> tuple[Game[Any, Any], ...]:
    """The games inside transforms that leave decisions as they are; a game that is no such transform is its own part.

    Questions, messages and handicaps change nothing about what to do in the game inside, and of several games each can
    be decided on by itself, unless one restricts the next (nested games).
    """
    if isinstance(game, (Elicited, CheapTalk, Handicap)):
        return parts(game.inner)
    if isinstance(game, Composite) and game.params.form != "nested":
        return tuple(part for each in game.games for part in parts(each))
    return (game,)
