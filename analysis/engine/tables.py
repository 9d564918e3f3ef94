"""One item at a time, for tables that are made by hand; knows no interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.engine.cells import Codes, Column, Floats, Sums
from analysis.engine.parts import crosstabs


def tabulate(
    codes: Codes,
    categories: int,
    *,
    groups: Codes | None = None,
    group_count: int = 0,
    strata: Codes | None = None,
    strata_count: int = 1,
    weights: Floats | None = None,
) -> Sums:
    """Sum persons and weights by stratum, group and category in one pass.

    Parameters
    ----------
    codes : ndarray of integers
        Category of each person from 0; every other code is no answer.
    categories : int
        How many categories there are.
    groups, strata : ndarray of integers, optional
        Group (-1: none) and stratum of each person.
    group_count, strata_count : int
        How many groups and strata there are.
    weights : ndarray, optional
        One weight per person; without them every person counts once.

    Examples
    --------
    >>> tabulate(np.array([0, 1, 1, -1]), 2).n.tolist()
    [[[1, 2]]]
    """
    return crosstabs(
        [Column(codes, categories)],
        groups=None if groups is None else Column(groups, group_count),
        strata=None if strata is None else Column(strata, strata_count),
        weights=weights,
    )[0]


def ratio(
    part: npt.ArrayLike, whole: npt.ArrayLike, *, empty: float = np.nan
) -> Floats:
    """Part by whole, and ``empty`` where the whole is not above 0.

    Examples
    --------
    >>> ratio([1, 0], [4, 0]).tolist()
    [0.25, nan]
    """
    above, below = np.broadcast_arrays(
        np.asarray(part, float), np.asarray(whole, float)
    )
    found = np.full(above.shape, empty)
    np.divide(above, below, out=found, where=below > 0)
    return found


def cluster_sums(
    codes: Codes,
    categories: int,
    clusters: Codes,
    cluster_count: int,
    *,
    groups: Codes | None = None,
    group_count: int = 0,
    weights: Floats | None = None,
) -> Floats:
    """Weights by cluster, group and category (the last group: no group).

    Examples
    --------
    >>> cluster_sums(np.array([0, 1, 1]), 2, np.array([0, 0, 1]), 2).tolist()
    [[[1.0, 1.0]], [[0.0, 1.0]]]
    """
    return tabulate(
        codes,
        categories,
        groups=groups,
        group_count=group_count,
        strata=clusters,
        strata_count=cluster_count,
        weights=weights,
    ).w
