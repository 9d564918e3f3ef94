"""The partial sums every table is built from; knows no interval and no test.

Sums of parts add up to the sums of the whole, so any engine that can add gives
the same figures as one machine with one table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Rows counted at a time: the index of a chunk stays in the processor's cache.
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over persons by stratum, group and category.

    The last group collects persons without a group, so that the sum over all
    groups is everybody.

    Attributes
    ----------
    n, w, ww : ndarray of strata × (groups + 1) × categories
        Persons, their weights and their squared weights.
    size : ndarray of strata
        Persons of the design, with or without an answer.
    """

    n: Counts
    w: Floats
    ww: Floats
    size: Counts

    def __add__(self, other: Sums) -> Sums:
        """Sums of two parts of one table."""
        return Sums(
            self.n + other.n,
            self.w + other.w,
            self.ww + other.ww,
            self.size + other.size,
        )


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
        Category of each person from 0; -1 is no answer.
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
    slots = group_count + 1
    shape = (strata_count, slots, categories + 1)
    totals = [np.zeros(np.prod(shape)) for _ in range(1 if weights is None else 3)]
    for start in range(0, len(codes), CHUNK):
        part = slice(start, start + CHUNK)
        place = _places(codes[part], groups, strata, part, slots, categories + 1)
        columns = (
            [None] if weights is None else [None, weights[part], weights[part] ** 2]
        )
        for total, column in zip(totals, columns, strict=True):
            total += np.bincount(place, weights=column, minlength=total.size)
    # The first place of each row counts persons without an answer.
    arrays = [total.reshape(shape) for total in totals]
    n = arrays[0].astype(np.int64)
    w, ww = (arrays[0], arrays[0]) if weights is None else (arrays[1], arrays[2])
    return Sums(n[..., 1:], w[..., 1:], ww[..., 1:], n.sum(axis=(1, 2)))


def _places(
    codes: Codes,
    groups: Codes | None,
    strata: Codes | None,
    part: slice,
    slots: int,
    width: int,
) -> npt.NDArray[np.intp]:
    place = codes.astype(np.intp)
    place += 1
    if groups is not None:
        group = groups[part].astype(np.intp)
        group[group < 0] = slots - 1
        place += group * width
    if strata is not None:
        place += strata[part].astype(np.intp) * (slots * width)
    return place


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
