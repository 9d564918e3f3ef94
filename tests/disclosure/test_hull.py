"""Intervals as published: they cover the truth although the counts are rounded."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.disclosure import hull
from analysis.disclosure.policy import thresholds

OWN = thresholds()
SHARES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98)


def nearest(count):
    return 5 * round(count / 5)


def coverage(n, p):
    """Exact coverage of the published interval: summed over all possible counts."""
    base = nearest(n)
    parts = sorted({nearest(x) for x in range(n + 1)})
    limits = dict(zip(parts, hull.hulls(parts, base, OWN), strict=True))
    inside = [limits[nearest(x)][0] <= p <= limits[nearest(x)][1] for x in range(n + 1)]
    return float(stats.binom.pmf(np.arange(n + 1), n, p) @ inside)


def test_published_intervals_cover_the_true_share_at_every_size():
    sizes = [*range(30, 200), *range(200, 801, 7)]
    worst = min((coverage(n, p), n, p) for n in sizes for p in SHARES)
    assert worst[0] >= 0.929, worst


@pytest.mark.parametrize("times", [1.02, 1.3, 2, 4.9, 8, 12, 20, 58])
def test_published_intervals_cover_the_share_of_a_finite_population(times):
    """Exactly, over all counts a sample of n out of so many times n people can hold."""
    found = []
    for n in (*range(30, 100, 3), 120, 220, 400, 800):
        size, x, base = int(n * times), np.arange(n + 1), nearest(n)
        parts = sorted({nearest(count) for count in x})
        limits = hull.hulls(parts, base, OWN, population=size)
        low, high = np.array([limits[parts.index(nearest(count))] for count in x]).T
        for p in SHARES:
            hits = round(size * p)
            inside = (low <= hits / size + 1e-12) & (hits / size <= high + 1e-12)
            chance = stats.hypergeom.pmf(x, size, hits, n)
            found.append((float(chance @ inside), n, p))
    assert min(found)[0] >= 0.925, min(found)


def test_plain_intervals_of_rounded_counts_would_not_cover():
    def plain(n, p):
        base = nearest(n)
        low, high = proportion_confint(
            np.array([min(nearest(x), base) for x in range(n + 1)]),
            base,
            method="wilson",
        )
        inside = (low <= p) & (p <= high)
        return float(stats.binom.pmf(np.arange(n + 1), n, p) @ inside)

    assert min(plain(n, p) for n in (32, 33, 48) for p in SHARES) < 0.9


@given(st.integers(6, 160), st.data())
def test_an_interval_holds_those_of_every_count_behind_it(fives, data):
    base = 5 * fives
    part = 5 * data.draw(st.integers(0, fives))
    [(low, high)] = hull.hulls([part], base, OWN)
    n = base + data.draw(st.integers(-2, 2))
    x = min(max(part + data.draw(st.integers(-2, 2)), 0), n)
    lower, upper = proportion_confint(x, n, method="wilson")
    assert low <= max(lower, 0) + 1e-9
    assert upper - 1e-9 <= high
    assert 0 <= low <= part / base <= high <= 1


def test_limits_are_whole_percent_rounded_away_from_each_other():
    # Wilson by hand for 28 of 102 and 32 of 98: .1977 and .4245.
    assert hull.hulls([30], 100, OWN) == [(0.19, 0.43)]
    assert hull.outward(0.301, 0.399) == (0.3, 0.4)
    assert hull.outward(0.3, 0.4) == (0.3, 0.4)


def test_a_known_population_makes_an_interval_narrower():
    [(low, high)] = hull.hulls([100], 400, OWN)
    [(finite_low, finite_high)] = hull.hulls([100], 400, OWN, population=700)
    assert low < finite_low < 0.25 < finite_high < high


def test_of_a_large_part_of_the_population_the_exact_interval_counts_too():
    [(low, high)] = hull.hulls([10], 100, OWN, population=120)
    # Exact limits for 8 of 102 and 12 of 98 people out of 120.
    assert low <= 8 / 120
    assert high >= 12 / 98


def test_when_everybody_answered_only_rounding_is_uncertain():
    [(low, high)] = hull.hulls([100], 200, OWN, population=200)
    assert 0.47 <= low <= 0.5 <= high <= 0.53


def test_the_plain_interval_is_that_of_the_published_counts():
    [(low, high)] = hull.plain([12], 60, OWN)
    assert (round(low, 4), round(high, 4)) == (0.1183, 0.3178)
    [(same, also)] = hull.plain([60], 60, OWN, population=58)
    assert (same, also) == (1.0, 1.0)


@pytest.mark.parametrize("n", [37, 120, 430])
def test_the_interval_of_a_net_covers_the_true_net(n):
    rng = np.random.default_rng(3)
    shares = np.array([0.15, 0.3, 0.2, 0.25, 0.1])
    truth = shares[0] + shares[1] - shares[3] - shares[4]
    hits = 0
    draws = rng.multinomial(n, shares, size=1500)
    for counts in draws:
        top, bottom = counts[0] + counts[1], counts[3] + counts[4]
        base = nearest(n)
        limits = hull.hulls([nearest(top), nearest(bottom)], base, OWN)
        low, high = hull.difference(
            *limits, (nearest(top) / base, nearest(bottom) / base)
        )
        hits += low <= truth <= high
    assert hits / len(draws) >= 0.929


def test_a_net_of_two_ends_lies_inside_its_interval_and_the_scale():
    top, bottom = (0.9, 1.0), (0.0, 0.1)
    low, high = hull.difference(top, bottom, (1.0, 0.0))
    assert low <= 0.9
    assert high == 1.0
    low, high = hull.difference((0.3, 0.5), (0.2, 0.4), (0.4, 0.3))
    assert low < 0.1 < high
    assert low >= 0.3 - 0.4
    assert high <= 0.5 - 0.2
