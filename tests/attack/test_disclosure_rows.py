"""Somebody who holds the analysis file, all tables, and knows a neighbour.

Written apart from the gate: it reads the rows and figures.csv's figures, nothing else.
"""

import numpy as np
import pandas as pd
import pytest
from pycanon import anonymity
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analysis.disclosure import analysis_file, publish
from analysis.disclosure.anonymous import group_codes
from analysis.disclosure.answered import answered
from analysis.disclosure.policy import Policy
from analysis.disclosure.suppression import suppressed
from tests.attack.towns import town
from tests.disclosure.surveys import MISSING, answers, package

ROWS = [(600, 11), (1000, 12), (600, 3)]
ENOUGH = 30  # rows looked at one by one
FEW_GROUPS = {"de": 0.7, "ar": 0.15, "tr": 0.1, "ti": 0.05}


class Neighbour:
    """What is known of one variable: rounded counts by group, and everybody's rows."""

    def __init__(self, survey, figures, table, variable):
        self.items = {item.name: item for item in survey.codebook.items}
        self.table = table.reset_index(drop=True)
        self.shown = self.table[variable].to_numpy()
        told = figures[figures["group_variable"] == variable]
        self.groups = sorted(told["group"].unique())
        self.empty = np.flatnonzero(self.shown == "")
        self.lines, self.most = [], []
        sizes = figures[
            (figures["item"] == variable) & (figures["statistic"] == "share")
        ]
        for row in sizes.dropna(subset=["n"]).itertuples():
            if row.category in self.groups:
                self._count(np.ones(len(table), bool), row.category, int(row.n))
        for row in told.dropna(subset=["n"]).itertuples():
            inside = self._inside(row)
            if inside is not None:
                self._count(inside, row.group, int(row.n))

    def _inside(self, row):
        """Rows that a figure counts, whatever their group."""
        item = self.items[row.item]
        if (
            row.item not in self.table
            and f"{row.item}__{row.category}" not in self.table
        ):
            return None
        if row.statistic == "share" and len(item.columns) == 1:
            return (self.table[row.item] == row.category).to_numpy()
        if row.statistic == "share":
            return (self.table[f"{row.item}__{row.category}"] == "1").to_numpy()
        if row.statistic == "first":
            return (self.table[f"{row.item}__{row.category}"] == "1").to_numpy()
        if row.statistic == "ranked":
            cells = self.table[f"{row.item}__{row.category}"]
            return (~cells.isin([*MISSING, ""])).to_numpy()
        if row.statistic in ("top2", "bottom2"):
            order = list(item.options)
            ends = order[:2] if row.statistic == "top2" else order[-2:]
            return self.table[row.item].isin(ends).to_numpy()
        return None

    def _count(self, inside, group, n):
        known = int((inside & (self.shown == group)).sum())
        place = self.groups.index(group)
        columns = np.flatnonzero(inside[self.empty]) * len(self.groups) + place
        self.lines += [(columns, 1.0), (columns, -1.0)]
        self.most += [n + 2 - known, known - n + 2]

    def told(self, true):
        """How many emptied rows can only be in their true group."""
        width = len(self.empty) * len(self.groups)
        data, where = [], ([], [])
        for number, (columns, sign) in enumerate(self.lines):
            data += [sign] * len(columns)
            where[0].extend([number] * len(columns))
            where[1].extend(columns)
        for row in range(len(self.empty)):
            for group in range(len(self.groups)):
                data.append(1.0)
                where[0].append(len(self.lines) + row)
                where[1].append(row * len(self.groups) + group)
        size = (len(self.lines) + len(self.empty), width)
        matrix = csr_array((data, where), shape=size)
        most = np.array([*self.most, *[1.0] * len(self.empty)])
        wanted = np.array(
            [
                place * len(self.groups) + self.groups.index(true[row])
                for place, row in enumerate(self.empty)
                if true[row] in self.groups
            ]
        )
        left, before = wanted, -1
        while left.size and left.size != before:
            before = left.size
            left = left[_least(matrix, most, left)[left] > 1e-6]
        alone = [_least(matrix, most, np.array([one]))[one] for one in left[:ENOUGH]]
        return sum(value > 1e-6 for value in alone)


