"""Quartiles of the points that people gave. Must not know what one person gave.

Means and sums stay inside: of few who gave something one large gift could be told by
subtraction. A quartile only says that a quarter of many people gave at most so much.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.disclosure.figures import FEW, Sheet, Values, is_uncertain
from analysis.disclosure.released import PROTECTED, Released
from analysis.estimates import points

LOW, MIDDLE, HIGH = "points_low", "points_middle", "points_high"
# People give large budgets in round numbers; finer ones would be theirs alone.
LARGE_BUDGET, LARGE_STEP = 50, 5
Quartiles = Mapping[str, tuple[int, int, int]]


def quartiles(responses: pd.DataFrame, item: str) -> Quartiles:
    """Return lower quartile, median and upper quartile of every option.

    Examples
    --------
    >>> table = pd.DataFrame({"q__a": [2, 3, 9, 9], "q__b": [8, 7, 1, 1]})
    >>> quartiles(table, "q")["a"]
    (2, 3, 9)
    """
    found = points(responses, item, resamples=1)
    people = int(found["n"].iloc[0])
    if not people:
        return {}
    is_large = found["sum"].sum() >= LARGE_BUDGET * people
    step = LARGE_STEP if is_large else 1
    values = step * (found[["lower", "median", "upper"]] / step).round().astype("int64")
    return {
        str(option): (int(low), int(middle), int(high))
        for option, low, middle, high in values.itertuples(name=None)
    }


def add_quartiles(sheet: Sheet, said: Released, found: Quartiles) -> None:
    """Add the quartiles of every option, where percentages of it may be said."""
    sign = PROTECTED if said.base is None else FEW
    is_said = not is_uncertain(said, sheet.frame)
    for _, option in said.shape.cells:
        values = found.get(option) if is_said else None
        for place, statistic in enumerate((LOW, MIDDLE, HIGH)):
            figures: Values = {"sign": sign}
            if values is not None:
                figures = {"share": float(values[place]), "base": said.base}
            sheet.add(statistic, item=said.key.item, category=option, **figures)
