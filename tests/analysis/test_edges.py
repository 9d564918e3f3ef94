"""Designs at their edges against R's package survey, and tables nobody planned."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.compare import against_rest, groups
from analysis.estimates import interval, multiple, shares, summary
from analysis.package import AnalysisError
from analysis.ranking import borda, rank_intervals, schulze
from tests.reference import table

EDGE = table("edge_persons")
EXPECTED = table("edges").set_index("design")
DESIGNS = {
    "zero_weights": {"weights": "weight"},
    "lonely": {"weights": "weight", "strata": "stratum"},
    "finite": {
        "strata": "stratum",
        "population": {"lonely": 12, "a": 300, "b": 900},
    },
    "clusters": {"weights": "weight", "clusters": "cluster"},
    "nested": {"weights": "weight", "strata": "stratum", "clusters": "cluster"},
}


@pytest.mark.parametrize("design", DESIGNS)
def test_shares_at_the_edge_are_those_of_the_survey_package(design):
    found = shares(EDGE, "item", **DESIGNS[design]).loc[("", "x")]
    for name in ("share", "se", "low", "high", "df"):
        assert found[name] == pytest.approx(EXPECTED.loc[design, name], rel=1e-9)


def test_rao_and_scott_with_missing_answers_is_that_of_svychisq():
    found = groups(table("rao_scott_persons"), ["answer"], "group", weights="weight")
    wanted = table("rao_scott").iloc[0]
    assert found.loc["answer", "statistic"] == pytest.approx(wanted["statistic"], 1e-9)
    assert found.loc["answer", "p"] == pytest.approx(wanted["p"], rel=1e-9)


@pytest.mark.parametrize("design", DESIGNS)
def test_columns_may_stand_apart_in_another_order(design):
    options = DESIGNS[design]
    apart = {
        name: EDGE[column].sample(frac=1, random_state=1)
        if isinstance(column, str)
        else column
        for name, column in options.items()
    }
    item = EDGE["item"].sample(frac=1, random_state=2)
    found = shares(EDGE, item, **apart)
    assert found["se"].tolist() == pytest.approx(
        shares(EDGE, "item", **options)["se"].tolist()
    )


def test_rows_may_carry_one_name_as_long_as_columns_are_in_their_order():
    twice = EDGE.set_axis([3] * len(EDGE))
    found = shares(twice, "item", weights=twice["weight"], by=twice["stratum"])
    plain = shares(EDGE, "item", weights="weight", by="stratum")
    assert found["se"].tolist() == pytest.approx(plain["se"].tolist(), nan_ok=True)
    with pytest.raises(AnalysisError, match="occur twice"):
        shares(twice, "item", weights=EDGE["weight"])


def test_a_table_with_a_column_twice_is_refused():
    both = pd.concat([EDGE, EDGE["item"]], axis=1)
    with pytest.raises(AnalysisError, match="several columns 'item'"):
        shares(both, "item")


def test_a_weight_missing_for_some_is_counted_in_the_refusal():
    some = EDGE.assign(weight=EDGE["weight"].where(EDGE.index > 4))
    for call in (
        lambda: shares(some, "item", weights="weight"),
        lambda: groups(some, ["item"], "stratum", weights="weight"),
        lambda: shares(EDGE, "item", weights=EDGE["weight"].iloc[5:]),
        lambda: shares(EDGE.assign(weight="much"), "item", weights="weight"),
    ):
        with pytest.raises(AnalysisError, match=r"(5|120) of 120 are not"):
            call()


def test_people_of_one_cluster_tell_nothing_about_others():
    one = pd.DataFrame({"q": ["a", "b", "a"], "c": [1, 1, 1]})
    found = shares(one, "q", clusters="c").loc[("", "a")]
    assert math.isnan(found["se"])
    assert (found["low"], found["high"], found["df"]) == (0, 1, 0)


@pytest.mark.parametrize(
    "options", [{}, {"weights": "w"}, {"strata": "s"}, {"clusters": "s"}]
)
def test_one_person_is_counted_and_nothing_is_claimed(options):
    one = pd.DataFrame({"q": ["a"], "w": [2.0], "s": ["x"]})
    found = shares(one, "q", **options).loc[("", "a")]
    assert found[["n", "base", "share", "high"]].tolist() == [1, 1, 1, 1]
    assert found["low"] < 0.21


def test_categories_nobody_chose_stand_in_the_table_with_an_interval():
    cells = pd.Categorical(["a"] * 40, ["a", "b", "never"])
    found = shares(pd.DataFrame({"q": cells}), "q")
    assert found.loc[("", "never"), ["n", "share", "low"]].tolist() == [0, 0, 0]
    assert found.loc[("", "never"), "high"] == pytest.approx(0.0876, abs=1e-4)


def test_a_group_nobody_belongs_to_has_no_share():
    table_ = pd.DataFrame({"q": ["a", "b"] * 3, "w": [1.0, 2] * 3})
    table_["g"] = pd.Categorical(["x"] * 6, ["x", "empty"])
    for options in ({}, {"weights": "w"}):
        found = shares(table_, "q", by="g", **options)
        assert found.loc["empty", "base"].tolist() == [0, 0]
        assert found.loc["empty", ["share", "low"]].isna().all(axis=None)
    assert math.isnan(groups(table_, ["q"], "g").loc["q", "p"])
    assert len(against_rest(table_, ["q"], "g")) == 2


def test_a_population_smaller_than_the_sample_is_refused():
    for population in (100, {"lonely": 1, "a": 10, "b": 900}):
        with pytest.raises(AnalysisError, match="more persons than the population"):
            shares(EDGE, "item", strata="stratum", population=population)
    with pytest.raises(AnalysisError, match="more trials than the population"):
        interval(1, 10, population=9)


def test_a_scale_without_order_has_no_summary_and_a_nominal_item_a_test():
    letters = pd.DataFrame({"q": list("abc") * 20, "g": list("xy") * 30})
    with pytest.raises(AnalysisError, match="order of its answers"):
        summary(letters, "q")
    assert groups(letters, ["q"], "g").loc["q", "effect_name"] == "cramers_v"


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, "-1", "-2", "-3", "-4", "-5"])
def test_every_kind_of_no_answer_is_outside_the_base(missing):
    table_ = pd.DataFrame({"q": ["a", "b", missing], "w": [1, 2, 3]}, dtype=object)
    for options in ({}, {"weights": "w"}):
        assert shares(table_, "q", **options)["base"].tolist() == [2, 2]
    marks = pd.DataFrame({"q__a": ["1", "0", missing]}, dtype=object)
    assert multiple(marks, "q").loc["a", "base"] == 2


def ballots(**counts):
    """Strict ballots such as abc, equal marks joined by =: ``{"a=b>c": 3}``."""
    rows = []
    for ballot, count in counts["of"].items():
        for place, tied in enumerate(ballot.split(">")):
            rows += [(ballot, count, name, place + 1) for name in tied.split("=")]
    return pd.DataFrame(rows, columns=["ballot", "count", "alternative", "rank"])


def test_a_cycle_of_equal_strength_stays_a_tie():
    """Condorcet's cycle: nobody is preferred, by any method."""
    cycle = ballots(of={"a>b>c": 4, "b>c>a": 4, "c>a>b": 4})
    assert schulze(cycle)["rank"].tolist() == [1, 1, 1]
    assert schulze(cycle)["beats"].tolist() == [0, 0, 0]
    assert borda(cycle)["rank"].tolist() == [1, 1, 1]


