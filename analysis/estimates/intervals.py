"""Confidence intervals of one share; knows no table and no weights of persons."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.engine import ratio
from analysis.package import AnalysisError
from analysis.settings import check_confidence

Floats = npt.NDArray[np.float64]
METHODS = ("wilson", "beta", "hypergeometric")


def interval(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    *,
    population: npt.ArrayLike | None = None,
    method: str = "wilson",
    confidence: float = 0.95,
) -> tuple[Any, Any]:
    """Confidence interval of a share.

    Parameters
    ----------
    successes, trials : number or array
        How many of how many; with 0 trials there is no interval (NaN).
    population : number or array, optional
        Size N of the population the trials were drawn from. `wilson` and
        `beta` then use the effective size of `effective_size`.
    method : str
        ``wilson``; ``beta`` (Clopper and Pearson); ``hypergeometric``: exact
        for whole numbers out of a finite population.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    (low, high)
        Numbers for numbers, arrays for arrays; shares in 0 … 1.

    Notes
    -----
    Wilson with z of the confidence and p = x/n:
    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).

    References
    ----------
    E. B. Wilson (1927), JASA 22, 209-212. C. J. Clopper and E. S. Pearson
    (1934), Biometrika 26, 404-413. J. P. Buonaccorsi (1987), The American
    Statistician 41, 215-218 (hypergeometric).

    Examples
    --------
    >>> low, high = interval(12, 60)
    >>> round(low, 4), round(high, 4)
    (0.1183, 0.3178)
    >>> interval(60, 60, population=60)
    (1.0, 1.0)
    """
    check_confidence(confidence)
    x, n = np.broadcast_arrays(_numbers(successes), _numbers(trials))
    size = None if population is None else _numbers(population)
    _check(x, n, size, method)
    if method == "hypergeometric" and size is not None:
        low, high = _hypergeometric(x, n, size, 1 - confidence)
    else:
        share = ratio(x, n)
        n_eff = effective_size(n, size)
        low, high = of_share(share, n_eff, method=method, confidence=confidence)
    if np.ndim(successes) or np.ndim(trials) or (size is not None and size.ndim):
        return low, high
    return float(low), float(high)


def _numbers(given: npt.ArrayLike) -> Floats:
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        message = "Successes, trials and the population must be numbers."
        raise AnalysisError(message) from None


def _check(x: Floats, n: Floats, population: Floats | None, method: str) -> None:
    message = ""
    if method not in METHODS:
        message = f"The method must be one of {', '.join(METHODS)}, not {method!r}."
    elif method == "hypergeometric" and population is None:
        message = "The hypergeometric interval needs the size of the population."
    elif (x < 0).any() or (x > n).any():
        message = "There cannot be fewer than 0 or more successes than trials."
    elif population is not None and not (n <= population).all():
        message = "There cannot be more trials than the population holds."
    elif method == "hypergeometric" and not _are_whole(x, n, population):
        message = "The hypergeometric interval counts whole persons out of a number."
    if message:
        raise AnalysisError(message)


def _are_whole(*counts: Floats | None) -> bool:
    return all(
        count is None or bool((np.isfinite(count) & (count == np.floor(count))).all())
        for count in counts
    )


def effective_size(trials: npt.ArrayLike, population: npt.ArrayLike | None) -> Floats:
    """Size of a sample from an endless population that is as precise.

    n (N − 1) / (N − n); without a population the trials themselves, and
    infinite when everybody answered.

    Examples
    --------
    >>> round(float(effective_size(400, 700)), 1)
    932.0
    """
    n = np.asarray(trials, float)
    if population is None:
        return n
    size = np.asarray(population, float)
    n, size = np.broadcast_arrays(n, size)
    is_endless = np.isinf(size)
    bounded = np.where(is_endless, n + 1, size)
    found = ratio(n * (bounded - 1), bounded - n, empty=np.inf)
    return np.where(is_endless, n, np.where(n > 0, found, 0.0))


def of_share(
    share: Floats, n_eff: Floats, *, method: str, confidence: float
) -> tuple[Floats, Floats]:
    """Interval of a share on an effective size that need not be whole."""
    check_confidence(confidence)
    p, n = np.broadcast_arrays(np.asarray(share, float), np.asarray(n_eff, float))
    # Everybody is known: no interval; nobody counts: it could be any share.
    low = np.where(np.isinf(n) | np.isnan(p), p, 0.0)
    high = np.where(np.isinf(n) | np.isnan(p), p, 1.0)
    usable = np.isfinite(n) & np.isfinite(p) & (n > 0)
    if usable.any():
        low[usable], high[usable] = _finite(p[usable], n[usable], method, confidence)
    return low, high


def _finite(
    p: Floats, n: Floats, method: str, confidence: float
) -> tuple[Floats, Floats]:
    limits = proportion_confint(p * n, n, alpha=1 - confidence, method=method)
    low, high = np.asarray(limits[0]), np.asarray(limits[1])
    # The limits at no and at all successes are 0 and 1, whatever rounding says.
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _hypergeometric(
    x: Floats, n: Floats, population: Floats, alpha: float
) -> tuple[Floats, Floats]:
    """Exact limits: every K out of N that a two-sided test does not refuse.

    low: the smallest K with P(X ≥ x | K) > α/2; high: the largest K with
    P(X ≤ x | K) > α/2. Both probabilities change monotonically with K, so
    halving finds them.
    """
    x, n, size = np.broadcast_arrays(x, n, population)
    least, most = x, size - (n - x)
    low = _first(
        least, most, lambda k: stats.hypergeom.sf(x - 1, size, k, n) > alpha / 2
    )
    high = most - _first(
        np.zeros_like(x),
        most - least,
        lambda d: stats.hypergeom.cdf(x, size, most - d, n) > alpha / 2,
    )
    none = n <= 0
    return np.where(none, np.nan, low / size), np.where(none, np.nan, high / size)


def _first(start: Floats, end: Floats, holds: Any) -> Floats:
    """Smallest whole number from start to end for which a rising test holds."""
    below, above = start - 1, end.copy()
    while (above - below > 1).any():
        middle = np.floor((below + above) / 2)
        is_met = holds(np.clip(middle, start, end))
        is_open = above - below > 1
        above = np.where(is_open & is_met, middle, above)
        below = np.where(is_open & ~is_met, middle, below)
    return above
