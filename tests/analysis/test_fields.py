"""The priority matrix: figures by hand, resamples against a plain bootstrap."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis.codebook import Item, codebook_of
from analysis.fields import COLUMNS, check_fields, priority_matrix
from analysis.package import AnalysisError
from analysis.responses import typed
from tests.analysis import synthetic

SCALE = ("good", "fair", "middling", "poor", "bad")
FIELDS = ("f1", "f2", "f3")


def book_of(fields=FIELDS, options=(*FIELDS, "none")):
    rows = [
        Item(
            f"s_{field}",
            "battery",
            field=field,
            role="satisfaction",
            options=SCALE,
            is_ordinal=True,
        )
        for field in fields
    ]
    return codebook_of(
        [*rows, Item("p", "pick", role="pick", options=options)], fields=FIELDS
    )


def answers_of(book, seed=1, size=200):
    rng = np.random.default_rng(seed)
    raw = {}
    for place, field in enumerate(FIELDS):
        chance = [0.5 - 0.2 * place, 0.2, 0.1, 0.1, 0.1 + 0.2 * place]
        raw[f"s_{field}"] = rng.choice(SCALE, size, p=chance)
    marks = rng.random((size, 4)) < [0.2, 0.4, 0.7, 0.05]
    for place, option in enumerate((*FIELDS, "none")):
        raw[f"p__{option}"] = marks[:, place].astype(int).astype(str)
    table = pd.DataFrame(raw)
    table.loc[:9, ["p__f1", "p__f2", "p__f3", "p__none"]] = "-2"
    table.loc[5:14, "s_f1"] = "-3"
    table.loc[190:, ["p__f1", "p__f2", "p__f3", "p__none"]] = "-5"
    return typed(table, book)


def plain(answers):
    """Importance, satisfaction and gap by counting cells."""
    seen = answers["p__f1"].isin(["0", "1", "-2"])
    importance = [(answers[f"p__{f}"] == "1").sum() / seen.sum() for f in FIELDS]
    satisfaction = []
    for field in FIELDS:
        cells = answers[f"s_{field}"].astype(str)
        satisfaction.append(
            cells.isin(["good", "fair"]).sum() / cells.isin(SCALE).sum()
        )
    return np.array(importance), np.array(satisfaction)


def test_importance_satisfaction_and_gap_are_what_counting_gives():
    book = book_of()
    answers = answers_of(book)
    found = priority_matrix(answers, book, resamples=50, seed=1)
    importance, satisfaction = plain(answers)
    assert found.columns.tolist() == COLUMNS
    assert found.index.tolist() == list(FIELDS)
    assert found["importance"].to_numpy() == pytest.approx(importance)
    assert found["satisfaction"].to_numpy() == pytest.approx(satisfaction)
    assert found["gap"].to_numpy() == pytest.approx(importance * (1 - satisfaction))
    assert found["importance_base"].tolist() == [190] * 3
    assert found["satisfaction_base"].tolist() == [190, 200, 200]


def test_resamples_give_the_limits_of_a_plain_bootstrap():
    book = book_of()
    answers = answers_of(book)
    found = priority_matrix(answers, book, resamples=4000, seed=1)
    rng = np.random.default_rng(9)
    gaps = []
    for _ in range(400):
        drawn = answers.iloc[rng.integers(0, len(answers), len(answers))]
        importance, satisfaction = plain(drawn)
        gaps.append(importance * (1 - satisfaction))
    low, high = np.quantile(gaps, [0.025, 0.975], axis=0)
    assert found["low"].to_numpy() == pytest.approx(low, abs=0.015)
    assert found["high"].to_numpy() == pytest.approx(high, abs=0.015)


def test_the_same_seed_gives_the_same_table_and_batches_do_not_matter(monkeypatch):
    book = book_of()
    answers = answers_of(book)
    first = priority_matrix(answers, book, resamples=100, seed=4)
    monkeypatch.setattr("analysis.fields.BATCH", 1)
    expect_equal(first, priority_matrix(answers, book, resamples=100, seed=4))


def test_the_worst_field_comes_first_in_a_survey(survey):
    found = priority_matrix(survey.responses, survey.codebook, resamples=500, seed=1)
    assert found["rank"].idxmin() == "f3"
    assert found.loc["f3", "quadrant"] == "act_first"
    assert found.loc["f3", "decidable"]
    assert found.loc["f1", "quadrant"] == "fine"
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    assert found["stability"].between(0, 1).all()
    assert found.loc["f3", "stability"] > 0.9


def test_a_field_whose_interval_crosses_a_line_is_not_decidable():
    book = book_of()
    few = answers_of(book).iloc[10:30]
    found = priority_matrix(few, book, resamples=50, seed=1)
    lines = found["importance"].mean(), found["satisfaction"].mean()
    for _, row in found.iterrows():
        crosses = (
            row["importance_low"] <= lines[0] <= row["importance_high"]
            or row["satisfaction_low"] <= lines[1] <= row["satisfaction_high"]
        )
        assert row["decidable"] == (not crosses)
    assert not found["decidable"].all()


def test_weights_of_one_change_nothing_but_the_kind_of_interval():
    book = book_of()
    answers = answers_of(book).assign(w=1.0)
    plain_table = priority_matrix(answers, book, resamples=50, seed=1)
    weighted = priority_matrix(answers, book, weights="w", resamples=50, seed=1)
    kept = ["importance", "satisfaction", "gap", "low", "high", "rank_low", "rank"]
    expect_equal(plain_table[kept], weighted[kept])


def test_weights_weigh():
    book = book_of()
    answers = answers_of(book)
    twice = pd.concat([answers, answers.head(60)], ignore_index=True)
    weighted = answers.assign(w=[2.0] * 60 + [1.0] * 140)
    first = priority_matrix(twice, book, resamples=20, seed=1)
    second = priority_matrix(weighted, book, weights="w", resamples=20, seed=1)
    assert first["gap"].to_numpy() == pytest.approx(second["gap"].to_numpy())


def test_fields_nobody_can_pick_or_judge_are_left_out():
    book = book_of(fields=("f1", "f2"), options=("f2", "f3"))
    raw = {f"s_{f}": ["good", "bad"] for f in ("f1", "f2")}
    raw |= {"p__f2": ["1", "0"], "p__f3": ["0", "1"]}
    found = priority_matrix(typed(pd.DataFrame(raw), book), book, seed=1, resamples=9)
    assert found.index.tolist() == ["f2"]


def test_nobody_answered():
    book = book_of()
    answers = answers_of(book).head(0)
    found = priority_matrix(answers, book, seed=1)
    assert found["gap"].isna().all()
    assert (found["quadrant"] == "").all()
    assert not found["decidable"].any()


def test_an_item_nobody_judged_leaves_the_others_alone():
    book = book_of()
    answers = answers_of(book)
    answers["s_f3"] = answers["s_f3"].where(answers["s_f3"] == "-3", "-3")
    found = priority_matrix(answers, book, resamples=50, seed=1)
    assert found.loc["f3", "quadrant"] == ""
    assert np.isnan(found.loc["f3", "low"])
    assert found.loc["f1", "quadrant"] != ""
    assert found.loc["f3", "rank"] == 3


def test_everybody_agrees():
    book = book_of()
    raw = {f"s_{field}": ["good"] * 40 for field in FIELDS}
    raw |= {f"p__{option}": ["1"] * 40 for option in (*FIELDS, "none")}
    found = priority_matrix(typed(pd.DataFrame(raw), book), book, seed=1, resamples=9)
    assert found["gap"].tolist() == [0, 0, 0]
    assert found["rank"].tolist() == [1, 1, 1]
    assert not found["decidable"].any()


def test_without_a_pick_there_is_no_matrix():
    book = codebook_of([], fields=FIELDS)
    assert priority_matrix(pd.DataFrame(), book, seed=1).empty
    with pytest.raises(AnalysisError, match="picked"):
        check_fields(book)
    check_fields(book_of())
    assert synthetic.FIELDS


@pytest.mark.parametrize("weights", [None, "w"])
def test_large_surveys_are_drawn_from_the_normal_distribution(monkeypatch, weights):
    book = book_of()
    answers = answers_of(book, size=4000)
    answers["w"] = np.random.default_rng(3).uniform(0.5, 2, len(answers))
    exact = priority_matrix(answers, book, weights=weights, resamples=4000, seed=1)
    monkeypatch.setattr("analysis.fields.LARGE", 1000)
    normal = priority_matrix(answers, book, weights=weights, resamples=4000, seed=1)
    for name, margin in (("low", 0.004), ("high", 0.004), ("stability", 0.015)):
        assert normal[name].to_numpy() == pytest.approx(exact[name], abs=margin)
    assert normal["gap"].tolist() == exact["gap"].tolist()
