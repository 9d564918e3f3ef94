"""A reader of file and tables, looking for emptied cells. Must not know how they were.

The file gives the answers of every row; the tables give rounded counts of the same
answers by group. Whoever holds both asks a linear programme in which group a row can
be whose group was emptied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

Codes = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """What the tables tell of one group: published counts, and the rows they count.

    The marks name rows of the file whatever their group; of them the count counts
    those in this group. ``most`` are rows of which not more are in this group.
    """

    group: int
    counts: tuple[tuple[Marks, int], ...]
    most: tuple[tuple[Marks, int], ...] = ()


@dataclass(slots=True)
class _Programme:
    """Unknown groups of the emptied rows, one number from 0 to 1 for each."""

    empties: Places
    groups: int
    lines: list[tuple[Places, int, float]] = field(default_factory=list)

    def bind(self, inside: Marks, group: int, low: float, high: float) -> None:
        """Say how many of the emptied rows a count leaves room for."""
        places = np.flatnonzero(inside[self.empties])
        columns = places * self.groups + group
        if high < len(columns):
            self.lines.append((columns, 1, high))
        if low > 0:
            self.lines.append((columns, -1, -low))

    def matrix(self) -> tuple[sparse.csr_array, Floats]:
        """Coefficients and right-hand sides; every row is in one group at most."""
        width = len(self.empties) * self.groups
        every = np.arange(width)
        lines = [len(self.lines) + every // self.groups]
        columns, values = [every], [np.ones(width)]
        for number, (places, sign, _) in enumerate(self.lines):
            lines.append(np.full(len(places), number))
            columns.append(places)
            values.append(np.full(len(places), float(sign)))
        most = [value for _, _, value in self.lines] + [1.0] * len(self.empties)
        where = np.concatenate(lines), np.concatenate(columns)
        shape = (len(most), width)
        return sparse.csr_array((np.concatenate(values), where), shape=shape), np.array(
            most
        )


def restored(
    true: Codes,
    shown: Codes,
    told: Iterable[Told],
    reach: int,
    *,
    complete: bool,
    safe: Marks | None = None,
) -> Marks:
    """Return the rows whose emptied group file and tables tell together.

    Parameters
    ----------
    true, shown : array
        Group of each row, and what the file shows of it; -1 where there is none.
    told : iterable of Told
        Every published row of the groups of this variable.
    reach : int
        How far a count may lie from what is published.
    complete : bool
        Whether everybody has a group, as the reader knows.
    safe : array of bool, optional
        Rows that were safe while less was empty; more empty cells bind nobody.

    Returns
    -------
    array of bool
        True where a group was emptied and can have one value only.
    """
    empties = np.flatnonzero(shown < 0)
    hidden = empties[true[empties] >= 0]
    if safe is not None:
        hidden = hidden[~safe[hidden]]
    found = np.zeros(len(true), dtype=bool)
    if not hidden.size:
        return found
    groups = int(true.max()) + 1
    programme = _Programme(empties, groups)
    for one in told:
        _bind(programme, one, shown, reach)
    place = {int(row): number for number, row in enumerate(empties)}
    wanted = np.array([place[int(r)] * groups + true[r] for r in hidden], np.intp)
    is_told = _surely(programme, wanted, complete=complete)
    found[hidden[is_told]] = True
    return found


def _bind(programme: _Programme, one: Told, shown: Codes, reach: int) -> None:
    own = shown == one.group
    for inside, n in one.counts:
        known = int((inside & own).sum())
        programme.bind(inside, one.group, n - reach - known, n + reach - known)
    for inside, n in one.most:
        programme.bind(inside, one.group, 0, n - int((inside & own).sum()))


def _surely(programme: _Programme, wanted: Places, *, complete: bool) -> Marks:
    """Which of the unknowns cannot be 0: their row must be in its group.

    Many at once, then one by one; one is enough for the file not to be made.
    """
    matrix, most = programme.matrix()
    left = np.ones(len(wanted), dtype=bool)
    before = -1
    while left.any() and int(left.sum()) != before:
        before = int(left.sum())
        left &= _least(programme, matrix, most, wanted[left], complete)[wanted] > _TINY
    for place in np.flatnonzero(left):
        alone = wanted[[place]]
        found = _least(programme, matrix, most, alone, complete)
        left[place] = found[alone[0]] > _TINY
        if left[place]:
            return left
    return left


def _least(
    programme: _Programme,
    matrix: sparse.csr_array,
    most: Floats,
    wanted: Places,
    complete: bool,  # noqa: FBT001
) -> Floats:
    """Return groups of the emptied rows that make some unknowns as small as can be."""
    width = matrix.shape[1]
    target = np.zeros(width)
    target[wanted] = 1
    rows = np.arange(width) // programme.groups
    everybody = sparse.csr_array((np.ones(width), (rows, np.arange(width))))
    found = linprog(
        target,
        A_ub=matrix,
        b_ub=most,
        A_eq=everybody if complete else None,
        b_eq=np.ones(len(programme.empties)) if complete else None,
        bounds=(0, 1),
        method="highs-ipm",
    )
    # What could not be shown to be safe counts as unsafe.
    values: Floats = np.ones(width) if found.x is None else found.x
    return values
