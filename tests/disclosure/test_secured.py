"""Differences are said only if they hold for every count behind the published ones."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.disclosure import Policy
from analysis.disclosure.counts import OPTIONS, Key, Row
from analysis.disclosure.policy import thresholds
from analysis.disclosure.released import release
from analysis.disclosure.secured import Box, _furthest_back, cliffs_delta, secured

OWN = thresholds()
POLICY = Policy()
SCALE = ("a", "b", "c", "d", "e")


def released(counts, group, *, item="q", scale=SCALE, shape="parts", base=None):
    cells = {("share", code): n for code, n in counts.items()}
    total = sum(counts.values()) if base is None else base
    row = Row(Key(item, "d", group), total, cells, shape=shape, scale=scale)
    return release(row, POLICY)


def on_scale(counts, group, item="q"):
    return released(dict(zip(SCALE, counts, strict=True)), group, item=item)


def expanded(counts):
    return np.repeat(np.arange(len(counts)), counts)


def test_a_large_difference_between_large_groups_is_said_of_both_sides():
    rows = [on_scale((60, 50, 20, 10, 10), "x"), on_scale((10, 20, 40, 50, 40), "y")]
    found = {one.group: one for one in secured(rows, OWN)}
    assert set(found) == {"x", "y"}
    assert found["x"].effect == -found["y"].effect
    assert found["x"].effect_name == "delta"
    assert found["x"].p_holm < 0.001
    # Cliff's delta by hand over all pairs of people.
    x, y = expanded((60, 50, 20, 10, 10)), expanded((10, 20, 40, 50, 40))
    pairs = np.sign(y[None, :] - x[:, None])
    assert found["x"].effect == pytest.approx(pairs.mean(), abs=0.001)


def test_equal_groups_do_not_differ():
    rows = [on_scale((30, 30, 30, 30, 30), "x"), on_scale((60, 60, 60, 60, 60), "y")]
    assert secured(rows, OWN) == []


def test_a_large_difference_of_few_people_is_not_said():
    rows = [on_scale((20, 5, 2, 1, 0), "x"), on_scale((10, 20, 90, 80, 90), "y")]
    assert secured(rows, OWN) == []


def test_a_sure_but_small_difference_is_not_said():
    rows = [
        on_scale((2100, 2000, 2000, 2000, 1900), "x"),
        on_scale((1900, 2000, 2000, 2000, 2100), "y"),
    ]
    assert secured(rows, OWN) == []


def test_many_comparisons_make_each_of_them_harder():
    pair = [on_scale((30, 24, 20, 16, 12), "x"), on_scale((60, 70, 76, 80, 90), "y")]
    [alone, _] = secured(pair, OWN)
    crowd = [
        on_scale((40, 40, 40, 40, 40), group, item=f"other{number}")
        for number in range(40)
        for group in ("x", "y")
    ]
    among = [found for found in secured([*pair, *crowd], OWN) if found.item == "q"]
    assert not among or among[0].p_holm > alone.p_holm


def test_a_group_that_is_no_part_of_everybody_is_not_compared():
    row = Row(
        Key("q", "d", "open"),
        200,
        {
            ("share", code): n
            for code, n in zip(SCALE, (160, 10, 10, 10, 10), strict=True)
        },
        scale=SCALE,
        apart=True,
    )
    rows = [on_scale((10, 10, 10, 10, 160), "x"), release(row, POLICY)]
    assert secured(rows, OWN) == []


def test_answers_without_an_order_are_compared_by_chi_square_and_v():
    first = released({"a": 80, "b": 20, "c": 20}, "x", scale=())
    second = released({"a": 30, "b": 60, "c": 60}, "y", scale=())
    [one, _] = secured([first, second], OWN)
    assert one.effect_name == "V"
    table = np.array([[80, 20, 20], [30, 60, 60]])
    chi = stats.chi2_contingency(table, correction=False).statistic
    assert one.effect == pytest.approx(np.sqrt(chi / table.sum()), abs=0.001)


def test_of_several_answers_each_option_is_compared():
    first = released({"a": 80, "b": 40}, "x", scale=(), shape=OPTIONS, base=120)
    second = released({"a": 40, "b": 60}, "y", scale=(), shape=OPTIONS, base=180)
    found = secured([first, second], OWN)
    assert {(one.group, one.category) for one in found} == {("x", "a"), ("y", "a")}
    assert {one.effect for one in found} == {0.444, -0.444}
    assert {one.effect_name for one in found} == {"difference"}


def test_a_rare_option_is_no_difference():
    first = released({"a": 12}, "x", scale=(), shape=OPTIONS, base=40)
    second = released({"a": 0}, "y", scale=(), shape=OPTIONS, base=400)
    assert secured([first, second], OWN) == []


counts = st.lists(st.integers(0, 60), min_size=5, max_size=5)


@settings(max_examples=80, deadline=None)
@given(counts, counts, st.integers(1, 4), st.data())
def test_what_is_said_is_true_of_every_table_that_rounds_to_the_published_one(
    first, second, shift, data
):
    first, second = sorted(first, reverse=True), sorted(second)
    second = [n * shift for n in second]
    found = secured([on_scale(first, "x"), on_scale(second, "y")], OWN)
    for said in found[:1]:
        x, y = (expanded(_another(data, table)) for table in (first, second))
        delta = np.sign(y[None, :] - x[:, None]).mean()
        assert delta * np.sign(said.effect) >= 0.147 - 1e-9
        assert stats.mannwhitneyu(x, y, method="asymptotic").pvalue <= 0.05
        assert min(len(x), len(y)) >= 30


def _another(data, table):
    """Another table with the same rounded counts and base, if there is one."""
    moved = [
        data.draw(st.sampled_from([m for m in range(n - 2, n + 3) if _same(n, m)]))
        for n in table
    ]
    return moved if _same(sum(table), sum(moved)) else table


def _same(first, second):
    return second >= 0 and (first + 2) // 5 == (second + 2) // 5


def test_the_least_favourable_shares_lie_behind_all_possible_ones():
    box = Box(np.array([10.0, 5.0, 5.0]), 20, 2)
    shares = _furthest_back(box)
    tails = np.cumsum(shares[::-1])
    assert tails[-1] == pytest.approx(1)
    for table in itertools.product(range(8, 13), range(3, 8), range(3, 8)):
        total = sum(table)
        if 18 <= total <= 22:
            own = np.cumsum(np.array(table)[::-1]) / total
            assert (own <= tails + 1e-9).all()


def test_delta_of_no_people_is_zero():
    assert cliffs_delta(np.zeros(3), np.ones(3)) == 0


def test_nothing_to_compare_gives_nothing():
    assert secured([], OWN) == []
    assert secured([on_scale((30, 30, 30, 30, 30), "x")], OWN) == []


def test_the_gate_says_no_more_than_the_test_of_the_real_answers():
    from analysis.compare import groups

    rng = np.random.default_rng(2)
    for _ in range(5):
        shares = rng.dirichlet(np.ones(5), size=2)
        x = rng.choice(5, 160, p=shares[0])
        y = rng.choice(5, 240, p=shares[1])
        table = pd.DataFrame({"q": [*x, *y], "d": ["x"] * len(x) + ["y"] * len(y)})
        tables = [np.bincount(side, minlength=5).tolist() for side in (x, y)]
        said = secured([on_scale(tables[0], "x"), on_scale(tables[1], "y")], OWN)
        if said:
            assert groups(table, ["q"], "d").loc["q", "secured"]
