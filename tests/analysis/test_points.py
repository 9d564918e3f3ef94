"""Points and dots against R, and at the edges."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.estimates import gini, points
from analysis.package import AnalysisError
from tests.reference import table

PERSONS = table("points_persons").rename(columns=lambda name: f"q__{name}")
PERSONS = PERSONS.rename(columns={"q__weight": "weight"})
EXPECTED = table("points").set_index("option")


def test_means_sums_and_gini_are_those_of_r():
    found = points(PERSONS, "q", seed=1, resamples=100)
    for name in ("sum", "mean", "gini"):
        assert found[name].to_dict() == pytest.approx(EXPECTED[name].to_dict())


def test_weighted_means_and_gini_are_those_of_r():
    found = points(PERSONS, "q", weights="weight", seed=1, resamples=100)
    for name in ("mean", "gini"):
        assert found[name].to_dict() == pytest.approx(
            EXPECTED[f"weighted_{name}"].to_dict()
        )


@pytest.mark.parametrize(("weights", "error"), [(None, "sd"), ("weight", "se")])
def test_the_interval_is_about_that_of_the_t_distribution(weights, error):
    found = points(PERSONS, "q", weights=weights, seed=1, resamples=8000)
    sides = EXPECTED["sd"] / math.sqrt(60) if error == "sd" else EXPECTED["weighted_se"]
    width = (found["high"] - found["low"]) / 2
    assert width.to_dict() == pytest.approx((2.001 * sides).to_dict(), rel=0.06)
    assert (found["low"] < found["mean"]).all()
    assert (found["mean"] < found["high"]).all()


def test_quartiles_are_amounts_that_were_given():
    answers = pd.DataFrame({"q__a": [0, 10, 20, 30], "q__b": [100, 90, 80, 70]})
    found = points(answers, "q", seed=1, resamples=10)
    assert found.loc["a", ["lower", "median", "upper"]].tolist() == [0, 10, 20]


def test_groups_stand_beside_everybody():
    answers = PERSONS.assign(g=["x", "y"] * 30)
    found = points(answers, "q", by="g", seed=1, resamples=50)
    assert found.index.names == ["group", "option"]
    assert found.loc["x", "n"].tolist() == [30] * 3
    assert found.loc[("x", "a"), "sum"] == answers.loc[::2, "q__a"].sum()


def test_empty_cells_of_somebody_who_gave_points_are_none_given():
    answers = pd.DataFrame({"q__a": ["3", "-2", "-5"], "q__b": [None, "-2", "-5"]})
    found = points(answers, "q", seed=1)
    assert found["n"].tolist() == [1, 1]
    assert found["mean"].tolist() == [3, 0]


def test_one_person_has_a_mean_without_an_interval():
    found = points(pd.DataFrame({"q__a": [4]}), "q", seed=1)
    assert found.loc["a", "mean"] == 4
    assert math.isnan(found.loc["a", "low"])


def test_nobody_gave_anything():
    found = points(pd.DataFrame({"q__a": ["-2"], "q__b": ["-2"]}), "q", seed=1)
    assert found["n"].tolist() == [0, 0]
    assert found[["mean", "low", "high", "median", "gini"]].isna().all(axis=None)
    assert points(pd.DataFrame({"q__a": []}), "q", seed=1).loc["a", "n"] == 0


def test_everybody_gave_the_same():
    found = points(pd.DataFrame({"q__a": [5] * 40}), "q", seed=1).loc["a"]
    assert (found["low"], found["high"], found["gini"]) == (5, 5, 0)


def test_large_rounds_are_drawn_from_the_normal_distribution(monkeypatch):
    plain = points(PERSONS, "q", weights="weight", seed=1, resamples=4000)
    monkeypatch.setattr("analysis.estimates.spending.LARGE", 10)
    found = points(PERSONS, "q", weights="weight", seed=1)
    for side in ("low", "high"):
        assert found[side].to_numpy() == pytest.approx(plain[side], abs=0.06)


def test_batches_do_not_change_what_is_drawn(monkeypatch):
    first = points(PERSONS, "q", seed=3, resamples=60)
    monkeypatch.setattr("analysis.estimates.spending.BATCH", 1)
    again = points(PERSONS, "q", seed=3, resamples=60)
    assert again["high"].tolist() == pytest.approx(first["high"].tolist())


def test_gini_of_options_tells_how_uneven_spending_is():
    assert gini([50, 50]) == 0
    assert gini([0, 0, 0, 100]) == 0.75
    assert gini([1, 3], [3, 1]) == pytest.approx(0.25)
    assert math.isnan(gini([]))
    assert math.isnan(gini([0, 0]))


@pytest.mark.parametrize("values", [[-1, 2], [np.nan], [np.inf]])
def test_gini_refuses_amounts_below_nothing(values):
    with pytest.raises(AnalysisError, match="at least 0"):
        gini(values)


@pytest.mark.parametrize("options", [{"resamples": 0}, {"confidence": 1.0}])
def test_drawing_needs_sense(options):
    with pytest.raises(AnalysisError, match="at least once|between 0 and 1"):
        points(PERSONS, "q", **options)
