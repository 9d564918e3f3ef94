"""Rows of the analysis file: enough alike, whatever the numbers of their groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.disclosure.suppression import class_sizes, suppressed


def test_a_rare_combination_loses_one_cell_where_that_is_enough():
    rows = np.array([[0, 0]] * 9 + [[1, 0]] * 3 + [[1, 1]] * 2)
    found = suppressed(rows, 5)
    assert (found[:9] == rows[:9]).all()
    assert found[9:].tolist() == [[1, -1]] * 5


def test_rows_that_lost_everything_and_are_few_get_company():
    rows = np.array([[0, 0]] * 9 + [[0, 1]] * 5 + [[1, 0]] * 5 + [[1, 1]] * 2)
    found = suppressed(rows, 5)
    assert (found[:9] == rows[:9]).all()
    assert (found[19:] == -1).all()
    assert class_sizes(found).min() == 5


def test_nothing_is_emptied_where_everybody_has_company():
    rows = np.array([[0, 1]] * 5 + [[2, -1]] * 7)
    assert (suppressed(rows, 5) == rows).all()


def test_fewer_rows_than_must_be_alike_lose_everything():
    assert (suppressed(np.array([[0, 1], [1, 0]]), 5) == -1).all()


def test_a_file_without_groups_has_nothing_to_empty():
    assert suppressed(np.zeros((7, 0), dtype=np.int64), 5).shape == (7, 0)


@given(
    arrays(
        np.int64,
        st.tuples(st.integers(1, 60), st.integers(1, 4)),
        elements=st.integers(-1, 5),
    ),
    st.integers(2, 6),
)
def test_every_row_has_company_and_nothing_is_invented(rows, least):
    found = suppressed(rows, least)
    assert (class_sizes(found) >= min(least, len(rows))).all() or (found == -1).all()
    assert ((found == rows) | (found == -1)).all()


@given(
    arrays(
        np.int64,
        st.tuples(st.integers(1, 40), st.integers(1, 3)),
        elements=st.integers(-1, 3),
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_decides_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    assert (suppressed(rows[order], 5) == suppressed(rows, 5)[order]).all()


def test_of_two_classes_of_one_size_the_same_joins_in_whatever_order():
    rows = np.array(
        [[1, 2], *[[2, 2]] * 5, [0, 2], [2, 0], *[[0, 2]] * 4, *[[2, 0]] * 4, [2, 2]]
    )
    expected = suppressed(rows, 5)
    for seed in range(50):
        order = np.random.default_rng(seed).permutation(len(rows))
        assert (suppressed(rows[order], 5) == expected[order]).all()


@pytest.mark.parametrize("width", [9, 12])
def test_many_variables_take_no_longer_than_few(width):
    rows = np.random.default_rng(1).integers(0, 3, (300, width))
    assert class_sizes(suppressed(rows, 5)).min() >= 5
