"""What tables by two group variables add to what a reader knows.

Whoever has both groups is in one cell; who lacks one of them is in a row of nobody's
group, and everybody is in one row. Must not know what may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from analysis.disclosure.anonymous import group_codes
from analysis.disclosure.answered import Answered, Groups
from analysis.disclosure.counts import Cell, Key, Row
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import Released, shape_of
from analysis.disclosure.rounding import rounded
from analysis.disclosure.system import (
    BASE,
    BOTH,
    NOBODY,
    PEOPLE,
    System,
    Unknown,
    bind_shape,
)


def with_pairs(data: Answered) -> Answered:
    """Return the same answers, divided by every two variables as well.

    Those without a group of a variable are a group of their own there.
    """
    codes = group_codes(data, data.variables)
    groups = dict(data.groups)
    for first, second in combinations(range(len(data.variables)), 2):
        pair = [data.variables[first], data.variables[second]]
        names = [(*data.groups[name].names, NOBODY) for name in pair]
        places = [
            np.where(codes[:, column] < 0, len(own) - 1, codes[:, column])
            for column, own in zip((first, second), names, strict=True)
        ]
        both = np.asarray(places[0] * len(names[1]) + places[1], dtype=np.int64)
        groups[BOTH.join(pair)] = Groups(
            tuple(BOTH.join((one, other)) for one in names[0] for other in names[1]),
            both,
        )
    return replace(data, groups=groups)


def is_shown(key: Key) -> bool:
    """Whether a row is of people who have both groups."""
    return NOBODY not in key.group.split(BOTH)


def sizes_of(data: Answered) -> dict[Key, Row]:
    """Count how many people have which two groups; nobody is told that."""
    found = {}
    for pair, groups in data.groups.items():
        if BOTH not in pair:
            continue
        counted = np.bincount(groups.codes, minlength=len(groups.names))
        for name, n in zip(groups.names, counted.tolist(), strict=True):
            key = size_key(pair, name)
            found[key] = Row(key, n, {})
    return found


@dataclass(frozen=True, slots=True)
class Crowds:
    """How many people have two groups at least: truly, and as tables may show."""

    true: Mapping[Key, int]
    shown: Mapping[Key, int]


def crowds(rows: Iterable[Row], policy: Policy) -> Crowds:
    """Take the largest base of each pair of groups over all items.

    Parameters
    ----------
    rows : iterable of Row
        Every item by every pair of variables.
    policy : Policy
        Rules of the survey.
    """
    reach = policy.thresholds.rounding_base // 2
    true: dict[Key, int] = {}
    shown: dict[Key, int] = {}
    for row in rows:
        key = size_key(row.key.variable, row.key.group)
        true[key] = max(row.base, true.get(key, 0))
        least = policy.base_of(row.key.item)
        if is_shown(row.key) and row.base >= least:
            told = max(rounded(row.base, policy.thresholds) - reach, least)
            shown[key] = max(told, shown.get(key, 0))
    return Crowds(true, shown)


def bind_least(system: System, sizes: Mapping[Key, int]) -> None:
    """Say of sizes that they are not smaller."""
    for key, n in sizes.items():
        system.bind({system.place(key, BASE): 1}, low=n)


def size_key(pair: str, group: str) -> Key:
    """Return the key of a number of people."""
    return Key("", pair, group)


def bind_sizes(system: System, data: Answered) -> None:
    """Everybody is in one row of a pair; the rows of a group are its people."""
    pairs = [pair for pair in data.groups if BOTH in pair]
    for pair, side in product(pairs, (0, 1)):
        variable = pair.split(BOTH)[side]
        apart = data.groups[variable].apart
        for group, inside in _sides(data.groups[pair].names, side):
            places = [system.place(size_key(pair, name), BASE) for name in inside]
            terms = dict.fromkeys(places, 1.0)
            if group == NOBODY:
                _bind_nobody(system, variable, terms, data)
            elif group not in apart:
                whole = system.place(Key(variable), ("share", group))
                system.bind(terms | {whole: -1.0}, low=0, high=0)


def _bind_nobody(
    system: System, variable: str, terms: Mapping[int, float], data: Answered
) -> None:
    """Those without a group are everybody but those with one."""
    if variable in data.population.complete:
        system.bind(terms, low=0, high=0)
        return
    own = data.groups[variable]
    shown = [group for group in own.names if group not in own.apart]
    others = {system.place(Key(variable), ("share", group)): 1.0 for group in shown}
    people = system.place(PEOPLE, BASE)
    system.bind({**terms, **others, people: -1.0}, low=0, high=0)


def bind_rows(
    system: System, rows: Sequence[Row], data: Answered
) -> dict[Unknown, int]:
    """Bind the rows of one item by one pair to its rows by one variable.

    Returns
    -------
    dict
        Counts that stand in no row: of all who lack at least one of the groups.
    """
    item, pair = rows[0].key.item, rows[0].key.variable
    cells: tuple[Cell, ...] = (BASE, *rows[0].cells)
    by_group = {row.key.group: row for row in rows}
    for row in rows:
        base = system.place(row.key, BASE)
        size = system.place(size_key(pair, row.key.group), BASE)
        system.bind({base: 1, size: -1}, high=0)
        if not is_shown(row.key):
            places = {cell: system.place(row.key, cell) for cell in row.cells}
            bind_shape(system, _unsaid(row), base, places)
    for side, variable in enumerate(pair.split(BOTH)):
        apart = data.groups[variable].apart
        for group, inside in _sides(tuple(by_group), side):
            margin = Key(item, variable, group)
            if group in apart or (margin, BASE) not in system.unknowns:
                continue
            for cell in cells:
                terms = {system.place(by_group[g].key, cell): 1.0 for g in inside}
                system.bind(terms | {system.place(margin, cell): -1.0}, low=0, high=0)
    rest = [row for row in rows if not is_shown(row.key)]
    return {
        (Key(item, pair, NOBODY), cell): sum(value(row, cell) for row in rest)
        for cell in cells
    }


def value(row: Row, cell: Cell) -> int:
    """Return a true count of a row."""
    return row.base if cell == BASE else row.cells[cell]


def _unsaid(row: Row) -> Released:
    return Released(row.key, shape_of(row))


def _sides(groups: Sequence[str], side: int) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for group in groups:
        found.setdefault(group.split(BOTH)[side], []).append(group)
    yield from found.items()
