"""No table, however small or odd, ends otherwise than in a table or a sentence."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis import compare, estimates, scales, weights
from analysis.package import AnalysisError

KINDS = {
    "words": ["a", "b", "c", "-3", None],
    "numbers": [1, 2, 3, 4, -2],
    "gaps": [1.0, 2.0, np.nan, -5.0],
    "truths": [True, False],
}
SHARES = {
    "plain": {},
    "everything": {"weights": "w", "strata": "s", "clusters": "c"},
    "strata": {"strata": "s", "population": {"s1": 50, "s2": 90}},
}
CALLS = {
    **{
        name: lambda table, options=options: estimates.shares(
            table, "q", by="g", **options
        )
        for name, options in SHARES.items()
    },
    "summary": lambda table: estimates.summary(table, "q", by="g", weights="w"),
    "multiple": lambda table: estimates.multiple(table, "q", by="g", weights="w"),
    "points": lambda table: estimates.points(
        table, "q", by="g", weights="w", resamples=20
    ),
    "groups": lambda table: compare.groups(table, ["q"], "g"),
    "rest": lambda table: compare.against_rest(table, ["q"], "g", weights="w"),
    "waves": lambda table: compare.waves(table, table[::-1], ["q"], weights="w"),
    "languages": lambda table: compare.languages(table, ["q"], by="g"),
    "changed": lambda table: estimates.most_changed(
        weights.beside(table, ["q", "q__a"], "w")
    ),
    "rake": lambda table: (
        weights.rake(
            table, {"g": {"u": 5, "v": 6}}, start="w", bounds=weights.TRIM
        ).achieved
    ),
}


def odd(size, kind):
    rng = np.random.default_rng(size)
    values = KINDS[kind]
    table = pd.DataFrame(index=[1] * size)
    table["q"] = pd.Series(
        [values[place] for place in rng.integers(0, len(values), size)],
        dtype=object if kind == "words" else None,
        index=table.index,
    )
    table["g"] = np.array(["u", "v"])[rng.integers(0, 2, size)]
    table["s"] = np.array(["s1", "s2"])[rng.integers(0, 2, size)]
    table["w"] = rng.choice([0, 0, 1, 2.5], size)
    table["c"] = rng.integers(0, 3, size)
    for option in "ab":
        table[f"q__{option}"] = rng.choice([0, 1, -2], size)
    return table


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 40])
def test_every_figure_is_a_table_or_a_sentence(size, kind, call):
    table = odd(size, kind)
    given = table.copy(deep=True)
    try:
        found = CALLS[call](table)
    except AnalysisError:
        return
    finally:
        expect_equal(table, given)
    assert isinstance(found, pd.DataFrame)
    for low, high in (("low", "high"), ("top2_low", "top2_high")):
        if low in found:
            known = found[[low, high]].astype(float).dropna()
            assert (known[low] <= known[high]).all()


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_scale_of_next_to_nobody_has_no_alpha(size):
    table = odd(size, "numbers")
    assert not scales.alpha(table, ["q", "q__a", "q__b"]).is_printable
