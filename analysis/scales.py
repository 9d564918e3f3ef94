"""Do several items measure one thing? Knows no single answer and no chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.settings import check_confidence, item_names
from analysis.steps import numbers

# Below these, alpha says more about chance than about the items.
MIN_ITEMS = 3
MIN_PERSONS = 100
# Below it, an index of the items would mix different things (Nunnally 1978).
MIN_ALPHA = 0.6


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with its interval, and what may be done with it.

    ``n`` counts the persons who answered every item.
    """

    alpha: float
    low: float
    high: float
    items: int
    n: int

    @property
    def is_printable(self) -> bool:
        """Whether there are at least three items and a hundred persons."""
        is_known = bool(np.isfinite(self.alpha))
        return is_known and self.items >= MIN_ITEMS and self.n >= MIN_PERSONS

    @property
    def allows_index(self) -> bool:
        """Whether the items may be summed up to one index."""
        return self.is_printable and self.alpha >= MIN_ALPHA


def alpha(
    responses: pd.DataFrame, items: Sequence[str], *, confidence: float = 0.95
) -> Alpha:
    """Cronbach's alpha of a set of items with Feldt's interval.

    Parameters
    ----------
    responses : DataFrame
        One row per person; all items run in the same direction, as the typed
        responses of a package do.
    items : sequence of str
        Names of at least two columns.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    Alpha
        NaN where it cannot be computed (fewer than two items or persons, or
        no variance).

    Notes
    -----
    Persons who answered every item; numbers as they are, ordered categories by their
    place. α = k/(k − 1) (1 − Σ s²_i / s²_sum);
    limits 1 − (1 − α) F(1 − γ/2, 1 + γ/2 quantiles; n − 1, (n − 1)(k − 1)).

    References
    ----------
    L. J. Cronbach (1951), Psychometrika 16, 297-334. L. S. Feldt, D. J.
    Woodruff and F. A. Salih (1987), Applied Psychological Measurement 11,
    93-103.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5], "c": [2, 2, 4, 4]})
    >>> round(alpha(table, ["a", "b", "c"]).alpha, 3)
    0.954
    """
    check_confidence(confidence)
    columns = [numbers(responses, item) for item in item_names(items)]
    if not columns:
        return Alpha(np.nan, np.nan, np.nan, 0, 0)
    values = np.stack(columns, axis=1)
    values = values[np.isfinite(values).all(axis=1)]
    n, k = values.shape
    total = values.sum(axis=1).var(ddof=1) if n > 1 else 0.0
    if n < 2 or k < 2 or not total > 0:
        return Alpha(np.nan, np.nan, np.nan, k, n)
    found = float(k / (k - 1) * (1 - values.var(axis=0, ddof=1).sum() / total))
    tail = (1 - confidence) / 2
    freedom = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - found) * float(stats.f.ppf(1 - tail, *freedom))
    high = 1 - (1 - found) * float(stats.f.ppf(tail, *freedom))
    return Alpha(found, low, high, k, n)
