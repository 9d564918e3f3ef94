"""Tests of one table of groups × categories, from its sums; knows no names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.engine import ratio

Floats = npt.NDArray[np.float64]
# Cochran's rule: below it the chi-squared distribution is not to be trusted.
MIN_EXPECTED = 5
PERMUTATIONS = 9_999


class Outcome(NamedTuple):
    """A test: its name, its statistic and its p; NaN where nothing can be told."""

    test: str
    statistic: float
    p: float


@dataclass(frozen=True, slots=True)
class Table:
    """Sums of groups × categories.

    ``rows`` counts the persons of the design, also those who gave no answer.
    """

    n: Floats
    w: Floats
    ww: Floats
    rows: int
    is_weighted: bool

    def against(self, group: int) -> Table:
        """Two rows: one group, and everybody else who belongs to a group."""
        parts = []
        for cells in (self.n, self.w, self.ww):
            rest = np.delete(cells, group, axis=0).sum(axis=0)
            parts.append(np.stack([cells[group], rest]))
        n, w, ww = parts
        return replace(self, n=n, w=w, ww=ww)

    @property
    def sizes(self) -> Floats:
        """Kish's effective size of each group: (Σw)² / Σw²."""
        squares = self.ww.sum(axis=1)
        return ratio(self.w.sum(axis=1) ** 2, squares, empty=0.0)


def ordinal(table: Table) -> Outcome:
    """Do answers on a scale tend to be higher in one group than in another?

    Two groups: Mann-Whitney's U of the first (normal approximation, corrected
    for ties and continuity); more: Kruskal and Wallis' H; with weights the
    design-based rank test (F).

    References
    ----------
    W. H. Kruskal and W. A. Wallis (1952), JASA 47, 583-621. T. Lumley and
    A. J. Scott (2013), Biometrika 100, 831-842.
    """
    cells = table.w[table.w.sum(axis=1) > 0]
    if table.is_weighted:
        return _weighted_ranks(table)
    name = "mann_whitney" if len(cells) <= 2 else "kruskal"
    if len(cells) < 2 or np.count_nonzero(cells.sum(axis=0)) < 2:
        return Outcome(name, np.nan, np.nan)
    return _mann_whitney(cells) if len(cells) == 2 else _kruskal(cells)


def _mid_ranks(cells: Floats) -> Floats:
    """Mean rank of each category when all answers are ranked together."""
    total = cells.sum(axis=0)
    ranks: Floats = np.cumsum(total) - total / 2 + 0.5
    return ranks


def _ties(cells: Floats) -> float:
    total = cells.sum(axis=0)
    n = total.sum()
    return float(1 - (total**3 - total).sum() / (n**3 - n))


def _mann_whitney(cells: Floats) -> Outcome:
    first, second = cells.sum(axis=1)
    u = float(cells[0] @ _mid_ranks(cells) - first * (first + 1) / 2)
    variance = first * second * (first + second + 1) / 12 * _ties(cells)
    distance = max(abs(u - first * second / 2) - 0.5, 0.0)
    p = 2 * stats.norm.sf(distance / np.sqrt(variance))
    return Outcome("mann_whitney", u, float(min(p, 1.0)))


def _kruskal(cells: Floats) -> Outcome:
    size = cells.sum(axis=1)
    n = size.sum()
    ranks = cells @ _mid_ranks(cells)
    h = 12 / (n * (n + 1)) * (ranks**2 / size).sum() - 3 * (n + 1)
    h /= _ties(cells)
    return Outcome("kruskal", float(h), float(stats.chi2.sf(h, len(size) - 1)))


def _weighted_ranks(table: Table) -> Outcome:
    """Wald test of the mean rank scores, whose errors are linearised."""
    used = table.w.sum(axis=1) > 0
    w, ww = table.w[used], table.ww[used]
    groups, n = len(w), table.n[used].sum()
    beyond = n - groups
    if groups < 2 or beyond < 1 or np.count_nonzero(w.sum(axis=0)) < 2:
        return Outcome("weighted_ranks", np.nan, np.nan)
    scores = (_mid_ranks(w) - 0.5) / w.sum()
    size = w.sum(axis=1)
    means = w @ scores / size
    errors = (ww * (scores - means[:, None]) ** 2).sum(axis=1) / size**2
    errors *= table.rows / (table.rows - 1)
    # A group that is of one mind has no error; the floor keeps the sum finite.
    errors = np.maximum(errors, 1e-12)
    centre = np.average(means, weights=1 / errors)
    statistic = float(((means - centre) ** 2 / errors).sum() / (groups - 1))
    p = float(stats.f.sf(statistic, groups - 1, beyond))
    return Outcome("weighted_ranks", statistic, p)


