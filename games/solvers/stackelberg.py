"""What a leader gets who commits before the follower chooses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from games.solvers.matrix import checked
from games.solvers.sequences import FloatArray


class Commitment(NamedTuple):
    """A leader's best commitment; of equally good replies the follower takes the one that the leader prefers.

    Attributes:
        leader_value: what the leader expects.
        follower_value: what the follower expects.
        mixture: the leader's probabilities of its rows.
        reply: the follower's column.
    """

    leader_value: float
    follower_value: float
    mixture: FloatArray
    reply: int


def pure_commitment(leader: FloatArray, follower: FloatArray) -> Commitment:
    """The best row to commit to; rows are the leader's actions, columns the follower's.

    Von Stackelberg, Marktform und Gleichgewicht, 1934.
    """
    leader, follower = checked((leader, follower))
    best = follower == follower.max(axis=1, keepdims=True)
    row, column = np.unravel_index(np.where(best, leader, -np.inf).argmax(), leader.shape)
    mixture = np.eye(len(leader))[row]
    return Commitment(float(leader[row, column]), float(follower[row, column]), mixture, int(column))


def mixed_commitment(leader: FloatArray, follower: FloatArray) -> Commitment:
    """The best mixture over rows to commit to, by one linear programme for each reply.

    Conitzer and Sandholm, Computing the optimal strategy to commit to, EC 2006.
    """
    leader, follower = checked((leader, follower))
    found = [best for reply in range(leader.shape[1]) if (best := _inducing(leader, follower, reply)) is not None]
    return max(found, key=lambda commitment: commitment.leader_value)


def _inducing(leader: FloatArray, follower: FloatArray, reply: int) -> Commitment | None:
    """The leader's best mixture to which a column is a best reply; None if it is one to no mixture."""
    from scipy.optimize import linprog

    result = linprog(
        c=-leader[:, reply],
        A_ub=(follower - follower[:, [reply]]).T,
        b_ub=np.zeros(leader.shape[1]),
        A_eq=np.ones((1, len(leader))),
        b_eq=[1.0],
        bounds=[(0, 1)] * len(leader),
    )
    if not result.success:
        return None
    mixture = np.asarray(result.x)
    return Commitment(float(mixture @ leader[:, reply]), float(mixture @ follower[:, reply]), mixture, reply)
