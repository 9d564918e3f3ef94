"""Partial sums: parts add up to the whole, whatever cuts them."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.engine import (
    Column,
    Sums,
    cells,
    cluster_sums,
    crosstabs,
    parts,
    ratio,
    tabulate,
)

person = st.tuples(
    st.integers(-1, 3), st.integers(-1, 2), st.integers(0, 1), st.integers(0, 5)
)


def sums_of(people, weighted):
    columns = np.array(people, dtype=np.int8).reshape(-1, 4).T
    return tabulate(
        columns[0],
        4,
        groups=columns[1],
        group_count=3,
        strata=columns[2],
        strata_count=2,
        weights=columns[3].astype(float) if weighted else None,
    )


def digits(sums):
    """All that was summed, to the last digit."""
    return [getattr(sums, name).tolist() for name in ("n", "w", "ww", "size")]


@settings(max_examples=60, deadline=None)
@given(st.lists(person, max_size=40), st.integers(0, 40), st.booleans())
def test_sums_of_parts_are_the_sums_of_the_whole(people, cut, weighted):
    whole = sums_of(people, weighted)
    parts = sums_of(people[:cut], weighted) + sums_of(people[cut:], weighted)
    assert digits(parts) == digits(whole)


@settings(max_examples=40, deadline=None)
@given(st.lists(person, max_size=40))
def test_every_cell_counts_what_a_loop_counts(people):
    found = sums_of(people, weighted=True)
    for stratum in range(2):
        assert found.size[stratum] == sum(p[2] == stratum for p in people)
        for group in range(4):
            for code in range(4):
                weights = [
                    p[3]
                    for p in people
                    if (p[0], p[1] % 4, p[2]) == (code, group, stratum)
                ]
                assert found.n[stratum, group, code] == len(weights)
                assert found.w[stratum, group, code] == sum(weights)
                assert found.ww[stratum, group, code] == sum(w * w for w in weights)


def test_chunks_do_not_change_the_sums(monkeypatch):
    people = [(n % 4, n % 3, n % 2, n % 5) for n in range(50)]
    whole = sums_of(people, weighted=True)
    monkeypatch.setattr(cells, "CHUNK", 7)
    assert digits(sums_of(people, weighted=True)) == digits(whole)
    monkeypatch.setattr(parts, "PART", 11)
    assert digits(sums_of(people, weighted=True)) == digits(whole)


def test_without_weights_every_person_counts_once():
    found = tabulate(np.array([0, 1, 1, -1], dtype=np.int8), 2)
    assert isinstance(found, Sums)
    assert found.n.tolist() == [[[1, 2]]]
    assert found.w.tolist() == found.ww.tolist() == [[[1.0, 2.0]]]
    assert found.size.tolist() == [4]


def test_weights_are_summed_by_cluster():
    found = cluster_sums(
        np.array([0, 1, 1]),
        2,
        np.array([0, 0, 1]),
        2,
        groups=np.array([0, 0, -1]),
        group_count=1,
        weights=np.array([1.0, 2.0, 4.0]),
    )
    assert found.tolist() == [[[1.0, 2.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 4.0]]]


def test_a_ratio_of_nothing_is_what_it_is_said_to_be():
    assert ratio(1, 4) == pytest.approx(0.25)
    assert ratio([1, 2], 0, empty=0.0).tolist() == [0, 0]


def survey(rows, items=9):
    """Items of 5 answers and 5 kinds of none, 12 groups, weights with all digits."""
    rng = np.random.default_rng(rows)
    columns = [
        Column(rng.integers(-1, 10, rows).astype(np.int8), 5) for _ in range(items)
    ]
    groups = Column(rng.integers(-1, 12, rows).astype(np.int8), 12)
    return columns, groups, rng.uniform(0.3, 3.0, rows)


@pytest.mark.parametrize("rows", [0, 1, 40, 3000])
def test_items_counted_together_have_the_sums_of_each_alone(rows):
    columns, groups, weights = survey(rows)
    together = crosstabs(columns, groups=groups, weights=weights)
    assert len(together) == 9
    for column, found in zip(columns, together, strict=True):
        (alone,) = crosstabs([column], groups=groups, weights=weights)
        assert np.array_equal(found.n, alone.n)
        assert np.array_equal(found.size, alone.size)
        assert found.w == pytest.approx(alone.w, rel=1e-12)
        assert found.ww == pytest.approx(alone.ww, rel=1e-12)


def test_squares_nobody_asked_for_are_not_there():
    columns, groups, weights = survey(300)
    given = {"groups": groups, "weights": weights}
    for with_them, without in zip(
        crosstabs(columns, **given),
        crosstabs(columns, **given, squares=False),
        strict=True,
    ):
        assert np.array_equal(without.n, with_them.n)
        assert np.array_equal(without.w, with_them.w)
        assert without.ww.size == 0


def test_nothing_asked_is_nothing_counted():
    assert crosstabs([]) == ()


def test_a_code_behind_the_answers_is_no_answer():
    codes = np.array([0, 1, 2, 3, 7, -1, 127, -128], dtype=np.int8)
    (found,) = crosstabs([Column(codes, 3)])
    assert found.n.tolist() == [[[1, 1, 1]]]
    assert found.size.tolist() == [8]


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "int32", "int64"])
def test_every_width_of_code_is_counted_alike(dtype):
    codes = np.array([0, 2, 2, 1], dtype=dtype)
    groups = np.array([1, 0, 1, 0], dtype=dtype)
    found = tabulate(codes, 3, groups=groups, group_count=2)
    assert found.n.tolist() == [[[0, 1, 1], [1, 0, 1], [0, 0, 0]]]


def test_a_long_list_has_wider_codes():
    codes = np.array([0, 299, 299, 304, -1], dtype=np.int16)
    found = tabulate(codes, 300).n[0, 0]
    assert found[[0, 299]].tolist() == [1, 2]
    assert found.sum() == 3


def test_more_answers_than_a_byte_holds_are_counted_in_bytes_all_the_same():
    found = tabulate(np.array([0, 127, -1], dtype=np.int8), 300).n[0, 0]
    assert found[[0, 127]].tolist() == [1, 1]
    assert found.sum() == 2


def test_only_one_part_at_a_time_is_asked_for(monkeypatch):
    monkeypatch.setattr(parts, "PART", 10)
    asked = []

    def one_by_one(act, given):
        for number, part in enumerate(given):
            asked.append(number)
            yield act(part)
            assert len(asked) == number + 1

    columns, groups, weights = survey(95)
    crosstabs(columns, groups=groups, weights=weights, mapper=one_by_one)
    assert asked == list(range(10))


def test_whoever_counts_the_parts_finds_the_same_last_digit(monkeypatch):
    monkeypatch.setattr(parts, "PART", 100)
    columns, groups, weights = survey(2345)
    alone = crosstabs(columns, groups=groups, weights=weights)
    with ThreadPoolExecutor(4) as pool:
        many = crosstabs(columns, groups=groups, weights=weights, mapper=pool.map)
    assert list(map(digits, many)) == list(map(digits, alone))


@pytest.mark.parametrize("weights", [None, np.zeros(0)])
def test_nobody_in_no_stratum_who_had_no_choice_is_counted(weights):
    nobody = np.zeros(0, dtype=np.int8)
    found = tabulate(nobody, 0, strata=nobody, strata_count=0, weights=weights)
    assert found.n.shape == found.w.shape == found.ww.shape == (0, 1, 0)
