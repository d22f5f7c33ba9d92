"""The files with which a new game begins: a small working game that passes every check, and its test."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from string import Template
from typing import Final

_SNAKE_CASE: Final = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"


def game_template(name: str) -> str:
    """Source of `NAME.py`: a game of fewer than 60 lines, with hints on what to change.

    Raises:
        ValueError: the name is not snake_case.
    """
    return _filled("game.txt", name)


def test_template(name: str) -> str:
    """Source of `test_NAME.py`, to stand beside `NAME.py`: every check, and one test of the rules.

    Raises:
        ValueError: the name is not snake_case.
    """
    return _filled("test.txt", name)


def class_name(name: str) -> str:
    """The class of the game in the template: `coin_matching` becomes `CoinMatching`."""
    return "".join(word.capitalize() for word in name.split("_"))


def _filled(file: str, name: str) -> str:
    if not re.fullmatch(_SNAKE_CASE, name) or keyword.iskeyword(name):
        raise ValueError(f"{name!r} cannot name a game; write it in snake_case, like coin_matching")
    template = Template(files(__package__).joinpath("templates", file).read_text(encoding="utf-8"))
    title = name.replace("_", " ").capitalize()
    return template.substitute(name=name, class_name=class_name(name), title=title)
