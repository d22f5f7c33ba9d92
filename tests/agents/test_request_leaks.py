"""By construction: what an agent is asked gives it texts, and no way to a game, a state or a picture for spectators."""

from __future__ import annotations

import inspect
import random
import typing
from collections.abc import Hashable
from functools import cached_property
from typing import Any, Final

import pytest

from agents.base import DecisionLimits, DecisionRequest, Exchange, Journal, SeatView

TEXTS: Final[set[object]] = {int, str, str | None, tuple[str, ...], tuple[str, ...] | None, tuple[Exchange, ...]}
PLAIN_VALUES: Final[set[object]] = {DecisionLimits, Journal, random.Random}
# Scripted players decide on the information state. Models are never given it: it is the one name that may be opaque.
FOR_SCRIPTED_PLAYERS: Final = "information_key"


def kinds(owner: type[Any]) -> dict[str, object]:
    """The type of each public attribute, and of what each public method returns."""
    found = {name: kind for name, kind in typing.get_type_hints(owner).items() if not name.startswith("_")}
    for name, member in vars(owner).items():
        function = member.func if isinstance(member, cached_property) else member
        if not name.startswith("_") and inspect.isfunction(function):
            found[name] = typing.get_type_hints(function)["return"]
    return found


@pytest.mark.parametrize("owner", [DecisionRequest, SeatView])
def test_everything_public_is_text_or_a_plain_value(owner: type[Any]) -> None:
    opaque = {name: kind for name, kind in kinds(owner).items() if kind not in TEXTS | PLAIN_VALUES}
    assert opaque == {FOR_SCRIPTED_PLAYERS: Hashable}


@pytest.mark.parametrize("name", ["render", "state", "secrets", "returns"])
def test_what_only_spectators_see_has_no_name_in_a_request(name: str) -> None:
    assert not hasattr(DecisionRequest, name)
    assert not hasattr(SeatView, name)
