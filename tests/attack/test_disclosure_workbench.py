"""Somebody who has asked the workbench for everything, and has the report."""

from itertools import combinations

import pytest

from analysis.disclosure import Workbench, publish
from tests.attack.towns import town
from tests.disclosure.attacker import Attacker
from tests.disclosure.truth import true_counts

ITEMS = ("liking", "place", "help", "first", "order", "worse")


COMPLETE = ("channel", "form_language")
NOBODY = "~"


class Asker(Attacker):
    """An attacker who knows that groups of two variables add up to those of one."""

    def ask(self, bench, items=ITEMS):
        for pair in combinations(bench.variables, 2):
            for item in items:
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


class Joiner(Asker):
    """Puts the tables of all items together: the same people stand in each of them.

    Whoever has a group of two variables answered each item once at most; those
    without a group are rows like others; everybody has a language and a channel.
    """

    def _take(self, table, item):
        super()._take(table, item)
        pair = table.group_variable
        groups = [g.split("*") for g in dict.fromkeys(table.figures["group"])]
        firsts, seconds = (
            [*dict.fromkeys(side), NOBODY] for side in zip(*groups, strict=True)
        )
        self._sizes(pair, firsts, seconds)
        for first in firsts:
            for second in seconds:
                row = self._inside(item, pair, first, second)
                size = self.unknown(pair, "", "", "share", f"{first}*{second}")
                self.never_more({self.unknown(*row, "base"): 1.0, size: -1.0})
        one, other = pair.split("*")
        for variable, side in ((one, 0), (other, 1)):
            others = (seconds, firsts)[side]
            self._without(
                item,
                pair,
                variable,
                [
                    self._inside(
                        item, pair, *((NOBODY, o) if not side else (o, NOBODY))
                    )
                    for o in others
                ],
            )
        self._hidden(table, item)

    def _inside(self, item, pair, first, second):
        """The row of two groups; without the second it is what a margin leaves."""
        group = f"{first}*{second}"
        if second == NOBODY and first != NOBODY:
            group = f"0:{first}:rest"
        elif first == NOBODY and second != NOBODY:
            group = f"1:{second}:rest"
        return self._row(item, pair, group)

    def _sizes(self, pair, firsts, seconds):
        for side, variable in enumerate(pair.split("*")):
            own, others = (firsts, seconds) if not side else (seconds, firsts)
            for name in own:
                cells = [(name, o) if not side else (o, name) for o in others]
                terms = {
                    self.unknown(pair, "", "", "share", "*".join(cell)): 1.0
                    for cell in cells
                }
                if variable in COMPLETE and name == NOBODY:
                    self.exactly(terms)
                elif name != NOBODY:
                    whole = self.unknown(variable, "", "", "share", name)
                    self.exactly(terms | {whole: -1.0})
                else:
                    self._everybody_else(terms, variable, own)

    def _everybody_else(self, terms, variable, groups):
        people = self.unknown("people")
        for name in groups:
            if name != NOBODY:
                terms = terms | {self.unknown(variable, "", "", "share", name): 1.0}
        self.exactly(terms | {people: -1.0})

    def _without(self, item, pair, variable, rows):
        """Those without a group of one variable, divided by the other one."""
        kinds = ("first", "ranked") if item.kind == "rank" else ("share",)
        for part in [("base",), *((k, o) for k in kinds for o in item.options)]:
            terms = {self.unknown(*row, *part): 1.0 for row in rows}
            whole = self.unknown(item.name, variable, "nobody", *part)
            self.exactly(terms | {whole: -1.0})

    def _hidden(self, table, item):
        """A group that is held back where others are shown has too few answers."""
        shown = set(table.figures.dropna(subset=["base"])["group"])
        least = 20 if item.name in self._sensitive() else 10
        for group in set(table.figures["group"]) if shown else ():
            if group not in shown:
                base = self.unknown(item.name, table.group_variable, group, "base")
                self.learn(base, 0, least - 1)


def true_of_pairs(survey, merges, variables):
    """True counts of groups of two variables, counted with plain pandas."""
    found = {}
    for first, second in combinations(variables, 2):
        pair = f"{first}*{second}"
        responses = survey.responses.copy()
        columns = [
            _groups(responses[name], name, merges[name]) for name in (first, second)
        ]
        both = columns[0].str.cat(columns[1], sep="*")
        for group, n in both.value_counts().items():
            found[pair, "", "", "share", group] = int(n)
        responses[pair] = both.map(_named)
        named = {pair: {code: code for code in responses[pair]}}
        crossed = type(survey)(**{**vars(survey), "responses": responses})
        found |= true_counts(crossed, {**merges, **named}, [pair])
    return found


def _groups(answers, variable, merged):
    """The shown group of each person; rare languages are met as others only."""
    unnamed = "other" if variable in COMPLETE else NOBODY
    return answers.astype("str").map(lambda code: merged.get(code, unnamed))


def _named(group):
    first, second = group.split("*")
    if NOBODY not in (first, second) or first == second:
        return group
    return f"0:{first}:rest" if second == NOBODY else f"1:{second}:rest"


def attacked(people, seed, kind, **policy):
    survey = town(people, seed, policy={"groups": ["age", "sex"], **policy})
    publication = publish(survey, seed=1, resamples=10)
    bench = Workbench(survey)
    attacker = kind(survey.codebook).read(publication).ask(bench)
    true = true_counts(survey, publication.merges, list(bench.variables))
    true |= true_of_pairs(survey, publication.merges, bench.variables)
    return attacker, true


@pytest.mark.parametrize(
    ("people", "seed", "kind"), [(60, 1, Asker), (220, 2, Asker), (420, 3, Joiner)]
)
def test_no_count_is_pinned_by_report_and_workbench_together(people, seed, kind):
    attacker, true = attacked(people, seed, kind)
    small = [n for n, count in true.items() if 1 <= count <= 4 and "*" in n[1]]
    assert small
    assert attacker.pinned(true) == []


@pytest.mark.slow
@pytest.mark.parametrize("people", [60, 140, 220])
@pytest.mark.parametrize("seed", [5, 6])
def test_no_count_is_pinned_in_many_towns(people, seed):
    attacker, true = attacked(people, seed, Joiner)
    assert attacker.pinned(true) == []


def test_what_the_asker_believes_is_true():
    attacker, true = attacked(60, 2, Joiner)
    assert attacker.mistakes(true) == []


def test_rules_for_each_table_alone_would_give_a_count_away(monkeypatch):
    """Rounding, bases and homogeneity hold, but nobody looks at all tables at once."""
    monkeypatch.setattr(Workbench, "_told", lambda *_: [])
    attacker, true = attacked(420, 3, Joiner)
    assert attacker.pinned(true)


def test_no_base_of_the_workbench_is_under_the_minimum():
    survey = town(420, 4)
    bench = Workbench(survey)
    for item in ITEMS:
        for pair in combinations(bench.variables, 2):
            figures = bench.table(item, pair).figures
            least = 20 if item == "worse" else 10
            assert (figures["base"].dropna() >= least).all()
            assert (figures["n"].dropna() % 5 == 0).all()
