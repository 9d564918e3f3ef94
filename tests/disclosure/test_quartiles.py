"""Points: who gave anything, and quartiles; never a mean, never by groups."""

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import publish
from analysis.disclosure.quartiles import quartiles
from analysis.package import Design, Item
from tests.disclosure.surveys import package

BUDGET = Item("budget", "points", role="points", options=("park", "bus", "pool"))
AGE = Item("age", "single", role="demographic", options=("young", "old"))
DESIGN = Design("random", population=9_000, invited=800, channels=("code",))


def survey(given, *, design=DESIGN, sensitive=False):
    """Points of each person as (park, bus, pool)."""
    columns = dict(zip(BUDGET.columns, zip(*given, strict=True), strict=True))
    table = pd.DataFrame(columns)
    table["age"] = np.where(np.arange(len(table)) % 2, "old", "young")
    table["channel"], table["form_language"] = "code", "de"
    return package(
        table,
        items=(BUDGET, AGE),
        design=design,
        policy={
            "k": 10,
            "group_base": 10,
            "groups": ["age"],
            "sensitive": ["budget"] if sensitive else [],
        },
    )


def figures(survey_):
    publication = publish(survey_, seed=1, resamples=10)
    names = [table.table for table in publication.tables]
    table = publication.table("budget").figures
    return names, table.set_index(["statistic", "category"])


# A hundred people: 40 give all to the park, 35 share 50 and 50, 25 give 21, 39 and 40.
GIVEN = [(100, 0, 0)] * 40 + [(50, 50, 0)] * 35 + [(21, 39, 40)] * 25


def test_quartiles_are_those_of_everybody_who_answered():
    _, found = figures(survey(GIVEN))
    told = found.loc[["points_low", "points_middle", "points_high"], "share"]
    # Sorted, the park got 21 x 25, 50 x 35, 100 x 40: places 25, 50 and 75.
    assert told.xs("park", level="category").tolist() == [20, 50, 100]
    assert told.xs("bus", level="category").tolist() == [0, 40, 50]
    assert told.xs("pool", level="category").tolist() == [0, 0, 0]


def test_the_share_counts_who_gave_anything():
    _, found = figures(survey(GIVEN))
    assert found.loc["share", "n"].to_dict() == {"park": 100, "bus": 60, "pool": 25}


def test_small_budgets_keep_every_number():
    table = pd.DataFrame({"q__a": [3, 2, 0, 1], "q__b": [0, 1, 3, 2]}).astype("str")
    assert quartiles(table, "q") == {"a": (0, 1, 2), "b": (0, 1, 2)}


def test_points_are_told_for_everybody_only_and_never_on_average():
    names, found = figures(survey(GIVEN))
    assert "budget-by-age" not in names
    statistics = set(found.index.get_level_values("statistic"))
    assert not statistics & {"mean", "sum", "gini"}


@pytest.mark.parametrize(("people", "sign"), [(20, "few"), (9, "protected")])
def test_few_answers_have_no_quartiles(people, sign):
    given = (GIVEN * 2)[30 : 30 + people] + [("-2", "-2", "-2")] * 40
    _, found = figures(survey(given))
    rows = found.loc[["points_low", "points_middle", "points_high"]]
    assert set(rows["sign"]) == {sign}
    assert rows["share"].isna().all()


def test_nobody_answered():
    _, found = figures(survey([("-2", "-2", "-2")] * 40))
    assert set(found.loc["points_middle", "sign"]) == {"protected"}
