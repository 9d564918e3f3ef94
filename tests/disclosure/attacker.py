"""A reader who has every figure of a survey, its merges, the rules, and a computer.

Written apart from the gate: it sees nothing but the published table of figures, the
statements and the questionnaire, and asks a linear programme (HiGHS) for the smallest
and the largest value every count can have.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analysis.codebook import Codebook, Item
from analysis.disclosure import Publication

CELLS = ("share", "first", "ranked")
Name = tuple[str, ...]


@dataclass
class Attacker:
    """Unknown counts, and what is known of them as inequalities."""

    codebook: Codebook
    reach: int = 2
    all_have_groups: bool = False
    group_base: int = 10
    sensitive_base: int = 20
    names: dict[Name, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def unknown(self, *name: str) -> int:
        if name not in self.names:
            self.names[name] = len(self.names)
            self.low.append(0)
            self.high.append(np.inf)
        return self.names[name]

    def learn(self, name: int, low: float, high: float = np.inf) -> None:
        self.low[name] = max(self.low[name], low)
        self.high[name] = min(self.high[name], high)

    def never_more(self, terms: dict[int, float], most: float = 0) -> None:
        self.at_most.append((terms, most))

    def exactly(self, terms: dict[int, float], value: float = 0) -> None:
        self.equal.append((terms, value))

    def read(self, publication: Publication) -> "Attacker":
        """Take in every published number."""
        for table in publication.tables:
            for figure in table.figures.itertuples():
                if table.kind == "matrix" or pd.isna(figure.n):
                    continue
                self._read(figure)
            if table.kind == "people":
                self._three_groups(table)
            for said in table.statements:
                if said.kind == "majority":
                    self._majority(said.item, said.group_variable, said.group, said)
        self._figures_of_bases(publication)
        self._relations(publication)
        return self

    def _read(self, figure) -> None:
        where = (figure.item, figure.group_variable, figure.group)
        n = int(figure.n)
        if figure.statistic in CELLS:
            name = self.unknown(*where, figure.statistic, figure.category)
            self.learn(name, n - self.reach, n + self.reach)
        elif figure.statistic == "missing":
            name = self.unknown(*where, "missing", figure.category)
            self.learn(name, n - self.reach, n + self.reach)
        elif figure.statistic == "completed":
            name = ("people",)
            if figure.channel:
                name = ("channel", "", "", "share", figure.channel)
            self.learn(self.unknown(*name), n - self.reach, n + self.reach)
        elif figure.statistic in ("top2", "bottom2", "net"):
            self._ends(figure, where, n)

    def _three_groups(self, table) -> None:
        """Cells of people; of who has all groups the cells are everybody."""
        variables = table.group_variable.split("*")
        told = table.figures.dropna(subset=["n"])
        cells = {}
        for figure in table.figures.itertuples():
            name = self.unknown("", table.group_variable, figure.group, "people")
            cells[tuple(figure.group.split("*"))] = name
            if figure.group in set(told["group"]):
                n = int(figure.n)
                self.learn(name, max(n - self.reach, self.group_base), n + self.reach)
            elif len(told):
                self.learn(name, 0, self.group_base - 1)
        for side, variable in enumerate(variables):
            for group in {groups[side] for groups in cells}:
                inside = [
                    name for groups, name in cells.items() if groups[side] == group
                ]
                size = self.unknown(variable, "", "", "share", group)
                terms = dict.fromkeys(inside, 1.0) | {size: -1.0}
                if self.all_have_groups:
                    self.exactly(terms)
                else:
                    self.never_more(terms)

    def _ends(self, figure, where, n) -> None:
        item = self.codebook.item(figure.item)
        best_first = item.low_to_high[::-1]
        size = 2 if len(best_first) >= 4 else 1
        top = {self.unknown(*where, "share", c): 1.0 for c in best_first[:size]}
        bottom = {self.unknown(*where, "share", c): 1.0 for c in best_first[-size:]}
        terms = {
            "top2": top,
            "bottom2": bottom,
            "net": top | dict.fromkeys(bottom, -1.0),
        }[figure.statistic]
        self.never_more(terms, n + self.reach)
        self.never_more({name: -v for name, v in terms.items()}, self.reach - n)

    def _majority(self, item, variable, group, said) -> None:
        base = self.unknown(item, variable, group, "base")
        ranked = {each.name for each in self.codebook.items if each.kind == "rank"}
        kind = "ranked" if item in ranked else "share"
        cell = self.unknown(item, variable, group, kind, said.value)
        self.never_more({base: 0.9, cell: -1.0})
        self.learn(base, 0, 29)

    def _figures_of_bases(self, publication: Publication) -> None:
        for table in publication.tables:
            if table.kind == "matrix":
                continue
            told = table.figures[table.figures["statistic"].isin(CELLS)]
            for figure in told.dropna(subset=["base"]).itertuples():
                name = self.unknown(
                    figure.item, figure.group_variable, figure.group, "base"
                )
                n = int(figure.base)
                least = self.group_base
                if figure.item in self._sensitive():
                    least = self.sensitive_base
                if not figure.group_variable and figure.item in (
                    "channel",
                    "form_language",
                ):
                    least = 0
                self.learn(name, max(n - self.reach, least), n + self.reach)
                self._not_alike(figure, name, n)

    def _not_alike(self, figure, base: int, n: int) -> None:
        """Figures of a small base say that not nearly everybody answered the same."""
        if n + self.reach < 30 and not pd.isna(figure.n):
            where = (figure.item, figure.group_variable, figure.group)
            cell = self.unknown(*where, figure.statistic, figure.category)
            self.never_more({cell: 1.0, base: -0.9})

    def _sensitive(self) -> set[str]:
        return {item.name for item in self.codebook.items if item.sensitive}

    def _relations(self, publication: Publication) -> None:
        """Totals, nested populations, people without a group."""
        people = self.unknown("people")
        for item in self.codebook.items:
            if not item.columns:
                continue
            whole = self._row(item, "", "")
            base = self.unknown(*whole, "base")
            self.never_more({base: 1.0, people: -1.0})
            silent = [
                place
                for name, place in list(self.names.items())
                if name[:4] == (*whole, "missing")
            ]
            if item.kind == "pick":
                self.never_more(dict.fromkeys(silent, 1.0) | {base: -1.0})
            else:
                self.never_more(dict.fromkeys(silent, 1.0) | {base: 1.0, people: -1.0})
        for item, variable, groups in self._crossings(publication):
            self._crossed(item, variable, groups)
            self._too_small(publication, item, variable, groups)

    def _too_small(self, publication, item, variable, groups) -> None:
        """Where some groups are shown, those that are not have too few answers."""
        [table] = [
            table
            for table in publication.tables
            if table.group_variable == variable and item.name in table.items
        ]
        told = table.figures[table.figures["item"] == item.name].dropna(subset=["base"])
        shown = {str(group) for group in told["group"]}
        least = self.group_base
        if item.name in self._sensitive():
            least = self.sensitive_base
        for group in groups if shown else ():
            if group not in shown:
                base = self.unknown(item.name, variable, group, "base")
                self.learn(base, 0, least - 1)

    def _crossings(
        self, publication: Publication
    ) -> Iterable[tuple[Item, str, list[str]]]:
        for table in publication.tables:
            if not table.group_variable:
                continue
            for item in table.items:
                told = table.figures[table.figures["item"] == item]
                groups = [str(group) for group in dict.fromkeys(told["group"])]
                yield self.codebook.item(item), table.group_variable, groups

    def _row(self, item: Item, variable: str, group: str) -> Name:
        where = (item.name, variable, group)
        base = self.unknown(*where, "base")
        cells = self._cells(item, where)
        if len(item.columns) == 1:
            self.exactly(dict.fromkeys(cells, 1.0) | {base: -1.0})
        else:
            for cell in cells:
                self.never_more({cell: 1.0, base: -1.0})
        if item.kind == "rank":
            for option in item.options:
                first = self.unknown(*where, "first", option)
                ranked = self.unknown(*where, "ranked", option)
                self.never_more({first: 1.0, ranked: -1.0})
            firsts = [self.unknown(*where, "first", o) for o in item.options]
            self.exactly(dict.fromkeys(firsts, 1.0) | {base: -1.0})
        if item.kind == "multiple":
            self.never_more(dict.fromkeys(cells, -1.0) | {base: 1.0})
        return where

    def _cells(self, item: Item, where: Name) -> list[int]:
        kinds = ("first", "ranked") if item.kind == "rank" else ("share",)
        return [
            self.unknown(*where, kind, option)
            for kind in kinds
            for option in self._options(item, where)
        ]

    def _options(self, item: Item, where: Name) -> list[str]:
        """Demographic answers are shown as their merge says."""
        told = {
            name[4]
            for name in self.names
            if name[:4] == (*where, "share") and len(name) == 5
        }
        if item.role == "demographic" and told:
            return sorted(told)
        return list(item.options)

    def _crossed(self, item: Item, variable: str, groups: list[str]) -> None:
        rows = [self._row(item, variable, group) for group in groups]
        rest = self._row(item, variable, "nobody")
        whole = (item.name, "", "")
        kinds = ("first", "ranked") if item.kind == "rank" else ("share",)
        parts = [("base",), *((k, o) for k in kinds for o in item.options)]
        for part in parts:
            terms = {self.unknown(*row, *part): 1.0 for row in (*rows, rest)}
            self.exactly(terms | {self.unknown(*whole, *part): -1.0})
        for group, row in zip(groups, rows, strict=True):
            size = self.unknown(variable, "", "", "share", group)
            self.never_more({self.unknown(*row, "base"): 1.0, size: -1.0})
            self.learn(size, self.group_base)
        sizes = {self.unknown(variable, "", "", "share", g): 1.0 for g in groups}
        without = self.unknown(*rest, "base")
        everybody = self.unknown("people")
        self.never_more(sizes | {without: 1.0, everybody: -1.0})
        if variable in ("channel", "form_language"):
            self.learn(without, 0, 0)
            self.exactly(sizes | {everybody: -1.0})

    def mistakes(self, true: dict[Name, int]) -> list[object]:
        """What he believes and is not so: of single counts, then of several."""
        values = [true.get(name, 0) for name in self.names]
        limits = zip(self.names, values, self.low, self.high, strict=True)
        wrong: list[object] = [
            name for name, value, low, high in limits if not low <= value <= high
        ]

        def total(terms: dict[int, float]) -> float:
            return sum(factor * values[place] for place, factor in terms.items())

        wrong += [terms for terms, most in self.at_most if total(terms) > most + 1e-9]
        return wrong + [terms for terms, n in self.equal if total(terms) != n]

    def ranges(self, names: list[Name]) -> dict[Name, tuple[float, float]]:
        """Smallest and largest value of some counts."""
        found = {}
        for name in names:
            target = np.zeros(len(self.names))
            target[self.names[name]] = 1
            low, high = (self._solve(way * target) for way in (1, -1))
            found[name] = (float(low @ target), float(high @ target))
        return found

    def pinned(self, true: dict[Name, int]) -> list[Name]:
        """Counts of 1 to 4 for which one whole number is left."""
        small = [name for name, n in true.items() if 1 <= n <= 4 and name in self.names]
        points = self._points(small)
        left = [
            name
            for name in small
            if _is_one_value(
                points[:, self.names[name]].min(), points[:, self.names[name]].max()
            )
        ]
        limits = self.ranges(left)
        return [name for name in left if _is_one_value(*limits[name])]

    def _points(self, names: list[Name]) -> np.ndarray:
        """A few possible sets of counts, far from each other."""
        rng = np.random.default_rng(1)
        places = [self.names[name] for name in names]
        points = []
        for _ in range(4):
            target = np.zeros(len(self.names))
            target[places] = rng.uniform(0.5, 1.5, len(places))
            points += [self._solve(target), self._solve(-target)]
        return np.array(points)

    def _solve(self, target: np.ndarray) -> np.ndarray:
        found = linprog(
            target,
            A_ub=_matrix(self.at_most, len(self.names)),
            b_ub=[value for _, value in self.at_most],
            A_eq=_matrix(self.equal, len(self.names)),
            b_eq=[value for _, value in self.equal],
            bounds=list(zip(self.low, self.high, strict=True)),
            method="highs",
        )
        if found.status == 3:
            # No upper limit at all: ask for a value far beyond every small cell.
            limited = [
                (low, min(high, 10_000))
                for low, high in zip(self.low, self.high, strict=True)
            ]
            self.high = [high for _, high in limited]
            return self._solve(target)
        assert found.status == 0, found.message
        return found.x


def _is_one_value(low: float, high: float) -> bool:
    return np.floor(high + 1e-6) <= np.ceil(low - 1e-6)


def _matrix(rows: list[tuple[dict[int, float], float]], width: int) -> csr_array:
    lines = [line for line, (terms, _) in enumerate(rows) for _ in terms]
    columns = [column for terms, _ in rows for column in terms]
    values = [value for terms, _ in rows for value in terms.values()]
    return csr_array((values, (lines, columns)), shape=(len(rows), width))
