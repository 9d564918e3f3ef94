"""Questions with several answers: share of persons per option; knows no scale."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates.sample import Column, sample_of
from analysis.estimates.table import estimate_shares, grouping
from analysis.responses import indicator_columns

COLUMNS = ["cases", "base", "share", "low", "high"]


def multiple(
    responses: pd.DataFrame,
    item: str,
    *,
    by: Column | None = None,
    weights: Column | None = None,
    base: str = "answered",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Share of persons that chose each option.

    Parameters
    ----------
    responses : DataFrame
        One row per person, one column ``item__option`` of 0 and 1 per option.
    item : str
        Name of the item, without the option.
    by, weights : str or Series, optional
        Columns of the groups and of the weights.
    base : str
        Whom the shares refer to: ``answered`` (multiple choice: percent of
        cases) or ``saw`` (pick up to k: whoever saw the question).
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``option`` (with ``by``: ``group, option``, group "" being
        everybody); columns ``cases``, ``base``, ``share``, ``low``, ``high``.
        Shares of one question may add up to more than 1.

    Notes
    -----
    share = Σ w z / Σ w over the base, z = 1 where the option was chosen; Wilson's
    interval, with weights that of Korn and Graubard, as in `shares`.

    References
    ----------
    E. B. Wilson (1927), JASA 22, 209-212. E. L. Korn and B. I. Graubard (1998),
    Survey Methodology 24, 193-201.

    Examples
    --------
    >>> table = pd.DataFrame({"q__a": ["1", "1", "-2"], "q__b": ["0", "1", "-2"]})
    >>> multiple(table, "q")["share"].tolist()
    [1.0, 0.5]
    """
    options, chosen = indicator_columns(responses, item, base=base)
    sample = sample_of(responses, weights=weights)
    groups = grouping(responses, by)
    parts = [
        estimate_shares(
            np.ascontiguousarray(column), 2, sample, groups, confidence=confidence
        ).frame(pd.Index(groups.names), 1)
        for column in chosen.T
    ]
    table = pd.concat(parts, keys=options, names=["option", "group"])
    table = table.rename(columns={"n": "cases"})[COLUMNS]
    order = [(group, option) for group in groups.names for option in options]
    index = pd.MultiIndex.from_tuples(order, names=["group", "option"])
    table = table.swaplevel().reindex(index)
    return table if by is not None else table.droplevel("group")