def test_the_weakest_link_of_a_cycle_gives_way():
    """a beats b 9:4, b beats c 8:5, c beats a 7:6: the last one is the weakest."""
    found = schulze(ballots(of={"a>b>c": 6, "b>c>a": 2, "c>a>b": 3, "c>b>a": 2}))
    assert found["rank"].to_dict() == {"a": 1, "b": 2, "c": 3}


def test_ballots_that_tie_everything_leave_everything_tied():
    tied = ballots(of={"a=b=c": 50})
    assert schulze(tied)["rank"].tolist() == [1, 1, 1]
    found = rank_intervals(tied, method="schulze", resamples=50, seed=1)
    assert found[["rank", "rank_low", "rank_high"]].to_numpy().tolist() == [[1] * 3] * 3


def test_open_rounds_have_stable_and_changeable_places_and_no_sure_ones():
    clear = ballots(of={"a>b>c": 40, "b>a>c": 20})
    words = {
        design: rank_intervals(
            clear, method="schulze", resamples=200, seed=1, top=1, design=design
        )["class"].to_dict()
        for design in ("random", "census", "open")
    }
    assert words["random"] == {"a": "sure", "b": "open", "c": "open"}
    assert words["open"] == {"a": "stable", "b": "open", "c": "open"}
    assert words["census"] == words["random"]
    close = ballots(of={"a>b>c": 32, "b>a>c": 28})
    found = rank_intervals(close, resamples=400, seed=1, top=1, design="open")
    assert found.loc["a", "class"] == "changeable"
    with pytest.raises(AnalysisError, match="design must be one of"):
        rank_intervals(clear, seed=1, design="panel")


def test_without_ballots_every_place_is_open():
    found = rank_intervals(ballots(of={"a>b": 0}), resamples=10, seed=1)
    assert found["class"].tolist() == ["open", "open"]
    assert found["rank_high"].tolist() == [2, 2]
