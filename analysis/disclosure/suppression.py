"""k-anonymity by emptying single cells. Knows numbers of groups, never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]

EMPTY = -1
# All sets of more variables than this are too many to try; then only nested ones are.
_MOST_TRIED = 8


def class_sizes(codes: Codes) -> Codes:
    """Return for each row how many rows carry the same groups, empty ones included.

    Examples
    --------
    >>> class_sizes(np.array([[0, 1], [0, 1], [0, -1]])).tolist()
    [2, 2, 1]
    """
    if not codes.size:
        return np.full(len(codes), len(codes), dtype=np.int64)
    _, classes, sizes = np.unique(
        codes, axis=0, return_inverse=True, return_counts=True
    )
    found: Codes = sizes[classes.ravel()]
    return found


def suppressed(codes: Codes, least: int) -> Codes:
    """Empty as few cells as it takes that no row is one of fewer than ``least``.

    Rows of one class are emptied together, so a class that is large enough stays. One
    cell per row is tried first, with whatever variable helps most rows, then two, and
    so on. The result depends on the rows, not on their order: a second run must not
    empty other cells, because both runs together would undo each other.

    Parameters
    ----------
    codes : array
        Rows by variables: the number of the group, or -1 where there is none.
    least : int
        Rows that must be alike.

    Returns
    -------
    array
        The same with more cells of -1. Fewer rows than ``least`` are emptied whole.

    References
    ----------
    L. Sweeney (2002), International Journal of Uncertainty, Fuzziness and
    Knowledge-Based Systems 10, 571-588.

    Examples
    --------
    >>> rows = np.array([[0, 0]] * 5 + [[1, 0]] * 4 + [[1, 1]])
    >>> suppressed(rows, 5)[-5:].tolist()
    [[1, -1], [1, -1], [1, -1], [1, -1], [1, -1]]
    """
    found = codes.copy()
    for emptied in _levels(found):
        while (class_sizes(found) < least).any():
            if not _empty_best(found, emptied, least):
                break
    return _without_lonely(found, least)


def _levels(codes: Codes) -> Iterator[list[tuple[int, ...]]]:
    """Sets of variables to empty, those of one size together."""
    width = codes.shape[1]
    for size in range(1, width + 1):
        if width <= _MOST_TRIED:
            yield list(combinations(range(width), size))
        else:
            finest = np.argsort(-codes.max(axis=0), kind="stable")
            yield [tuple(sorted(finest[:size].tolist()))]


def _empty_best(found: Codes, sets: list[tuple[int, ...]], least: int) -> bool:
    """Empty the set of variables that frees most rows; whether it freed any."""
    small = class_sizes(found) < least
    best, freed = None, np.zeros(0, dtype=bool)
    for emptied in sets:
        tried = found.copy()
        tried[np.flatnonzero(small)[:, None], list(emptied)] = EMPTY
        frees = small & (class_sizes(tried) >= least)
        if frees.sum() > freed.sum():
            best, freed = emptied, frees
    if best is None:
        return False
    found[np.flatnonzero(freed)[:, None], list(best)] = EMPTY
    return True


def _without_lonely(found: Codes, least: int) -> Codes:
    """Give rows that are empty and still too few the company of others."""
    while (class_sizes(found) < least).any():
        sizes = class_sizes(found)
        lonely = (found == EMPTY).all(axis=1)
        found[sizes < least] = EMPTY
        lonely |= sizes < least
        missing = least - int(lonely.sum())
        if missing <= 0 or lonely.all():
            return found
        smallest = sizes[~lonely].min()
        joins = np.flatnonzero(~lonely & (sizes == smallest))
        # of classes of one size the first by its groups, wherever its rows stand
        first = found[joins[np.lexsort(found[joins].T[::-1])[0]]]
        joins = joins[(found[joins] == first).all(axis=1)]
        found[joins] = EMPTY
    return found
