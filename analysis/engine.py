"""The partial sums every table is built from; knows no interval and no test.

Sums of parts add up to the sums of the whole, so any engine that can add gives
the same figures as one machine with one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", np.int64, np.float64)

# Rows counted at a time: all arrays of a chunk stay in the processor's cache.
CHUNK = 1 << 15


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
    shape = (strata_count, group_count + 1, categories + 1)
    size = int(np.prod(shape))
    n = np.zeros(size, dtype=np.int64)
    w, ww = (np.zeros(size), np.zeros(size)) if weights is not None else (n, n)
    squares = np.empty(CHUNK)
    for start in range(0, len(codes), CHUNK):
        part = slice(start, start + CHUNK)
        place = _places(codes[part], groups, strata, part, shape)
        n += np.bincount(place, minlength=size)
        if weights is not None:
            weight = weights[part]
            w += np.bincount(place, weights=weight, minlength=size)
            square = np.multiply(weight, weight, out=squares[: len(weight)])
            ww += np.bincount(place, weights=square, minlength=size)
    persons = n.reshape(shape).sum(axis=(1, 2))
    return Sums(
        _without_missing(n.reshape(shape)),
        _without_missing(w.reshape(shape).astype(np.float64)),
        _without_missing(ww.reshape(shape).astype(np.float64)),
        persons,
    )


def _places(
    codes: Codes,
    groups: Codes | None,
    strata: Codes | None,
    part: slice,
    shape: tuple[int, int, int],
) -> Codes:
    """Cell of each person; the first category and group are those of nobody."""
    is_small = np.prod(shape) <= np.iinfo(np.int16).max
    place: Codes = codes.astype(np.int16 if is_small else np.int64)
    place += 1
    if groups is not None:
        _add_scaled(place, groups[part], shape[2], 1)
    if strata is not None:
        _add_scaled(place, strata[part], shape[1] * shape[2], 0)
    return place


def _add_scaled(place: Codes, codes: Codes, width: int, shift: int) -> None:
    # In place and in the narrow type: copies are what costs time here.
    scaled = codes.astype(place.dtype)
    scaled += shift
    scaled *= width
    place += scaled


def _without_missing(cells: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Drop persons without an answer; move those without a group to the end."""
    answered = cells[..., 1:]
    return np.concatenate([answered[:, 1:], answered[:, :1]], axis=1)


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
