"""Arithmetic that is read, never executed: whole numbers, + - * // and parentheses."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r"\s*(\d{1,12}|//|[-+*()])")
_EXPRESSION: Final = re.compile(r"[\d(-][\d\s()+*/-]*[\d)]|\d")
_LONGEST: Final = 300
_DEEPEST: Final = 30
_LARGEST: Final = 10**30


class NotArithmetic(ValueError):
    """A text that is no expression of the grammar, or has no value within bounds; the message says why."""


def evaluate(text: str) -> int:
    """The value of an expression, `//` rounding down as in Python.

    >>> evaluate("2 * (3 + 4) - 9 // 2")
    10

    Raises:
        NotArithmetic: it is no expression, divides by 0, or goes beyond 30 digits.
    """
    reader = _Reader(_tokens(text))
    value = reader.sum(0)
    if reader.left:
        raise NotArithmetic(f"{reader.left[-1]!r} stands where an operator or the end was expected")
    return value


def value_in(text: str) -> int | None:
    """The value of the longest expression that a sentence holds; None when it holds none."""
    for found in sorted(_EXPRESSION.findall(text[:_LONGEST]), key=len, reverse=True):
        try:
            return evaluate(found)
        except NotArithmetic:
            continue
    return None


def _tokens(text: str) -> list[str]:
    if len(text) > _LONGEST:
        raise NotArithmetic(f"it has {len(text)} characters, and at most {_LONGEST} are read")
    tokens, place, end = [], 0, len(text.rstrip())
    while place < end:
        token = _TOKEN.match(text, place)
        if token is None:
            raise NotArithmetic(f"{text[place : place + 12]!r} is neither a number nor one of + - * // ( )")
        tokens.append(token[1])
        place = token.end()
    return tokens


class _Reader:
    """Recursive descent over tokens, the next one last."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def sum(self, depth: int) -> int:
        value = self.product(depth)
        while self.left and self.left[-1] in "+-":
            sign = 1 if self.left.pop() == "+" else -1
            value = _bounded(value + sign * self.product(depth))
        return value

    def product(self, depth: int) -> int:
        value = self.factor(depth)
        while self.left and self.left[-1] in ("*", "//"):
            times = self.left.pop() == "*"
            other = self.factor(depth)
            if not times and other == 0:
                raise NotArithmetic("it divides by 0")
            value = _bounded(value * other if times else value // other)
        return value

    def factor(self, depth: int) -> int:
        piece = self.left.pop() if self.left else "the end"
        if depth > _DEEPEST:
            raise NotArithmetic(f"it is nested more than {_DEEPEST} deep")
        if piece == "-":
            return -self.factor(depth + 1)
        if piece == "(":
            value = self.sum(depth + 1)
            if not self.left or self.left.pop() != ")":
                raise NotArithmetic("a parenthesis is not closed")
            return value
        if not piece.isdecimal():
            raise NotArithmetic(f"{piece!r} stands where a number was expected")
        return int(piece)


def _bounded(value: int) -> int:
    if abs(value) > _LARGEST:
        raise NotArithmetic("it goes beyond 30 digits")
    return value
