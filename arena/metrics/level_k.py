"""How many steps players think ahead in one-shot games: level-k and cognitive hierarchies.

Level 0 plays without thought, and level k answers best to level k-1 (Nagel, Unraveling in guessing games, 1995; Stahl
and Wilson, On players' models of other players, 1995). In a cognitive hierarchy step k answers best to the mixture
of all lower steps (Camerer, Ho and Chong, A cognitive hierarchy model of games, 2004).
"""

from __future__ import annotations

from math import factorial, fsum, log
from typing import Final

_HALF_STEP: Final = 0.25


def beauty_contest_steps(choice: float, factor: float = 2 / 3, start: float = 50.0) -> float | None:
    """Depth k at which start * factor^k is the choice: ln(choice / start) / ln(factor); None for a choice of 0.

    Below 0 where the choice is above level 0's mean.

    Raises:
        ValueError: the choice is negative, the factor not between 0 and 1, or the start not positive.
    """
    if choice < 0 or not 0 < factor < 1 or start <= 0:
        raise ValueError(f"needs choice >= 0, 0 < factor < 1, start > 0, but got {choice}, {factor}, {start}")
    return log(choice / start) / log(factor) if choice else None


def beauty_contest_level(choice: float, factor: float = 2 / 3, start: float = 50.0) -> int | None:
    """The level whose choice is at most a quarter of a step away; None for choices between the levels.

    Level k holds the choices from start * factor^(k + 1/4) to start * factor^(k - 1/4) (Nagel 1995).
    """
    steps = beauty_contest_steps(choice, factor, start)
    if steps is None or steps < -_HALF_STEP:
        return None
    level = round(steps)
    return level if abs(steps - level) <= _HALF_STEP + 1e-12 else None


def hierarchy_choices(steps: int, tau: float, factor: float = 2 / 3, start: float = 50.0) -> list[float]:
    """What steps 0, 1, ... of a cognitive hierarchy choose in the beauty contest.

    Step k chooses the factor times the mean choice of the lower steps, weighed by a Poisson distribution of mean tau.
    """
    choices = [start]
    for step in range(1, steps + 1):
        weights = [tau**lower / factorial(lower) for lower in range(step)]
        choices.append(factor * fsum(w * c for w, c in zip(weights, choices, strict=True)) / fsum(weights))
    return choices


def hierarchy_mean(tau: float, factor: float = 2 / 3, start: float = 50.0, steps: int = 40) -> float:
    """Mean choice of a population whose steps are Poisson with mean tau, steps above the last one left out."""
    choices = hierarchy_choices(steps, tau, factor, start)
    return fsum(w * c for w, c in zip(step_weights(steps, tau), choices, strict=True))


def step_weights(steps: int, tau: float) -> list[float]:
    """Shares of steps 0, 1, ... in a cognitive hierarchy: Poisson with mean tau, steps above the last one left out."""
    weights = [tau**step / factorial(step) for step in range(steps + 1)]
    total = fsum(weights)
    return [weight / total for weight in weights]
