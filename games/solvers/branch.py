"""The principal branch of smoothed equilibria: every player answers its incentives by a logit rule of one precision.

At precision 0 everybody plays uniformly; as the precision grows, the branch ends in an equilibrium (McKelvey and
Palfrey, Quantal response equilibria for normal form games, 1995). It is followed by arc length, so that it may turn
back, with damped Newton steps in log-probabilities, so that small probabilities stay exact (Turocy, A dynamic homotopy
interpretation of the logistic quantal response equilibrium correspondence, 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from games.solvers.sequences import FloatArray

Incentives = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""From the probabilities of all players' actions, end to end, to the incentive of each action, shape (actions,), and
their derivatives by the probabilities, shape (actions, actions)."""

MAX_STEPS: Final = 20_000
_FIRST_STEP: Final = 0.05
_GROWTH: Final = 1.5
_STRAIGHT: Final = 0.95
"""Cosine between successive tangents below which a step was too long."""
_NEAR: Final = 0.3
"""Distance of a point from its prediction, as a share of the step, above which the step was too long."""
_SURE: Final = 1e-3
"""A step so short that it cannot have jumped to another part of the branch."""


class Point(NamedTuple):
    """A point of the branch.

    Attributes:
        precision: the precision of the logit rule (lambda), at least 0.
        logs: logarithms of all players' probabilities, end to end.
    """

    precision: float
    logs: FloatArray


class Branch:
    """The principal branch of one game.

    Attributes:
        sizes: number of actions of each player.
    """

    def __init__(self, incentives: Incentives, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._incentives = incentives
        self._first = np.cumsum((0, *self.sizes[:-1]), dtype=np.int64)
        self._owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        self._same = self._owner[:, np.newaxis] == self._owner

    def points(self) -> Iterator[Point]:
        """Points from precision 0 on, ever further apart where the branch is straight.

        Raises:
            ArithmeticError: the branch is lost or does not end.
        """
        here = np.append(-np.log(np.repeat(np.array(self.sizes, dtype=float), self.sizes)), 0.0)
        tangent, side = self._tangent(here, np.eye(len(here))[-1])
        step = _FIRST_STEP
        yield Point(0.0, here[:-1])
        for _ in range(MAX_STEPS):
            there = self._solve(here + step * tangent, tangent)
            if there is not None and np.abs(there - here - step * tangent).max() < _NEAR * step:
                turned, turned_side = self._tangent(there, tangent)
                # The sides differ where the branch crosses another one, and after a jump to a part that runs back.
                if turned @ tangent > _STRAIGHT and (turned_side == side or step < _SURE):
                    here, tangent, side, step = there, turned, turned_side, step * _GROWTH
                    yield Point(float(here[-1]), here[:-1])
                    continue
            step /= 2
            if step < 1e-10:
                raise ArithmeticError(f"the branch is lost at precision {here[-1]:.6g}")
        raise ArithmeticError(f"the branch has not ended after {MAX_STEPS} steps, at precision {here[-1]:.6g}")

    def at(self, precisions: Sequence[float]) -> list[Point]:
        """The first point of the branch at each precision; precisions ascend.

        Raises:
            ValueError: the precisions are negative or do not ascend.
            ArithmeticError: the branch is lost before.
        """
        if list(precisions) != sorted(precisions) or not all(0 <= each < np.inf for each in precisions):
            raise ValueError(f"precisions must be finite, at least 0 and ascend; they are {list(precisions)}")
        found: list[Point] = []
        before: Point | None = None
        for point in self.points():
            while len(found) < len(precisions) and precisions[len(found)] <= point.precision:
                found.append(self.between(before or point, point, precisions[len(found)]))
            if len(found) == len(precisions):
                break
            before = point
        return found

    def between(self, before: Point, after: Point, precision: float) -> Point:
        """The point of the branch at a precision between those of two successive points."""
        width = after.precision - before.precision
        share = (precision - before.precision) / width if width else 0.0
        guess = np.append(before.logs + share * (after.logs - before.logs), precision)
        solved = self._solve(guess, np.eye(len(guess))[-1])
        if solved is None:
            raise ArithmeticError(f"the branch is lost at precision {precision:.6g}")
        return Point(precision, solved[:-1])

    def split(self, point: Point) -> list[FloatArray]:
        """Each player's probabilities at a point."""
        return np.split(np.exp(point.logs), self._first[1:])

    def _tangent(self, at: FloatArray, towards: FloatArray) -> tuple[FloatArray, float]:
        """The direction of the branch, of length 1, closer to another direction, and on which side the system turns."""
        bordered = np.vstack((self._system(at)[1], towards))
        direction = np.linalg.solve(bordered, np.eye(len(at))[-1])
        return direction / np.linalg.norm(direction), float(np.linalg.slogdet(bordered)[0])

    def _solve(self, guess: FloatArray, normal: FloatArray) -> FloatArray | None:
        """The point of the branch on the plane through a guess, by damped Newton steps; None if they fail."""
        at = guess
        residual, slopes = self._bordered(at, guess, normal)
        for _ in range(30):
            size = np.abs(residual).max()
            if size <= 1e-11 * (1.0 + np.abs(at).max()):
                return at
            try:
                move = np.linalg.solve(slopes, residual)
            except np.linalg.LinAlgError:
                return None
            for damping in (1.0, 0.5, 0.25, 0.1, 0.02):
                trial = at - damping * move
                residual, slopes = self._bordered(trial, guess, normal)
                if np.abs(residual).max() < size:
                    break
            else:
                return None
            at = trial
        return None

    def _bordered(self, at: FloatArray, guess: FloatArray, normal: FloatArray) -> tuple[FloatArray, FloatArray]:
        residual, slopes = self._system(at)
        return np.append(residual, normal @ (at - guess)), np.vstack((slopes, normal))

    def _system(self, at: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far log-probabilities are from the logit rule's, and the derivatives by them and by the precision."""
        logs, precision = at[:-1], at[-1]
        # A Newton step may overshoot: no probability is far above 1.
        probabilities = np.exp(np.minimum(logs, 1.0))
        incentives, slopes = self._incentives(probabilities)
        scores = precision * incentives
        scores = scores - np.maximum.reduceat(scores, self._first)[self._owner]
        answers = scores - np.log(np.add.reduceat(np.exp(scores), self._first))[self._owner]
        centred = np.eye(len(logs)) - self._same * np.exp(answers)
        by_logs = np.eye(len(logs)) - precision * centred @ (slopes * probabilities)
        return logs - answers, np.column_stack((by_logs, -centred @ incentives))
