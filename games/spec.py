"""Spec strings, written alike for games and agents: `leduc_poker(betting="blinds")`, `mcts(simulations=200)`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError


class SpecError(ValueError):
    """A spec string that cannot be read; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A name and keyword arguments.

    Attributes:
        name: what the registry looks up.
        args: keyword arguments, plain literals.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.args:
            return self.name
        return f"{self.name}({', '.join(f'{key}={_literal(value)}' for key, value in sorted(self.args.items()))})"


def parse_spec(text: str) -> Spec:
    """Read `name` or `name(key=literal, ...)`; everything before the first parenthesis is the name.

    >>> parse_spec('leduc_poker(betting="blinds")')
    Spec(name='leduc_poker', args={'betting': 'blinds'})

    Raises:
        SpecError: the parentheses do not hold keyword arguments with literal values.
    """
    name, bracket, rest = text.strip().partition("(")
    if not name.strip():
        raise SpecError(f"{text!r} has no name; expected something like: kuhn_poker(num_players=3)")
    if not bracket:
        return Spec(name.strip())
    return Spec(name.strip(), _arguments(text, f"_({rest}"))


def refused(spec: str, error: ValidationError, params: type[BaseModel]) -> SpecError:
    """The error of a spec whose arguments its parameters do not take: the first problem, and what there is."""
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"]) or "parameters"
    known = ", ".join(params.model_fields) or "none"
    return SpecError(f"{spec}: parameter {where}: {problem['msg']} (parameters: {known})")


def _arguments(text: str, call: str) -> dict[str, Any]:
    """The keyword arguments of a call whose name was replaced by an underscore."""
    try:
        node = ast.parse(call, mode="eval").body
        if not isinstance(node, ast.Call) or node.args or any(keyword.arg is None for keyword in node.keywords):
            raise SpecError(f"{text!r}: expected keyword arguments only, like name(key=value, ...)")
        return {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in node.keywords}
    except (SyntaxError, ValueError, RecursionError) as error:
        if isinstance(error, SpecError):
            raise
        raise SpecError(f"{text!r} cannot be read: values must be literals, like 3, 0.5, True or 'text'") from None


def _literal(value: object) -> str:
    """A literal in one canonical spelling: double quotes, tuples as lists."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(item)}" for key, item in value.items()) + "}"
    return repr(value)
