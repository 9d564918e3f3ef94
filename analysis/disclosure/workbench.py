"""Tables by two group variables, for people who look closer. Must not know words.

Which of them may be seen is decided for all of them together, before anybody asks: no
order of questions tells more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from analysis.codebook import Item
from analysis.disclosure.anonymous import group_codes
from analysis.disclosure.answered import Answered, Groups, answered
from analysis.disclosure.attack import Attack
from analysis.disclosure.audit import truth_of
from analysis.disclosure.catalogue import FORM_LANGUAGE, is_demographic
from analysis.disclosure.counting import Counter
from analysis.disclosure.counts import Key, Row
from analysis.disclosure.gate import draw_up
from analysis.disclosure.policy import Policy
from analysis.disclosure.protected import Protected
from analysis.disclosure.publication import said_of, survey_of, tables_of
from analysis.disclosure.released import PROTECTED, Released, release
from analysis.disclosure.system import (
    BASE,
    NOBODY,
    System,
    Unknown,
    published_people,
    system_of,
)
from analysis.disclosure.table import Table
from analysis.package import AnalysisError, Package

BOTH = "*"  # stands in no code, so "a*b" is no group of anybody's


class Workbench:
    """The answers of a survey, for one table after the other.

    Parameters
    ----------
    package : Package
        An opened data package; merges that were frozen in it are obeyed.
    """

    def __init__(self, package: Package) -> None:
        self._policy = Policy.of(package)
        data = answered(package, self._policy)
        least = self._policy.thresholds.survey_base
        if data.population.people < least:
            raise AnalysisError(f"There are fewer than {least} answers.")
        self._survey = survey_of(data)
        self._tables = tuple(tables_of(data, self._survey, seed=1, resamples=1))
        self._said = said_of(self._tables, data)
        self._rows = {row.key: row for each in self._tables for row in each.rows}
        self._data = _with_pairs(data)
        self._decided: dict[str, dict[Key, Released]] = {}

    @property
    def variables(self) -> tuple[str, ...]:
        """The released group variables."""
        return self._data.variables

    def table(self, item: str, by: Sequence[str]) -> Protected:
        """One question by one or two released group variables.

        By one variable it is the table of the report, figure by figure.

        Raises
        ------
        AnalysisError
            For anything else: what a table can be is decided before the data are seen.
        """
        asked = self._asked(item, by)
        variable = BOTH.join(sorted(by, key=self.variables.index))
        if len(by) == 1:
            rows = self._of(self._rows.values(), item, variable)
            said: Mapping[Key, Released] = self._said
        else:
            rows = tuple(self._counted(asked)[variable])
            said = self._decide(asked)
        table = Table(
            name=f"{item}-by-{variable.replace(BOTH, '-')}",
            kind="groups",
            rows=rows,
            survey=self._survey,
            population=self._data.population,
            variable=variable,
        )
        return draw_up(table, said, (), self._policy)

    def _asked(self, item: str, by: Sequence[str]) -> Item:
        book = self._data.package.codebook
        known = {each.name: each for each in book.items if Key(each.name) in self._rows}
        if item not in known or is_demographic(known[item], self._policy):
            raise AnalysisError(f"{item!r} is no question whose answers are counted.")
        wrong = [name for name in by if name not in self.variables]
        if wrong or not 1 <= len(set(by)) == len(by) <= 2:
            offered = ", ".join(self.variables) or "none"
            raise AnalysisError(
                f"Choose one or two of these group variables: {offered}."
            )
        if known[item].only_in and FORM_LANGUAGE in by:
            raise AnalysisError(f"{item!r} was not asked in every language.")
        if known[item].kind == "points":
            raise AnalysisError(f"{item!r}: points are told of everybody only.")
        return known[item]

    @staticmethod
    def _of(rows: object, item: str, variable: str) -> tuple[Row, ...]:
        return tuple(
            row
            for row in rows  # type: ignore[attr-defined]  # a view of a mapping
            if (row.key.item, row.key.variable) == (item, variable)
        )

    def _counted(self, item: Item) -> dict[str, list[Row]]:
        counter = Counter(self._data)
        pairs = [BOTH.join(pair) for pair in combinations(self.variables, 2)]
        if item.only_in:
            pairs = [pair for pair in pairs if FORM_LANGUAGE not in pair.split(BOTH)]
        return {pair: list(counter.count(item, pair)) for pair in pairs}

    def _decide(self, item: Item) -> dict[Key, Released]:
        """Round all tables of an item by two variables; attack them all together."""
        if item.name in self._decided:
            return self._decided[item.name]
        counted = self._counted(item)
        crossed = {row.key: row for rows in counted.values() for row in rows}
        fixed = {
            key: said
            for key, said in self._said.items()
            if key.item == item.name or self._rows[key].key.item in self.variables
        }
        hidden: set[str] = set()
        while True:
            said = {
                key: release(row, self._policy, is_withheld=key.variable in hidden)
                for key, row in crossed.items()
            }
            told = self._told(item, fixed | said, crossed)
            more = _to_hide(told, said) - hidden
            if not more:
                break
            hidden |= more
        self._decided[item.name] = said
        return said

    def _told(
        self, item: Item, said: Mapping[Key, Released], crossed: Mapping[Key, Row]
    ) -> list[Unknown]:
        population = self._data.population
        people = published_people(population.people, self._policy)
        system = system_of(said.values(), people, population.complete, self._policy)
        known = {**{key: self._rows[key] for key in said if key not in crossed}}
        known |= crossed
        counted: dict[Unknown, int] = {}
        for pair in {key.variable for key in crossed}:
            rows = [row for row in crossed.values() if row.key.variable == pair]
            for side in (0, 1):
                _bind_margin(system, rows, pair, side, known, counted)
        truth = truth_of(system, known, population, counted)
        return Attack(system, truth).pinned()


def _with_pairs(data: Answered) -> Answered:
    """The same answers, divided by every two variables as well."""
    codes = group_codes(data, data.variables)
    groups = dict(data.groups)
    for first, second in combinations(range(len(data.variables)), 2):
        names = [data.groups[data.variables[place]].names for place in (first, second)]
        width = len(names[1])
        both = codes[:, first] * width + codes[:, second]
        both[(codes[:, [first, second]] < 0).any(axis=1)] = -1
        pair = BOTH.join(data.variables[place] for place in (first, second))
        shown = tuple(f"{one}{BOTH}{other}" for one in names[0] for other in names[1])
        groups[pair] = Groups(shown, np.asarray(both, dtype=np.int64))
    return replace(data, groups=groups)


def _bind_margin(
    system: System,
    rows: Sequence[Row],
    pair: str,
    side: int,
    known: Mapping[Key, Row],
    counted: dict[Unknown, int],
) -> None:
    """The groups of one variable, divided by the other, add up to that group."""
    variable = pair.split(BOTH)[side]
    for group, inside in _sides(rows, side):
        item = inside[0].key.item
        margin = Key(item, variable, group)
        if margin not in known:
            continue
        parts = [BOTH.join(("", NOBODY)), group] if side else [group, NOBODY]
        rest = Key(item, pair, f"{side}{BOTH.join(parts)}")
        for cell in (BASE, *inside[0].cells):
            terms = {system.place(row.key, cell): 1.0 for row in inside}
            place = system.place(rest, cell)
            terms |= {place: 1.0, system.place(margin, cell): -1.0}
            system.bind(terms, low=0, high=0)
            whole = _count(known[margin], cell)
            counted[rest, cell] = whole - sum(_count(row, cell) for row in inside)


def _sides(rows: Sequence[Row], side: int) -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key.group.split(BOTH)[side], []).append(row)
    yield from found.items()


def _count(row: Row, cell: tuple[str, str]) -> int:
    return row.base if cell == BASE else row.cells[cell]


def _to_hide(told: Sequence[Unknown], said: Mapping[Key, Released]) -> set[str]:
    """Choose pairs of variables to hold back: those of a told cell, else all shown."""
    shown = {key.variable for key, each in said.items() if each.status != PROTECTED}
    own = {key.variable for key, _ in told} & shown
    return own or (shown if told else set())
