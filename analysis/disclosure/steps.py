"""What two publications of one survey tell of those who came between. Knows no answer.

Totals of an open survey are shown in steps. Whoever subtracts one step from the next
has a publication about the newcomers, which nobody rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from analysis.disclosure.attack import SMALL
from analysis.disclosure.counts import PARTS, Cell
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import PROTECTED, Released

CELLS = ("share", "first", "ranked")
_TINY = 1e-6

Step = Mapping[Cell | None, int]  # published counts; the base under ``None``


def told_items(
    said: Iterable[Released], earlier: Sequence[pd.DataFrame], policy: Policy
) -> frozenset[str]:
    """Return items of which a difference of 1 to 4 answers has one possible value.

    Parameters
    ----------
    said : iterable of Released
        What would be said of everybody now.
    earlier : sequence of DataFrame
        Figures shown before, in their order.
    policy : Policy
        The rules, which a reader knows.
    """
    reach = policy.thresholds.rounding_base // 2
    found = set()
    for row in said:
        if row.key.variable or row.status == PROTECTED or row.base is None:
            continue
        steps = [_step(figures, row.key.item) for figures in earlier]
        now: dict[Cell | None, int] = {None: row.base}
        for cell, n in row.cells.items():
            now[cell] = n
        steps = [*(step for step in steps if step), now]
        is_told = any(
            _is_told(before, after, reach, is_whole=row.shape.shape == PARTS)
            for before, after in pairwise(steps)
        )
        if is_told:
            found.add(row.key.item)
    return frozenset(found)


def _step(figures: pd.DataFrame, item: str) -> dict[Cell | None, int]:
    rows = figures[
        (figures["item"] == item)
        & (figures["group_variable"].fillna("") == "")
        & figures["statistic"].isin(CELLS)
    ].dropna(subset=["n", "base"])
    found: dict[Cell | None, int] = {
        (str(row.statistic), str(row.category)): int(row.n) for row in rows.itertuples()
    }
    bases = rows["base"].tolist()
    return found | {None: int(bases[0])} if bases else {}


def _is_told(before: Step, after: Step, reach: int, *, is_whole: bool) -> bool:
    """Whether the newcomers of some cell, 1 to 4 of them, can be counted.

    Unknown are the counts before and how many came since; neither is below zero.
    """
    cells = [cell for cell in before if cell in after]
    if len(cells) < 2:
        return False
    size = len(cells)
    both = np.hstack([np.eye(size), np.eye(size)])
    first = np.hstack([np.eye(size), np.zeros((size, size))])
    old = np.array([before[cell] for cell in cells])
    new = np.array([after[cell] for cell in cells])
    matrix = np.vstack([first, -first, both, -both])
    most = np.concatenate([old + reach, reach - old, new + reach, reach - new])
    equal, value = _totals(cells, size, is_whole=is_whole)
    for place, cell in enumerate(cells):
        if cell is None:
            continue
        target = np.zeros(2 * size)
        target[size + place] = 1
        low, high = (
            linprog(way * target, A_ub=matrix, b_ub=most, A_eq=equal, b_eq=value).fun
            for way in (1, -1)
        )
        if low is None or high is None:
            return True  # what contradicts itself is not looked into any further
        least, largest = np.ceil(low - _TINY), np.floor(-high + _TINY)
        if least >= largest and least in SMALL:
            return True
    return False


def _totals(
    cells: Sequence[Cell | None], size: int, *, is_whole: bool
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Of one answer each, the cells add up to the base, before and since."""
    if not is_whole:
        return None, None
    own = np.array([-1.0 if cell is None else 1.0 for cell in cells])
    nothing = np.zeros(size)
    rows = np.array([[*own, *nothing], [*nothing, *own]])
    return rows, np.zeros(2)
