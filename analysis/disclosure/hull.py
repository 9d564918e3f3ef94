"""Intervals that hold for every count behind a published one. Must know no answer.

A plain Wilson interval of rounded counts covers only .64 to .90 in small samples; the
widest of all intervals of the counts and bases that round to the published ones covers
.929 and more from 30 to 800 answers.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.disclosure.policy import Thresholds
from analysis.estimates import interval

Floats = npt.NDArray[np.float64]
Limits = tuple[float, float]

# Limits are said in whole percent, outwards.
_PERCENT = 100


def hulls(
    parts: list[int],
    base: int,
    thresholds: Thresholds,
    *,
    population: int | None = None,
) -> list[Limits]:
    """Return lowest lower and highest upper limit for every published part.

    Parameters
    ----------
    parts, base : int
        Published counts; the unrounded ones lie within 2 of them (rounding base 5).
    population : int, optional
        Size of the population the base was drawn from.
    """
    low, high = _extremes(np.array(parts), base, thresholds, population)
    return [(outward(lower, upper)) for lower, upper in zip(low, high, strict=True)]


def plain(
    parts: list[int],
    base: int,
    thresholds: Thresholds,
    *,
    population: int | None = None,
) -> list[Limits]:
    """Return the intervals of the published counts themselves, for reliability."""
    size = None if population is None else max(population, base)
    low, high = interval(
        np.array(parts), base, population=size, confidence=thresholds.confidence
    )
    return list(zip(low.tolist(), high.tolist(), strict=True))


@cache
def is_narrow(
    base: int, thresholds: Thresholds, *, population: int | None = None
) -> bool:
    """Whether no share of a base has too wide an interval: not even one half."""
    [(low, high)] = plain([base // 2], base, thresholds, population=population)
    return high - low <= thresholds.widest_interval


def difference(top: Limits, bottom: Limits, shares: tuple[float, float]) -> Limits:
    """Return the interval of top minus bottom, two shares of the same people.

    Newcombe's combination of the two intervals, with the correlation of two
    categories of one question.

    References
    ----------
    R. G. Newcombe (1998), Statistics in Medicine 17, 2635-2650.
    """
    p, q = shares
    correlation = 0.0
    if 0 < p < 1 and 0 < q < 1:
        correlation = -min(1.0, math.sqrt(p * q / ((1 - p) * (1 - q))))
    below, above = p - top[0], bottom[1] - q
    low = p - q - _length(below, above, correlation)
    below, above = top[1] - p, q - bottom[0]
    high = p - q + _length(below, above, correlation)
    return outward(max(-1.0, low), min(1.0, high))


def _length(first: float, second: float, correlation: float) -> float:
    return math.sqrt(first**2 + second**2 - 2 * correlation * first * second)


def outward(low: float, high: float) -> Limits:
    """Round limits away from each other, to whole percent."""
    tiny = 1e-9
    return (
        math.floor(low * _PERCENT + tiny) / _PERCENT,
        math.ceil(high * _PERCENT - tiny) / _PERCENT,
    )


def _extremes(
    parts: npt.NDArray[np.int_],
    base: int,
    thresholds: Thresholds,
    population: int | None,
) -> tuple[Floats, Floats]:
    around = np.arange(thresholds.rounding_base) - thresholds.rounding_base // 2
    trials = (base + around)[None, None, :]
    if population is not None:
        trials = np.minimum(trials, max(population, base - around[-1]))
    trials = np.maximum(trials, 1)
    successes = np.maximum(parts[:, None, None] + around[None, :, None], 0)
    successes = np.minimum(successes, trials)
    successes, trials = np.broadcast_arrays(successes, trials)
    size = None if population is None else np.maximum(trials, population)
    methods = ["wilson"]
    if population is not None and base > thresholds.large_fraction * population:
        methods.append("hypergeometric")
    found = [
        interval(
            successes,
            trials,
            population=size,
            method=method,
            confidence=thresholds.confidence,
        )
        for method in methods
    ]
    low = np.min([limits[0] for limits in found], axis=(0, 2, 3))
    high = np.max([limits[1] for limits in found], axis=(0, 2, 3))
    return low, high
