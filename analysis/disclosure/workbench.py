"""Tables by two group variables, for people who look closer. Must not know words.

Which of them may be seen is decided for all of them together, before anybody asks: no
order of questions tells more than another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.codebook import Item
from analysis.disclosure.answered import answered
from analysis.disclosure.attack import SMALL, Attack
from analysis.disclosure.audit import truth_of
from analysis.disclosure.catalogue import FORM_LANGUAGE, is_demographic
from analysis.disclosure.counting import Counter
from analysis.disclosure.counts import Key, Row
from analysis.disclosure.crossing import (
    Crowds,
    bind_least,
    bind_rows,
    bind_sizes,
    crowds,
    is_shown,
    sizes_of,
    with_pairs,
)
from analysis.disclosure.gate import draw_up
from analysis.disclosure.policy import Policy
from analysis.disclosure.protected import Protected
from analysis.disclosure.publication import said_of, survey_of, tables_of
from analysis.disclosure.released import PROTECTED, Released, release
from analysis.disclosure.system import (
    BOTH,
    PEOPLE,
    System,
    Unknown,
    published_people,
    system_of,
)
from analysis.disclosure.table import Table
from analysis.disclosure.three_way import three_way
from analysis.package import AnalysisError, Package

Marks = npt.NDArray[np.bool_]


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
        self._data = with_pairs(data)
        self._three = three_way(data)
        self._sizes = sizes_of(self._data)
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
            counted = self._counted(asked)[variable]
            rows = tuple(row for row in counted if is_shown(row.key))
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
        known = {each.name: each for each in book.items if self._is_asked(each)}
        if item not in known:
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

    def _is_asked(self, item: Item) -> bool:
        return Key(item.name) in self._rows and not is_demographic(item, self._policy)

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
        hidden: set[str] = set()
        while True:
            said = {
                row.key: release(row, self._policy, is_withheld=pair in hidden)
                for pair, rows in counted.items()
                for row in rows
                if is_shown(row.key)
            }
            more = _to_hide(self._told(item, said, counted), said) - hidden
            if not more:
                break
            hidden |= more
        self._decided[item.name] = said
        return said

    def _told(
        self,
        item: Item,
        said: Mapping[Key, Released],
        counted: Mapping[str, Sequence[Row]],
    ) -> list[Unknown]:
        """Return small counts of an item that are told, whatever else is asked.

        Counts of answers have to move while every other item stands, and with it the
        sizes of the groups of one variable: tables of other items tell nothing more.
        Numbers of people must not follow from this item and from what the tables of
        all items show of them.
        """
        fixed = {
            key: row
            for key, row in self._said.items()
            if key.item in (item.name, *self.variables, PEOPLE.item)
        }
        system = self._system(fixed | dict(said))
        rest: dict[Unknown, int] = {}
        for rows in counted.values():
            rest |= bind_rows(system, rows, self._data)
        rest |= self._three.counted if self._three else {}
        crossed = {row.key: row for rows in counted.values() for row in rows}
        known = {key: self._rows[key] for key in fixed} | crossed | self._sizes
        truth = truth_of(system, known, self._data.population, rest)
        # of people in three groups it is a group's number that may follow
        cells = self._three.cells if self._three else ()
        least = self._policy.thresholds.group_base
        small = [
            name
            for name, at in system.unknowns.items()
            if SMALL.start <= truth[at] < (least if name in cells else SMALL.stop)
        ]
        attack = Attack(system, truth, self._standing(system))
        others = self._elsewhere
        if others is None or not all(attack.follows(changed) for changed in others):
            return small
        people = [name for name in small if not _is_answer(name)]
        answers = [n for n in small if _is_answer(n) and n[0].item == item.name]
        answers = attack.stuck(answers)
        told = attack.pinned(people)
        bind_least(system, self._crowds.true)
        beside = Attack(system, truth, self._standing(system, has_pairs=False))
        return told + beside.stuck(answers)

    def _system(self, said: Mapping[Key, Released]) -> System:
        population = self._data.population
        people = published_people(population.people, self._policy)
        system = system_of(said.values(), people, population.complete, self._policy)
        bind_sizes(system, self._data)
        if self._three:
            self._three.bind_cells(system)
        bind_least(system, self._crowds.shown)
        return system

    def _standing(self, system: System, *, has_pairs: bool = True) -> Marks:
        """Mark people and the sizes of the groups of one variable, or of two, too."""
        common = (*self.variables, PEOPLE.item)
        marks: Marks = np.array(
            [
                key.item in common and (has_pairs or BOTH not in key.variable)
                for key, _ in system.unknowns
            ]
        )
        return marks

    @cached_property
    def _crowds(self) -> Crowds:
        """How many people the tables of all items show there to be in two groups."""
        book = self._data.package.codebook
        asked = [item for item in book.items if self._is_asked(item)]
        rows = (
            row
            for item in asked
            for pair in self._counted(item).values()
            for row in pair
        )
        return crowds(rows, self._policy)

    @cached_property
    def _elsewhere(self) -> list[dict[Unknown, float]] | None:
        """Other sizes of groups, for answers of the report that move with them only.

        Every item has to allow these sizes, too, with all that is shown of it. Where
        none are found, nothing at all is shown by two variables.
        """
        system = self._system(self._said)
        counted = self._three.counted if self._three else None
        known = self._rows | self._sizes
        truth = truth_of(system, known, self._data.population, counted)
        attack = Attack(system, truth, self._standing(system))
        left = [
            name
            for name, place in system.unknowns.items()
            if truth[place] in SMALL and _is_answer(name)
        ]
        found: list[dict[Unknown, float]] = []
        while left := attack.stuck(left):
            changed = attack.elsewhere(left[0])
            if changed is None:
                return None
            found.append(changed)
        return found


def _is_answer(name: Unknown) -> bool:
    """Whether an unknown counts people who gave an answer, not people."""
    return name[1][0] in ("share", "first", "ranked")


def _to_hide(told: Sequence[Unknown], said: Mapping[Key, Released]) -> set[str]:
    """Choose pairs of variables to hold back: those of a told cell, else all shown."""
    shown = {key.variable for key, each in said.items() if each.status != PROTECTED}
    own = {key.variable for key, _ in told} & shown
    return own or (shown if told else set())
