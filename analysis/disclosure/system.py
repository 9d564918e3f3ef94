"""What a reader of everything knows, as inequalities. Must not know a true count.

One unknown for every count, published or not; one row for every rounded count, every
total, every rule of the gate that says something about a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from analysis.disclosure.counts import PARTS, Cell, Key, Row
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import MAJORITY, PROTECTED, Released
from analysis.disclosure.rounding import rounded

BASE: Cell = ("base", "")
PEOPLE = Key("", "", "people")
# Those of everybody who are in no shown group of a variable.
NOBODY = "\x1fnone"

BOTH = "*"  # stands in no code, so "a*b" is no group of anybody's

Unknown = tuple[Key, Cell]


@dataclass(slots=True)
class System:
    """Unknown counts with the inequalities that bind them."""

    unknowns: dict[Unknown, int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def place(self, key: Key, cell: Cell) -> int:
        """Return the column of an unknown; a new one if it has none."""
        return self.unknowns.setdefault((key, cell), len(self.unknowns))

    def bind(
        self,
        terms: Mapping[int, float],
        *,
        low: float = -np.inf,
        high: float = np.inf,
    ) -> None:
        """Add one inequality: low <= sum of terms <= high."""
        self.rows.append(dict(terms))
        self.low.append(low)
        self.high.append(high)

    def matrix(self) -> sparse.csr_array:
        """Return the coefficients of all inequalities."""
        lines = [line for line, terms in enumerate(self.rows) for _ in terms]
        columns = [column for terms in self.rows for column in terms]
        values = [value for terms in self.rows for value in terms.values()]
        shape = (len(self.rows), len(self.unknowns))
        return sparse.csr_array((values, (lines, columns)), shape=shape)


def system_of(
    released: Iterable[Released],
    people: int,
    complete: frozenset[str],
    policy: Policy,
) -> System:
    """Write down what follows from everything that is published.

    Parameters
    ----------
    released : iterable of Released
        Every row of every table of the survey, once.
    people : int
        Published number of people.
    complete : frozenset of str
        Group variables that everybody has a value of.
    policy : Policy
        The rules, which a reader knows.
    """
    system = System()
    rows = {said.key: said for said in released}
    reach = policy.thresholds.rounding_base // 2
    everybody = system.place(PEOPLE, BASE)
    system.bind({everybody: 1}, low=max(people - reach, 0), high=people + reach)
    for said in rows.values():
        _bind_row(system, said, policy)
        if not said.shape.apart:
            _bind_people(system, said, everybody, policy)
        if said.key.item in complete and not said.key.variable:
            system.bind({system.place(said.key, BASE): 1, everybody: -1}, low=0, high=0)
    for item, variable in _crossings(rows):
        groups = [
            said
            for key, said in rows.items()
            if (key.item, key.variable) == (item, variable) and not said.shape.apart
        ]
        _bind_total(system, rows, groups, is_complete=variable in complete)
        _bind_small(system, groups, policy)
    return system


def _crossings(rows: Mapping[Key, Released]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((key.item, key.variable) for key in rows if key.variable))


def _bind_row(system: System, said: Released, policy: Policy) -> None:
    """Bind one row to its published figures and to the rules that let it pass."""
    reach = policy.thresholds.rounding_base // 2
    base = system.place(said.key, BASE)
    cells = {cell: system.place(said.key, cell) for cell in said.shape.cells}
    bind_shape(system, said, base, cells)
    if said.shape.never_asked:
        system.bind({base: 1}, low=0, high=0)
    if said.status == PROTECTED or said.base is None:
        return
    least = max(said.base - reach, policy.base_of(said.key.item))
    system.bind({base: 1}, low=least, high=said.base + reach)
    for cell, n in said.cells.items():
        system.bind({cells[cell]: 1}, low=n - reach, high=n + reach)
    for statistic, n in said.sums.items():
        terms = _summary(said, statistic, cells)
        system.bind(terms, low=n - reach, high=n + reach)
    for code, n in said.missing.items():
        place = system.place(said.key, ("missing", code))
        system.bind({place: 1}, low=n - reach, high=n + reach)
    _bind_majority(system, said, policy, base, cells)


def bind_shape(
    system: System, said: Released, base: int, cells: Mapping[Cell, int]
) -> None:
    """Bind the cells of a row to its base, as the kind of question has it."""
    if said.shape.shape == PARTS:
        system.bind(dict.fromkeys(cells.values(), 1.0) | {base: -1}, low=0, high=0)
        return
    for cell, place in cells.items():
        system.bind({place: 1, base: -1}, high=0)
        if cell[0] == "first":
            system.bind({place: 1, cells["ranked", cell[1]]: -1}, high=0)
    if said.shape.covers:
        is_rank = ("first", next(iter(cells))[1]) in cells
        statistic, most = ("first", 0.0) if is_rank else ("share", np.inf)
        chosen = {place: 1.0 for cell, place in cells.items() if cell[0] == statistic}
        system.bind(chosen | {base: -1}, low=0, high=most)


def _summary(
    said: Released, statistic: str, cells: Mapping[Cell, int]
) -> dict[int, float]:
    factors = Row(said.key, 0, {}, scale=said.shape.scale).sums()[statistic]
    return {cells["share", code]: float(factor) for code, factor in factors.items()}


def _bind_majority(
    system: System,
    said: Released,
    policy: Policy,
    base: int,
    cells: Mapping[Cell, int],
) -> None:
    """Say of small bases which answers nearly all gave, and that others were not."""
    own = policy.thresholds
    above, reach = own.majority_above, own.rounding_base // 2
    if said.majority:
        system.bind({base: 1}, high=own.majority_below_base - 1)
    small = (said.base or 0) + reach < own.majority_below_base
    for cell, place in cells.items():
        if cell[1] in said.majority and cell[0] in ("share", "ranked"):
            system.bind({place: 1, base: -above}, low=0)
        elif small and said.status != MAJORITY and cell[1] not in said.majority:
            system.bind({place: 1, base: -above}, high=0)


def _bind_people(
    system: System, said: Released, everybody: int, policy: Policy
) -> None:
    """A row counts at most the people of its group; with the missing, everybody."""
    base = system.place(said.key, BASE)
    if said.key.variable:
        size = (Key(said.key.variable), ("share", said.key.group))
        if size in system.unknowns:
            system.bind({base: 1, system.place(*size): -1}, high=0)
            # That a group is shown at all says that it is large enough.
            system.bind({system.place(*size): 1}, low=policy.thresholds.group_base)
        return
    terms = {base: 1.0, everybody: -1.0}
    if said.shape.counts_everybody:
        terms = {base: -1.0}
        system.bind({base: 1, everybody: -1}, high=0)
    for code in said.shape.missing:
        terms[system.place(said.key, ("missing", code))] = 1.0
    system.bind(terms, high=0)


def _bind_total(
    system: System,
    rows: Mapping[Key, Released],
    groups: list[Released],
    *,
    is_complete: bool,
) -> None:
    """The groups of a variable and those without a group add up to everybody."""
    if not groups:
        return
    item, variable = groups[0].key.item, groups[0].key.variable
    total, rest = Key(item), Key(item, variable, NOBODY)
    if total not in rows:
        return
    most = 0.0 if is_complete else np.inf
    for cell in (BASE, *groups[0].shape.cells):
        terms = {system.place(said.key, cell): 1.0 for said in groups}
        remaining = system.place(rest, cell)
        system.bind(
            terms | {remaining: 1.0, system.place(total, cell): -1.0}, low=0, high=0
        )
        system.bind({remaining: 1}, high=most)
    cells = {cell: system.place(rest, cell) for cell in groups[0].shape.cells}
    bind_shape(system, _nobody(groups[0], rest), system.place(rest, BASE), cells)
    _bind_rest(system, rest, variable, groups)


def _bind_small(system: System, groups: list[Released], policy: Policy) -> None:
    """Where other groups are shown, a group that is not has too few answers."""
    if all(said.status == PROTECTED for said in groups):
        return  # held back together, whatever their sizes
    for said in groups:
        if said.status == PROTECTED:
            most = policy.base_of(said.key.item) - 1
            system.bind({system.place(said.key, BASE): 1}, high=most)


def _nobody(like: Released, key: Key) -> Released:
    return Released(key, like.shape)


def _bind_rest(
    system: System, rest: Key, variable: str, groups: list[Released]
) -> None:
    """Those without a group are at most those who said nothing about it."""
    sizes = [(Key(variable), ("share", said.key.group)) for said in groups]
    if any(size not in system.unknowns for size in sizes):
        return
    terms = {system.place(*size): 1.0 for size in sizes}
    terms[system.place(rest, BASE)] = 1.0
    terms[system.place(PEOPLE, BASE)] = -1.0
    system.bind(terms, high=0)


def published_people(people: int, policy: Policy) -> int:
    """Return the number of people as it is published."""
    return rounded(people, policy.thresholds)
