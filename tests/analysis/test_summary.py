"""Summaries of scales against R, published values and at the edges."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimates import agreement, shares, summary
from analysis.package import AnalysisError
from tests.reference import table

PERSONS = table("persons")
EXPECTED = table("summaries", dtype={"group": str}, keep_default_na=False)


@pytest.mark.parametrize("design", ["simple", "weighted"])
def test_ends_net_mean_and_median_are_those_of_r(design):
    weights = "weight" if design == "weighted" else None
    found = summary(PERSONS, "scale", by="group", weights=weights)
    for row in EXPECTED[EXPECTED["design"] == design].itertuples():
        got = found.loc[row.group]
        assert got["n"] == row.n
        for name in ("top2", "bottom2", "net", "net_se", "mean"):
            assert got[name] == pytest.approx(getattr(row, name), rel=1e-9), name
        assert got["median"] == row.median


def test_the_interval_of_the_top_is_that_of_its_share():
    scale = pd.DataFrame({"q": [1, 2, 3, 4, 4, 5, 5, 5, None]})
    scale["top"] = scale["q"].map({1: "no", 2: "no", 3: "no", 4: "yes", 5: "yes"})
    found = summary(scale, "q").loc[""]
    share = shares(scale, "top").loc[("", "yes")]
    assert found["top2"] == share["share"]
    assert found["top2_low"] == share["low"]
    assert found["top2_high"] == share["high"]


def test_three_categories_have_one_at_each_end():
    found = summary(pd.DataFrame({"q": [1, 2, 3, 3]}), "q").loc[""]
    assert found["top2"] == 0.5
    assert found["bottom2"] == 0.25


def test_net_keeps_an_interval_when_everybody_is_content():
    found = summary(pd.DataFrame({"q": [1.0] * 0 + [4, 5] * 5 + [1, 2, 3][:0]}), "q")
    same = pd.DataFrame({"q": pd.Categorical(["d"] * 10, list("abcd"), ordered=True)})
    found = summary(same, "q").loc[""]
    assert found["net"] == 1
    assert found["net_high"] == 1
    # Both intervals add up: Wilson's lower limit of 10 of 10 is 0.7225.
    assert found["net_low"] == pytest.approx(0.7225 - (1 - 0.7225), abs=1e-3)


def test_the_interval_of_net_is_near_the_normal_one_in_large_samples():
    scale = pd.DataFrame(
        {"q": [1] * 300 + [2] * 200 + [3] * 500 + [4] * 600 + [5] * 400}
    )
    found = summary(scale, "q").loc[""]
    assert found["net"] == 0.25
    reach = 1.96 * found["net_se"]
    assert found["net_low"] == pytest.approx(0.25 - reach, abs=0.002)
    assert found["net_high"] == pytest.approx(0.25 + reach, abs=0.002)


def test_the_median_is_the_first_category_half_of_the_people_reach():
    order = pd.CategoricalDtype(["bad", "fair", "good"], ordered=True)
    half = pd.DataFrame({"q": pd.Series(["bad", "bad", "good", "good"], dtype=order)})
    assert summary(half, "q").loc["", "median"] == "bad"
    more = pd.DataFrame({"q": pd.Series(["bad", "good", "good"], dtype=order)})
    assert summary(more, "q").loc["", "median"] == "good"
    assert summary(more, "q").loc["", "mean"] == pytest.approx(7 / 3)


def test_dont_know_is_never_in_the_base():
    found = summary(pd.DataFrame({"q": [5, 5, 1, -3, -3, -3]}), "q").loc[""]
    assert found["n"] == 3
    assert found["top2"] == pytest.approx(2 / 3)


def test_nobody_answered_a_scale():
    order = pd.CategoricalDtype([*"abcde", "-2"], ordered=True)
    found = summary(pd.DataFrame({"q": pd.Series(["-2"], dtype=order)}), "q").loc[""]
    assert found["n"] == 0
    assert found["median"] is None
    assert math.isnan(found["top2"])
    assert math.isnan(found["net_low"])


def test_categories_without_an_order_have_no_summary():
    with pytest.raises(AnalysisError, match="scale"):
        summary(pd.DataFrame({"q": ["red", "green", "blue"]}), "q")


def test_agreement_gives_the_value_its_r_package_documents():
    # Package agrmt, help page of agreement().
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ([0, 0, 60, 0, 0], 1),
        ([12, 12, 12, 12, 12], 0),
        ([30, 0, 0, 0, 30], -1),
        ([30, 30, 0, 0, 0], 0.75),  # one layer, unimodal: 1 - 1/4
    ],
)
def test_agreement_has_its_known_values(counts, value):
    assert agreement(counts) == pytest.approx(value)


def test_agreement_needs_answers_and_three_categories():
    assert math.isnan(agreement([0, 0, 0]))
    assert math.isnan(agreement([3, 4]))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=3, max_size=7).filter(any))
def test_agreement_stays_in_its_bounds_and_has_no_direction(counts):
    value = agreement(counts)
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    assert value == pytest.approx(agreement(counts[::-1]))
    assert value == pytest.approx(agreement([count * 7 for count in counts]))
