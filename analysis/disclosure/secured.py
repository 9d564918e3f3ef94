"""Differences that hold for every count behind the published ones. Must not know one.

A difference between a group and the rest is tested on the least favourable of all
tables that round to the published one. So it is true of the real answers, whatever they
were, and tells a reader nothing that the published figures do not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.compare import holm
from analysis.disclosure.counts import PARTS, Cell
from analysis.disclosure.policy import Thresholds
from analysis.disclosure.protected import Secured
from analysis.disclosure.released import OPEN, Released

Floats = npt.NDArray[np.float64]
Limits = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Box:
    """Published counts of a group, or of several, and how far they may lie off.

    ``reach`` is the largest distance of one count, and of the base, from what is
    published.
    """

    counts: Floats
    base: int
    reach: int

    @property
    def low(self) -> Floats:
        """Smallest possible counts."""
        return np.maximum(self.counts - self.reach, 0)

    @property
    def high(self) -> Floats:
        """Largest possible counts."""
        return self.counts + self.reach

    def turned(self) -> Box:
        """Return the same with the categories in the opposite order."""
        return replace(self, counts=self.counts[::-1])

    @property
    def least(self) -> int:
        """Smallest possible base."""
        return self.base - self.reach

    @property
    def most(self) -> int:
        """Largest possible base."""
        return self.base + self.reach


@dataclass(frozen=True, slots=True)
class Tried:
    """One comparison: what would be said, and whether it is large enough."""

    found: Secured
    is_large: bool


def secured(rows: Sequence[Released], thresholds: Thresholds) -> list[Secured]:
    """Return the differences between groups and the rest that may be said.

    Parameters
    ----------
    rows : sequence of Released
        All rows of one group variable: every item, every group. Holm's adjustment
        goes over all comparisons they allow.
    thresholds : Thresholds
        What counts as sure and as large.
    """
    items: dict[str, list[Released]] = {}
    for said in rows:
        if said.status == OPEN and not said.shape.apart:
            items.setdefault(said.key.item, []).append(said)
    tried = [
        found
        for groups in items.values()
        for said in groups
        for found in _compare(said, groups, thresholds)
    ]
    if not tried:
        return []
    adjusted = holm(np.array([each.found.p_holm for each in tried]))
    return [
        replace(each.found, p_holm=float(p))
        for each, p in zip(tried, adjusted, strict=True)
        if p < thresholds.difference_p and each.is_large
    ]


def _compare(
    said: Released, groups: Sequence[Released], thresholds: Thresholds
) -> Iterator[Tried]:
    rest = [other for other in groups if other is not said]
    if said.shape.scale:
        cells: list[Cell] = [("share", code) for code in said.shape.scale]
        own, others = _boxes(said, rest, cells, thresholds)
        if _is_enough(own, others, thresholds):
            yield _ordered(said, own, others, thresholds)
    elif said.shape.shape == PARTS:
        own, others = _boxes(said, rest, list(said.shape.cells), thresholds)
        if _is_enough(own, others, thresholds):
            yield _unordered(said, own, others, thresholds)
    else:
        yield from _options(said, rest, thresholds)


def _boxes(
    said: Released,
    rest: Sequence[Released],
    cells: Sequence[Cell],
    thresholds: Thresholds,
) -> tuple[Box, Box]:
    """Return the published counts of a group and of all other shown groups."""
    reach = thresholds.rounding_base // 2

    def box(rows: Sequence[Released]) -> Box:
        counts = [sum(row.cells.get(cell, 0) for row in rows) for cell in cells]
        base = sum(row.base or 0 for row in rows)
        return Box(np.array(counts, dtype=np.float64), base, reach * len(rows))

    return box([said]), box(rest)


def _is_enough(own: Box, others: Box, thresholds: Thresholds) -> bool:
    return min(own.least, others.least) >= thresholds.difference_base


def _ordered(said: Released, own: Box, others: Box, thresholds: Thresholds) -> Tried:
    """Mann-Whitney test and Cliff's delta of a scale, favourable end first."""
    effect = cliffs_delta(own.counts, others.counts)
    ahead, behind = (own, others) if effect >= 0 else (others, own)
    least = cliffs_delta(_furthest_back(ahead), _furthest_back(behind.turned())[::-1])
    p = _mann_whitney(least, own.least, others.least, own.low + others.low)
    found = Secured(
        said.key.item,
        said.key.group,
        round(effect, 3),
        p,
        group_variable=said.key.variable,
    )
    return Tried(found, least >= thresholds.difference_delta)


def _furthest_back(box: Box) -> Floats:
    """Return shares that lie at least as far back as those of any possible counts."""
    room = box.high - box.low
    tails = [np.zeros_like(room)]
    for total in range(box.least, box.most + 1):
        left = max(total - box.low.sum(), 0)
        behind = np.append(np.cumsum(room[::-1])[-2::-1], 0)
        counts = box.low + np.clip(left - behind, 0, room)
        if abs(counts.sum() - total) < 0.5:
            tails.append(np.cumsum(counts[::-1])[::-1] / total)
    tail = np.append(np.max(tails, axis=0), 0)
    shares: Floats = tail[:-1] - tail[1:]
    return shares


