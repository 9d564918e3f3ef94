"""Cronbach's alpha against R's package psych, and when it may be printed."""

import math

import pandas as pd
import pytest

from analysis.scales import alpha
from tests.reference import table

ITEMS = table("scale_items")
NAMES = ["item1", "item2", "item3", "item4"]


def test_alpha_and_its_interval_are_those_of_psych():
    wanted = table("alpha").iloc[0]
    found = alpha(ITEMS, NAMES)
    assert found.alpha == pytest.approx(wanted["alpha"], rel=1e-9)
    assert found.low == pytest.approx(wanted["low"], rel=1e-9)
    assert found.high == pytest.approx(wanted["high"], rel=1e-9)
    assert found.n == wanted["n"]
    assert found.items == 4
    assert found.is_printable
    assert found.allows_index


def test_ordered_categories_count_by_their_place():
    words = ["a", "b", "c", "d", "e"]
    named = ITEMS.apply(
        lambda column: pd.Categorical.from_codes(
            column.fillna(0).astype(int) - 1, categories=words, ordered=True
        )
    )
    assert alpha(named, NAMES).alpha == pytest.approx(alpha(ITEMS, NAMES).alpha)


def test_two_items_are_not_printed():
    found = alpha(ITEMS, NAMES[:2])
    assert math.isfinite(found.alpha)
    assert not found.is_printable
    assert not found.allows_index


def test_less_than_a_hundred_persons_are_not_printed():
    assert not alpha(ITEMS.head(99), NAMES).is_printable


def test_a_low_alpha_allows_no_index():
    mixed = ITEMS.copy()
    for place, name in enumerate(NAMES):
        mixed[name] = mixed[name].sample(frac=1, random_state=place).to_numpy()
    found = alpha(mixed, NAMES)
    assert found.is_printable
    assert found.alpha < 0.6
    assert not found.allows_index


@pytest.mark.parametrize(
    "answers",
    [
        pd.DataFrame({"a": [3, 3, 3], "b": [4, 4, 4]}),
        pd.DataFrame({"a": [3], "b": [4]}),
        pd.DataFrame({"a": [None, -3], "b": [4, 5]}),
    ],
)
def test_no_variance_has_no_alpha(answers):
    found = alpha(answers, ["a", "b"])
    assert math.isnan(found.alpha)
    assert not found.is_printable


def test_one_item_has_no_alpha():
    assert math.isnan(alpha(ITEMS, ["item1"]).alpha)
