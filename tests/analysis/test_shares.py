"""Shares and their errors against R's package survey, and at the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal as expect_equal

from analysis.estimates import shares
from analysis.package import AnalysisError
from tests.reference import table

POPULATION = {"alone": 40, "north": 5000, "south": 2500, "west": 500}
DESIGNS = {
    "simple": {},
    "simple_finite": {"population": 8040},
    "weighted": {"weights": "weight"},
    "stratified": {"strata": "stratum", "population": POPULATION},
    "clustered": {"weights": "weight", "strata": "stratum", "clusters": "cluster"},
}


@pytest.fixture(scope="module")
def persons():
    return table("persons")


@pytest.fixture(scope="module")
def expected():
    found = table("shares", dtype={"category": str}, keep_default_na=False)
    numbers = found.columns[4:]
    found[numbers] = found[numbers].apply(pd.to_numeric)
    return found


def rows_of(expected, design, item):
    chosen = expected[(expected["design"] == design) & (expected["item"] == item)]
    for row in chosen.itertuples():
        category = float(row.category) if item == "scale" else row.category
        yield (row.group, category), row


@pytest.mark.parametrize("item", ["scale", "colour", "everyone"])
@pytest.mark.parametrize("design", DESIGNS)
def test_shares_and_errors_are_those_of_the_survey_package(
    persons, expected, design, item
):
    found = shares(persons, item, by="group", **DESIGNS[design])
    for key, row in rows_of(expected, design, item):
        got = found.loc[key]
        assert got["n"] == row.n
        assert got["base"] == row.base
        assert got["share"] == pytest.approx(row.share, rel=1e-10)
        assert got["se"] == pytest.approx(row.se, rel=1e-9, abs=1e-12)
        assert got["df"] == row.df


@pytest.mark.parametrize("item", ["scale", "colour", "everyone"])
@pytest.mark.parametrize("design", ["weighted", "stratified", "clustered"])
def test_intervals_are_those_of_korn_and_graubard(persons, expected, design, item):
    found = shares(persons, item, by="group", **DESIGNS[design])
    for key, row in rows_of(expected, design, item):
        assert found.loc[key, "low"] == pytest.approx(row.low, abs=1e-9)
        assert found.loc[key, "high"] == pytest.approx(row.high, abs=1e-9)


def test_intervals_without_a_cap_are_those_of_svyciprop(persons, expected):
    found = shares(persons, "scale", by="group", weights="weight")
    compared = 0
    for key, row in rows_of(expected, "weighted", "scale"):
        if row.low == pytest.approx(row.uncapped_low, abs=1e-12):
            assert found.loc[key, "low"] == pytest.approx(row.uncapped_low, abs=1e-9)
            assert found.loc[key, "high"] == pytest.approx(row.uncapped_high, abs=1e-9)
            compared += 1
    assert compared > 10


def test_an_unweighted_interval_is_wilsons_on_the_finite_population(persons):
    found = shares(persons, "colour", population=8040).loc[("", "red")]
    n_eff = found["base"] * 8039 / (8040 - found["base"])
    p, z = found["share"], 1.959963984540054
    centre = (p + z**2 / (2 * n_eff)) / (1 + z**2 / n_eff)
    reach = z / (1 + z**2 / n_eff)
    reach *= np.sqrt(p * (1 - p) / n_eff + z**2 / (4 * n_eff**2))
    assert found["low"] == pytest.approx(centre - reach, rel=1e-12)
    assert found["high"] == pytest.approx(centre + reach, rel=1e-12)


def test_the_exact_interval_stands_beside_when_a_fifth_of_all_answered():
    answers = pd.DataFrame({"q": ["yes"] * 30 + ["no"] * 30})
    few = shares(answers, "q", population=1000)
    many = shares(answers, "q", population=100)
    assert "exact_low" not in few.columns
    # 30 of 60 out of 100, from R: tests/reference/intervals.csv
    assert many.loc[("", "yes"), ["exact_low", "exact_high"]].tolist() == [0.42, 0.58]


def test_no_interval_is_left_when_everybody_answered():
    answers = pd.DataFrame({"q": ["yes"] * 3 + ["no"] * 7})
    found = shares(answers, "q", population=10).loc[("", "yes")]
    assert found[["low", "share", "high", "se"]].tolist() == [0.3, 0.3, 0.3, 0.0]
    weighted = answers.assign(w=1.0)
    found = shares(weighted, "q", weights="w", population=10).loc[("", "yes")]
    assert found[["low", "share", "high", "se"]].tolist() == [0.3, 0.3, 0.3, 0.0]


def test_nobody_answered():
    answers = pd.DataFrame(
        {"q": pd.Categorical(["-2", "-5"], categories=["no", "yes", "-2", "-5"])}
    )
    found = shares(answers, "q")
    assert found["n"].tolist() == [0, 0]
    assert found["base"].tolist() == [0, 0]
    assert found[["share", "se", "low", "high"]].isna().all(axis=None)


def test_nobody_is_in_the_table():
    answers = pd.DataFrame({"q": pd.Categorical([], categories=["no", "yes"])})
    found = shares(answers, "q", population=100)
    assert found["base"].tolist() == [0, 0]
    assert found["share"].isna().all()


def test_everything_is_missing_without_a_codebook():
    assert shares(pd.DataFrame({"q": [None, None, "-2"]}), "q").empty


def test_one_person_answered():
    found = shares(pd.DataFrame({"q": ["yes"], "w": [2.0]}), "q", weights="w")
    assert found.loc[("", "yes"), "share"] == 1
    # Clopper and Pearson, 1 of 1: 0.05 / 2 is the lower limit.
    assert found.loc[("", "yes"), "low"] == pytest.approx(0.025)
    assert found.loc[("", "yes"), "high"] == 1


def test_everybody_gave_the_same_answer():
    found = shares(pd.DataFrame({"q": ["yes"] * 20}), "q").loc[("", "yes")]
    # Wilson 1927: n / (n + z²).
    assert found["low"] == pytest.approx(20 / (20 + 1.959963984540054**2))
    assert found["high"] == 1


def test_everybody_agrees_with_weights_on_kishs_size():
    answers = pd.DataFrame({"q": ["yes"] * 4, "w": [1.0, 1.0, 1.0, 3.0]})
    found = shares(answers, "q", weights="w").loc[("", "yes")]
    # (Σw)² / Σw² = 36 / 12 = 3; lower limit of 3 of 3: 0.025 ** (1 / 3).
    assert found["low"] == pytest.approx(0.025 ** (1 / 3))


def test_weights_of_zero_leave_nothing_to_tell():
    answers = pd.DataFrame({"q": ["yes", "no"], "w": [0.0, 0.0]})
    found = shares(answers, "q", weights="w")
    assert found["n"].tolist() == [1, 1]
    assert found[["share", "low", "high"]].isna().all(axis=None)


def test_two_persons_in_two_strata_can_be_anything():
    answers = pd.DataFrame({"q": ["yes", "no"], "s": ["a", "b"]})
    found = shares(answers, "q", strata="s")
    assert found["low"].tolist() == [0, 0]
    assert found["high"].tolist() == [1, 1]


def test_equal_weights_give_the_shares_of_no_weights(persons):
    weighted = persons.assign(one=2.5)
    first = shares(persons, "scale", by="group")[["n", "base", "share", "se", "df"]]
    second = shares(weighted, "scale", by="group", weights="one")
    expect_equal(first, second[first.columns])


def test_weights_may_be_a_column_that_stands_apart(persons):
    apart = persons["weight"].sample(frac=1, random_state=1)
    first = shares(persons, "scale", weights="weight")
    second = shares(persons.drop(columns="weight"), "scale", weights=apart)
    expect_equal(first, second)


def test_the_order_of_categories_is_that_of_the_codebook_not_of_the_data():
    order = ["low", "middle", "high", "-3"]
    cells = pd.Categorical(["high", "low", "-3"], categories=order, ordered=True)
    found = shares(pd.DataFrame({"q": cells}), "q")
    assert found.index.get_level_values("category").tolist() == order[:3]
    assert found["n"].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weights": pd.Series([1.0, None])}, "weight"),
        ({"weights": pd.Series([1.0, -1.0])}, "weight"),
        ({"strata": pd.Series(["a", None])}, "strata"),
        ({"population": {"a": 10}}, "strata"),
        ({"population": {"a": 10}, "strata": pd.Series(["a", "b"])}, "missing"),
        ({"population": 1}, "more persons"),
        ({"by": "nothing"}, "no column"),
        ({"confidence": 0.95, "by": "nothing"}, "no column"),
    ],
)
def test_a_design_that_cannot_be_is_refused_with_a_sentence(changes, words):
    answers = pd.DataFrame({"q": ["yes", "no"]})
    with pytest.raises(AnalysisError, match=words):
        shares(answers, "q", **changes)


cells = st.sampled_from(["yes", "no", "maybe", "-2", "-3", None])
people = st.lists(
    st.tuples(cells, st.sampled_from(["a", "b", None]), st.floats(0.1, 10)),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(people, st.booleans())
def test_shares_lie_in_their_intervals_and_add_up_to_one(rows, is_weighted):
    answers = pd.DataFrame(rows, columns=["q", "g", "w"])
    answers["q"] = pd.Categorical(answers["q"], ["yes", "no", "maybe", "-2", "-3"])
    answers["g"] = pd.Categorical(answers["g"], ["a", "b"])
    found = shares(answers, "q", by="g", weights="w" if is_weighted else None)
    told = found[found["base"] > 0]
    assert (told["low"] <= told["share"] + 1e-9).all()
    assert (told["share"] <= told["high"] + 1e-9).all()
    assert told["low"].between(0, 1).all()
    assert told["high"].between(0, 1).all()
    total = told["share"].groupby(level="group").sum()
    assert np.allclose(total, 1)
    assert (
        found.loc["", "base"].iloc[0] == answers["q"].isin(["yes", "no", "maybe"]).sum()
    )


@settings(max_examples=40, deadline=None)
@given(people, st.randoms())
def test_the_order_of_persons_does_not_matter(rows, random):
    answers = pd.DataFrame(rows, columns=["q", "g", "w"])
    answers["q"] = pd.Categorical(answers["q"], ["yes", "no", "maybe", "-2", "-3"])
    shuffled = answers.sample(frac=1, random_state=random.randrange(1000))
    first = shares(answers, "q", weights="w")
    second = shares(shuffled, "q", weights="w")
    expect_equal(first, second, rtol=1e-9)


def test_clusters_without_strata_are_the_units():
    answers = pd.DataFrame(
        {"q": ["yes", "yes", "no", "no", "yes", "no"], "c": [1, 1, 2, 2, 3, 3]}
    )
    found = shares(answers, "q", clusters="c").loc[("", "yes")]
    # u of the clusters: 1/6, -1/6, 0; 3/2 of their squares.
    assert found["se"] == pytest.approx(np.sqrt(1.5 * 2 / 36))
    assert found["df"] == 2


def test_own_weights_stand_beside_the_population_of_strata(persons):
    sizes = persons["stratum"].map(POPULATION)
    counts = persons.groupby("stratum")["stratum"].transform("size")
    given = shares(
        persons.assign(w=sizes / counts),
        "scale",
        weights="w",
        strata="stratum",
        population=POPULATION,
    )
    made = shares(persons, "scale", strata="stratum", population=POPULATION)
    expect_equal(given, made)
