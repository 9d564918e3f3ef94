"""What weights cost in precision; knows neither persons nor margins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package import AnalysisError

# Design effects from which a weighting deserves a remark, and a warning: beyond the
# second, half of the interviews were made for nothing.
REMARK, WARNING = 1.5, 2.0


def kish(weights: npt.ArrayLike) -> tuple[float, float]:
    """Kish's design effect of weights, and the size of sample they leave.

    Parameters
    ----------
    weights : array or Series
        One number of at least 0 per person.

    Returns
    -------
    (deff, n_eff)
        Without a weight above 0 the effect is NaN and the size 0.

    Raises
    ------
    AnalysisError
        When a weight is missing, not finite or below 0.

    Notes
    -----
    n_eff = (Σw)² / Σw², deff = n / n_eff.

    References
    ----------
    L. Kish (1965), Survey Sampling, section 11.7.

    Examples
    --------
    >>> deff, n_eff = kish([1, 1, 2])
    >>> round(deff, 4), round(n_eff, 4)
    (1.125, 2.6667)
    """
    values = pd.to_numeric(pd.Series(np.ravel(weights)), errors="coerce").to_numpy(
        dtype=np.float64, na_value=np.nan
    )
    if not np.isfinite(values).all() or (values < 0).any():
        message = "Every weight must be a number of at least 0."
        raise AnalysisError(message)
    largest = values.max(initial=0.0)
    if not largest > 0:
        return float("nan"), 0.0
    # By the largest one, so that no square leaves the range of numbers.
    scaled = values / largest
    n_eff = float(scaled.sum() ** 2 / (scaled**2).sum())
    return len(values) / n_eff, n_eff


def light(deff: float) -> str:
    """Traffic light of a design effect: ``green``, ``yellow`` or ``red``.

    Examples
    --------
    >>> light(1.2), light(1.5), light(2.4)
    ('green', 'yellow', 'red')
    """
    if not deff < WARNING:
        return "red"
    return "green" if deff < REMARK else "yellow"
