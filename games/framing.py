"""The same game in other words: which specs differ in nothing but their framing, and the order of what is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, Protocol, TypeVar

from games.spec import Spec, parse_spec

Item = TypeVar("Item")
Order = Literal["given", "reversed"]

FRAMING: Final = "framing"
PLAIN: Final = "default"
# Parameters of transforms that hold the spec of another game, and of those that hold several.
_INNER: Final = ("game", "stage")
_INNERS: Final = ("games",)


class Ordered(Protocol):
    """A framing that says in which order items are listed."""

    @property
    def order(self) -> Order:
        """As the game has them, or the other way round."""


def direction(framing: Ordered) -> int:
    """The step of a slice that lists items in the order of the framing: 1, or -1 where it is reversed."""
    return -1 if framing.order == "reversed" else 1


def in_order(framing: Ordered, items: Sequence[Item]) -> list[Item]:
    """The items in the order in which the framing lists them."""
    return list(items[:: direction(framing)])


def unframed(spec: str) -> str:
    """The spec without its framing, at any depth: specs with the same one have the same states under the same moves.

    >>> unframed('prisoners_dilemma(framing="trade", rounds=4)')
    'prisoners_dilemma(rounds=4)'

    Raises:
        SpecError: the spec, or one inside it, cannot be read.
    """
    parsed = parse_spec(spec)
    return str(Spec(parsed.name, _unframed(parsed.args)))


def framing_of(spec: str) -> str:
    """The framing as a spec writes it, that of an inner game included; "default" where it names none.

    Of several inner games it is all of theirs, with semicolons between them, if any of them has one.

    Raises:
        SpecError: the spec, or one inside it, cannot be read.
    """
    args = parse_spec(spec).args
    if FRAMING in args:
        return str(Spec("", {FRAMING: args[FRAMING]}))[len(f"({FRAMING}=") : -1]
    inner = [framing_of(args[key]) for key in _INNER if key in args]
    inner += ["; ".join(map(framing_of, args[key])) for key in _INNERS if key in args and _framed(args[key])]
    return inner[0] if inner else PLAIN


def _framed(specs: Iterable[str]) -> bool:
    return any(framing_of(spec) != PLAIN for spec in specs)


def _unframed(args: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in args.items() if key != FRAMING}
    return {key: _inner_unframed(key, value) for key, value in kept.items()}


def _inner_unframed(key: str, value: Any) -> Any:
    if key in _INNERS:
        return [unframed(spec) for spec in value]
    return unframed(value) if key in _INNER else value