def _least(matrix, most, places):
    target = np.zeros(matrix.shape[1])
    target[places] = 1
    return linprog(target, A_ub=matrix, b_ub=most, bounds=(0, 1), method="highs-ds").x


@pytest.fixture(scope="module", params=ROWS, ids=lambda each: f"{each[0]}/{each[1]}")
def case(request):
    """A town, what it publishes, and its file; rows marked to find them again."""
    people, seed = request.param
    survey = town(people, seed)
    if seed == 3:
        survey = package(answers(people, seed, languages=FEW_GROUPS))
    return (
        survey,
        publish(survey, seed=1, resamples=10),
        analysis_file(survey, np.random.default_rng(1)),
    )


def test_pycanon_finds_five_rows_of_every_kind(case):
    _, _, file = case
    assert anonymity.k_anonymity(file.table, list(file.groups)) >= 5


def test_whoever_knows_all_groups_of_a_neighbour_finds_five_rows(case):
    survey, publication, file = case
    rows = file.table[list(file.groups)].to_numpy()
    people = survey.responses[list(file.groups)].astype("str")
    for name in file.groups:
        merged = publication.merges[name]
        people[name] = people[name].map(lambda code, own=merged: own.get(code, "other"))
    for person in people.drop_duplicates().to_numpy():
        matches = ((rows == person) | (rows == "")).all(axis=1).sum()
        assert matches >= 5


def true_groups(survey, publication, table, variable):
    """The group of each row of a file that stands in the order of the package."""
    merged = publication.merges[variable]
    codes = survey.responses[variable].astype("str")
    return codes.map(lambda code: merged.get(code, "" if code in MISSING else "other"))


def file_in_order(survey, file):
    """The rows of the file beside those of the package, by their answers."""
    answers = [column.name for column in file.columns if not column.is_group]
    own = survey.responses[answers].astype("str").assign(own_row=range(len(file.table)))
    return answers, own


def test_tables_do_not_tell_what_the_file_has_emptied(case):
    survey, publication, file = case
    figures = publication.figures()
    answers, own = file_in_order(survey, file)
    joined = own.merge(file.table.assign(own_place=range(len(file.table))), on=answers)
    # Rows with the same answers as others cannot be found again; leave them out.
    joined = joined.drop_duplicates("own_row").drop_duplicates("own_place")
    row_of = dict(zip(joined["own_place"], joined["own_row"], strict=True))
    for variable in file.groups:
        true = true_groups(survey, publication, file, variable).to_numpy()
        known = np.array(
            [
                true[row_of[place]] if place in row_of else ""
                for place in range(len(own))
            ]
        )
        reader = Neighbour(survey, figures, file.table, variable)
        if len(reader.empty):
            assert reader.told(known) == 0, variable


def test_tables_would_tell_what_k_anonymity_alone_empties():
    """The usual rule: empty what is rare, and look no further."""
    survey = package(answers(600, 3, languages=FEW_GROUPS))
    publication = publish(survey, seed=1, resamples=10)
    data = answered(survey, Policy.of(survey))
    variables = data.variables
    shown = suppressed(group_codes(data, variables), 5)
    cells = {
        column: survey.responses[column].astype("str")
        for item in survey.codebook.items
        for column in item.columns
        if item.role != "demographic" and not item.sensitive
    }
    told = {}
    for number, variable in enumerate(variables):
        names = np.array([*data.groups[variable].names, ""], dtype=object)
        table = pd.DataFrame(cells).assign(**{variable: names[shown[:, number]]})
        true = true_groups(survey, publication, table, variable).to_numpy()
        reader = Neighbour(survey, publication.figures(), table, variable)
        told[variable] = reader.told(true)
    assert sum(told.values()) >= 10, told
