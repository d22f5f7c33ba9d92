"""Content addresses: of what seats can see, of texts, of what defines a match."""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import blake2b
from typing import Any, Final

import orjson

from games.core import Game, Seat

_BYTES: Final = 16
_SEPARATOR: Final = "\x1e"


def text_address(text: str) -> str:
    """The address of a text: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def content_hash(value: object) -> str:
    """The hash of a JSON-ready value, whatever the order of its keys."""
    return blake2b(orjson.dumps(value, option=orjson.OPT_SORT_KEYS), digest_size=_BYTES).hexdigest()


def views_of(game: Game[Any, Any], state: Hashable) -> tuple[str, ...]:
    """What each seat reads in a state, by seat."""
    return tuple([game.observation(state, seat) for seat in range(game.num_players)])


def views_digest(views: tuple[str, ...], to_move: tuple[Seat, ...]) -> str:
    """The digest of what every seat can see, and of who is to move."""
    return text_address(_SEPARATOR.join([*views, str(to_move)]))


def state_digest(game: Game[Any, Any], state: Hashable) -> str:
    """The digest of a state: of what every seat can see in it, and of who is to move."""
    return views_digest(views_of(game, state), game.to_move(state))
