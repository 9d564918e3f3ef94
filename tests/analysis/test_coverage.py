"""How often an interval holds the true share: exactly where that can be counted.

Published intervals are wider than these (tests of the gate); here stands what each
function gives by itself. Wilson's is .95 on average and lower at single shares; where
more than a fifth of the population answered the exact interval stands beside it.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.compare import difference
from analysis.estimates import interval, points, shares, summary

SIZES = (30, 41, 50, 64, 80, 100, 150, 220, 400, 800)
TRUE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98)
FLOOR = 0.925


def covered(low, high, chance, true):
    """Probability of the samples whose interval holds the true share."""
    return chance[(low <= true + 1e-12) & (true - 1e-12 <= high)].sum()


@pytest.mark.parametrize(("method", "least"), [("wilson", 0.915), ("beta", 0.95)])
def test_intervals_of_an_endless_population_cover(method, least):
    found = []
    for n in SIZES:
        x = np.arange(n + 1)
        limits = interval(x, np.full(n + 1, n), method=method)
        found += [covered(*limits, stats.binom.pmf(x, n, p), p) for p in TRUE]
    assert min(found) >= least
    assert np.mean(np.array(found) >= FLOOR) > 0.97
    assert np.mean(found) >= 0.949


@pytest.mark.parametrize("times", [1.1, 1.5, 2, 4.9, 6, 20])
def test_intervals_of_a_finite_population_cover(times):
    found = []
    for n in SIZES:
        size, x = int(n * times), np.arange(n + 1)
        limits = interval(x, np.full(n + 1, n), population=size)
        if n / size > 0.2:
            exact = interval(
                x, np.full(n + 1, n), population=size, method="hypergeometric"
            )
            limits = np.minimum(limits[0], exact[0]), np.maximum(limits[1], exact[1])
        for p in TRUE:
            hits = round(size * p)
            chance = stats.hypergeom.pmf(x, size, hits, n)
            found.append(covered(*limits, chance, hits / size))
    assert min(found) >= (FLOOR if times < 5 else 0.89)
    assert np.mean(np.array(found) >= FLOOR) > 0.95


def weighted(rng, n, p):
    """Persons of uneven weights."""
    table = pd.DataFrame({"w": rng.gamma(3, 1 / 3, n), "hit": rng.random(n) < p})
    return table, {"weights": "w"}


def stratified(rng, n, p):
    """Two strata of known size, drawn unevenly; in the larger one more agree."""
    away = min(p, 1 - p) / 2
    half = n // 2
    truth = np.r_[np.full(half, p + away / 2), np.full(n - half, p - away)]
    # 2 : 1 in the population, so that p is the share of all.
    table = pd.DataFrame(
        {"hit": rng.random(n) < truth, "s": ["a"] * half + ["b"] * (n - half)}
    )
    return table, {"strata": "s", "population": {"a": 40_000, "b": 20_000}}


def clustered(rng, n, p):
    """Households of two, in which one often answers as the other does."""
    house = np.arange(n) // 2
    first = rng.random(house.max() + 1) < p
    hit = np.where(rng.random(n) < 0.4, first[house], rng.random(n) < p)
    table = pd.DataFrame({"hit": hit, "c": house, "w": rng.gamma(6, 1 / 6, n)})
    return table, {"weights": "w", "clusters": "c"}


DESIGNS = {"weighted": weighted, "stratified": stratified, "clustered": clustered}


def coverage(design, n, p, *, draws, seed=1):
    rng = np.random.default_rng((seed, n, round(1000 * p)))
    hits = 0
    for _ in range(draws):
        table, options = DESIGNS[design](rng, n, p)
        codes = table["hit"].to_numpy().astype(np.int8)
        table["q"] = pd.Categorical.from_codes(codes, ["no", "yes"])
        row = shares(table, "q", **options).loc[("", "yes")]
        hits += row["low"] <= p <= row["high"]
    return hits / draws


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(("n", "p"), [(50, 0.1), (200, 0.5)])
def test_intervals_of_whole_designs_cover(design, n, p):
    assert coverage(design, n, p, draws=150) >= FLOOR


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("n", [50, 100, 300, 800])
@pytest.mark.parametrize("p", [0.02, 0.1, 0.5, 0.8, 0.98])
def test_intervals_of_whole_designs_cover_everywhere(design, n, p):
    assert coverage(design, n, p, draws=1000) >= FLOOR


@pytest.mark.parametrize(("first", "second"), [(0.5, 0.5), (0.1, 0.3), (0.02, 0.05)])
@pytest.mark.parametrize("n", [30, 60])
def test_differences_of_two_waves_are_covered(first, second, n):
    """Counted over all pairs of samples of n and 2 n that are not too unlikely."""
    found = total = 0.0
    for x in range(n + 1):
        for y in range(2 * n + 1):
            chance = stats.binom.pmf(x, n, first) * stats.binom.pmf(y, 2 * n, second)
            if chance > 1e-5:
                limits = difference((y, 2 * n), (x, n))
                found += chance * (limits.low <= second - first <= limits.high)
                total += chance
    assert found / total >= FLOOR


@pytest.mark.parametrize("n", [30, 200])
def test_the_net_of_a_weighted_scale_is_covered(n):
    rng, hits = np.random.default_rng(n), 0
    for _ in range(150):
        answers = pd.Categorical(
            rng.choice(5, n, p=[0.1, 0.15, 0.2, 0.3, 0.25]), range(5), ordered=True
        )
        table = pd.DataFrame({"q": answers, "w": rng.gamma(5, 0.2, n)})
        row = summary(table, "q", weights="w").loc[""]
        hits += row["net_low"] <= 0.3 <= row["net_high"]
    assert hits / 150 >= FLOOR


@pytest.mark.parametrize("n", [30, 120])
def test_the_mean_of_points_is_covered(n):
    rng, hits = np.random.default_rng(n), 0
    for draw in range(400):
        table = pd.DataFrame({"q__a": rng.binomial(10, 0.3, n), "q__b": 1})
        row = points(table, "q", resamples=400, seed=draw).loc["a"]
        hits += row["low"] <= 3 <= row["high"]
    assert hits / 400 >= FLOOR
