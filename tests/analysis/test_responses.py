"""Columns of answers from any table, and the five kinds of no answer."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import Item, codebook_of, field_items, pick_item
from analysis.package import AnalysisError
from analysis.responses import (
    answers,
    ballots,
    indicator_columns,
    no_answer,
    option_columns,
)
from analysis.steps import numbers


def column(values, **options):
    return answers(pd.DataFrame({"q": pd.Series(values, **options)}), "q")


@pytest.mark.parametrize(
    ("values", "codes", "categories"),
    [
        (["b", "a", "-3", None], [1, 0, -1, -1], ("a", "b")),
        ([2, 1, -3, -5], [1, 0, -1, -1], (1, 2)),
        ([2.0, 1.0, -2.0, np.nan], [1, 0, -1, -1], (1.0, 2.0)),
        ([True, False, None], [1, 0, -1], (False, True)),
        ([0, 7, -1], [0, 1, -1], (0, 7)),
        ([3, "x", None], [0, 1, -1], (3, "x")),
    ],
)
def test_any_kind_of_column_is_read(values, codes, categories):
    found = column(values)
    assert found.codes.tolist() == codes
    assert found.categories == categories
    assert found.is_valid.tolist() == [code >= 0 for code in codes]


def test_only_numbers_and_ordered_categories_are_a_scale():
    assert column([1, 2]).is_ordered
    assert not column(["a", "b"]).is_ordered
    assert not column([True, False]).is_ordered
    ordered = pd.CategoricalDtype(["x", "y"], ordered=True)
    assert column(["x"], dtype=ordered).is_ordered


def test_codes_are_as_small_as_they_can_be():
    assert column(list(range(100))).codes.dtype == np.int8
    assert column(list(range(300))).codes.dtype == np.int16
    assert column(list(range(40_000))).codes.dtype == np.int32


def test_a_column_that_stands_apart_is_aligned():
    table = pd.DataFrame({"a": [1, 2, 3]}, index=[10, 20, 30])
    apart = pd.Series({30: "z", 10: "x", 20: "y"})
    assert answers(table, apart).codes.tolist() == [0, 1, 2]


def test_a_column_that_is_missing_is_named():
    with pytest.raises(AnalysisError, match="q77"):
        answers(pd.DataFrame(), "q77")
    with pytest.raises(AnalysisError, match="q77"):
        option_columns(pd.DataFrame({"q7": [1]}), "q77")


MARKS = pd.DataFrame(
    {
        "q__a": ["1", "0", "-2", "-1", "-5", "-3", None],
        "q__b": ["0", "0", "-2", "-1", "-5", "-3", None],
    }
)


def test_who_answered_and_who_saw_a_question_differ():
    options, answered = indicator_columns(MARKS, "q")
    _, saw = indicator_columns(MARKS, "q", base="saw")
    assert options == ("a", "b")
    assert answered.tolist() == [[1, 0], [0, 0]] + [[-1, -1]] * 5
    empty, outside = [0, 0], [-1, -1]
    assert saw.tolist() == [
        [1, 0], empty, empty, outside, outside, empty, outside
    ]  # fmt: skip
    with pytest.raises(AnalysisError, match="base"):
        indicator_columns(MARKS, "q", base="all")


@pytest.mark.parametrize("marks", [[1, 0], [1.0, 0.0], [True, False], ["1", "0"]])
def test_marks_may_be_numbers_or_truths(marks):
    _, found = indicator_columns(pd.DataFrame({"q__a": marks}), "q")
    assert found.tolist() == [[1], [0]]


def test_the_five_kinds_of_no_answer_are_counted_apart():
    table = pd.DataFrame({"q": ["-1", "-2", "-2", "-3", "-4", "-5", None, "x"]})
    assert no_answer(table, "q").tolist() == [1, 3, 1, 1, 1]
    numeric = pd.DataFrame({"q": [-1.0, -3.0, 2.0, np.nan]})
    assert no_answer(numeric, "q").tolist() == [1, 1, 1, 0, 0]
    assert no_answer(MARKS, "q").tolist() == [1, 2, 1, 0, 1]


def test_numbers_are_positions_or_the_numbers_themselves():
    ordered = pd.CategoricalDtype(["low", "high", "-2"], ordered=True)
    table = pd.DataFrame({"q": pd.Series(["high", "-2", "low"], dtype=ordered)})
    assert numbers(table, "q").tolist()[::2] == [2, 1]
    assert np.isnan(numbers(table, "q")[1])
    assert numbers(pd.DataFrame({"q": [10, 30]}), "q").tolist() == [10, 30]


def test_ballots_are_counted_and_people_who_ranked_nothing_cast_none():
    book = codebook_of([Item("r", "rank", options=("a", "b"))])
    table = pd.DataFrame(
        {"r__a": ["1", "1", "", "-1", ""], "r__b": ["", "", "1", "-1", ""]}
    )
    found = ballots(table, book, "r")
    assert found["count"].tolist() == [1, 1, 2, 2]
    assert found["alternative"].tolist() == ["a", "b", "a", "b"]
    assert found["rank"].fillna(0).tolist() == [0, 1, 1, 0]


def test_nobody_ranked_anything():
    book = codebook_of([Item("r", "rank", options=("a", "b"))])
    table = pd.DataFrame({"r__a": ["-2"], "r__b": ["-2"]})
    found = ballots(table, book, "r")
    assert found.empty
    assert found.columns.tolist() == ["ballot", "count", "alternative", "rank"]


def test_fields_are_joined_to_the_items_that_judge_them():
    rows = [
        Item("s1", "battery", field="f1", role="satisfaction"),
        Item("s1b", "single", field="f1", role="satisfaction"),
        Item("s2", "battery", field="f2", role="experience"),
    ]
    book = codebook_of(rows, fields=("f1", "f2"))
    assert {field: item.name for field, item in field_items(book).items()} == {
        "f1": "s1"
    }
    assert list(field_items(book, "experience")) == ["f2"]


def test_the_pick_that_counts_is_the_one_of_fields():
    measures = Item("q22", "pick", role="pick", options=("m1",))
    fields = Item("q05", "pick", role="pick", options=("f1", "none"))
    assert pick_item(codebook_of([measures, fields], fields=("f1",))) == fields
    assert pick_item(codebook_of([measures], fields=("f1",))) is None
