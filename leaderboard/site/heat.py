"""Shades for the cells of a head-to-head matrix, as class names: pages carry no inline styles."""

from __future__ import annotations

from typing import Final

_STEPS: Final = 4


def heat(share: float | None) -> str:
    """The class of a score share: `heat-m4` (lost all) to `heat-p4` (won all); none when there were no games."""
    if share is None:
        return ""
    step = round((share - 0.5) * 2 * _STEPS)
    return f"heat-{'m' if step < 0 else 'p'}{abs(step)}"
