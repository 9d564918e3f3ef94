"""Agreement of coders against the values that Krippendorff published."""

import math

import pandas as pd
import pytest

from analysis.comments import agreement
from analysis.package import AnalysisError
from tests.reference import table

VALUES = table("krippendorff_values").set_index("level")["alpha"]


def codings(*rows):
    """Rows of unit, coder and code."""
    return pd.DataFrame(list(rows), columns=["unit", "coder", "code"])


@pytest.fixture(scope="module")
def published():
    """Reliability data of Krippendorff (2011), section E: four coders, twelve units."""
    wide = table("krippendorff")
    return wide.melt("unit", var_name="coder", value_name="code")


@pytest.mark.parametrize("level", VALUES.index)
def test_alpha_is_the_published_one_on_every_level(published, level):
    found = agreement(published, level=level, resamples=200)
    assert round(found.alpha, 3) == VALUES[level]
    assert found.low <= found.alpha <= found.high


def test_what_was_coded_twice_is_counted(published):
    found = agreement(published, resamples=10)
    assert (found.units, found.coders, found.values) == (11, 4, 40)


def test_two_coders_of_two_codes_have_the_published_alpha():
    """Krippendorff (2011), section A: ten units, alpha .095."""
    first, second = "0100000010", "1110010000"
    rows = [
        (unit, coder, code)
        for coder, codes in (("m", first), ("j", second))
        for unit, code in enumerate(codes)
    ]
    assert round(agreement(codings(*rows), resamples=10).alpha, 3) == 0.095


def test_two_coders_of_five_codes_have_the_published_alpha():
    """Krippendorff (2011), section B: .692."""
    pairs = zip("aabbdcccedda", "babbbccceddd", strict=True)
    table_ = codings(
        *(
            (unit, coder, code)
            for unit, codes in enumerate(pairs)
            for coder, code in zip("mn", codes, strict=True)
        )
    )
    assert agreement(table_, resamples=10).alpha == pytest.approx(0.692, abs=5e-4)


def test_codes_are_compared_as_they_are_and_not_as_numbers_where_they_are_names():
    rows = [(unit, coder, "xyz"[unit % 3]) for unit in range(9) for coder in "ab"]
    found = agreement(codings(*rows), resamples=50)
    assert (found.alpha, found.low, found.high) == (1.0, 1.0, 1.0)


def test_an_order_of_categories_is_kept():
    rows = [(1, "a", "low"), (1, "b", "mid"), (2, "a", "mid"), (2, "b", "mid")]
    rows += [(3, "a", "high"), (3, "b", "high"), (4, "a", "low"), (4, "b", "low")]
    told = codings(*rows)
    told["code"] = pd.Categorical(told["code"], ["low", "mid", "high"], ordered=True)
    swapped = told.copy()
    swapped["code"] = told["code"].cat.rename_categories(["b", "a", "c"])
    numbers = told.assign(code=told["code"].cat.codes + 1)
    alphas = [
        agreement(one, level="ordinal", resamples=5).alpha
        for one in (told, swapped, numbers)
    ]
    assert alphas == pytest.approx([alphas[0]] * 3)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((1, "a", "x"), (2, "b", "y")),
        ((1, "a", "x"), (1, "b", "x"), (2, "a", "x"), (2, "b", "x")),
        ((1, "a", None), (1, "b", "x"), (2, "a", "")),
    ],
)
def test_without_two_codes_for_a_unit_or_two_values_there_is_no_alpha(rows):
    found = agreement(codings(*rows))
    assert math.isnan(found.alpha)
    assert math.isnan(found.low)


def test_the_same_seed_draws_the_same_units(published):
    first = agreement(published, seed=4, resamples=50)
    assert first == agreement(published, seed=4, resamples=50)


def test_few_units_have_a_wide_interval(published):
    found = agreement(published, resamples=500)
    assert found.high - found.low > 0.3


@pytest.mark.parametrize(
    ("table_", "level", "words"),
    [
        (codings((1, "a", "x"), (1, "a", "y")), "nominal", "twice"),
        (codings((1, "a", "x")), "ordered", "level must be one of"),
        (codings((1, "a", "x"), (1, "b", "y")), "interval", "must be a number"),
        (pd.DataFrame({"unit": [1]}), "nominal", "coder, code"),
    ],
)
def test_codings_that_cannot_be_are_refused_with_a_sentence(table_, level, words):
    with pytest.raises(AnalysisError, match=words):
        agreement(table_, level=level)
