"""How many people are in three groups at once, where a survey named them beforehand.

Every cell is a group of its own. Must not know what anybody answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from analysis.disclosure.anonymous import group_codes
from analysis.disclosure.answered import Answered
from analysis.disclosure.counts import OPTIONS, Key, Row
from analysis.disclosure.crossing import bind_sizes, is_shown, sizes_of, with_pairs
from analysis.disclosure.rounding import rounded
from analysis.disclosure.system import BASE, BOTH, NOBODY, System, Unknown


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """The table of people: its cells, and what no reader is told.

    ``rows`` are the cells that a table has; ``counted`` holds how many people are in
    which three, and in which two, those in nobody's group included.
    """

    rows: tuple[Row, ...]
    counted: Mapping[Unknown, int]
    data: Answered

    @property
    def variables(self) -> tuple[str, ...]:
        """The three group variables."""
        return self.data.variables

    @property
    def cells(self) -> frozenset[Unknown]:
        """The cells of the table as unknowns."""
        return frozenset((row.key, BASE) for row in self.rows)

    def bind(self, system: System) -> None:
        """Bind cells to the numbers of people in two groups, and these to one."""
        bind_sizes(system, self.data)
        self.bind_cells(system)

    def bind_cells(self, system: System) -> None:
        """Whoever is in two groups is in one of the third, or in nobody's."""
        cells = _cells(self.data)
        for sides in combinations(range(len(self.variables)), 2):
            sums: dict[Key, dict[int, float]] = {}
            for groups in cells:
                pair = _key(
                    [self.variables[n] for n in sides], [groups[n] for n in sides]
                )
                cell = system.place(_key(self.variables, groups), BASE)
                sums.setdefault(pair, {})[cell] = 1.0
            for pair, terms in sums.items():
                whole = system.place(pair, BASE)
                system.bind(terms | {whole: -1.0}, low=0, high=0)


def three_way(data: Answered) -> ThreeWay | None:
    """Count people by the three groups that were named before the survey opened.

    ``None`` where none were named, where fewer took part than such a table needs (as
    it is published, so that the table tells nothing of it), or where one of the
    variables has no two groups.
    """
    policy = data.policy
    named = policy.three_way
    people = rounded(data.population.people, policy.thresholds)
    if not named or people < policy.thresholds.three_way_people:
        return None
    if not set(named) <= set(data.variables):
        return None
    own = with_pairs(replace(data, policy=replace(policy, groups=named)))
    cells = _cells(own)
    codes = group_codes(data, named)
    shape = [len(own.groups[name].names) + 1 for name in named]
    # whoever is in nobody's group stands last
    places = np.where(codes < 0, np.array(shape) - 1, codes)
    counted = np.bincount(
        np.ravel_multi_index(tuple(places.T), tuple(shape)), minlength=len(cells)
    )
    rows = [
        Row(_key(named, groups), n, {}, shape=OPTIONS)
        for groups, n in zip(cells, counted.tolist(), strict=True)
    ]
    known = {row.key: row.base for row in (*rows, *sizes_of(own).values())}
    return ThreeWay(
        rows=tuple(row for row in rows if is_shown(row.key)),
        counted={(key, BASE): n for key, n in known.items()},
        data=own,
    )


def _cells(data: Answered) -> list[tuple[str, ...]]:
    return list(
        product(*((*data.groups[name].names, NOBODY) for name in data.variables))
    )


def _key(
    variables: tuple[str, ...] | list[str], groups: tuple[str, ...] | list[str]
) -> Key:
    return Key("", BOTH.join(variables), BOTH.join(groups))
