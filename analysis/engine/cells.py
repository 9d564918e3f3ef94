"""Persons counted into cells by stratum, group and category; knows no file.

Works through small integers a chunk at a time. Must not know who gave them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from analysis.engine.kept import Kept

Codes = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Rows counted at a time: all arrays of a chunk stay in the processor's cache.
CHUNK = 1 << 16
# Several items share one table of cells while it is small: what costs time is
# looking at every weight, and a shared table looks once for all of them.
MOST_CELLS = 1 << 15


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over persons by stratum, group and category.

    The last group collects persons without a group, so that the sum over all
    groups is everybody.

    Attributes
    ----------
    n, w, ww : ndarray of strata × (groups + 1) × categories
        Persons, their weights and their squared weights (which errors need; empty
        where nobody asked for them).
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


@dataclass(frozen=True, slots=True)
class Column:
    """Answers of every person: ``answers`` codes from 0; all others are none.

    So the kinds of no answer may keep codes of their own, behind the answers or
    below 0, and nobody has to copy a column to take them out.
    """

    codes: Codes | Kept
    answers: int

    def rows(self, part: slice) -> Column:
        """The same column of some of the persons."""
        return Column(self.codes[part], self.answers)


@dataclass(frozen=True, slots=True)
class Division:
    """Group and stratum of every person; whoever has no group is in the last."""

    groups: Column | None = None
    strata: Column | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Strata, and groups with the one of nobody's."""
        strata = 1 if self.strata is None else self.strata.answers
        return strata, 1 + (0 if self.groups is None else self.groups.answers)

    def rows(self, part: slice) -> Division:
        """The same division of some of the persons."""
        return Division(
            None if self.groups is None else self.groups.rows(part),
            None if self.strata is None else self.strata.rows(part),
        )


def count(
    columns: Sequence[Column],
    division: Division,
    weights: Floats | None = None,
    *,
    squares: bool = True,
) -> tuple[Sums, ...]:
    """Sums of every column over the same persons, in one pass.

    Examples
    --------
    >>> column = Column(np.array([0, 1, 1, -1, 4], dtype=np.int8), 2)
    >>> count([column], Division())[0].n.tolist()
    [[[1, 2]]]
    """
    rows = len(columns[0].codes) if columns else 0
    read = [(array_of(column.codes), column.answers) for column in columns]
    by = [division.strata, division.groups]
    steps = [None if one is None else (array_of(one.codes), one.answers) for one in by]
    # One for all: what is looked at again and again stays in the cache.
    where = np.empty(min(rows, CHUNK), dtype=np.intp)
    kinds = 0 if weights is None else 1 + squares
    batches = [
        _Batch(some, division.shape, kinds, where)
        for some in _batches(read, prod(division.shape), min(rows, MOST_CELLS))
    ]
    for start in range(0, rows, CHUNK):
        part = slice(start, min(start + CHUNK, rows))
        place = np.zeros(part.stop - start, dtype=np.int64)
        for step, width in zip(steps, division.shape, strict=True):
            if step is not None:
                place *= width
                place += _bounded(step[0][part], step[1]).astype(np.int64)
        given: list[Floats] = [] if weights is None else [weights[part]]
        if given and squares:
            given.append(given[0] * given[0])
        for batch in batches:
            batch.add(place, part, given)
    return tuple(sums for batch in batches for sums in batch.sums())


def array_of(codes: Codes | Kept) -> Codes:
    """The codes themselves, mapped where a file keeps them."""
    return codes.codes if isinstance(codes, Kept) else np.asarray(codes)


def _batches(
    columns: Sequence[tuple[Codes, int]], least: int, most: int
) -> Iterator[list[tuple[Codes, int]]]:
    """Neighbours whose common table has at most so many cells, or one alone."""
    batch: list[tuple[Codes, int]] = []
    size = least
    for column in columns:
        if batch and size * (column[1] + 1) > most:
            yield batch
            batch, size = [], least
        batch.append(column)
        size *= column[1] + 1
    if batch:
        yield batch


def _bounded(codes: Codes, answers: int) -> Codes:
    """Codes from 0 to ``answers``, the last one being everything that is none."""
    size = codes.dtype.itemsize
    if codes.dtype.kind not in "iu" or answers > np.iinfo(f"u{size}").max:
        codes, size = codes.astype(np.int64), 8
    # Read as unsigned, what is below 0 is beyond every answer. A bound for every
    # row instead of one for all: the one is ten times as slow.
    unsigned = codes.view(f"u{size}")
    bound = np.full(len(codes), answers, dtype=unsigned.dtype)
    found: Codes = np.minimum(unsigned, bound)
    return found


class _Batch:
    """The cells of several items together, which each item's are sums of."""

    def __init__(
        self,
        columns: Sequence[tuple[Codes, int]],
        shape: tuple[int, int],
        kinds: int,
        where: npt.NDArray[np.intp],
    ) -> None:
        self._columns, self._where = columns, where
        self._shape = (*shape, *(answers + 1 for _, answers in columns))
        size = prod(self._shape)
        self._n = np.zeros(size, dtype=np.int64)
        self._w = np.zeros((kinds, size))
        self._type = np.int16 if size <= np.iinfo(np.int16).max else np.int64

    def add(self, place: Codes, part: slice, weights: Sequence[Floats]) -> None:
        """Count a chunk, whose persons are in these strata and groups."""
        # In place and in the narrow type: copies are what costs time here.
        size, rows = len(self._n), len(place)
        cells: Codes = place.astype(self._type)
        where = self._where[:rows]
        for codes, answers in self._columns:
            cells *= answers + 1
            cells += _bounded(codes[part], answers).astype(self._type)
        np.copyto(where, cells)
        self._n += np.bincount(where, minlength=size)
        for total, weight in zip(self._w, weights, strict=True):
            total += np.bincount(where, weights=weight, minlength=size)

    def sums(self) -> Iterator[Sums]:
        """The sums of every item of the batch."""
        n = self._n.reshape(self._shape)
        persons = n.sum(axis=tuple(range(1, n.ndim)))
        weighted = self._w.reshape(len(self._w), *self._shape)
        for number in range(len(self._columns)):
            others = tuple(2 + k for k in range(len(self._columns)) if k != number)
            # The last category is that of no answer.
            own = n.sum(axis=others)[..., :-1]
            w = [one.sum(axis=others)[..., :-1] for one in weighted]
            if not w:
                w = [own.astype(np.float64)] * 2
            yield Sums(own, w[0], w[1] if len(w) > 1 else np.zeros(0), persons)
