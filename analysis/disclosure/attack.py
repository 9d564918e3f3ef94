"""A reader with an integer programme, looking for counts with one possible value.

Must not know where the inequalities come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.disclosure.blocks import SHARED, Blocks, Part
from analysis.disclosure.programme import moved, nearest, solved
from analysis.disclosure.system import BOTH, System, Unknown

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

# A count of 1 to 4 is a handful of people who may know each other.
SMALL = range(1, 5)

_HALF = 0.5


@dataclass(slots=True)
class Attack:
    """Looks for unknowns of 1 to 4 that can have no other value.

    ``truth`` is one solution of the system. Every further solution, in whole people,
    clears the unknowns it has another value for; only a solution that was put into
    every inequality counts. An unknown is told when no solution moves it although
    some inequalities were left out: the others can only bind more. ``shared`` marks
    the unknowns that blocks have in common; without it, the sizes of the groups of one
    variable.
    """

    system: System
    truth: Floats
    shared: Marks | None = None
    _blocks: Blocks = field(init=False)
    _is_moved: Marks = field(init=False)
    _rests: list[Floats] = field(init=False)

    def __post_init__(self) -> None:
        if self.shared is None:
            common = {"", *(key.variable for key, _ in self.system.unknowns)}
            self.shared = np.array(
                [
                    key.item in common and BOTH not in key.variable
                    for key, _ in self.system.unknowns
                ]
            )
        self._blocks = Blocks(
            self.system.matrix(),
            np.array(self.system.low),
            np.array(self.system.high),
            self.shared,
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
            part = self._blocks.beside(block, self.truth)
            self._move_many(places[own == block], part, self.truth)
        return [names[place] for place in places if self._is_fixed(int(place))]

    def follows(self, changed: Mapping[Unknown, float]) -> bool:
        """Whether there is a solution with other values of what is shared.

        Parameters
        ----------
        changed : mapping
            Unknowns that are shared, and what they are changed to.
        """
        point = self.truth.copy()
        for name, value in changed.items():
            point[self.system.unknowns[name]] = value
        return not self._follow(point)

    def elsewhere(self, name: Unknown) -> dict[Unknown, float] | None:
        """Return other values of what is shared, beside which an unknown moves.

        As little as possible of what is shared changes; ``None`` where nothing is
        found, which is no proof.
        """
        place = self.system.unknowns[name]
        own = int(self._blocks.of_column[place])
        names = list(self.system.unknowns)
        is_shared = self._blocks.shared
        for part in (self._blocks.beside(own, self.truth), self._blocks.alone([own])):
            costs = is_shared[part.columns].astype(np.float64)
            for way in (1, -1):
                found = nearest(part, place, self.truth, way, costs)
                if found is None or self._follow(part.put(found, self.truth)):
                    continue
                point = self._rests[-1]
                return {names[n]: float(point[n]) for n in np.flatnonzero(is_shared)}
        return None

    def stuck(self, suspects: Sequence[Unknown]) -> list[Unknown]:
        """Return unknowns that do not move while what is shared stands.

        It stands as in the truth, or as in anything that was followed before.

        Parameters
        ----------
        suspects : sequence
            Unknowns to look at.
        """
        known = self.system.unknowns
        places = np.array([known[name] for name in suspects], dtype=np.intp)
        own = self._blocks.of_column[places]
        for block in np.unique(own[own != SHARED]).tolist():
            mine = places[own == block]
            parts = [(self._blocks.within(block, rest), rest) for rest in self._rests]
            for part, rest in parts:
                self._move_many(mine, part, rest)
            for place in mine[~self._is_moved[mine]]:
                for part, rest in parts:
                    self._move_many(np.array([place]), part, rest)
        is_left = ~self._is_moved[places]
        return [name for name, left in zip(suspects, is_left, strict=True) if left]

    def _move_many(self, places: Places, part: Part, rest: Floats) -> None:
        """Move unknowns of a part up together, then down, until no more do."""
        before = -1
        places = places[~self._is_moved[places]]
        while places.size and places.size != before:
            before = places.size
            for way in (1, -1):
                self._keep(moved(part, places, rest, way), part, rest)
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
            found = moved(part, place, self.truth, way)
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
            if self._keep(moved(part, place, self.truth, way), part, rest):
                return True
        return False

    def _follow(self, point: Floats) -> set[int]:
        """Let each block follow what is shared; return those that cannot."""
        wrong = self._blocks.broken(point)
        blocked = wrong & {SHARED}  # what is shared follows nobody
        for block in sorted(wrong - blocked):
            part = self._blocks.within(block, point)
            found = solved(part.matrix, part.low, part.high)
            if found is None:
                blocked.add(block)
            else:
                point = part.put(found, point)
        if not blocked and not self._blocks.broken(point):
            self._is_moved |= abs(point - self.truth) > _HALF
            self._rests.append(point)
        return blocked | self._blocks.broken(point)
