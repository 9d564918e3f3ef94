"""A reader with a linear programme, looking for counts that can have one value only.

Must not know where the inequalities come from.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.system import System, Unknown
from analysis.package import AnalysisError

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

# A count of 1 to 4 is a handful of people who may know each other.
SMALL = range(1, 5)
_TINY = 1e-6


@dataclass(slots=True)
class Attack:
    """Looks for unknowns of 1 to 4 that can have no other value.

    ``truth`` is one solution of the system. An unknown that can be one person more or
    fewer in another solution is safe; starting from the truth, one programme clears
    many unknowns at a time.
    """

    system: System
    truth: Floats
    _matrix: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        self._matrix = self.system.matrix()

    def pinned(self) -> list[Unknown]:
        """Return the unknowns of 1 to 4 that have one possible value only."""
        small = (self.truth >= SMALL.start) & (self.truth < SMALL.stop)
        left = np.flatnonzero(small)
        before = -1
        while left.size and left.size != before:
            before = left.size
            for way in (1, -1):
                left = left[~self._moves(left, way)]
        names = list(self.system.unknowns)
        return [names[place] for place in left if self._is_fixed(int(place))]

    def _is_fixed(self, place: int) -> bool:
        alone = np.array([place], dtype=np.intp)
        return not any(self._moves(alone, way)[0] for way in (1, -1))

    def _moves(self, places: Places, way: int) -> npt.NDArray[np.bool_]:
        """Which unknowns can be a whole person more (or less), many at once.

        For each of them a further variable from 0 to 1 says how far it moves; their
        sum is made as large as possible.
        """
        if not places.size:
            return np.zeros(0, dtype=bool)
        count, size = places.size, self.truth.size
        matrix = sparse.block_array(
            [
                [self._matrix, None],
                [_picks(places, size), -way * sparse.eye_array(count)],
            ]
        )
        start = self.truth[places]
        low = np.concatenate([self.system.low, start if way > 0 else _none(count)])
        high = np.concatenate([self.system.high, start if way < 0 else -_none(count)])
        found = milp(
            np.concatenate([np.zeros(size), -np.ones(count)]),
            constraints=LinearConstraint(matrix, low, high),
            bounds=Bounds(0, np.append(np.full(size, np.inf), np.ones(count))),
        )
        if found.x is None:
            message = f"The published figures contradict each other: {found.message}"
            raise AnalysisError(message)
        moved: npt.NDArray[np.bool_] = found.x[size:] > 1 - _TINY
        return moved


def _picks(places: Places, size: int) -> sparse.csr_array:
    lines = np.arange(places.size)
    ones = np.ones(places.size)
    return sparse.csr_array((ones, (lines, places)), shape=(places.size, size))


def _none(count: int) -> Floats:
    return np.full(count, -np.inf)
