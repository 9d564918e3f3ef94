"""Differencing: one published population from another, one run from the next."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis.disclosure import publish
from tests.disclosure.attacker import Attacker
from tests.disclosure.surveys import answers, package
from tests.disclosure.truth import true_counts

SKEWED = {"de": 0.8, "ar": 0.1, "tr": 0.06, "ti": 0.04}


def published(survey):
    publication = publish(survey, seed=1, resamples=10)
    variables = sorted({table.group_variable for table in publication.tables} - {""})
    true = true_counts(survey, publication.merges, variables)
    return publication, true, variables


@pytest.mark.parametrize(("people", "seed"), [(60, 1), (200, 2)])
def test_people_without_a_group_are_not_found_by_taking_groups_from_everybody(
    people, seed
):
    responses = answers(people, seed, languages=SKEWED, empty=0.0)
    responses.loc[:3, "age"] = "-4"
    survey = package(responses)
    publication, true, variables = published(survey)
    attacker = Attacker(survey.codebook).read(publication)
    few = {
        name: n
        for name, n in true.items()
        if len(name) > 3 and name[2] == "nobody" and 1 <= n < 10
    }
    assert any(name[1] == "age" and name[3] == "base" for name in few)
    assert "age" in variables
    known = [name for name in few if name in attacker.names][:40]
    for low, high in attacker.ranges(known).values():
        assert np.floor(high + 1e-6) > np.ceil(low - 1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_every_pair_of_nested_populations_differs_by_several_possible_numbers(seed):
    survey = package(answers(150, seed, languages=SKEWED))
    publication, true, variables = published(survey)
    figures = publication.figures().dropna(subset=["base"])
    figures = figures[figures["statistic"].isin(["share", "first", "ranked"])]
    bases = {
        (row.item, row.group_variable, row.group): int(row.base)
        for row in figures.itertuples()
        if row.table != "priority-matrix"
    }
    checked = 0
    for (item, variable, group), base in bases.items():
        whole = bases.get((item, "", ""))
        if not variable or whole is None:
            continue
        exact = true[item, "", "", "base"] - true[item, variable, group, "base"]
        possible = range(max(whole - base - 4, 0), whole - base + 5)
        assert exact in possible
        assert len(possible) >= 5
        checked += 1
    assert checked > 10
    assert variables


def test_groups_are_the_same_people_in_every_table_so_no_table_undoes_a_merge():
    survey = package(answers(300, 4, languages=SKEWED))
    publication, _, variables = published(survey)
    for variable in variables:
        shown = {
            frozenset(table.figures["group"])
            for table in publication.tables
            if table.group_variable == variable
        }
        assert len(shown) == 1
        names = next(iter(shown))
        hidden = {
            code for code, name in publication.merges[variable].items() if code != name
        }
        assert names.isdisjoint(hidden)


def test_rare_languages_are_not_even_named():
    responses = answers(300, 4, languages={"de": 1.0})
    responses.loc[:11, "form_language"] = "ar"
    responses.loc[12:14, "form_language"] = "ti"
    publication = publish(package(responses), seed=1, resamples=10)
    assert publication.merges["form_language"] == {"de": "de"}
    people = publication.table("participation").figures
    shown = people[people["item"] == "form_language"]["category"]
    assert set(shown) == {"de", "other"}


def test_a_second_run_says_nothing_new():
    responses = answers(120, 5, languages=SKEWED)
    first = publish(package(responses), seed=1, resamples=30)
    merges = {name: dict(merged) for name, merged in first.merges.items()}
    shuffled = responses.sample(frac=1, random_state=3).reset_index(drop=True)
    second = publish(package(shuffled, merges=merges), seed=1, resamples=30)
    expect_equal(first.figures(), second.figures())
    assert [table.secured for table in first.tables] == [
        table.secured for table in second.tables
    ]
