"""What a function is given may have any type and any order of rows, or is refused."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis import comments, compare, estimates, participation, ranking, scales
from analysis import weights as weighting
from analysis.codebook import Item, codebook_of
from analysis.package import AnalysisError

VALUES = [1, 2, 2, 4, 5, 5, 5, 3, 1, None, -1, -2, -3, -4, -5]
KINDS = {
    "whole numbers that may be missing": pd.Series(VALUES, dtype="Int64"),
    "decimal numbers": pd.Series(VALUES, dtype="float64"),
    "anything": pd.Series(VALUES, dtype=object),
    "numbers of numpy": pd.Series(
        [None if v is None else np.int64(v) for v in VALUES], dtype=object
    ),
    "codes of no answer as text": pd.Series(
        [str(v) if v is not None and v < 0 else v for v in VALUES], dtype=object
    ),
    "text": pd.Series([None if v is None else str(v) for v in VALUES]),
    "text of decimals": pd.Series([None if v is None else f"{v}.0" for v in VALUES]),
    "categories without order": pd.Series(
        pd.Categorical(
            [None if v is None else str(v) for v in VALUES],
            ["-1", "1", "2", "-2", "3", "4", "5", "-3", "-4", "-5"],
        )
    ),
    "ordered categories": pd.Series(
        pd.Categorical(
            [None if v is None else str(v) for v in VALUES],
            ["1", "2", "3", "4", "5", "-1", "-2", "-3", "-4", "-5"],
            ordered=True,
        )
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_scale_is_the_same_in_whatever_type_it_comes(kind):
    table = pd.DataFrame({"q": KINDS[kind]})
    found = estimates.summary(table, "q").loc[""]
    assert found["n"] == 9
    assert found["top2"] == pytest.approx(4 / 9)
    assert found["bottom2"] == pytest.approx(4 / 9)
    assert found["mean"] == pytest.approx(28 / 9)
    assert int(found["median"]) == 3
    shares = estimates.shares(table, "q")["n"]
    assert shares.tolist() == [2, 2, 1, 1, 3]
    assert [float(category) for _, category in shares.index] == [1, 2, 3, 4, 5]


def test_numbers_as_text_stand_by_their_size():
    found = estimates.shares(pd.DataFrame({"q": ["10", "9", "-3", "1"]}), "q")
    assert found.index.get_level_values("category").tolist() == ["1", "9", "10"]


def test_steps_of_a_scale_that_nobody_chose_are_steps_all_the_same():
    """Nobody chose 4 of 5: the two best answers are 4 and 5, not 3 and 5."""
    found = estimates.summary(pd.DataFrame({"q": [1, 2, 3, 5, 5]}), "q").loc[""]
    assert (found["top2"], found["bottom2"]) == (0.4, 0.4)
    content = estimates.summary(pd.DataFrame({"q": [4, 5, 5]}), "q").loc[""]
    assert (content["top2"], content["bottom2"], content["net"]) == (1, 0, 1)


def test_declared_categories_are_the_whole_scale():
    cells = pd.Categorical([2, 3, 3, 1], [1, 2, 3, 4], ordered=True)
    assert estimates.summary(pd.DataFrame({"q": cells}), "q").loc["", "top2"] == 0.5


def test_chosen_options_are_no_scale_whatever_they_are_written_in():
    table = pd.DataFrame({"q__a": [1, 0] * 40, "g": ["x", "y", "y", "x"] * 20})
    for type_ in ("int64", "float64", "str", "bool"):
        found = compare.groups(table.astype({"q__a": type_}), ["q"], "g")
        assert found.loc["q__a", "test"] == "chi2"


def test_waves_know_the_steps_nobody_chose_and_the_options_everybody_chose():
    old = pd.DataFrame({"q": [1, 2, 3, 5] * 25, "m__a": 1})
    new = pd.DataFrame({"q": [1, 3, 5, 5] * 25, "m__a": 1})
    found = compare.waves(old, new, ["q", "m"])
    assert found["first"].tolist() == [0.25, 1]
    assert found["second"].tolist() == [0.5, 1]
    assert found["effect_name"].tolist() == ["cliffs_delta", "cramers_v"]


def test_missing_options_make_decimals_and_no_difference():
    """Three saw it (one of them left it empty), one was led past it, one is unknown."""
    whole = pd.DataFrame({"m__a": ["1", "0", "-2", "-1", None]})
    decimal = whole.astype(float)
    expect_equal(
        estimates.multiple(whole, "m", base="saw"),
        estimates.multiple(decimal, "m", base="saw"),
    )
    assert estimates.multiple(decimal, "m", base="saw").loc["a", "base"] == 3


def test_break_off_is_seen_in_decimals_too():
    book = codebook_of(
        [Item(f"q{n}", "single", page=f"p{n}", options=("1", "2")) for n in (1, 2)]
    )
    table = pd.DataFrame({"q1": [1.0, 2.0, None], "q2": [2.0, -5.0, -2.0]})
    assert participation.break_off(table, book)["left"].tolist() == [0, 1]


def test_weights_and_other_columns_may_stand_apart_in_another_order():
    table = pd.DataFrame(
        {"q": [1, 2, 3, 4] * 5, "w": np.arange(1.0, 21), "s": ["a", "b"] * 10},
        index=[f"p{n}" for n in range(20)],
    )
    apart = table.sample(frac=1, random_state=2)
    kept = table.copy()
    sizes = {"a": 100, "b": 200}
    calls = {
        "shares": lambda w, s: estimates.shares(
            table, "q", by=s, weights=w, strata=s, population=pd.Series(sizes)
        ),
        "summary": lambda w, s: estimates.summary(table, "q", by=s, weights=w),
        "groups": lambda w, s: compare.groups(table, ["q"], s, weights=w),
        "rake": lambda w, s: weighting.rake(
            table, {"s": {"a": 9, "b": 8}}, start=w
        ).weights.to_frame(),
    }
    for call in calls.values():
        expect_equal(call("w", "s"), call(apart["w"], apart["s"]))
    expect_equal(table, kept)


def test_a_population_per_stratum_may_be_a_series_or_a_mapping():
    table = pd.DataFrame({"q": [1, 2, 2, 1], "s": ["a", "a", "b", "b"]})
    sizes = {"a": 10, "b": 30}
    first = estimates.shares(table, "q", strata="s", population=sizes)
    second = estimates.shares(table, "q", strata="s", population=pd.Series(sizes))
    expect_equal(first, second)
    assert first.loc[("", 1), "share"] == pytest.approx(0.5)


TABLE = pd.DataFrame(
    {"q": [1, 2, 3], "r": [3, 1, 2], "w": [1.0, 2, 1], "t": list("abc")}
)
BALLOTS = pd.DataFrame(
    {
        "ballot": [1, 1, 2, 2],
        "count": [3, 3, 2, 2],
        "alternative": ["a", "b", "a", "b"],
        "rank": [1, 2, 2, 1],
    }
)
CODINGS = pd.DataFrame(
    {"unit": [1, 1, 2, 2], "coder": list("abab"), "code": [1.0, 2, 1, 1]}
)
COUNTS = dict.fromkeys(("I", "P", "R", "NC", "O", "U", "NE"), 5)


def shares_of(**options):
    return estimates.shares(TABLE, "q", **options)


REFUSED = {
    "weights in a list": (lambda: shares_of(weights=[1, 2, 3]), "name of a column"),
    "a list as the item": (lambda: estimates.shares(TABLE, ["q"]), "name of a column"),
    "an endless weight": (lambda: shares_of(weights=TABLE["w"] / 0), "3 of 3"),
    "nobody lives there": (lambda: shares_of(population=0), "number of people"),
    "an unknown population": (lambda: shares_of(population=np.nan), "number of people"),
    "text as the population": (lambda: shares_of(population="9"), "number of people"),
    "a stratum of unknown size": (
        lambda: shares_of(strata="t", population={"a": 5, "b": 5, "c": None}),
        "number of people",
    ),
    "confidence in percent": (lambda: shares_of(confidence=95), "between 0 and 1"),
    "confidence of a summary": (
        lambda: estimates.summary(TABLE, "q", confidence=1),
        "between 0 and 1",
    ),
    "confidence of alpha": (
        lambda: scales.alpha(TABLE, ["q", "r"], confidence=0),
        "between 0 and 1",
    ),
    "half a person": (
        lambda: estimates.interval(2.5, 5, population=9, method="hypergeometric"),
        "whole persons",
    ),
    "an endless population": (
        lambda: estimates.interval(2, 5, population=np.inf, method="hypergeometric"),
        "whole persons",
    ),
    "text as successes": (lambda: estimates.interval("two", 5), "must be numbers"),
    "an unclear option": (
        lambda: estimates.multiple(pd.DataFrame({"m__a": ["yes", "no"]}), "m"),
        "holds 'no'|holds 'yes'",
    ),
    "one name for several": (lambda: scales.alpha(TABLE, "qr"), "list of items"),
    "one item to compare": (lambda: compare.groups(TABLE, "q", "t"), "list of items"),
    "one item of two waves": (
        lambda: compare.waves(TABLE, TABLE, "q"),
        "list of items",
    ),
    "alpha of words": (lambda: scales.alpha(TABLE, ["q", "t"]), "order of its answers"),
    "text as weights": (lambda: weighting.kish(["a"]), "at least 0"),
    "half a ballot": (
        lambda: ranking.schulze(BALLOTS.assign(count=[0.5, 0.5, 2, 2])),
        "whole count",
    ),
    "nobody's ballot": (
        lambda: ranking.borda(BALLOTS.assign(ballot=[1, 1, None, None])),
        "ballot it belongs to",
    ),
    "a rank in words": (
        lambda: ranking.schulze(BALLOTS.assign(rank=["first", "2", "", ""])),
        "blank where",
    ),
    "no resample": (
        lambda: ranking.rank_intervals(BALLOTS, seed=1, resamples=0),
        "at least once",
    ),
    "rank intervals in percent": (
        lambda: ranking.rank_intervals(BALLOTS, seed=1, confidence=95),
        "between 0 and 1",
    ),
    "points in percent": (
        lambda: estimates.points(
            pd.DataFrame({"m__a": [1, 2]}), "m", seed=1, confidence=95
        ),
        "between 0 and 1",
    ),
    "an unknown count": (
        lambda: participation.rates(**COUNTS | {"U": np.nan}),
        "at least 0: U",
    ),
    "a count that is none": (
        lambda: participation.rates(**COUNTS | {"R": None, "I": "5"}),
        "at least 0: I, R",
    ),
    "nobody's unit": (
        lambda: comments.agreement(CODINGS.assign(unit=[1, 1, None, None])),
        "needs the unit",
    ),
    "an endless code": (
        lambda: comments.agreement(CODINGS.replace(2.0, np.inf), level="interval"),
        "must be a number",
    ),
    "a ratio below nothing": (
        lambda: comments.agreement(CODINGS.replace(2.0, -2.0), level="ratio"),
        "at least 0",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(kind):
    call, words = REFUSED[kind]
    with pytest.raises(AnalysisError, match=words):
        call()


def test_numbers_as_text_have_their_order_on_the_ordinal_level():
    given = pd.DataFrame(
        {
            "unit": [1, 1, 2, 2, 3, 3],
            "coder": list("ababab"),
            "code": ["1", "2", "10", "10", "2", "10"],
        }
    )
    as_text = comments.agreement(given, level="ordinal")
    as_number = comments.agreement(given.astype({"code": int}), level="ordinal")
    assert as_text == as_number


def test_an_endless_population_changes_no_interval():
    assert estimates.interval(2, 5, population=np.inf) == estimates.interval(2, 5)


def test_numbers_of_other_kinds_are_numbers():
    assert estimates.interval(np.int8(2), Decimal(5)) == estimates.interval(2, 5)


def test_an_empty_box_has_no_order():
    nobody = BALLOTS.iloc[:0]
    assert ranking.schulze(nobody).empty
    assert ranking.borda(nobody).empty
    assert ranking.rank_intervals(nobody, seed=1).empty


def test_no_items_have_no_alpha():
    found = scales.alpha(TABLE, [])
    assert (found.items, found.n) == (0, 0)
    assert np.isnan(found.alpha)
