"""Inequalities in blocks that have only the sizes of the groups in common.

Must not know what an unknown counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

# The block of what all blocks have in common.
SHARED = -1

# Coefficients are whole or tenths and unknowns are whole: a false row is off by more.
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the inequalities, in the unknowns at ``columns``; the others stand."""

    matrix: sparse.csr_array
    low: Floats
    high: Floats
    columns: Places

    def put(self, found: Floats, point: Floats) -> Floats:
        """Return a point with a solution of the part in its place, in whole numbers."""
        whole = point.copy()
        whole[self.columns] = np.round(found)
        return whole

    def chosen(self, places: Places) -> Places:
        """Return where unknowns of the whole stand in the part."""
        return np.searchsorted(self.columns, places)


@dataclass(slots=True)
class Blocks:
    """All inequalities ``low <= matrix @ unknowns <= high``.

    Without the shared unknowns they fall into blocks: what happens in one block does
    not reach another one as long as the shared unknowns stand.
    """

    matrix: sparse.csr_array
    low: Floats
    high: Floats
    shared: Marks
    of_column: Places = field(init=False)
    of_row: Places = field(init=False)
    _by_row: Places = field(init=False)
    _patterns: Floats = field(init=False)
    _pattern_of: Places = field(init=False)
    _bound: Places = field(init=False)

    def __post_init__(self) -> None:
        own, across = self.matrix[:, ~self.shared], self.matrix[:, self.shared]
        both = sparse.block_array([[None, own], [own.T, None]])
        _, label = connected_components(both, directed=False)
        is_inner = np.diff(own.indptr) > 0
        self.of_row = np.where(is_inner, label[: len(self.low)], SHARED)
        self.of_column = np.full(self.matrix.shape[1], SHARED)
        self.of_column[~self.shared] = label[len(self.low) :]
        self._bound = np.flatnonzero((np.diff(across.indptr) > 0) & is_inner)
        self._patterns, self._pattern_of = np.unique(
            across[self._bound].toarray(), axis=0, return_inverse=True
        )

    def broken(self, point: Floats) -> set[int]:
        """Return the blocks with an inequality that a point does not fulfil."""
        values = self.matrix @ point
        is_wrong = (values < self.low - _NEAR) | (values > self.high + _NEAR)
        return set(self.of_row[is_wrong].tolist())

    def alone(self, blocks: Iterable[int]) -> Part:
        """Return some blocks and what is shared, without the other blocks."""
        chosen = [SHARED, *blocks]
        rows = np.flatnonzero(np.isin(self.of_row, chosen))
        columns = np.flatnonzero(np.isin(self.of_column, chosen))
        inside = self.matrix[rows][:, columns]
        return Part(inside, self.low[rows], self.high[rows], columns)

    def beside(self, block: int, point: Floats) -> Part:
        """Return one block and what is shared; the other blocks stay at a point."""
        part = self.alone([block])
        is_other = self.of_row[self._bound] != block
        rows, pattern = self._bound[is_other], self._pattern_of[is_other]
        taken = self.matrix[rows] @ np.where(self.shared, 0.0, point)
        low = np.full(len(self._patterns), -np.inf)
        high = np.full(len(self._patterns), np.inf)
        np.maximum.at(low, pattern, self.low[rows] - taken)
        np.minimum.at(high, pattern, self.high[rows] - taken)
        lines = np.zeros((len(low), len(part.columns)))
        lines[:, part.chosen(np.flatnonzero(self.shared))] = self._patterns
        return Part(
            sparse.vstack([part.matrix, sparse.csr_array(lines)], format="csr"),
            np.append(part.low, low),
            np.append(part.high, high),
            part.columns,
        )

    def within(self, block: int, point: Floats) -> Part:
        """Return one block; everything else stays at a point."""
        rows = np.flatnonzero(self.of_row == block)
        is_free = self.of_column == block
        taken = self.matrix[rows] @ np.where(is_free, 0.0, point)
        columns = np.flatnonzero(is_free)
        inside = self.matrix[rows][:, columns]
        return Part(inside, self.low[rows] - taken, self.high[rows] - taken, columns)
