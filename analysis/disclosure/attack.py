"""A reader with an integer programme, looking for counts with one possible value.

Must not know where the inequalities come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.system import System, Unknown

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

# A count of 1 to 4 is a handful of people who may know each other.
SMALL = range(1, 5)

# Steps after which the search for a whole-numbered solution is given up; what could not
# be shown to be safe by then counts as unsafe. Steps, not seconds: every machine must
# come to the same result.
_STEPS = 500
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """Some inequalities, and the unknowns that are free in them."""

    rows: Marks
    columns: Marks


@dataclass(slots=True)
class Attack:
    """Looks for unknowns of 1 to 4 that can have no other value.

    ``truth`` is one solution of the system. An unknown that is a person more or fewer
    in another solution, in whole people, is safe; starting from the truth, one
    programme clears many unknowns at a time.
    """

    system: System
    truth: Floats
    _matrix: sparse.csc_array = field(init=False)
    _items: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._matrix = self.system.matrix().tocsc()
        self._items = [key.item for key, _ in self.system.unknowns]

    def pinned(self, suspects: Sequence[Unknown] | None = None) -> list[Unknown]:
        """Return the unknowns of 1 to 4 that have one possible value only.

        First each item on its own, everything else as it is: what moves there is
        safe. Then the few that are left, one by one.

        Parameters
        ----------
        suspects : sequence, optional
            Unknowns to look at; without them all of 1 to 4.
        """
        names = list(self.system.unknowns)
        small = (self.truth >= SMALL.start) & (self.truth < SMALL.stop)
        left = np.flatnonzero(small)
        if suspects is not None:
            left = np.array([self.system.unknowns[name] for name in suspects], np.intp)
        by_item: dict[str, list[int]] = {}
        for place in left.tolist():
            by_item.setdefault(self._items[place], []).append(place)
        stuck: list[int] = []
        for item, places in by_item.items():
            alone = self._alone(item)
            stuck += self._left(np.array(places, np.intp), alone).tolist()
        return [names[place] for place in stuck if self._is_fixed(place)]

    def _left(self, places: Places, part: Part) -> Places:
        """Return those that do not move, neither up nor down."""
        before = -1
        while places.size and places.size != before:
            before = places.size
            for way in (1, -1):
                places = places[~self._moves(places, way, part)]
        return places

    def _is_fixed(self, place: int) -> bool:
        """Whether an unknown cannot move, whatever else moves.

        What the inequalities of its item fix is fixed by all of them; only for the
        rest everything is asked.
        """
        alone = np.array([place], dtype=np.intp)
        parts = (self._around(self._items[place]), self._whole())
        return any(
            not any(self._moves(alone, way, part)[0] for way in (1, -1))
            for part in parts
        )

    def _whole(self) -> Part:
        rows, columns = self._matrix.shape
        return Part(np.ones(rows, dtype=bool), np.ones(columns, dtype=bool))

    def _alone(self, item: str) -> Part:
        """Return the unknowns of one item and the inequalities they stand in."""
        columns = np.array([name == item for name in self._items])
        rows: Marks = abs(self._matrix) @ columns > 0
        return Part(rows, columns)

    def _around(self, item: str) -> Part:
        """Return the inequalities of one item and of the sizes of the groups."""
        variables = {key.variable for key, _ in self.system.unknowns}
        others = np.array([name not in (item, "", *variables) for name in self._items])
        rows: Marks = abs(self._matrix) @ others == 0
        return Part(rows, ~others)

    def _moves(self, places: Places, way: int, part: Part) -> Marks:
        """Which unknowns can be a whole person more (or less), many at once.

        For each of them a further variable of 0 or 1 says whether it moves; their sum
        is made as large as possible.
        """
        if not places.size:
            return np.zeros(0, dtype=bool)
        inside = self._matrix[:, part.columns][part.rows]
        rest = self._matrix[:, ~part.columns][part.rows] @ self.truth[~part.columns]
        count, size = places.size, inside.shape[1]
        chosen = np.cumsum(part.columns)[places] - 1
        step = -way * sparse.eye_array(count)
        matrix = sparse.block_array([[inside, None], [_picks(chosen, size), step]])
        start, endless = self.truth[places], np.full(count, np.inf)
        low = np.array(self.system.low)[part.rows] - rest
        high = np.array(self.system.high)[part.rows] - rest
        found = milp(
            np.concatenate([np.zeros(size), -np.ones(count)]),
            constraints=LinearConstraint(
                matrix,
                np.append(low, start if way > 0 else -endless),
                np.append(high, start if way < 0 else endless),
            ),
            bounds=Bounds(0, np.append(np.full(size, np.inf), np.ones(count))),
            integrality=1,
            options={"node_limit": _STEPS},
        )
        if found.x is None:
            return np.zeros(count, dtype=bool)
        moved: Marks = found.x[size:] > _HALF
        return moved


def _picks(places: Places, size: int) -> sparse.csr_array:
    lines = np.arange(places.size)
    ones = np.ones(places.size)
    return sparse.csr_array((ones, (lines, places)), shape=(places.size, size))
