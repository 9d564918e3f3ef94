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

from analysis.disclosure.attack import Attack
from analysis.disclosure.counts import Cell, Key, Population, Row
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import PROTECTED, Released, release
from analysis.disclosure.system import (
    BASE,
    NOBODY,
    PEOPLE,
    System,
    published_people,
    system_of,
)

Floats = npt.NDArray[np.float64]


def audit(
    rows: Iterable[Row],
    population: Population,
    policy: Policy,
    *,
    withheld: Iterable[Key] = (),
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
    """
    known = {row.key: row for row in rows}
    hidden = frozenset(withheld)
    while True:
        released = {
            key: release(row, policy, is_withheld=key in hidden)
            for key, row in known.items()
        }
        pinned = _pinned(known, released, population, policy)
        more = _to_withhold(pinned, released)
        if not more:
            return hidden
        hidden |= more


def _to_withhold(
    pinned: Iterable[Key], released: Mapping[Key, Released]
) -> frozenset[Key]:
    """Choose the rows to hold back: their own, else smaller ones of the same item.

    Groups go before everybody: a group row is worth less than the whole.
    """
    cells = list(pinned)
    groups = {key for key in cells if key.variable and _is_said(key, released)}
    if groups:
        return frozenset(groups)
    whole = {key for key in cells if not key.variable and _is_said(key, released)}
    hidden = [key for key in cells if key not in whole]
    return frozenset(whole | {row for key in hidden for row in _nearby(key, released)})


def _is_said(key: Key, released: Mapping[Key, Released]) -> bool:
    return key in released and released[key].status != PROTECTED


def _nearby(key: Key, released: Mapping[Key, Released]) -> list[Key]:
    """Return the smallest row that still speaks of the item, of the same variable."""
    said = [
        other
        for other in released.values()
        if other.key.item == key.item and other.status != PROTECTED
    ]
    same = [other for other in said if other.key.variable == key.variable]
    grouped = [other for other in said if other.key.variable]
    for choice in (same if key.variable else [], grouped, said):
        if choice:
            return [min(choice, key=lambda other: (other.base or 0, other.key)).key]
    return []


def _pinned(
    known: Mapping[Key, Row],
    released: Mapping[Key, Released],
    population: Population,
    policy: Policy,
) -> list[Key]:
    system = system_of(
        released.values(),
        published_people(population.people, policy),
        population.complete,
        policy,
    )
    attack = Attack(system, _truth(system, known, population))
    return [key for key, _ in attack.pinned()]


def _truth(system: System, known: Mapping[Key, Row], population: Population) -> Floats:
    """Return the true value of every unknown."""
    values = np.zeros(len(system.unknowns))
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in known.values():
        if row.key.variable and not row.apart:
            grouped.setdefault((row.key.item, row.key.variable), []).append(row)
    for (key, cell), place in system.unknowns.items():
        if key == PEOPLE:
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
