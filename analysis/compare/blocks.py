"""Blocks of comparisons with one correction and one rule; knows no wording.

A group is always compared with the rest, never with a total that contains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.compare.hypotheses import (
    Outcome,
    Table,
    cliffs_delta,
    cramers_v,
    nominal,
    ordinal,
)
from analysis.engine import tabulate
from analysis.estimates.sample import Column, sample_of
from analysis.order import is_mark
from analysis.package import AnalysisError
from analysis.responses import Answers, answers, option_columns
from analysis.settings import item_names

# A difference is worth a sentence when all four are reached: Holm's p below
# .05; |delta| of at least "small" (Romano et al. 2006) or V of at least .10
# (Cohen 1988, small, 1 degree of freedom); thirty persons on both sides.
SIGNIFICANCE = 0.05
MIN_DELTA = 0.147
MIN_V = 0.10
MIN_SIZE = 30
DEFAULT_SEED = 20_250_101

Floats = npt.NDArray[np.float64]


def groups(
    responses: pd.DataFrame,
    items: Sequence[str],
    by: Column,
    *,
    weights: Column | None = None,
    seed: int = DEFAULT_SEED,
) -> pd.DataFrame:
    """Do the groups of ``by`` differ in each item?

    Parameters
    ----------
    responses : DataFrame
        One row per person; scales are ordered categories or numbers. Text, also of
        numbers, has no order here.
    items : sequence of str
        The items of one block; one with a column per option counts as one
        item per option.
    by, weights : str or Series
        Columns of the groups and of the weights.
    seed : int
        Seed of the random tables where counts are small.

    Returns
    -------
    DataFrame
        Index ``item``; columns ``test``, ``statistic``, ``p``, ``p_holm``
        (over the block), ``effect`` (Cliff's delta on scales, else Cramér's
        V), ``effect_name``, ``secured``, ``group``. With more than two groups
        delta is that of ``group``, the one furthest from the rest.

    Notes
    -----
    Scales: Mann and Whitney's U or Kruskal and Wallis' H with delta = P(first
    higher) − P(second higher); other items: χ² = Σ (o − e)² / e with V = √(χ² /
    (n (min(r, c) − 1))), over random tables where an e is below 5 (two by two: over
    all tables). With weights: the Wald test of mean mid-ranks with linearised errors
    on scales, which keeps their order; Rao and Scott's F for other items and for
    options that were chosen or not. Secured: Holm's p
    below .05, |delta| ≥ .147 (V ≥ .10), both effective sizes at least 30.

    References
    ----------
    N. Cliff (1993), Psychological Bulletin 114, 494-509. H. Cramér (1946),
    Mathematical Methods of Statistics, ch. 21. J. N. K. Rao and A. J. Scott (1984),
    Annals of Statistics 12, 46-60. T. Lumley and A. J. Scott (2013), Biometrika 100,
    831-842. S. Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> table = pd.DataFrame({"q": [1, 2] * 40 + [4, 5] * 40})
    >>> table["g"] = ["a"] * 80 + ["b"] * 80
    >>> found = groups(table, ["q"], "g").loc["q"]
    >>> found["test"], float(found["effect"]), bool(found["secured"])
    ('mann_whitney', -1.0, True)
    """
    rng = np.random.default_rng(seed)
    lines, furthest = [], []
    for item, found, table, names in _tables(responses, items, by, weights):
        group, effect, is_large = _largest(found, table)
        if not found.is_ordered:
            effect = cramers_v(table.w)
        outcome = _test(found, table, rng)
        lines.append(_Line(item, "", outcome, effect, found.is_ordered, is_large))
        furthest.append(names[group])
    frame = _frame(lines, pd.Index([line.item for line in lines], name="item"))
    frame["group"] = pd.Series(furthest, index=frame.index, dtype=object)
    return frame


def against_rest(
    responses: pd.DataFrame,
    items: Sequence[str],
    by: Column,
    *,
    weights: Column | None = None,
    seed: int = DEFAULT_SEED,
) -> pd.DataFrame:
    """How does each group differ from all others together, item by item?

    Parameters and columns as in `groups`; the block of Holm's correction is
    the whole table. A positive delta means that the group stands higher.

    Returns
    -------
    DataFrame
        Index ``item, group``.

    Notes
    -----
    As in `groups`, of two rows each: the group, and all who belong to another one.

    References
    ----------
    N. Cliff (1993), Psychological Bulletin 114, 494-509. S. Holm (1979),
    Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> table = pd.DataFrame({"q": [1] * 40 + [2] * 80})
    >>> table["g"] = ["a"] * 40 + ["b", "c"] * 40
    >>> against_rest(table, ["q"], "g")["effect"].round(2).tolist()
    [-1.0, 0.5, 0.5]
    """
    rng = np.random.default_rng(seed)
    lines = []
    for item, found, table, names in _tables(responses, items, by, weights):
        for group, name in enumerate(names):
            pair = table.against(group)
            is_large = bool((pair.sizes >= MIN_SIZE).all())
            outcome, effect = _test(found, pair, rng), _effect(found, pair)
            lines.append(_Line(item, name, outcome, effect, found.is_ordered, is_large))
    index = pd.MultiIndex.from_tuples(
        [(line.item, line.group) for line in lines], names=["item", "group"]
    )
    return _frame(lines, index)


class _Line(NamedTuple):
    """One comparison before the correction over its block."""

    item: str
    group: object
    outcome: Outcome
    effect: float
    is_ordinal: bool
    is_large: bool


def _tables(
    responses: pd.DataFrame,
    items: Sequence[str],
    by: Column,
    weights: Column | None,
) -> Iterator[tuple[str, Answers, Table, tuple[object, ...]]]:
    sample = sample_of(responses, weights=weights)
    group = answers(responses, by)
    if not group.categories:
        message = "Nobody belongs to a group."
        raise AnalysisError(message)
    for item in _expanded(responses, items):
        found = _kind_of(item, answers(responses, item))
        sums = tabulate(
            found.codes,
            len(found.categories),
            groups=group.codes,
            group_count=len(group.categories),
            weights=sample.weights,
        )
        n, w, ww = (cells[0, :-1].astype(float) for cells in (sums.n, sums.w, sums.ww))
        table = Table(n, w, ww, sample.rows, weights is not None)
        yield item, found, table, group.categories


def _kind_of(item: str, found: Answers) -> Answers:
    """An option that was chosen or not is no scale, also where 1 and 0 are numbers."""
    is_plain = is_mark(item, found.categories)
    return replace(found, is_ordered=False) if is_plain else found


def _expanded(responses: pd.DataFrame, items: Sequence[str]) -> Iterator[str]:
    for item in item_names(items):
        if item in responses.columns:
            yield item
        else:
            yield from option_columns(responses, item).values()


def _test(found: Answers, table: Table, rng: np.random.Generator) -> Outcome:
    return ordinal(table) if found.is_ordered else nominal(table, rng)


def _effect(found: Answers, pair: Table) -> float:
    return cliffs_delta(pair.w) if found.is_ordered else cramers_v(pair.w)


def _largest(found: Answers, table: Table) -> tuple[int, float, bool]:
    """The group furthest from the rest, among the large ones when there are any."""
    pairs = [table.against(group) for group in range(len(table.w))]
    if len(pairs) == 2:
        pairs[1] = pairs[0]
    sizes = np.array([pair.sizes.min() for pair in pairs])
    effects = np.array([_effect(found, pair) for pair in pairs])
    are_large = sizes >= MIN_SIZE
    weight = np.nan_to_num(np.abs(effects), nan=-1.0) + 2 * are_large
    place = int(weight.argmax())
    return place, float(effects[place]), bool(are_large[place])


def _frame(lines: Sequence[_Line], index: pd.Index) -> pd.DataFrame:
    outcomes = [line.outcome for line in lines]
    effect = np.array([line.effect for line in lines], dtype=np.float64)
    is_ordinal = np.array([line.is_ordinal for line in lines], dtype=bool)
    is_large = np.array([line.is_large for line in lines], dtype=bool)
    p = np.array([outcome.p for outcome in outcomes], dtype=np.float64)
    adjusted = holm(p)
    floor = np.where(is_ordinal, MIN_DELTA, MIN_V)
    data = {
        "test": [outcome.test for outcome in outcomes],
        "statistic": [outcome.statistic for outcome in outcomes],
        "p": p,
        "p_holm": adjusted,
        "effect": effect,
        "effect_name": np.where(is_ordinal, "cliffs_delta", "cramers_v"),
        "secured": (adjusted < SIGNIFICANCE) & (np.abs(effect) >= floor) & is_large,
    }
    return pd.DataFrame(data, index=index)


def holm(p: Floats) -> Floats:
    """Holm's step-down p; tests that could not be made (NaN) do not count.

    References
    ----------
    S. Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    adjusted = np.full(len(p), np.nan)
    made = np.isfinite(p)
    if made.any():
        known = p[made]
        order = np.argsort(known, kind="stable")
        # multipletests of statsmodels says the same, but collects the garbage of
        # the whole program each time, which takes longer than all the rest.
        steps = known[order] * np.arange(len(known), 0, -1)
        climbing = np.minimum(np.maximum.accumulate(steps), 1.0)
        places = np.empty(len(known))
        places[order] = climbing
        adjusted[made] = places
    return adjusted