def cliffs_delta(first: Floats, second: Floats) -> float:
    """Return how much more often the first is nearer the front, -1 to 1.

    P(first before second) - P(second before first) for two tables of counts, or of
    shares, over the same ordered categories.
    """
    sizes = first.sum() * second.sum()
    if not sizes:
        return 0.0
    behind = second.sum() - np.cumsum(second)
    before = np.cumsum(second) - second
    return float((first * (behind - before)).sum() / sizes)


def _mann_whitney(delta: float, people: int, rest: int, ties: Floats) -> float:
    """Two-sided p of the test that belongs to a delta, 1 where the sign is lost.

    ``ties`` are counts that are certainly tied; more ties make the variance smaller.
    """
    if delta <= 0:
        return 1.0
    total = people + rest
    tied = float((ties**3 - ties).clip(min=0).sum()) / (total * (total - 1))
    deviation = np.sqrt(people * rest / 12 * (total + 1 - tied))
    # Half a person of continuity correction, as programs for statistics do.
    distance = max(delta * people * rest / 2 - 0.5, 0)
    return float(2 * stats.norm.sf(distance / deviation))


def _unordered(said: Released, own: Box, others: Box, thresholds: Thresholds) -> Tried:
    """Chi-square test and Cramer's V of answers without an order."""
    limits = _share_limits(own), _share_limits(others)
    expected = _expected(own, others)
    p, v = _chi_square(own, others, limits, expected >= thresholds.expected_count)
    found = Secured(
        said.key.item,
        said.key.group,
        round(_cramers_v(own, others), 3),
        p,
        group_variable=said.key.variable,
        effect_name="V",
    )
    return Tried(found, v >= thresholds.difference_v)


def _options(
    said: Released, rest: Sequence[Released], thresholds: Thresholds
) -> Iterator[Tried]:
    """Compare each option of several, or how often each was ranked."""
    for cell in said.shape.cells:
        if cell[0] == "first" or any(cell not in row.cells for row in (said, *rest)):
            continue
        own, others = _boxes(said, rest, [cell], thresholds)
        if _is_enough(own, others, thresholds):
            yield _option(said, cell, (own, others), thresholds)


def _option(
    said: Released, cell: Cell, boxes: tuple[Box, Box], thresholds: Thresholds
) -> Tried:
    """Chi-square test and V of those who chose an option against those who did not."""
    own, others = boxes
    limits = _and_not(_share_limits(own)), _and_not(_share_limits(others))
    chosen = _expected(own, others)[0]
    usable = min(chosen, min(own.base, others.base) - chosen)
    is_used = np.array([usable >= thresholds.expected_count] * 2)
    p, v = _chi_square(own, others, limits, is_used)
    effect = own.counts[0] / own.base - others.counts[0] / others.base
    found = Secured(
        said.key.item,
        said.key.group,
        round(float(effect), 3),
        p,
        group_variable=said.key.variable,
        category=cell[1],
        effect_name="difference",
    )
    return Tried(found, v >= thresholds.difference_v)


def _and_not(limits: Limits) -> Limits:
    low, high = limits
    return np.append(low, 1 - high), np.append(high, 1 - low)


def _share_limits(box: Box) -> Limits:
    """Return smallest and largest possible share of each category."""
    return box.low / box.most, (box.high / box.least).clip(max=1)


def _expected(own: Box, others: Box) -> Floats:
    """Return the published counts to expect in the smaller of both groups."""
    pooled: Floats = (own.counts + others.counts) / (own.base + others.base)
    return pooled * min(own.base, others.base)


def _chi_square(
    own: Box,
    others: Box,
    limits: tuple[Limits, Limits],
    is_used: npt.NDArray[np.bool_],
) -> tuple[float, float]:
    """Return the largest possible p and the smallest possible V.

    The shares of each category are moved towards each other as far as rounding
    allows. Categories too rare for the test count as equal.
    """
    (low, high), (rest_low, rest_high) = limits
    gaps = np.maximum(np.maximum(low - rest_high, rest_low - high), 0) * is_used
    weights = (
        own.least / (own.least + others.most),
        own.most / (own.most + others.least),
    )
    pooled = np.max([w * high + (1 - w) * rest_high for w in weights], axis=0)
    harmonic = own.least * others.least / (own.least + others.least)
    terms = np.divide(gaps**2, pooled, out=np.zeros_like(gaps), where=pooled > 0)
    statistic = float(terms.sum() * harmonic)
    p = float(stats.chi2.sf(statistic, len(gaps) - 1))
    return p, float(np.sqrt(statistic / (own.most + others.most)))


def _cramers_v(own: Box, others: Box) -> float:
    """Return V of the published counts."""
    table = np.stack([own.counts, others.counts])
    table = table[:, table.sum(axis=0) > 0]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = ((table - expected) ** 2 / expected).sum()
    return float(np.sqrt(statistic / table.sum()))
