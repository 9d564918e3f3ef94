"""Summaries of a scale: ends, net, mean, median, agreement; knows no options."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.engine import ratio, tabulate
from analysis.estimates.sample import Column, Sample, sample_of
from analysis.estimates.table import Estimate, Groups, estimate_shares, grouping
from analysis.steps import on_scale

Floats = npt.NDArray[np.float64]
COLUMNS = [
    "n",
    "top2",
    "top2_low",
    "top2_high",
    "bottom2",
    "bottom2_low",
    "bottom2_high",
    "net",
    "net_se",
    "net_low",
    "net_high",
    "mean",
    "median",
    "agreement",
]


def summary(
    responses: pd.DataFrame,
    item: Column,
    *,
    by: Column | None = None,
    weights: Column | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Summary of a scale item for everybody and for each group.

    Parameters
    ----------
    responses : DataFrame
        One row per person; ordered categories run from low to high. Numbers, also as
        text, are steps from 1 (0 where given) to the largest, chosen or not.
    item, by, weights : str or Series
        Columns of the item, the groups and the weights.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``group`` ("" is everybody); columns ``n``, ``top2``,
        ``top2_low``, ``top2_high``, ``bottom2``, ``bottom2_low``,
        ``bottom2_high``, ``net``, ``net_se``, ``net_low``, ``net_high``,
        ``mean`` (positions 1 … k, or the numbers themselves), ``median`` (a
        category), ``agreement`` (-1 … 1). Don't know is never in the base.

    Notes
    -----
    Top and bottom are two categories each, one on scales of two or three. Net
    is top minus bottom, Var = (t + b − net²) / (n − 1) for equal weights; its
    interval combines those of the two shares (Zou and Donner). The
    median is the first category that half of the persons reach. Agreement is
    van der Eijk's A: 1 all the same, 0 all spread evenly, -1 two camps.

    References
    ----------
    C. van der Eijk (2001), Measuring agreement in ordered rating scales,
    Quality and Quantity 35, 325-341. G. Y. Zou and A. Donner (2008),
    Statistics in Medicine 27, 1693-1702.

    Examples
    --------
    >>> table = pd.DataFrame({"q": [1, 2, 4, 5, 5]})
    >>> summary(table, "q").loc["", ["top2", "bottom2", "mean"]].tolist()
    [0.6, 0.4, 3.4]
    """
    found = on_scale(responses, item)
    size = len(found.categories)
    sample = sample_of(responses, weights=weights)
    groups = grouping(responses, by)
    thirds = np.append(_thirds(size), -1)[found.codes]
    columns = _end_columns(
        estimate_shares(thirds, 3, sample, groups, confidence=confidence)
    )
    columns["net_se"] = _net_error(thirds, sample, groups, columns["net"])
    count = len(groups.names) - 1
    sums = tabulate(
        found.codes,
        size,
        groups=groups.codes,
        group_count=count,
        weights=sample.weights,
    )
    spread = _with_everybody(sums.w[0])
    columns["mean"] = _means(spread, found.categories)
    columns["median"] = _medians(spread, found.categories)
    columns["agreement"] = [agreement(row) for row in spread]
    return pd.DataFrame(columns, index=pd.Index(groups.names, name="group"))[COLUMNS]


def _end_columns(ends: Estimate) -> dict[str, Any]:
    low, high = _net_interval(ends)
    return {
        "n": ends.base[:, 0].astype(np.int64),
        "top2": ends.share[:, 2],
        "top2_low": ends.low[:, 2],
        "top2_high": ends.high[:, 2],
        "bottom2": ends.share[:, 0],
        "bottom2_low": ends.low[:, 0],
        "bottom2_high": ends.high[:, 0],
        "net": ends.share[:, 2] - ends.share[:, 0],
        "net_low": low,
        "net_high": high,
    }


def _with_everybody(cells: Floats) -> Floats:
    return np.concatenate([cells.sum(axis=0, keepdims=True), cells[:-1]])


