"""Raking against R, its refusals with their cure, and what weights cost."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimates import most_changed, shares
from analysis.package import AnalysisError
from analysis.weights import TRIM, RakingError, beside, kish, light, merge, rake
from tests.reference import table

PEOPLE = table("raking_people")
MARGINS = table("raking_margins")
EXPECTED = table("raking").set_index("name")


def persons(**columns):
    """A table with one letter per person and column."""
    return pd.DataFrame({name: list(letters) for name, letters in columns.items()})


def refused(responses, margins, **options):
    with pytest.raises(RakingError) as caught:
        rake(responses, margins, **options)
    return caught.value


@pytest.mark.parametrize(("name", "start"), [("plain", None), ("from_start", "start")])
def test_weights_are_those_of_the_survey_package(name, start):
    found = rake(PEOPLE, MARGINS, start=start)
    assert found.weights.to_numpy() == pytest.approx(PEOPLE[name], rel=1e-7)
    assert found.n_eff == pytest.approx(EXPECTED.loc[name, "n_eff"], rel=1e-7)
    assert found.deff == pytest.approx(EXPECTED.loc[name, "deff"], rel=1e-7)
    told = shares(PEOPLE, "opinion", weights=found.weights)
    assert told.loc[("", "yes"), "share"] == pytest.approx(
        EXPECTED.loc[name, "yes"], rel=1e-7
    )


def test_every_margin_is_reached_and_told():
    found = rake(PEOPLE, MARGINS)
    wanted = MARGINS.set_index(["variable", "category"])["population"] / 46000
    assert found.achieved["target"].to_dict() == pytest.approx(wanted.to_dict())
    assert found.missed < 1e-8
    assert found.achieved["n"].groupby("variable").sum().tolist() == [420] * 3
    assert found.weights.sum() == pytest.approx(46000)
    assert found.max_ratio == pytest.approx(PEOPLE["plain"].max() * 420 / 46000)


def test_margins_may_be_a_mapping_and_categories_numbers():
    numbered = PEOPLE.assign(age=PEOPLE["age"].factorize(sort=True)[0] + 1.0)
    ages = {1: 7100, 2: 14200, 3: 13300, 4: 11400}
    others = {
        name: dict(zip(rows["category"], rows["population"], strict=True))
        for name, rows in MARGINS.groupby("variable")
    }
    found = rake(numbered, others | {"age": ages})
    assert found.weights.to_numpy() == pytest.approx(PEOPLE["plain"], rel=1e-6)


def test_the_row_names_of_the_table_stay():
    twice = PEOPLE.set_axis([7] * len(PEOPLE))
    found = rake(twice, MARGINS, start=twice["start"])
    assert found.weights.index.equals(twice.index)
    assert found.weights.to_numpy() == pytest.approx(PEOPLE["from_start"], rel=1e-7)


def test_whoever_gave_no_answer_keeps_the_weight_and_the_others_fit():
    some = PEOPLE.assign(age=PEOPLE["age"].where(PEOPLE.index % 10 > 0, "-4"))
    found = rake(some, MARGINS)
    known = some["age"] != "-4"
    ages = found.weights[known].groupby(some["age"]).sum()
    assert (ages / ages.sum()).tolist() == pytest.approx(
        [7100 / 46000, 14200 / 46000, 13300 / 46000, 11400 / 46000]
    )
    women = found.weights[some["sex"] == "f"].sum()
    assert women == pytest.approx(23300)


def test_a_start_weight_of_zero_stays_zero():
    start = PEOPLE["start"].where(PEOPLE.index % 7 > 0, 0)
    found = rake(PEOPLE, MARGINS, start=start, bounds=TRIM)
    assert (found.weights[start == 0] == 0).all()
    assert found.missed < 1e-6


def test_an_empty_cell_is_refused_and_its_neighbour_cures_it():
    answers = persons(age="1122233", sex="fmfmfmf")
    people = {"age": {"1": 30, "2": 30, "3": 30, "4": 10}, "sex": {"f": 50, "m": 50}}
    error = refused(answers, people)
    assert error.reason == "empty cell"
    assert "Nobody of age '4' answered (10 in the register)." in str(error)
    assert error.proposed_merges == {"age": (("3", "4"),)}
    cured = rake(*merge(answers, people, error.proposed_merges))
    assert cured.achieved.loc[("age", "3+4"), "weighted"] == pytest.approx(0.4)


def test_an_answer_the_register_does_not_know_is_an_empty_cell_too():
    answers = persons(sex="ffmmd")
    error = refused(answers, {"sex": {"f": 5, "m": 5}})
    assert error.reason == "empty cell"
    assert "register has nobody of sex 'd'" in str(error)
    assert rake(*merge(answers, {"sex": {"f": 5, "m": 5}}, error.proposed_merges))


def test_unequal_totals_are_refused_and_the_odd_variable_is_left_out():
    people = MARGINS.copy()
    people.loc[people["category"] == "f", "population"] += 300
    error = refused(PEOPLE, people)
    assert error.reason == "unequal totals"
    assert "sex add up to 46,300 people, those of the others to 46,000" in str(error)
    assert error.proposed_merges == {"sex": (("f", "m"),)}
    answers, totals = merge(PEOPLE, people, error.proposed_merges)
    assert set(totals["variable"]) == {"age", "district"}
    assert rake(answers, totals).missed < 1e-8


def test_a_bound_out_of_reach_is_refused_and_a_merge_cures_it():
    answers = persons(age="1" * 2 + "2" * 49 + "3" * 49)
    people = {"age": {"1": 20, "2": 40, "3": 40}}
    error = refused(answers, people, bounds=TRIM)
    assert error.reason == "unreachable bound"
    assert "needs weights of 10 times the mean, beyond 0.3 to 3" in str(error)
    assert error.proposed_merges == {"age": (("1", "2"),)}
    cured = rake(*merge(answers, people, error.proposed_merges), bounds=TRIM)
    assert cured.max_ratio <= 3


def test_margins_that_pull_against_each_other_are_refused_and_cured():
    answers = persons(s="mmf", a="112")
    people = {"s": {"m": 50, "f": 50}, "a": {"1": 30, "2": 70}}
    error = refused(answers, people)
    assert error.reason == "no convergence"
    assert rake(*merge(answers, people, error.proposed_merges)).missed < 1e-8


def test_all_that_is_wrong_is_told_at_once():
    answers = persons(age="1122", sex="ffmm")
    people = {"age": {"1": 4, "2": 4, "3": 2}, "sex": {"f": 4, "m": 4, "d": 1}}
    error = refused(answers, people)
    assert error.reasons == ("empty cell", "unequal totals")
    assert "age '3'" in str(error)
    assert "sex 'd'" in str(error)
    assert rake(*merge(answers, people, error.proposed_merges))


def test_trimmed_weights_keep_their_bounds_and_reach_the_margins_again():
    crooked = PEOPLE.assign(start=PEOPLE["start"] ** 6)
    plain = rake(crooked, MARGINS, start="start")
    assert plain.max_ratio > 3
    found = rake(crooked, MARGINS, start="start", bounds=TRIM)
    relative = found.weights / found.weights.mean()
    assert relative.max() <= 3 * (1 + 1e-9)
    assert relative.min() >= 0.3 * (1 - 1e-9)
    assert found.missed <= 0.01
    assert found.deff < plain.deff


def test_margins_missed_after_trimming_are_reported():
    """Only the old are women, but the register says 24 and 23 %."""
    answers = persons(age="o" * 10 + "y" * 90, sex="f" * 10 + "m" * 90)
    people = {"age": {"o": 24, "y": 76}, "sex": {"f": 23, "m": 77}}
    found = rake(answers, people, bounds=TRIM, max_rounds=30)
    assert 0.004 < found.missed <= 0.01
    missed = found.achieved["missed"]
    assert missed["age", "o"] < 0 or missed["sex", "f"] > 0
    assert refused(answers, people).reason == "no convergence"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_the_margins_the_proposed_merges_cure_them(data):
    size = data.draw(st.integers(1, 30))
    names = {"age": "1234", "sex": "fm", "place": "abc"}
    answers = pd.DataFrame(
        {
            name: data.draw(
                st.lists(
                    st.sampled_from([*letters, "-4"]), min_size=size, max_size=size
                )
            )
            for name, letters in names.items()
        }
    )
    people = {}
    for name, letters in names.items():
        counts = data.draw(
            st.lists(st.integers(0, 40), min_size=len(letters), max_size=len(letters))
        )
        people[name] = dict(zip(letters, counts, strict=True))
        people[name][letters[0]] += 1
    bounds = data.draw(st.sampled_from([None, TRIM, (0.8, 1.2)]))
    try:
        found = rake(answers, people, bounds=bounds, max_rounds=100)
    except RakingError as error:
        cured = merge(answers, people, error.proposed_merges)
        if cured[1].empty:
            return
        found = rake(*cured, bounds=bounds, max_rounds=100)
    assert found.missed <= 0.01
    assert (found.weights >= 0).all()


@pytest.mark.parametrize(
    ("margins", "options", "words"),
    [
        ({}, {}, "no margins"),
        ({"sex": {"f": -1, "m": 2}}, {}, "at least 0"),
        ({"sex": {"f": 0, "m": 0}}, {}, "needs people"),
        ({"nowhere": {"f": 1}}, {}, "no column 'nowhere'"),
        (MARGINS.drop(columns="category"), {}, "need the columns category"),
        (pd.concat([MARGINS, MARGINS]), {}, "twice"),
        (MARGINS, {"bounds": (2, 3)}, "below and above 1"),
        (MARGINS, {"max_rounds": 0}, "at least one round"),
        (MARGINS, {"start": PEOPLE["start"] * 0}, "nothing to weight"),
        (MARGINS, {"start": PEOPLE["start"].where(PEOPLE.index > 2)}, "3 of 420"),
    ],
)
def test_what_cannot_be_weighted_is_refused_with_a_sentence(margins, options, words):
    with pytest.raises(AnalysisError, match=words):
        rake(PEOPLE, margins, **options)


def test_a_table_of_nobody_is_refused():
    with pytest.raises(AnalysisError, match="nothing to weight"):
        rake(PEOPLE.iloc[:0], MARGINS)


def test_kish_gives_the_effect_of_weights_counted_by_hand():
    assert kish([1, 1, 1, 1]) == (1.0, 4.0)
    assert kish([1, 1, 1, 3]) == (pytest.approx(4 * 12 / 36), 3.0)
    assert kish([0, 0, 5]) == (3.0, 1.0)
    assert kish([1e-200, 1e-200]) == (1.0, 2.0)


def test_no_weight_above_zero_has_no_effect():
    deff, n_eff = kish([0, 0])
    assert math.isnan(deff)
    assert n_eff == 0
    assert kish([])[1] == 0


@pytest.mark.parametrize("weights", [[1, -1], [1, np.nan], [np.inf]])
def test_kish_refuses_what_is_no_weight(weights):
    with pytest.raises(AnalysisError, match="at least 0"):
        kish(weights)


@pytest.mark.parametrize(
    ("deff", "colour"),
    [(1.0, "green"), (1.49, "green"), (1.5, "yellow"), (1.99, "yellow"), (2, "red")],
)
def test_the_light_changes_at_one_and_a_half_and_at_two(deff, colour):
    assert light(deff) == colour
    assert light(math.nan) == "red"


def test_weighted_and_unweighted_stand_side_by_side():
    answers = persons(q="yyn", r="aab").assign(w=[1, 1, 2], m__x=[1, 0, 0])
    found = beside(answers, ["q", "r", "m"], "w")
    assert found.loc[("q", "y"), "unweighted"] == pytest.approx(2 / 3)
    assert found.loc[("q", "y"), "weighted"] == pytest.approx(1 / 2)
    assert found.loc[("m", "x"), "weighted"] == pytest.approx(1 / 4)
    assert found.loc[("q", "y"), ["n", "base"]].tolist() == [2, 3]


def test_the_items_that_change_most_are_named_once_each():
    answers = persons(a="yyyn", b="yynn", c="ynyn", d="yyyy").assign(w=[1, 1, 1, 5])
    found = most_changed(beside(answers, ["a", "b", "c", "d"], "w"))
    assert found.index.tolist() == ["a", "b", "c"]
    assert found["change"].abs().tolist() == pytest.approx([0.375, 0.25, 0.25])
    assert beside(answers, [], "w").empty
