"""Comparisons of groups against R and scipy, and the rule of what is secured."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal as expect_equal
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analysis.compare import against_rest, difference, groups, holm
from analysis.package import AnalysisError
from tests.reference import table

PERSONS = table("persons")
EXPECTED = table("comparisons").set_index("name")
SMALL = ([[3, 2, 9], [1, 6, 2]], ["red", "green", "blue"])


def scale(values, **columns):
    """A table with one scale of five."""
    cells = pd.Categorical(values, [1, 2, 3, 4, 5], ordered=True)
    return pd.DataFrame({"q": cells, **columns})


def from_counts(counts, names):
    """One row per person of a table of groups × categories."""
    rows = [
        (f"g{group}", name)
        for group, line in enumerate(counts)
        for name, count in zip(names, line, strict=True)
        for _ in range(count)
    ]
    return pd.DataFrame(rows, columns=["g", "q"])


def test_two_groups_on_a_scale_are_compared_as_by_wilcox_test():
    pair = PERSONS[PERSONS["group"].isin(["a", "b"])]
    found = groups(pair, ["scale"], "group").loc["scale"]
    row = EXPECTED.loc["mann_whitney"]
    assert found["test"] == "mann_whitney"
    assert found["statistic"] == pytest.approx(row["statistic"])
    assert found["p"] == pytest.approx(row["p"], rel=1e-9)
    assert found["effect"] == pytest.approx(row["effect"], rel=1e-9)
    assert found["effect_name"] == "cliffs_delta"


def test_three_groups_on_a_scale_are_compared_as_by_kruskal_test():
    found = groups(PERSONS, ["scale"], "group").loc["scale"]
    row = EXPECTED.loc["kruskal"]
    assert found["test"] == "kruskal"
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-9)
    assert found["p"] == pytest.approx(row["p"], rel=1e-8)
    assert found["group"] == "b"
    assert found["effect"] == pytest.approx(EXPECTED.loc["rest_b", "effect"])


@pytest.mark.parametrize("group", ["a", "b", "c"])
def test_a_group_is_compared_with_the_rest_and_not_with_everybody(group):
    found = against_rest(PERSONS, ["scale"], "group").loc[("scale", group)]
    row = EXPECTED.loc[f"rest_{group}"]
    assert found["statistic"] == pytest.approx(row["statistic"])
    assert found["p"] == pytest.approx(row["p"], rel=1e-8)
    assert found["effect"] == pytest.approx(row["effect"], rel=1e-9)


def test_nominal_items_are_compared_by_chi_squared():
    found = groups(PERSONS, ["colour"], "group").loc["colour"]
    row = EXPECTED.loc["chi2"]
    assert found["test"] == "chi2"
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-9)
    assert found["p"] == pytest.approx(row["p"], rel=1e-9)
    assert found["effect"] == pytest.approx(row["effect"], rel=1e-9)
    assert found["effect_name"] == "cramers_v"


def test_small_counts_are_compared_by_random_tables():
    found = groups(from_counts(*SMALL), ["q"], "g").loc["q"]
    row = EXPECTED.loc["permutation"]
    assert found["test"] == "permutation"
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-9)
    # 9,999 tables here, a million there: three standard errors.
    assert found["p"] == pytest.approx(row["p"], abs=3 * 0.005)
    assert found["effect"] == pytest.approx(row["effect"], rel=1e-9)


def test_random_tables_are_the_same_for_the_same_seed():
    answers = from_counts(*SMALL)
    first = groups(answers, ["q"], "g", seed=3)
    expect_equal(first, groups(answers, ["q"], "g", seed=3))


def test_weighted_nominal_items_are_compared_as_by_svychisq():
    known = PERSONS.dropna(subset=["colour", "group"])
    found = groups(known, ["colour"], "group", weights="weight").loc["colour"]
    row = EXPECTED.loc["rao_scott"]
    assert found["test"] == "rao_scott"
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-8)
    assert found["p"] == pytest.approx(row["p"], rel=1e-8)
    assert found["effect"] == pytest.approx(row["effect"], rel=1e-8)


def test_weighted_scales_are_compared_by_a_wald_test_of_mean_ranks():
    known = PERSONS.dropna(subset=["scale", "group"])
    found = groups(known, ["scale"], "group", weights="weight").loc["scale"]
    row = EXPECTED.loc["weighted_ranks_3"]
    assert found["test"] == "weighted_ranks"
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-8)
    assert found["p"] == pytest.approx(row["p"], rel=1e-7)
    pair = known[known["group"].isin(["a", "b"])]
    found = groups(pair, ["scale"], "group", weights="weight").loc["scale"]
    row = EXPECTED.loc["weighted_ranks_2"]
    assert found["statistic"] == pytest.approx(row["statistic"], rel=1e-8)
    assert found["p"] == pytest.approx(row["p"], rel=1e-7)


def test_the_correction_over_a_block_is_holms():
    reference = table("holm")
    assert holm(reference["p"].to_numpy()) == pytest.approx(
        reference["adjusted"].to_numpy()
    )
    block = against_rest(PERSONS, ["scale"], "group")
    smallest = block["p"].idxmin()
    assert block.loc[smallest, "p_holm"] == pytest.approx(3 * block["p"].min())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels(p):
    wanted = multipletests(p, method="holm")[1]
    assert holm(np.array(p)) == pytest.approx(wanted)


def test_tests_that_could_not_be_made_do_not_count():
    found = holm(np.array([0.01, math.nan, 0.04]))
    assert found[[0, 2]].tolist() == [0.02, 0.04]
    assert math.isnan(found[1])


def test_the_known_difference_of_a_survey_is_found_and_an_absent_one_is_not(survey):
    items = [f"q04_f{place}" for place in range(1, 10)]
    found = against_rest(survey.responses, items, "d3")
    secured = found[found["secured"]]
    assert ("q04_f5", "self") in secured.index
    assert secured.loc[("q04_f5", "self"), "effect"] < -0.3
    assert set(secured.index.get_level_values("item")) == {"q04_f5"}
    assert not groups(survey.responses, items, "d1")["secured"].any()


def test_an_item_with_options_is_compared_option_by_option(survey):
    found = groups(survey.responses, ["q05"], "d3")
    assert found.index[0] == "q05__f1"
    assert len(found) == 10
    assert found.loc["q05__f5", "secured"]


def test_a_difference_of_few_people_is_never_secured():
    few = scale([1] * 29 + [5] * 400, g=["a"] * 29 + ["b"] * 400)
    found = groups(few, ["q"], "g").loc["q"]
    assert found["p_holm"] < 1e-9
    assert found["effect"] == -1
    assert not found["secured"]


def test_thirty_weighted_persons_can_be_too_few():
    weights = [10.0] + [0.1] * 99 + [1.0] * 100
    answers = scale([1] * 50 + [2] * 50 + [4] * 50 + [5] * 50, w=weights)
    answers["g"] = ["a"] * 100 + ["b"] * 100
    found = groups(answers, ["q"], "g", weights="w").loc["q"]
    assert found["p"] < 0.05
    assert not found["secured"]


def test_a_tiny_difference_of_many_people_is_never_secured():
    counts = [[4700, 5300], [5300, 4700]]
    answers = from_counts(counts, [1, 2])
    found = groups(answers, ["q"], "g").loc["q"]
    assert found["p_holm"] < 1e-9
    assert abs(found["effect"]) == pytest.approx(0.06)
    assert not found["secured"]


def test_the_group_furthest_from_the_rest_is_a_large_one():
    values = [1] * 50 + [3] * 50 + [5] * 3 + [2] * 40
    answers = scale(values, g=["a"] * 50 + ["b"] * 50 + ["tiny"] * 3 + ["c"] * 40)
    assert groups(answers, ["q"], "g").loc["q", "group"] == "a"


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("order", [True, False])
def test_where_all_say_the_same_there_is_nothing_to_compare(weights, order):
    cells = pd.Categorical(["x"] * 80, ["x", "y", "z"], ordered=order)
    answers = pd.DataFrame({"q": cells, "g": ["a", "b"] * 40, "w": 1.5})
    found = groups(answers, ["q"], "g", weights=weights).loc["q"]
    assert math.isnan(found["p"])
    assert math.isnan(found["p_holm"])
    assert not found["secured"]


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("order", [True, False])
def test_a_group_alone_has_no_rest(weights, order):
    cells = pd.Categorical(["x", "y"] * 40, ["x", "y", "z"], ordered=order)
    answers = pd.DataFrame({"q": cells, "g": "a", "w": 1.5})
    found = groups(answers, ["q"], "g", weights=weights).loc["q"]
    assert math.isnan(found["p"])
    assert not against_rest(answers, ["q"], "g")["secured"].any()


def test_nobody_in_a_group_is_refused():
    with pytest.raises(AnalysisError, match="group"):
        groups(scale([1, 2], g=[None, None]), ["q"], "g")


def test_nobody_answered_an_item():
    answers = scale([None] * 4, g=["a", "b"] * 2)
    assert not groups(answers, ["q"], "g").loc["q", "secured"]


def test_an_item_that_is_not_there_is_refused():
    with pytest.raises(AnalysisError, match="q9"):
        groups(scale([1, 2], g=["a", "b"]), ["q9"], "g")


# R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((0, 29), (0, 29), -0.1170, 0.1170),  # by hand: z² / (29 + z²)
    ],
)
def test_newcombes_interval_has_its_published_limits(first, second, low, high):
    found = difference(first, second)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_a_difference_to_nobody_is_unknown():
    assert math.isnan(difference((0, 0), (3, 10)).difference)
    with pytest.raises(AnalysisError, match="successes"):
        difference((3, 2), (1, 2))


@pytest.mark.parametrize("order", [True, False])
@pytest.mark.parametrize("groups_of", ["ab", "abc"])
def test_weighted_groups_that_share_no_answer_differ(order, groups_of):
    names = list(groups_of) * 40
    cells = pd.Categorical(names, list("abc"), ordered=order)
    answers = pd.DataFrame({"q": cells, "g": names, "w": 1.0})
    found = groups(answers, ["q"], "g", weights="w").loc["q"]
    assert found["p"] < 1e-9
    assert found["secured"]


@settings(max_examples=60, deadline=None)
@example([("a", "x", 2.6e-225), ("b", "y", 1.0), ("a", "y", 1.0)], False, True)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.floats(0, 5)),
        min_size=1,
        max_size=30,
    ),
    st.booleans(),
    st.booleans(),
)
def test_whatever_people_answer_a_comparison_ends(rows, order, is_weighted):
    answers = pd.DataFrame(rows, columns=["g", "q", "w"])
    answers["q"] = pd.Categorical(answers["q"], list("xyz"), ordered=order)
    found = against_rest(answers, ["q"], "g", weights="w" if is_weighted else None)
    told = found["p"].dropna()
    assert told.between(0, 1).all()
    assert (found["p_holm"].dropna() >= told).all()
    assert found["effect"].dropna().abs().le(1 + 1e-9).all()


answers_of_two = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 5)), min_size=10, max_size=60
)


@settings(max_examples=60, deadline=None)
@given(answers_of_two)
def test_two_groups_agree_with_scipy(rows):
    answers = scale([value for _, value in rows], g=[group for group, _ in rows])
    first = [value for group, value in rows if group == "a"]
    second = [value for group, value in rows if group == "b"]
    found = groups(answers, ["q"], "g").loc["q"]
    if not first or not second or len({value for _, value in rows}) < 2:
        assert math.isnan(found["p"])
        return
    wanted = stats.mannwhitneyu(first, second, method="asymptotic")
    assert found["statistic"] == pytest.approx(wanted.statistic)
    assert found["p"] == pytest.approx(wanted.pvalue, abs=1e-12)
    delta = np.sign(np.subtract.outer(first, second)).mean()
    assert found["effect"] == pytest.approx(delta, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(1, 5)), min_size=20, max_size=80
    )
)
def test_several_groups_agree_with_scipy(rows):
    answers = scale([value for _, value in rows], g=[group for group, _ in rows])
    by_group = [[v for g, v in rows if g == name] for name in "abcd"]
    by_group = [values for values in by_group if values]
    found = groups(answers, ["q"], "g").loc["q"]
    if len(by_group) > 2 and len({value for _, value in rows}) > 1:
        wanted = stats.kruskal(*by_group)
        assert found["statistic"] == pytest.approx(wanted.statistic)
        assert found["p"] == pytest.approx(wanted.pvalue)
    assert abs(found["effect"]) <= 1 or len(by_group) < 2
