"""Designs that go wrong easily, against R: tests/reference/awkward.R."""

import pandas as pd
import pytest

from analysis.compare import groups
from analysis.estimates import shares
from analysis.scales import alpha
from analysis.weights import rake
from tests.reference import table

SIZES = table("awkward_population").set_index("stratum")["population"].to_dict()
DESIGNS = {
    "weighted": {"weights": "weight"},
    "strata": {"weights": "weight", "strata": "stratum"},
    "clusters": {"clusters": "cluster"},
    "nested": {"weights": "weight", "strata": "stratum", "clusters": "cluster"},
    "finite": {"strata": "stratum", "population": SIZES},
    "finite_weighted": {
        "weights": "weight",
        "strata": "stratum",
        "population": SIZES,
    },
}
MARGINS = {
    "age": {"18_29": 1100, "30_49": 3000, "50_64": 2800, "65_99": 2331},
    "sex": {"f": 4700, "m": 4531},
}
SCALES = ["roads", "buses", "parks"]


@pytest.fixture
def people():
    return table("awkward_people")


@pytest.mark.parametrize("item", ["roads", "way", "agreed"])
@pytest.mark.parametrize("design", DESIGNS)
def test_awkward_designs_are_those_of_the_survey_package(people, design, item):
    found = shares(people, item, by="group", **DESIGNS[design])
    expected = table("awkward_shares", keep_default_na=False)
    rows = expected[(expected["design"] == design) & (expected["item"] == item)]
    for row in rows.itertuples():
        category = float(row.category) if item == "roads" else row.category
        got = found.loc[(row.group, category)]
        for name in ("n", "base", "share", "se", "low", "high", "df"):
            value = float(getattr(row, name))
            assert got[name] == pytest.approx(value, rel=1e-9, abs=1e-12), name


def test_a_stratum_known_in_small_part_gains_nothing_from_others_known_well():
    """Nobody of 40 out of 100,000 agreed: 1 − .025 ** (1 / 40) is the upper limit."""
    people = pd.DataFrame({"s": ["a"] * 40 + ["b"] * 40, "q": ["no"] * 79 + ["yes"]})
    found = shares(
        people, "q", by="s", strata="s", population={"a": 100_000, "b": 41}
    ).loc[("a", "yes")]
    assert found["high"] == pytest.approx(1 - 0.025 ** (1 / 40), rel=1e-3)


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    ("name", "bounds"),
    [("wide", (0.2, 4)), ("started", (0.3, 3)), ("narrow", (0.5, 2.2))],
)
def test_weights_within_bounds_are_the_ones_nearest_to_the_start(
    people, name, bounds, is_turned
):
    start = people["weight"] + (0.2 if name == "wide" else 0)
    margins = dict(reversed(MARGINS.items())) if is_turned else MARGINS
    found = rake(people, margins, start=start, bounds=bounds, tolerance=1e-11)
    assert found.weights.tolist() == pytest.approx(
        table("awkward_raked")[name].tolist(), rel=1e-6
    )


def test_a_block_of_comparisons_is_that_of_r(people):
    expected = table("awkward_block").set_index("name")
    found = groups(people, SCALES, "group")
    for item in SCALES:
        for column in ("statistic", "p", "p_holm", "effect"):
            value = expected.loc[item, column]
            assert found.loc[item, column] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "weights"), [("way", None), ("way_weighted", "weight")]
)
def test_nominal_items_are_compared_as_by_r(people, name, weights):
    expected = table("awkward_block").set_index("name").loc[name]
    found = groups(people, ["way"], "sex", weights=weights).loc["way"]
    for column in ("statistic", "p", "effect"):
        assert found[column] == pytest.approx(expected[column], rel=1e-9), column


def test_two_by_two_small_counts_are_compared_over_every_table():
    rows = [("a", "x")] + [("b", "x")] * 7 + [("a", "y")] * 8 + [("b", "y")] * 3
    found = groups(pd.DataFrame(rows, columns=["g", "q"]), ["q"], "g").loc["q"]
    expected = table("awkward_exact").loc[0]
    assert found["test"] == "permutation"
    assert found["statistic"] == pytest.approx(expected["statistic"], rel=1e-12)
    assert found["p"] == pytest.approx(expected["p"], rel=1e-12)


def test_alpha_of_items_with_missing_answers_is_that_of_psych(people):
    expected = table("awkward_alpha").loc[0]
    found = alpha(people, SCALES)
    assert found.n == expected["n"]
    assert (found.alpha, found.low, found.high) == pytest.approx(
        (expected["alpha"], expected["low"], expected["high"]), rel=1e-9
    )