def nominal(table: Table, rng: np.random.Generator) -> Outcome:
    """Are answers distributed differently in the groups?

    Chi-squared; where an expected count is below 5, the same statistic over
    9,999 random tables with the same margins (of two by two counts over all there
    are); with weights Rao and Scott's second-order correction (F).

    References
    ----------
    J. N. K. Rao and A. J. Scott (1984), Annals of Statistics 12, 46-60.
    W. M. Patefield (1981), Applied Statistics 30, 91-97 (random tables).
    """
    name = "rao_scott" if table.is_weighted else "chi2"
    kept = np.ix_(table.w.sum(axis=1) > 0, table.w.sum(axis=0) > 0)
    w = table.w[kept]
    if min(w.shape) < 2:
        return Outcome(name, np.nan, np.nan)
    if table.is_weighted:
        return _rao_scott(w, table.ww[kept], table)
    expected = _expected(w)
    statistic = float(((w - expected) ** 2 / expected).sum())
    if expected.min() < MIN_EXPECTED and w.shape == (2, 2):
        return Outcome("permutation", statistic, _every_table(w, expected))
    if expected.min() < MIN_EXPECTED:
        return _permuted(w, statistic, expected, rng)
    freedom = (w.shape[0] - 1) * (w.shape[1] - 1)
    return Outcome("chi2", statistic, float(stats.chi2.sf(statistic, freedom)))


def _expected(cells: Floats) -> Floats:
    expected: Floats = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    return expected


def _every_table(cells: Floats, expected: Floats) -> float:
    """Share of all permutations of two by two counts that are as far from even."""
    n, first, column = cells.sum(), cells[0].sum(), cells[:, 0].sum()
    possible = np.arange(max(0.0, first + column - n), min(first, column) + 1)
    away = abs(cells[0, 0] - expected[0, 0]) * (1 - 1e-9)
    reached = possible[np.abs(possible - expected[0, 0]) >= away]
    return float(min(stats.hypergeom.pmf(reached, n, column, first).sum(), 1.0))


def _permuted(
    cells: Floats, statistic: float, expected: Floats, rng: np.random.Generator
) -> Outcome:
    margins = cells.sum(axis=1).astype(int), cells.sum(axis=0).astype(int)
    drawn = stats.random_table(*margins).rvs(PERMUTATIONS, random_state=rng)
    reached = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    at_least = np.count_nonzero(reached >= statistic * (1 - 1e-9))
    return Outcome("permutation", statistic, (at_least + 1) / (PERMUTATIONS + 1))


def _rao_scott(w: Floats, ww: Floats, table: Table) -> Outcome:
    n, rows = table.n.sum(), table.rows
    share = w / w.sum()
    expected = _expected(share)
    # weights far apart can leave an expected share too small to be a number
    pearson = n * float(ratio((share - expected) ** 2, expected, empty=0.0).sum())
    p, squares = share.ravel(), ww.ravel() / w.sum() ** 2
    spread = np.diag(squares) - np.outer(p, squares) - np.outer(squares, p)
    spread += np.outer(p, p) * squares.sum()
    spread *= rows / (rows - 1)
    contrast = _interaction(w.shape)
    inverse = ratio(1.0, p, empty=0.0)
    simple = contrast.T @ (inverse[:, None] * contrast) / n
    actual = contrast.T @ ((inverse[:, None] * spread * inverse) @ contrast)
    # Empty cells can leave fewer directions than contrasts.
    effects = np.linalg.pinv(simple, hermitian=True) @ actual
    trace = float(np.trace(effects))
    if trace <= 1e-12:
        # Only groups that share no answer at all leave nothing to chance.
        return Outcome("rao_scott", np.inf, 0.0)
    freedom = trace**2 / float(np.trace(effects @ effects))
    statistic = pearson / trace
    p_value = float(stats.f.sf(statistic, freedom, freedom * (rows - 1)))
    return Outcome("rao_scott", statistic, p_value)


def _interaction(shape: tuple[int, ...]) -> Floats:
    """What is left of the cells once rows and columns are taken out."""
    rows, columns = (_contrasts(size) for size in shape)
    return np.asarray(np.kron(rows, columns), dtype=np.float64)


def _contrasts(size: int) -> Floats:
    return np.asarray(np.eye(size)[:, 1:] - 1 / size, dtype=np.float64)


def cliffs_delta(cells: Floats) -> float:
    """P(first higher) − P(second higher) for two rows of a table.

    References
    ----------
    N. Cliff (1993), Psychological Bulletin 114, 494-509.

    Examples
    --------
    >>> cliffs_delta(np.array([[0.0, 10.0], [10.0, 0.0]]))
    1.0
    """
    total = cells.sum(axis=1)
    if not total.all():
        return float("nan")
    first, second = cells / total[:, None]
    below = np.cumsum(second) - second
    above = 1 - np.cumsum(second)
    return float(np.clip(first @ below - first @ above, -1, 1))


def cramers_v(cells: Floats) -> float:
    """Cramér's V of a table: 0 no connection, 1 one decides the other.

    References
    ----------
    H. Cramér (1946), Mathematical Methods of Statistics, ch. 21.

    Examples
    --------
    >>> cramers_v(np.array([[10.0, 0.0], [0.0, 10.0]]))
    1.0
    """
    kept = cells[np.ix_(cells.sum(axis=1) > 0, cells.sum(axis=0) > 0)]
    if not kept.size or min(kept.shape) < 2:
        return float("nan")
    expected = _expected(kept)
    phi = ((kept - expected) ** 2 / expected).sum() / kept.sum()
    return float(np.sqrt(phi / (min(kept.shape) - 1)))
