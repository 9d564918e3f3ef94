"""Intervals of one share against R, published tables and brute force."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.estimates import effective_size, interval
from analysis.package import AnalysisError
from tests.reference import table

CASES = list(table("intervals").itertuples(index=False))
# R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize("case", CASES)
def test_wilson_and_beta_are_those_of_r(case):
    wilson = interval(case.successes, case.trials)
    beta = interval(case.successes, case.trials, method="beta")
    assert wilson == pytest.approx((case.wilson_low, case.wilson_high), abs=1e-10)
    assert beta == pytest.approx((case.beta_low, case.beta_high), abs=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_the_exact_interval_is_that_of_trying_every_population(case):
    found = interval(
        case.successes,
        case.trials,
        population=case.population,
        method="hypergeometric",
    )
    assert found == pytest.approx((case.exact_low, case.exact_high), abs=1e-10)


@pytest.mark.parametrize(("successes", "trials", "low", "high"), PUBLISHED)
def test_wilson_gives_the_published_limits(successes, trials, low, high):
    assert interval(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_many_intervals_at_once_are_those_one_by_one():
    successes, trials = np.array([0, 5, 20]), np.array([10, 20, 20])
    for method in ("wilson", "beta", "hypergeometric"):
        low, high = interval(successes, trials, population=60, method=method)
        for place in range(3):
            one = interval(
                int(successes[place]), int(trials[place]), population=60, method=method
            )
            assert (low[place], high[place]) == pytest.approx(one)


def test_no_trials_have_no_interval():
    for method in ("wilson", "beta", "hypergeometric"):
        low, high = interval(0, 0, population=10, method=method)
        assert math.isnan(low)
        assert math.isnan(high)


def test_an_effective_size_is_that_of_the_formula():
    assert float(effective_size(400, 700)) == pytest.approx(400 * 699 / 300)
    assert math.isinf(float(effective_size(10, 10)))
    assert float(effective_size(0, 10)) == 0
    assert float(effective_size(50, None)) == 50


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"successes": 1, "trials": 2, "method": "wald"}, "method"),
        ({"successes": 1, "trials": 2, "method": "hypergeometric"}, "population"),
        ({"successes": 3, "trials": 2}, "successes"),
        ({"successes": -1, "trials": 2}, "successes"),
        ({"successes": 1, "trials": 2, "population": 1}, "population"),
        ({"successes": 1, "trials": 2, "confidence": 95}, "confidence"),
    ],
)
def test_impossible_counts_are_refused_with_a_sentence(call, words):
    with pytest.raises(AnalysisError, match=words):
        interval(**call)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.data())
def test_the_exact_interval_keeps_what_a_two_sided_test_keeps(population, data):
    trials = data.draw(st.integers(1, population))
    successes = data.draw(st.integers(0, trials))
    low, high = interval(
        successes, trials, population=population, method="hypergeometric"
    )

    def kept(least):
        return [
            k / population
            for k in range(successes, population - trials + successes + 1)
            if stats.hypergeom.sf(successes - 1, population, k, trials) > least
            and stats.hypergeom.cdf(successes, population, k, trials) > least
        ]

    # 1 of 40 is 0.025 to the last digit, which differs between ways to compute it
    wide, narrow = kept(0.025 - 1e-12), kept(0.025 + 1e-12)
    assert low in (pytest.approx(wide[0]), pytest.approx(narrow[0]))
    assert high in (pytest.approx(wide[-1]), pytest.approx(narrow[-1]))


@pytest.mark.parametrize("size", [30, 100, 400])
def test_wilson_covers_what_it_promises_in_a_finite_population(size):
    population, share = 700, 0.2
    real = round(share * population)
    counts = np.arange(size + 1)
    chance = stats.hypergeom.pmf(counts, population, real, size)
    low, high = interval(counts, size, population=population)
    covered = (low <= real / population) & (real / population <= high)
    assert (chance * covered).sum() > 0.93
