"""Difference of two independent shares; knows no item and no group."""

from __future__ import annotations

import math
from typing import NamedTuple

from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.package import AnalysisError
from analysis.settings import check_confidence


class Difference(NamedTuple):
    """First share minus second, with its interval."""

    difference: float
    low: float
    high: float


def difference(
    first: tuple[float, float],
    second: tuple[float, float],
    *,
    confidence: float = 0.95,
) -> Difference:
    """Newcombe's hybrid score interval of a difference of two shares.

    Parameters
    ----------
    first, second : (successes, trials)
        Counts of two groups without common members; trials may be effective
        sizes.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    Difference
        Shares in -1 … 1; NaN when a group is empty.

    Notes
    -----
    With Wilson's limits l, u of each share: d − √((p₁ − l₁)² + (u₂ − p₂)²) to
    d + √((u₁ − p₁)² + (p₂ − l₂)²).

    References
    ----------
    R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> found = difference((56, 70), (48, 80))
    >>> round(found.difference, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    check_confidence(confidence)
    for successes, trials in (first, second):
        if not 0 <= successes <= trials:
            message = "There cannot be fewer than 0 or more successes than trials."
            raise AnalysisError(message)
    if not first[1] or not second[1]:
        return Difference(math.nan, math.nan, math.nan)
    low, high = confint_proportions_2indep(
        *first, *second, method="newcomb", compare="diff", alpha=1 - confidence
    )
    found = first[0] / first[1] - second[0] / second[1]
    return Difference(found, float(low), float(high))
