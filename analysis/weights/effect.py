"""What the weights change in the answers; computes no weight."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.estimates.change import change, distribution
from analysis.estimates.sample import Column


def beside(
    responses: pd.DataFrame, items: Sequence[str], weights: Column
) -> pd.DataFrame:
    """Shares with and without weights, side by side.

    Parameters
    ----------
    responses : DataFrame
        One row per person.
    items : sequence of str
        Items with one column, or with one column per option.
    weights : str or Series
        Column of the weights.

    Returns
    -------
    DataFrame
        Index ``item, category``; ``n``, ``base`` (persons, never weighted),
        ``unweighted``, ``weighted`` and ``change`` (0 … 1). The items that change
        most: `analysis.estimates.most_changed`.

    Notes
    -----
    unweighted n_c / n, weighted Σ_c w / Σ w over the persons who answered.

    References
    ----------
    L. Kish (1990), Weighting: why, when, and how, Proceedings of the Survey
    Research Methods Section, ASA, 121-130: show both.

    Examples
    --------
    >>> table = pd.DataFrame({"q": ["yes", "no"], "w": [3, 1]})
    >>> float(beside(table, ["q"], "w").loc[("q", "yes"), "change"])
    0.25
    """
    plain = distribution(responses, items)
    weighted = distribution(responses, items, weights=weights)
    found = change(plain["share"], weighted["share"], names=("unweighted", "weighted"))
    return plain[["n", "base"]].join(found)
