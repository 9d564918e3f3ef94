"""Points and dots that persons spread over options; knows no scale.

Dots stuck up at a conference are imported with their own channel and counted here,
apart from the others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.engine import ratio
from analysis.estimates.sample import Column, sample_of
from analysis.estimates.table import grouping
from analysis.package import AnalysisError
from analysis.responses import aligned, option_columns
from analysis.settings import check_resampling

Floats = npt.NDArray[np.float64]
COLUMNS = ["n", "sum", "mean", "low", "high", "lower", "median", "upper", "gini"]
DEFAULT_SEED = 20_250_101
# Bytes that one batch of resamples may take.
BATCH = 1 << 26
# Beyond it the mean of persons drawn anew is normal for all that is printed.
LARGE = 20_000


def points(
    responses: pd.DataFrame,
    item: str,
    *,
    by: Column | None = None,
    weights: Column | None = None,
    resamples: int = 2000,
    seed: int = DEFAULT_SEED,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """What persons gave each option, on average and in all.

    Parameters
    ----------
    responses : DataFrame
        One row per person, one column ``item__option`` of points or dots each; an
        empty cell of a person who gave others something counts as none.
    item : str
        Name of the item, without the option.
    by, weights : str or Series, optional
        Columns of the groups and of the weights.
    resamples, seed : int
        How often persons are drawn anew with replacement, and the seed.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``option`` (with ``by``: ``group, option``, group "" being everybody);
        ``n`` (persons who answered), ``sum``, ``mean`` per person with ``low`` and
        ``high``, ``lower``, ``median``, ``upper`` (quartiles) and ``gini``: 0 all
        gave the same, towards 1 few gave everything.

    Notes
    -----
    mean = Σwx / Σw. The limits are quantiles of the means of persons drawn anew, at
    levels widened for small samples: Φ(± t √(n / (n − 1))), t of n − 1 degrees.

    References
    ----------
    T. C. Hesterberg (2015), The American Statistician 69, 371-386 (expanded
    percentiles). C. Gini (1912), Variabilità e mutabilità.

    Examples
    --------
    >>> table = pd.DataFrame({"q__a": [60, 100, -2], "q__b": [40, 0, -2]})
    >>> points(table, "q", seed=1)[["n", "sum", "mean"]].values.tolist()
    [[2.0, 160.0, 80.0], [2.0, 40.0, 20.0]]
    """
    check_resampling(resamples, confidence)
    columns = option_columns(responses, item)
    given = np.stack([_given(responses, name) for name in columns.values()], axis=1)
    answered = np.isfinite(given).any(axis=1)
    spent = np.nan_to_num(given)
    weight = sample_of(responses, weights=weights).weights
    weight = np.ones(len(responses)) if weight is None else weight
    groups = grouping(responses, by)
    rng = np.random.default_rng(seed)
    parts = {}
    for place, name in enumerate(groups.names):
        members = answered.copy()
        if place and groups.codes is not None:
            members &= groups.codes == place - 1
        drawn = _Draws(resamples, confidence, rng)
        parts[name] = _summary(spent[members], weight[members], drawn, list(columns))
    table = pd.concat(parts, names=["group", "option"])
    return table if by is not None else table.droplevel("group")


def _given(responses: pd.DataFrame, column: str) -> Floats:
    """Points as numbers; the codes of no answer, which are below 0, become NaN."""
    cells = aligned(responses, column)
    found = pd.to_numeric(cells.astype("str"), errors="coerce")
    values: Floats = found.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(values >= 0, values, np.nan)


class _Draws:
    """How persons are drawn anew."""

    def __init__(
        self, resamples: int, confidence: float, rng: np.random.Generator
    ) -> None:
        self.resamples, self.confidence, self.rng = resamples, confidence, rng

    def limits(self, spent: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """Interval of the mean of every option."""
        n = len(spent)
        if n < 2:
            unknown = np.full(spent.shape[1], np.nan)
            return unknown, unknown
        tail = stats.t.ppf((1 - self.confidence) / 2, n - 1) * np.sqrt(n / (n - 1))
        level = float(stats.norm.cdf(tail))
        if n > LARGE:
            return self._normal(spent, weights, float(stats.norm.ppf(level)))
        drawn = np.nanquantile(self._means(spent, weights), [level, 1 - level], axis=0)
        return drawn[0], drawn[1]

    def _means(self, spent: Floats, weights: Floats) -> Floats:
        person = np.column_stack([weights[:, None] * spent, weights])
        kinds, counts = np.unique(person, axis=0, return_counts=True)
        chance, size = counts / len(spent), len(spent)
        batch = max(1, BATCH // (8 * max(kinds.shape)))
        parts = []
        for start in range(0, self.resamples, batch):
            many = min(batch, self.resamples - start)
            sums = self.rng.multinomial(size, chance, many) @ kinds
            parts.append(ratio(sums[:, :-1], sums[:, -1:]))
        means = np.concatenate(parts)
        # Draws of nobody but persons of weight 0 have no mean.
        return means[np.isfinite(means).all(axis=1)]

    def _normal(
        self, spent: Floats, weights: Floats, z: float
    ) -> tuple[Floats, Floats]:
        total = weights.sum()
        mean = weights @ spent / total
        error = np.sqrt(weights**2 @ (spent - mean) ** 2) / total
        return mean + z * error, mean - z * error


def _summary(
    spent: Floats, weights: Floats, draws: _Draws, options: list[str]
) -> pd.DataFrame:
    total = weights.sum()
    known = total > 0
    unknown = np.full(len(options), np.nan)
    low, high = draws.limits(spent, weights) if known else (unknown, unknown)
    frame = pd.DataFrame(
        {
            "n": len(spent),
            "sum": weights @ spent,
            "mean": ratio(weights @ spent, total),
            "low": low,
            "high": high,
            "gini": [gini(column, weights) for column in spent.T],
        },
        index=pd.Index(options, name="option"),
    )
    for name, part in (("lower", 0.25), ("median", 0.5), ("upper", 0.75)):
        frame[name] = [_quantile(column, weights, part) for column in spent.T]
    return frame[COLUMNS]


def _quantile(values: Floats, weights: Floats, part: float) -> float:
    """Smallest value that this part of the weights reaches."""
    if not weights.sum() > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    place = np.searchsorted(reached, part * reached[-1] * (1 - 1e-12))
    return float(values[order][place])


def gini(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Gini's coefficient: 0 all have the same, towards 1 one has everything.

    Parameters
    ----------
    values : array
        Amounts of at least 0: what each person gave, or what each option got.
    weights : array, optional
        One number of at least 0 per value.

    Returns
    -------
    float
        NaN without values, and where all amounts are 0.

    Notes
    -----
    G = Σ_i Σ_j w_i w_j |x_i − x_j| / (2 (Σw)² mean).

    References
    ----------
    C. Gini (1912), Variabilità e mutabilità, Bologna.

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8])
    (0.0, 0.75)
    """
    x = np.asarray(values, dtype=np.float64)
    w = np.ones_like(x) if weights is None else np.asarray(weights, dtype=np.float64)
    if (x < 0).any() or (w < 0).any() or not np.isfinite([*x, *w]).all():
        message = "Gini's coefficient needs amounts and weights of at least 0."
        raise AnalysisError(message)
    total = float(w @ x)
    if not total > 0:
        return float("nan")
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    reached = np.cumsum(w)
    # Lorenz: twice the area between equal shares and the real ones.
    middle = reached - w / 2
    return float(np.clip(2 * (w * x) @ middle / (reached[-1] * total) - 1, 0, 1))