def _thirds(size: int) -> npt.NDArray[np.int8]:
    """0 for the bottom categories, 2 for the top ones, 1 between them."""
    ends = min(2, size // 2)
    parts = np.ones(size, dtype=np.int8)
    parts[:ends] = 0
    parts[size - ends :] = 2
    return parts


def favourable(size: int) -> npt.NDArray[np.bool_]:
    """Which categories of a scale from low to high are its favourable end.

    Examples
    --------
    >>> favourable(5).tolist(), favourable(3).tolist()
    ([False, False, False, True, True], [False, False, True])
    """
    return np.asarray(_thirds(size) == 2, dtype=np.bool_)


def _net_error(
    thirds: npt.NDArray[np.integer], sample: Sample, groups: Groups, net: Floats
) -> Floats:
    """Taylor error of top minus bottom, from the sums of squared weights."""
    sums = tabulate(
        thirds,
        3,
        groups=groups.codes,
        group_count=len(groups.names) - 1,
        weights=sample.weights,
    )
    squares, total = _with_everybody(sums.ww[0]), _with_everybody(sums.w[0])
    scores = np.array([-1.0, 0.0, 1.0])
    spread = (squares * (scores - net[:, None]) ** 2).sum(axis=1)
    scale = sample.rows / (sample.rows - 1) if sample.rows > 1 else 1.0
    error: Floats = np.sqrt(ratio(scale * spread, total.sum(axis=1) ** 2))
    return error


def _net_interval(ends: Estimate) -> tuple[Floats, Floats]:
    """Interval of top minus bottom from the intervals of both.

    Two shares of one distribution go against each other; the correlation is
    that of the multinomial distribution, -1 where there is nothing between.
    """
    bottom, top = ends.share[:, 0], ends.share[:, 2]
    odds = (1 - top) * (1 - bottom)
    product = ratio(top * bottom, odds, empty=1.0)
    correlation = -np.sqrt(np.clip(product, 0, 1))
    limits = []
    for end, sign in ((ends.low, -1), (ends.high, 1)):
        other = ends.high if sign < 0 else ends.low
        first, second = np.abs(top - end[:, 2]), np.abs(other[:, 0] - bottom)
        square = first**2 + second**2 - 2 * correlation * first * second
        limits.append(np.clip(top - bottom + sign * np.sqrt(square), -1, 1))
    return limits[0], limits[1]


def top_marks(responses: pd.DataFrame, item: Column) -> npt.NDArray[np.int8]:
    """1 for the favourable end of a scale, 0 below it, -1 without an answer.

    Examples
    --------
    >>> top_marks(pd.DataFrame({"q": [1, 3, 4, 5, -3]}), "q").tolist()
    [0, 0, 1, 1, -1]
    """
    found = on_scale(responses, item)
    marks = np.append(favourable(len(found.categories)), -1).astype(np.int8)
    return marks[found.codes]


def _means(cells: Floats, categories: tuple[object, ...]) -> Floats:
    are_numbers = all(isinstance(value, int | float) for value in categories)
    positions = np.arange(1.0, len(categories) + 1)
    values = np.array(categories, dtype=float) if are_numbers else positions
    total = cells.sum(axis=1)
    return ratio(cells @ values, total)


def _medians(cells: Floats, categories: tuple[object, ...]) -> list[object]:
    found: list[object] = []
    for row in cells:
        total = row.sum()
        reached = np.cumsum(row) >= total / 2 - 1e-12 * total
        found.append(categories[int(reached.argmax())] if total > 0 else None)
    return found


def agreement(counts: npt.ArrayLike) -> float:
    """Van der Eijk's agreement A of a distribution over a scale.

    The distribution is peeled into layers that each use some categories
    equally; A is the mean of the layers' agreement, weighted by their size.

    Parameters
    ----------
    counts : array
        Persons or weights per category, in the order of the scale.

    Returns
    -------
    float
        1 all in one category, 0 the same number in each, -1 half at each end;
        NaN without answers or on a scale of fewer than three categories.

    References
    ----------
    C. van der Eijk (2001), Quality and Quantity 35, 325-341.

    Examples
    --------
    >>> agreement([30, 0, 0, 0, 30]), agreement([0, 60, 0]), agreement([5, 5, 5])
    (-1.0, 1.0, 0.0)
    """
    left = np.asarray(counts, dtype=float).copy()
    total = left.sum()
    if len(left) < 3 or not total > 0:
        return float("nan")
    result = 0.0
    while left.sum() > 1e-12 * total:
        used = left > 1e-12 * total
        layer = left[used].min()
        result += layer * used.sum() / total * _layer_agreement(used)
        left = np.where(used, left - layer, 0)
    return float(result)


def _layer_agreement(used: npt.NDArray[np.bool_]) -> float:
    size = len(used)
    along = against = 0
    for first, middle, last in combinations(used.tolist(), 3):
        along += middle and first != last
        against += first and last and not middle
    unimodality = 1.0
    if along + against:
        unimodality = ((size - 2) * along - (size - 1) * against) / (
            (size - 2) * (along + against)
        )
    return float(unimodality * (1 - (used.sum() - 1) / (size - 1)))
