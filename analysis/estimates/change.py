"""Which items move when something about the persons is changed; knows no reason."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.estimates.options import multiple
from analysis.estimates.sample import Column
from analysis.estimates.table import shares

# How many items are named: enough to judge, few enough to read.
NAMED = 3


def distribution(
    responses: pd.DataFrame, items: Sequence[str], *, weights: Column | None = None
) -> pd.DataFrame:
    """Shares of all categories of several items, for everybody.

    Returns
    -------
    DataFrame
        Index ``item, category`` (options of items with a column each); columns
        ``n``, ``base``, ``share``.

    Examples
    --------
    >>> distribution(pd.DataFrame({"q": ["a", "b", "b"]}), ["q"])["n"].tolist()
    [1, 2]
    """
    parts = {}
    for item in items:
        if item in responses.columns:
            part = shares(responses, item, weights=weights).droplevel("group")
        else:
            part = multiple(responses, item, weights=weights)
            part = part.rename(columns={"cases": "n"}).rename_axis("category")
        parts[item] = part[["n", "base", "share"]]
    if not parts:
        index = pd.MultiIndex.from_arrays([[], []], names=["item", "category"])
        return pd.DataFrame(columns=["n", "base", "share"], index=index, dtype=float)
    return pd.concat(parts, names=["item"])


def change(
    before: pd.Series, after: pd.Series, *, names: tuple[str, str]
) -> pd.DataFrame:
    """Two distributions side by side, and the second minus the first."""
    table = pd.DataFrame({names[0]: before, names[1]: after})
    table["change"] = table[names[1]] - table[names[0]]
    return table


def most_changed(table: pd.DataFrame, *, count: int = NAMED) -> pd.DataFrame:
    """The items with the largest change, each with its category that moved most.

    Parameters
    ----------
    table : DataFrame
        Index ``item, category`` with a column ``change``.
    count : int
        How many items to name.

    Returns
    -------
    DataFrame
        Index ``item``; ``category`` and the columns of the table, largest first;
        items nobody answered are left out.

    Notes
    -----
    Items are ordered by max_c |change_c|; of equal ones the first stands first.

    Examples
    --------
    >>> rows = [("q1", "a"), ("q1", "b"), ("q2", "a")]
    >>> index = pd.MultiIndex.from_tuples(rows, names=["item", "category"])
    >>> most_changed(pd.DataFrame({"change": [.1, -.3, .2]}, index=index), count=1)
         category  change
    item
    q1          b    -0.3
    """
    known = table[table["change"].notna()].reset_index("category")
    sizes = -known["change"].abs().to_numpy()
    ordered = known.iloc[sizes.argsort(kind="stable")]
    return ordered[~ordered.index.duplicated()].head(count)
