"""Partial sums: parts add up to the whole, whatever cuts them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import engine
from analysis.engine import Sums, cluster_sums, ratio, tabulate

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


@settings(max_examples=60, deadline=None)
@given(st.lists(person, max_size=40), st.integers(0, 40), st.booleans())
def test_sums_of_parts_are_the_sums_of_the_whole(people, cut, weighted):
    whole = sums_of(people, weighted)
    parts = sums_of(people[:cut], weighted) + sums_of(people[cut:], weighted)
    for name in ("n", "w", "ww", "size"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


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
    monkeypatch.setattr(engine, "CHUNK", 7)
    parts = sums_of(people, weighted=True)
    assert all(
        np.array_equal(getattr(whole, name), getattr(parts, name))
        for name in ("n", "w", "ww", "size")
    )


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
