"""Questions with several answers: percent of cases, by hand and by statsmodels."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis.estimates import multiple, shares

TABLE = pd.DataFrame(
    {
        "q__a": ["1", "1", "0", "0", "-2", "-1"],
        "q__b": ["1", "0", "0", "0", "-2", "-1"],
        "q__none": ["0", "0", "1", "0", "-2", "-1"],
        "g": ["x", "x", "y", "y", "y", "x"],
        "w": [1.0, 2.0, 3.0, 1.0, 1.0, 1.0],
    }
)


def test_the_base_is_whoever_saw_and_answered():
    found = multiple(TABLE, "q")
    assert found.index.tolist() == ["a", "b", "none"]
    assert found.columns.tolist() == ["cases", "base", "share", "low", "high"]
    assert found["cases"].tolist() == [2, 1, 1]
    assert found["base"].tolist() == [4, 4, 4]
    assert found["share"].tolist() == [0.5, 0.25, 0.25]


def test_the_base_of_a_pick_is_whoever_saw_it():
    found = multiple(TABLE, "q", base="saw")
    assert found["base"].tolist() == [5, 5, 5]
    assert found.loc["a", "share"] == 0.4


def test_intervals_are_wilsons():
    found = multiple(TABLE, "q").loc["a"]
    wanted = proportion_confint(2, 4, method="wilson")
    assert (found["low"], found["high"]) == pytest.approx(wanted)
    narrow = multiple(TABLE, "q", confidence=0.5).loc["a"]
    assert narrow["low"] > found["low"]


def test_groups_stand_beside_everybody():
    found = multiple(TABLE, "q", by="g", base="saw")
    assert found.index.names == ["group", "option"]
    assert found.loc[("", "a"), "base"] == 5
    assert found.loc[("x", "a"), "share"] == 1
    assert found.loc[("y", "none"), "share"] == pytest.approx(1 / 3)


def test_weights_weigh_shares_and_not_counts():
    found = multiple(TABLE, "q", weights="w")
    assert found.loc["a", "cases"] == 2
    assert found.loc["a", "share"] == pytest.approx(3 / 7)
    single = TABLE[TABLE["q__a"].isin(["0", "1"])]
    alone = shares(single, "q__a", weights="w").loc[("", "1")]
    assert found.loc["a", "share"] == pytest.approx(alone["share"])


def test_nobody_chose_and_nobody_saw():
    empty = pd.DataFrame({"q__a": ["-1", "-1"], "q__b": ["-1", "-1"]})
    found = multiple(empty, "q", base="saw")
    assert found["base"].tolist() == [0, 0]
    assert found["share"].isna().all()
