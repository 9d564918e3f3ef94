"""Somebody who has asked the workbench for everything, and has the report."""

from itertools import combinations

import numpy as np
import pytest

from analysis.disclosure import Workbench, publish
from tests.attack.towns import town
from tests.disclosure.attacker import Attacker
from tests.disclosure.truth import true_counts

ITEMS = ("liking", "place", "help", "first", "order", "worse")


class Asker(Attacker):
    """An attacker who knows that groups of two variables add up to those of one."""

    def ask(self, bench, items=ITEMS):
        for item in items:
            for pair in combinations(bench.variables, 2):
                self._take(bench.table(item, pair), self.codebook.item(item))
        return self

    def _take(self, table, item):
        figures = table.figures
        for figure in figures.dropna(subset=["n"]).itertuples():
            self._read(figure)
        for said in table.statements:
            if said.kind == "majority":
                self._majority(said.item, said.group_variable, said.group, said)
        for figure in figures.dropna(subset=["base"]).itertuples():
            where = (figure.item, figure.group_variable, figure.group, "base")
            least = 20 if item.name in self._sensitive() else 10
            self.learn(
                self.unknown(*where),
                max(int(figure.base) - 2, least),
                int(figure.base) + 2,
            )
        groups = list(dict.fromkeys(figures["group"]))
        for group in groups:
            self._row(item, table.group_variable, group)
        for side in (0, 1):
            self._margin(table, item, groups, side)

    def _margin(self, table, item, groups, side):
        """The groups of one variable are those of both, and some without the other."""
        pair = table.group_variable
        variable = pair.split("*")[side]
        kinds = ("first", "ranked") if item.kind == "rank" else ("share",)
        parts = [("base",), *((kind, o) for kind in kinds for o in item.options)]
        for name in dict.fromkeys(group.split("*")[side] for group in groups):
            inside = [group for group in groups if group.split("*")[side] == name]
            self._row(item, pair, f"{side}:{name}:rest")
            for part in parts:
                rows = [*inside, f"{side}:{name}:rest"]
                terms = {self.unknown(item.name, pair, row, *part): 1.0 for row in rows}
                whole = self.unknown(item.name, variable, name, *part)
                self.exactly(terms | {whole: -1.0})


def true_of_pairs(survey, merges, variables):
    """True counts of groups of two variables, counted with plain pandas."""
    found = {}
    for first, second in combinations(variables, 2):
        pair = f"{first}*{second}"
        responses = survey.responses.copy()
        columns = [
            responses[name]
            .astype("str")
            .map(lambda code, own=merges[name]: own.get(code))
            for name in (first, second)
        ]
        both = columns[0].str.cat(columns[1], sep="*").fillna("-2")
        responses[pair] = both
        named = {pair: {code: code for code in both}}
        crossed = type(survey)(**{**vars(survey), "responses": responses})
        found |= true_counts(crossed, {**merges, **named}, [pair])
    return found


@pytest.mark.parametrize(("people", "seed"), [(60, 1), (220, 2), (420, 3)])
def test_no_count_is_pinned_by_report_and_workbench_together(people, seed):
    survey = town(people, seed, policy={"groups": ["age", "sex"]})
    publication = publish(survey, seed=1, resamples=10)
    bench = Workbench(survey)
    attacker = Asker(survey.codebook).read(publication).ask(bench)
    true = true_counts(survey, publication.merges, list(bench.variables))
    true |= true_of_pairs(survey, publication.merges, bench.variables)
    values = np.array([true.get(name, -1) for name in attacker.names], dtype=float)
    for name, value, low, high in zip(
        attacker.names, values, attacker.low, attacker.high, strict=True
    ):
        assert value < 0 or low <= value <= high, name
    small = [n for n, count in true.items() if 1 <= count <= 4 and "*" in n[1]]
    assert small
    assert attacker.pinned(true) == []


def test_no_base_of_the_workbench_is_under_the_minimum():
    survey = town(420, 4)
    bench = Workbench(survey)
    for item in ITEMS:
        for pair in combinations(bench.variables, 2):
            figures = bench.table(item, pair).figures
            least = 20 if item == "worse" else 10
            assert (figures["base"].dropna() >= least).all()
            assert (figures["n"].dropna() % 5 == 0).all()
