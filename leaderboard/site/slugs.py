"""File names from names that anybody may have chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

_LONGEST: Final = 64
_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
# Names of devices on Windows, with any ending.
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def slug(name: str) -> str:
    """A file name of `[a-z0-9._-]`, at most 64 characters, that leads out of no folder.

    A name that is safe stays as it is; any other gets a hash of itself, so that different names stay different.
    """
    if _is_safe(name):
        return name
    readable = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")[: _LONGEST - 9]
    return f"{readable or 'x'}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def slugs(names: Iterable[str]) -> list[str]:
    """A slug for each name; equal names are numbered."""
    found: list[str] = []
    for name in names:
        first = slug(name)
        choices = (first, *(f"{first[: _LONGEST - 5]}-{number}" for number in range(2, 10_000)))
        found.append(next(choice for choice in choices if choice not in found))
    return found


def _is_safe(name: str) -> bool:
    return (
        len(name) <= _LONGEST
        and _SAFE.fullmatch(name) is not None
        and not name.endswith(".")
        and _RESERVED.fullmatch(name) is None
    )
