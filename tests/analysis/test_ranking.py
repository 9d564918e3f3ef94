"""Orders of ballots against every path walked in R and published elections."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal as expect_equal

from analysis.package import AnalysisError
from analysis.ranking import borda, rank_intervals, schulze
from tests.reference import table

BALLOTS = table("ballots")
EXPECTED = table("rankings").set_index(["profile", "alternative"])
# M. Schulze (2011), example 1: 45 voters, E > A > C > B > D.
SCHULZE_2011 = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3,
    "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip
# Capitals of Tennessee, the standard example: N, C, K, M by distance.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def strict(profile):
    """Ballots from words whose letters stand in the order of preference."""
    return pd.DataFrame(
        [
            (word, count, letter, place + 1)
            for word, count in profile.items()
            for place, letter in enumerate(word)
        ],
        columns=["ballot", "count", "alternative", "rank"],
    )


@pytest.mark.parametrize("profile", sorted(set(BALLOTS["profile"])))
def test_orders_are_those_of_walking_every_path(profile):
    ballots = BALLOTS[BALLOTS["profile"] == profile]
    wanted = EXPECTED.loc[profile]
    found = schulze(ballots).loc[wanted.index]
    assert found["rank"].tolist() == wanted["schulze"].tolist()
    assert found["beats"].tolist() == wanted["beats"].tolist()
    scores = borda(ballots).loc[wanted.index, "score"]
    assert scores.to_numpy() == pytest.approx(wanted["borda"].to_numpy())


def test_the_order_of_schulzes_own_example():
    assert "".join(schulze(strict(SCHULZE_2011)).index) == "EACBD"


def test_the_first_example_of_schulzes_paper():
    found = schulze(
        strict({"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}),
    )
    assert found.index.tolist() == list("dacb")
    assert found["rank"].tolist() == [1, 2, 3, 4]


def test_two_that_nobody_beats_are_both_first():
    """b and d beat one other each, and nothing tells which of the two is better."""
    found = schulze(strict({"abcd": 3, "dabc": 2, "dbca": 2, "cbda": 2}))
    assert found["rank"].to_dict() == {"a": 2, "b": 1, "c": 2, "d": 1}
    assert found["beats"].to_dict() == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_the_capital_of_tennessee():
    assert "".join(schulze(strict(TENNESSEE)).index) == "NCKM"
    # Points by hand: N 42·2+26·3+15+17, C 42+26·2+15·3+17·2, …
    totals = borda(strict(TENNESSEE))["total"].to_dict()
    assert totals == {"N": 194, "C": 173, "K": 107, "M": 126}


def test_a_tie_stays_a_tie():
    ballots = strict({"AB": 5, "BA": 5})
    assert schulze(ballots)["rank"].tolist() == [1, 1]
    assert borda(ballots)["rank"].tolist() == [1, 1]


def test_the_rank_after_a_tie_is_skipped():
    found = borda(strict({"ABC": 5, "BAC": 5}))
    assert found["rank"].to_dict() == {"A": 1, "B": 1, "C": 3}


def test_unranked_alternatives_stand_below_ranked_ones():
    ballots = pd.DataFrame(
        {
            "ballot": [1, 1, 2, 2],
            "count": [1, 1, 1, 1],
            "alternative": pd.Categorical(["a", "b", "a", "c"], list("abcd")),
            "rank": [1, None, 2, 1],
        }
    )
    found = schulze(ballots)
    assert found["rank"].to_dict() == {"a": 1, "c": 1, "b": 3, "d": 3}
    points = borda(ballots)["score"].to_dict()
    # a: 3 and 2; c: 1 (shared with b and d) and 3; b, d: 1 and 0.5.
    assert points == {"a": 2.5, "c": 2.0, "b": 0.75, "d": 0.75}
    none = borda(ballots, unranked="zero")["score"].to_dict()
    assert none == {"a": 2.5, "c": 1.5, "b": 0.0, "d": 0.0}


def test_nobody_cast_a_ballot():
    ballots = strict({"AB": 5, "BA": 3}).assign(count=0)
    assert borda(ballots)["score"].isna().all()
    assert schulze(ballots)["rank"].tolist() == [1, 1]
    found = rank_intervals(ballots, resamples=10, seed=1)
    assert found["rank_low"].tolist() == [1, 1]


def test_a_clear_order_has_narrow_intervals_and_a_close_one_wide_ones():
    clear = rank_intervals(strict({"ABC": 500}), resamples=200, seed=1)
    assert (clear["rank_low"] == clear["rank_high"]).all()
    close = strict({"ABC": 20, "BAC": 19, "CAB": 1})
    found = rank_intervals(close, resamples=500, seed=1)
    assert found.loc["A", ["rank_low", "rank_high"]].tolist() == [1, 2]
    assert found.loc["C", "rank_low"] == 3


@pytest.mark.parametrize("method", ["borda", "schulze"])
def test_rank_intervals_contain_the_rank_of_their_own_method(method):
    ballots = BALLOTS[BALLOTS["profile"] == 3]
    found = rank_intervals(ballots, method=method, resamples=300, seed=5)
    order = schulze(ballots) if method == "schulze" else borda(ballots)
    assert found["rank"].to_dict() == order["rank"].to_dict()
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    again = rank_intervals(ballots, method=method, resamples=300, seed=5)
    expect_equal(found, again)


def test_batches_do_not_change_what_is_drawn(monkeypatch):
    ballots = BALLOTS[BALLOTS["profile"] == 4]
    whole = rank_intervals(ballots, resamples=50, seed=2)
    monkeypatch.setattr("analysis.ranking.BATCH", 1)
    expect_equal(whole, rank_intervals(ballots, resamples=50, seed=2))


def test_classes_say_how_sure_a_place_in_the_top_is():
    rng = np.random.default_rng(1)
    words = ["".join(rng.permutation(list("BCDE"))) for _ in range(40)]
    profile = {f"A{word}": 1 for word in words}
    found = rank_intervals(strict(profile), resamples=400, seed=3, top=2)
    assert found.loc["A", "class"] == "sure"
    assert found["class"].isin(["sure", "possible", "open"]).all()
    shares = found.loc[found["class"] == "open", "in_top"]
    assert (shares < 0.5).all()


@pytest.mark.parametrize(
    ("ballots", "words"),
    [
        (pd.DataFrame({"ballot": [1]}), "columns"),
        (strict({"AA": 1}), "twice"),
        (strict({"AB": 1}).assign(count=[1, 2]), "count"),
        (strict({"AB": -1}), "count"),
        (strict({"AB": 1}).assign(alternative=[None, "B"]), "none"),
    ],
)
def test_ballots_that_cannot_be_are_refused(ballots, words):
    with pytest.raises(AnalysisError, match=words):
        schulze(ballots)


def test_unknown_methods_are_refused():
    with pytest.raises(AnalysisError, match="method"):
        rank_intervals(strict({"AB": 1}), method="dice", seed=1)
    with pytest.raises(AnalysisError, match="Unranked"):
        borda(strict({"AB": 1}), unranked="last")


profiles = st.dictionaries(
    st.permutations("ABCD").map("".join), st.integers(1, 20), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_whom_a_majority_prefers_to_everybody_wins(profile):
    ballots = strict(profile)
    first = schulze(ballots)
    total = sum(profile.values())
    for one in "ABCD":
        wins = [
            sum(c for w, c in profile.items() if w.index(one) < w.index(other))
            for other in "ABCD"
            if other != one
        ]
        if all(2 * votes > total for votes in wins):
            assert first.index[0] == one
            assert first["rank"].tolist().count(1) == 1


@settings(max_examples=40, deadline=None)
@given(profiles, st.permutations("ABCD"))
def test_names_do_not_matter(profile, names):
    renamed = dict(zip("ABCD", names, strict=True))
    other = {"".join(renamed[x] for x in word): n for word, n in profile.items()}
    first, second = schulze(strict(profile)), schulze(strict(other))
    for name in "ABCD":
        assert first.loc[name, "rank"] == second.loc[renamed[name], "rank"]


@settings(max_examples=40, deadline=None)
@given(profiles)
def test_who_beats_whom_is_never_a_circle(profile):
    rank = schulze(strict(profile))["rank"]
    for one, other in itertools.permutations("ABCD", 2):
        votes = [
            sum(c for w, c in profile.items() if w.index(a) < w.index(b))
            for a, b in ((one, other), (other, one))
        ]
        if votes[1] == 0:
            assert rank[one] < rank[other]
