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

from analysis.disclosure.blocks import Blocks, Part
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


@dataclass(slots=True)
class Attack:
    """Looks for unknowns of 1 to 4 that can have no other value.

    ``truth`` is one solution of the system. Every further solution, in whole people,
    clears the unknowns it has another value for; only a solution that was put into
    every inequality counts. An unknown is told when no solution moves it although
    some inequalities were left out: the others can only bind more.
    """

    system: System
    truth: Floats
    _blocks: Blocks = field(init=False)
    _is_moved: Marks = field(init=False)
    _rests: list[Floats] = field(init=False)

    def __post_init__(self) -> None:
        common = {"", *(key.variable for key, _ in self.system.unknowns)}
        self._blocks = Blocks(
            self.system.matrix(),
            np.array(self.system.low),
            np.array(self.system.high),
            np.array([key.item in common for key, _ in self.system.unknowns]),
        )
        self._is_moved = np.zeros(len(self.truth), dtype=bool)
        self._rests = [self.truth]

    def pinned(self, suspects: Sequence[Unknown] | None = None) -> list[Unknown]:
        """Return the unknowns of 1 to 4 that have one possible value only.

        First many at a time, block by block, everything else as it is; then the few
        that are left, one by one.

        Parameters
        ----------
        suspects : sequence, optional
            Unknowns to look at; without them all of 1 to 4.
        """
        names = list(self.system.unknowns)
        if suspects is None:
            small = (self.truth >= SMALL.start) & (self.truth < SMALL.stop)
            places = np.flatnonzero(small)
        else:
            known = self.system.unknowns
            places = np.array([known[name] for name in suspects], dtype=np.intp)
        own = self._blocks.of_column[places]
        for block in np.unique(own).tolist():
            self._move_many(places[own == block], block)
        return [names[place] for place in places if self._is_fixed(int(place))]

    def _move_many(self, places: Places, block: int) -> None:
        """Move unknowns of a block up together, then down, until no more do."""
        part = self._blocks.beside(block, self.truth)
        before = -1
        places = places[~self._is_moved[places]]
        while places.size and places.size != before:
            before = places.size
            for way in (1, -1):
                self._keep(_moved(part, places, self.truth, way), part, self.truth)
                places = places[~self._is_moved[places]]

    def _keep(self, found: Floats | None, part: Part, rest: Floats) -> bool:
        """Keep what a solution moves, the rest as it is, if all inequalities hold."""
        if found is None:
            return False
        solution = part.put(found, rest)
        is_one = not self._blocks.broken(solution)
        if is_one:
            self._is_moved |= abs(solution - self.truth) > _HALF
        return is_one

    def _is_fixed(self, place: int) -> bool:
        """Whether an unknown cannot move, whatever else moves."""
        alone = np.array([place], dtype=np.intp)
        if self._is_moved[place]:
            return False
        return not any(self._can_move(alone, way) for way in (1, -1))

    def _can_move(self, place: Places, way: int) -> bool:
        """Look for a solution in which one unknown moves up, or down.

        Its block is asked with what all share, then with those blocks, too, that
        cannot follow what was found; in the end it would be all of them.
        """
        own = int(self._blocks.of_column[place[0]])
        asked = {own}
        while True:
            part = self._blocks.alone(asked)
            found = _moved(part, place, self.truth, way)
            if found is None:
                return False
            if asked == {own} and self._moves_beside(place, own, way):
                return True
            blocked = self._follow(part.put(found, self.truth))
            if not blocked:
                return True
            if blocked <= asked:
                return False
            asked |= blocked

    def _moves_beside(self, place: Places, own: int, way: int) -> bool:
        """Whether an unknown moves beside other blocks as they have stood before."""
        for rest in self._rests:
            part = self._blocks.beside(own, rest)
            if self._keep(_moved(part, place, self.truth, way), part, rest):
                return True
        return False

    def _follow(self, point: Floats) -> set[int]:
        """Let each block follow what is shared; return those that cannot."""
        blocked = set()
        for block in self._blocks.broken(point):
            part = self._blocks.within(block, point)
            found = _solved(part.matrix, part.low, part.high)
            if found is None:
                blocked.add(block)
            else:
                point = part.put(found, point)
        if not blocked and not self._blocks.broken(point):
            self._is_moved |= abs(point - self.truth) > _HALF
            self._rests.append(point)
        return blocked | self._blocks.broken(point)


def _moved(part: Part, places: Places, start: Floats, way: int) -> Floats | None:
    """Return a solution that moves as many of some unknowns as possible one way.

    For each of them a further variable of 0 or 1 says whether it moves; their sum is
    made as large as possible. ``None`` where none of them moves.
    """
    count, size = places.size, len(part.columns)
    step = -way * sparse.eye_array(count)
    picks = _picks(part.chosen(places), size)
    endless = np.full(count, np.inf)
    found = _solved(
        sparse.block_array([[part.matrix, None], [picks, step]]),
        np.append(part.low, start[places] if way > 0 else -endless),
        np.append(part.high, start[places] if way < 0 else endless),
        chosen=count,
    )
    if found is None or not (found[size:] > _HALF).any():
        return None
    return found[:size]


def _solved(
    matrix: sparse.sparray, low: Floats, high: Floats, *, chosen: int = 0
) -> Floats | None:
    """Solve in whole numbers from 0 on; as many of the last ``chosen`` as can be 1."""
    size = matrix.shape[1] - chosen
    found = milp(
        np.append(np.zeros(size), -np.ones(chosen)),
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(0, np.append(np.full(size, np.inf), np.ones(chosen))),
        integrality=1,
        options={"node_limit": _STEPS},
    )
    solution: Floats | None = found.x
    return solution


def _picks(places: Places, size: int) -> sparse.csr_array:
    lines = np.arange(places.size)
    ones = np.ones(places.size)
    return sparse.csr_array((ones, (lines, places)), shape=(places.size, size))
