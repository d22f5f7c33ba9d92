"""Sandwich covariances: how far estimates vary when only clusters of results are independent.

An estimate that solves "the scores u of all results sum to 0" varies by V = H^-1 B H^-1, where H is minus the
derivative of that sum and B = sum over clusters c of u_c u_c^T, u_c being the sum of scores within c (Huber 1967; White
1982; for clusters Liang and Zeger 1986). It holds when results within a cluster depend on each other in any way, and
when the model's own variance is wrong, as it is with draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import stdtrit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer]


class Meat(NamedTuple):
    """The middle of a sandwich.

    Attributes:
        matrix: B, shape (P, P) for P parameters.
        clusters: in how many clusters each parameter occurs, shape (P,).
    """

    matrix: FloatArray
    clusters: npt.NDArray[np.int64]


def clustered_meat(cluster: IntArray, parameter: IntArray, score: FloatArray, parameters: int) -> Meat:
    """B from single scores: entry k adds `score[k]` to `parameter[k]` within `cluster[k]`.

    Args:
        cluster: cluster of each entry, numbers from 0 up.
        parameter: parameter of each entry, from 0 to `parameters` - 1.
        score: derivative of the log-likelihood of one result by one parameter.
        parameters: how many there are.
    """
    shape = (int(cluster.max(initial=-1)) + 1, parameters)
    sums = csr_array((score, (cluster, parameter)), shape=shape)
    sums.sum_duplicates()
    return Meat((sums.T @ sums).toarray(), np.bincount(sums.indices, minlength=parameters))


def totals(group: IntArray, values: FloatArray | None = None, groups: int = 0) -> FloatArray:
    """The sum of the values (None: the count) in each group, groups being numbered from 0 up."""
    return np.asarray(np.bincount(group, values, minlength=groups), dtype=np.float64)


def inverse_in_plane(curvature: FloatArray, strengths: int) -> FloatArray:
    """H^-1 within the plane where the first `strengths` parameters sum to 0; shape (P, P).

    Games show differences of strengths alone, so that outside this plane H says nothing.

    Raises:
        numpy.linalg.LinAlgError: H is singular within the plane too: some parameter is not identified.
    """
    size = len(curvature)
    bordered = np.zeros((size + 1, size + 1))
    bordered[:size, :size] = curvature
    bordered[:strengths, size] = bordered[size, :strengths] = 1.0
    return np.asarray(np.linalg.inv(bordered)[:size, :size])


def half_widths(variances: FloatArray, clusters: IntArray, level: float = 0.95) -> FloatArray:
    """Half of each interval's width; NaN with fewer than two clusters, where nothing says how much results vary.

    Student's t with G - 1 degrees of freedom and the factor G / (G - 1) on the variance, G being the clusters in which
    the parameter occurs (Cameron and Miller 2015).
    """
    groups = np.where(clusters > 1, clusters, np.nan)
    return np.asarray(stdtrit(groups - 1, (1 + level) / 2) * np.sqrt(variances * groups / (groups - 1)))
