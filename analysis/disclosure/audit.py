"""The gate attacks its own figures: does everything together give a cell away?

Rounding each count on its own hides small cells unless many rounding errors happen to
point the same way: four cells of 2 beside a total of 8 say 0, 0, 0, 0 and 10, which
only 2, 2, 2, 2 explains. Rows of which the published figures together pin a cell of 1
to 4 are held back whole, with their base. Must not know what is drawn or said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from analysis.disclosure.attack import SMALL, Attack
from analysis.disclosure.counts import Cell, Key, Population, Row
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import PROTECTED, Released, release
from analysis.disclosure.system import (
    BASE,
    BOTH,
    NOBODY,
    PEOPLE,
    System,
    Unknown,
    published_people,
    system_of,
)
from analysis.disclosure.three_way import ThreeWay

Floats = npt.NDArray[np.float64]


def audit(
    rows: Iterable[Row],
    population: Population,
    policy: Policy,
    *,
    withheld: Iterable[Key] = (),
    people: ThreeWay | None = None,
) -> frozenset[Key]:
    """Return the rows that must be held back although their bases are large enough.

    Parameters
    ----------
    rows : iterable of Row
        Every row of every table of the survey, once, unrounded.
    population : Population
        Number of people and the group variables everybody has a value of.
    policy : Policy
        Rules of the survey.
    withheld : iterable of Key
        Rows that are held back anyway.
    people : ThreeWay, optional
        What is known of numbers of people, if some of the rows are its cells.
    """
    known = {row.key: row for row in rows}
    hidden = frozenset(withheld)
    suspects: list[Unknown] | None = None
    while suspects is None or suspects:
        released = {
            key: release(row, policy, is_withheld=key in hidden)
            for key, row in known.items()
        }
        # Saying less frees counts and binds none: who was safe stays safe.
        suspects = _pinned(known, released, population, policy, suspects, people)
        more = to_withhold([key for key, _ in suspects], released)
        if not more:
            break
        hidden |= more
    return hidden


def to_withhold(
    pinned: Iterable[Key], released: Mapping[Key, Released]
) -> frozenset[Key]:
    """Choose what to hold back: all groups of a variable, else everybody.

    Holding back one cell or one row would not do: who knows this rule could undo it,
    because the figures left in the table tell which rounded count would have given
    the cell away. A group is worth less than everybody, so groups go first.
    """
    cells = list(pinned)
    grouped = {(key.item, key.variable) for key in cells if key.variable}
    blocks = [row for block in grouped for row in _block(block, released)]
    if blocks:
        return frozenset(blocks)
    whole = [key for key in cells if not key.variable and _is_said(key, released)]
    if whole:
        return frozenset(whole)
    return frozenset(row for key in cells for row in _last_resort(key, released))


def _is_said(key: Key, released: Mapping[Key, Released]) -> bool:
    return key in released and released[key].status != PROTECTED


def _block(block: tuple[str, str], released: Mapping[Key, Released]) -> list[Key]:
    return [
        key
        for key in released
        if (key.item, key.variable) == block and _is_said(key, released)
    ]


def _last_resort(key: Key, released: Mapping[Key, Released]) -> list[Key]:
    """Return other rows of the item: its smallest block of groups, else everybody."""
    variables = {other.variable for other in released if other.item == key.item}
    blocks = [_block((key.item, variable), released) for variable in sorted(variables)]
    grouped = [block for block in blocks if block and block[0].variable]
    if grouped:
        return min(grouped, key=len)
    return [other for block in blocks for other in block]


def _pinned(
    known: Mapping[Key, Row],
    released: Mapping[Key, Released],
    population: Population,
    policy: Policy,
    suspects: list[Unknown] | None,
    people: ThreeWay | None,
) -> list[Unknown]:
    system = system_of(
        released.values(),
        published_people(population.people, policy),
        population.complete,
        policy,
    )
    if people is None:
        return Attack(system, truth_of(system, known, population)).pinned(suspects)
    people.bind(system)
    truth = truth_of(system, known, population, people.counted)
    if suspects is None:
        suspects = [
            name
            for name, place in system.unknowns.items()
            if 0 < truth[place] < _least_told(name, policy)
        ]
    return Attack(system, truth).pinned(suspects)


def _least_told(name: Unknown, policy: Policy) -> int:
    """From which number on a count may follow from others; of people a group's."""
    is_people = BOTH in name[0].variable
    return policy.thresholds.group_base if is_people else SMALL.stop


def truth_of(
    system: System,
    known: Mapping[Key, Row],
    population: Population,
    counted: Mapping[Unknown, int] | None = None,
) -> Floats:
    """Return the true value of every unknown; ``counted`` holds those of no row."""
    values = np.zeros(len(system.unknowns))
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in known.values():
        if row.key.variable and not row.apart:
            grouped.setdefault((row.key.item, row.key.variable), []).append(row)
    for (key, cell), place in system.unknowns.items():
        if counted and (key, cell) in counted:
            values[place] = counted[key, cell]
        elif key == PEOPLE:
            values[place] = population.people
        elif key.group == NOBODY:
            groups = grouped[key.item, key.variable]
            whole = _value(known[Key(key.item)], cell)
            values[place] = whole - sum(_value(row, cell) for row in groups)
        else:
            values[place] = _value(known[key], cell)
    return values


def _value(row: Row, cell: Cell) -> int:
    if cell == BASE:
        return row.base
    return row.missing[cell[1]] if cell[0] == "missing" else row.cells[cell]
