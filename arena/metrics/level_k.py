"""How many steps players think ahead in one-shot games: level-k and cognitive hierarchies.

Level 0 plays without thought, and level k answers best to level k-1 (Nagel, Unraveling in guessing games, 1995; Stahl
and Wilson, On players' models of other players, 1995). In a cognitive hierarchy step k answers best to the mixture
of all lower steps (Camerer, Ho and Chong, A cognitive hierarchy model of games, 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, factorial, fsum, log
from typing import Final

REQUESTS: Final = range(11, 21)
_BONUS: Final = 20
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
    weights = [exp(-tau) * tau**step / factorial(step) for step in range(steps + 1)]
    choices = hierarchy_choices(steps, tau, factor, start)
    return fsum(w * c for w, c in zip(weights, choices, strict=True)) / fsum(weights)


def money_request_level(request: int) -> int:
    """Level of a request in the 11-20 game: 20 is level 0, and each level asks for one less.

    Arad and Rubinstein, The 11-20 money request game: a level-k reasoning study, 2012.

    Raises:
        ValueError: the request is not from 11 to 20.
    """
    if request not in REQUESTS:
        raise ValueError(f"a request is a whole number from 11 to 20, but it is {request}")
    return REQUESTS[-1] - request


def money_request_payoff(request: int, other: int) -> int:
    """What a request brings: itself, and 20 more when it is exactly one less than the other's."""
    money_request_level(request), money_request_level(other)
    return request + _BONUS * (request == other - 1)


def money_request_values(mix: Sequence[float]) -> list[float]:
    """Expected payoff of each request from 11 to 20 against a mixture over them, in the same order.

    Raises:
        ValueError: the mixture has not one probability per request.
    """
    if len(mix) != len(REQUESTS):
        raise ValueError(f"needs {len(REQUESTS)} probabilities, one for each request from 11 to 20, but got {len(mix)}")
    return [
        fsum(p * money_request_payoff(request, other) for p, other in zip(mix, REQUESTS, strict=True))
        for request in REQUESTS
    ]
