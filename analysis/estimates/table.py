"""Shares of every category with their errors; knows no kind of question.

Must never filter persons away before the variance: a group is a domain, whose
other members count as zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.engine import Sums, cluster_sums, ratio, tabulate
from analysis.estimates.intervals import effective_size, interval, of_share
from analysis.estimates.sample import Column, Population, Sample, sample_of
from analysis.responses import Answers, answers

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
EVERYBODY = ""
COLUMNS = ("n", "base", "share", "se", "low", "high", "df")
# From this fraction on, the exact interval stands beside Wilson's.
EXACT_FROM = 0.2


def shares(
    responses: pd.DataFrame,
    item: Column,
    *,
    by: Column | None = None,
    weights: Column | None = None,
    strata: Column | None = None,
    clusters: Column | None = None,
    population: Population = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Share of every category of an item, for everybody and for each group.

    Parameters
    ----------
    responses : DataFrame
        One row per person; missing answers are NA or the five codes.
    item, by : str or Series
        Column of the item and of the groups.
    weights, strata, clusters : str or Series, optional
        Columns of the design.
    population : int or mapping, optional
        N, or N per stratum.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``group, category`` (group "" is everybody); columns ``n``
        (persons), ``base`` (persons with an answer), ``share``, ``se``,
        ``low``, ``high`` (0 … 1), ``df``. When more than a fifth of a known
        population answered, also ``exact_low``, ``exact_high``.

    Notes
    -----
    Without weights: Wilson's interval on n (N − 1) / (N − n); a group is taken
    to be the same part of the population as of the persons who answered.
    With weights, strata or clusters: p = Σwz / Σw, u = w(z − p) / Σw (0 outside
    the group), Var p = Σ_h (1 − f_h) n_h / (n_h − 1) Σ (u − ū_h)², interval of
    Korn and Graubard on p(1 − p) / Var p · (t_{n−1} / t_df)², at most n; where
    everybody agrees, on n / deff_Kish = (Σw)² / Σw². With a population n and n /
    deff stand for n / (1 − f), 1 − f = Σ_h (1 − f_h) w² / Σ w² of the group, as
    Wilson's n does: a simple sample of the same persons is the limit. The
    population always counts persons; f_h is the part of them in the table, also
    where clusters were drawn. Without weights, a population per stratum gives
    everybody N_h / n_h. A stratum with a single unit is centred at the mean of
    all. `se` counts everybody of the table as drawn, also who gave no answer. One
    N for unequal weights takes f as that of an equal selection, as R does; where
    much of the population answered that is too precise by deff (1 − f) / (deff − f),
    and a population per stratum is not.

    References
    ----------
    T. Lumley (2010), Complex Surveys, ch. 2. E. L. Korn and B. I. Graubard
    (1998), Survey Methodology 24, 193-201.

    Examples
    --------
    >>> table = pd.DataFrame({"q": ["yes"] * 12 + ["no"] * 48 + ["-3"]})
    >>> shares(table, "q").loc[("", "yes"), ["n", "base", "share"]].tolist()
    [12.0, 60.0, 0.2]
    """
    sample = sample_of(
        responses,
        weights=weights,
        strata=strata,
        clusters=clusters,
        population=population,
    )
    found = answers(responses, item)
    groups = grouping(responses, by)
    estimate = estimate_shares(
        found.codes, len(found.categories), sample, groups, confidence=confidence
    )
    labels = pd.MultiIndex.from_tuples(
        [(g, c) for g in groups.names for c in found.categories],
        names=["group", "category"],
    )
    return estimate.frame(labels)


@dataclass(frozen=True, slots=True)
class Groups:
    """Group of each person; the first name, "", stands for everybody."""

    codes: Codes | None
    names: tuple[object, ...]


def grouping(responses: pd.DataFrame, by: Column | None) -> Groups:
    """The groups of a table: everybody, then each category of ``by``."""
    if by is None:
        return Groups(None, (EVERYBODY,))
    found: Answers = answers(responses, by)
    return Groups(found.codes, (EVERYBODY, *found.categories))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Arrays of groups × categories; the first group is everybody."""

    n: Floats
    base: Floats
    share: Floats
    se: Floats
    low: Floats
    high: Floats
    df: Floats
    exact: tuple[Floats, Floats] | None = None

    def frame(
        self, index: pd.Index, category: int | slice = slice(None)
    ) -> pd.DataFrame:
        """The arrays as a table; ``category`` picks one of the categories."""
        columns = {name: getattr(self, name) for name in COLUMNS}
        if self.exact is not None:
            columns["exact_low"], columns["exact_high"] = self.exact
        data = {
            name: np.broadcast_to(values, self.n.shape)[:, category].ravel()
            for name, values in columns.items()
        }
        table = pd.DataFrame(data, index=index)
        return table.astype({"n": "int64", "base": "int64"})


def estimate_shares(
    codes: Codes,
    categories: int,
    sample: Sample,
    groups: Groups,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """Shares, errors and intervals of groups × categories."""
    sums = tabulate(
        codes,
        categories,
        groups=groups.codes,
        group_count=len(groups.names) - 1,
        strata=sample.strata,
        strata_count=sample.strata_count,
        weights=sample.weights,
    )
    n, w, ww = map(_with_everybody, (sums.n.astype(float), sums.w, sums.ww))
    count, base = n.sum(axis=0), n.sum(axis=(0, 2))[:, None]
    total = w.sum(axis=(0, 2))[:, None]
    share = ratio(w.sum(axis=0), total)
    # Sums in another order may leave a share that is all but 1.
    share = np.where(np.abs(share - 1) < 1e-12, 1.0, share)
    squares = None
    if sample.clusters is not None:
        squares = _cluster_squares(codes, categories, sample, groups, share)
    variance = _variance(w, ww, share, total, sample, sums, squares)
    df = _degrees(n, codes, sample, groups)
    parts = (count, base, share, np.sqrt(variance))
    if sample.is_simple:
        limits = _wilson(count, base, sample, confidence)
        return Estimate(*parts, *limits, df, _exact(count, base, sample, confidence))
    size = _Size(base, *_kish(total, ww, sample))
    limits = _korn_graubard(share, variance, size, df, confidence)
    return Estimate(*parts, *limits, df)


def _with_everybody(cells: Floats) -> Floats:
    """Put the sum over all groups first; drop the slot of persons without one."""
    return np.concatenate([cells.sum(axis=1, keepdims=True), cells[:, :-1]], axis=1)


def _variance(
    w: Floats,
    ww: Floats,
    share: Floats,
    total: Floats,
    sample: Sample,
    sums: Sums,
    squares: Floats | None,
) -> Floats:
    """Taylor variance from sums: strata × groups × categories collapse."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (w - share * w.sum(axis=2, keepdims=True)) / total
        if squares is None:
            others = ww.sum(axis=2, keepdims=True) - ww
            units = sums.size.astype(float)
            second = (ww * (1 - share) ** 2 + others * share**2) / total**2
        else:
            units = _units(sample).astype(float)
            second = squares / total**2
        centred = second - first**2 / np.maximum(units, 1)[:, None, None]
        scale = units / (units - 1)
    lonely = units == 1
    spread = np.where(lonely[:, None, None], second, centred)
    factor = (1 - sample.fraction) * np.where(lonely | (units == 0), 1, scale)
    variance: Floats = np.maximum((factor[:, None, None] * spread).sum(axis=0), 0)
    if squares is not None and units.sum() == 1:
        # People of one cluster differ, and nothing tells how clusters do.
        return np.where((share > 0) & (share < 1), np.nan, variance)
    return variance


def _units(sample: Sample) -> npt.NDArray[np.int64]:
    """Clusters of each stratum."""
    return np.bincount(_stratum_of_cluster(sample), minlength=sample.strata_count)


def _stratum_of_cluster(sample: Sample) -> Codes:
    strata = np.zeros(sample.cluster_count, dtype=np.intp)
    if sample.strata is not None and sample.clusters is not None:
        strata[sample.clusters] = sample.strata
    return strata


def _cluster_squares(
    codes: Codes, categories: int, sample: Sample, groups: Groups, share: Floats
) -> Floats:
    """Σ over the clusters of a stratum of (Σ w(z − p))²."""
    if sample.clusters is None:  # pragma: no cover - asked only with clusters
        raise AssertionError
    sums = _with_everybody(
        cluster_sums(
            codes,
            categories,
            sample.clusters,
            sample.cluster_count,
            groups=groups.codes,
            group_count=len(groups.names) - 1,
            weights=sample.weights,
        )
    )
    scores = (sums - np.nan_to_num(share) * sums.sum(axis=2, keepdims=True)) ** 2
    squares = np.zeros((sample.strata_count, *share.shape))
    np.add.at(squares, _stratum_of_cluster(sample), scores)
    return squares


def _degrees(n: Floats, codes: Codes, sample: Sample, groups: Groups) -> Floats:
    """Units minus strata among the persons of the group who answered.

    Whoever has the weight 0 is no unit: nothing of them enters the error.
    """
    counts = codes >= 0
    if sample.weights is not None:
        counts &= sample.weights > 0
        n = _persons(np.where(counts, codes, -1), n.shape[-1], sample, groups)
    used = (n.sum(axis=2) > 0).sum(axis=0)
    units = n.sum(axis=(0, 2))
    if sample.clusters is not None:
        counted = tabulate(
            np.where(counts, 0, -1),
            1,
            groups=groups.codes,
            group_count=len(groups.names) - 1,
            strata=sample.clusters,
            strata_count=sample.cluster_count,
        )
        present = _with_everybody(counted.w)[..., 0] > 0
        units = present.sum(axis=0).astype(float)
    df: Floats = np.maximum(units - used, 0.0)
    return df[:, None]


def _persons(codes: Codes, categories: int, sample: Sample, groups: Groups) -> Floats:
    sums = tabulate(
        codes,
        categories,
        groups=groups.codes,
        group_count=len(groups.names) - 1,
        strata=sample.strata,
        strata_count=sample.strata_count,
    )
    return _with_everybody(sums.n.astype(float))


def _part(base: Floats, sample: Sample) -> Floats | None:
    """Population of each group, in proportion to the persons who answered."""
    if sample.population is None:
        return None
    everybody = max(float(base[0, 0]), 1.0)
    return sample.population * base / everybody


def _wilson(
    count: Floats, base: Floats, sample: Sample, confidence: float
) -> tuple[Floats, Floats]:
    n_eff = effective_size(base, _part(base, sample))
    return of_share(ratio(count, base), n_eff, method="wilson", confidence=confidence)


def _exact(
    count: Floats, base: Floats, sample: Sample, confidence: float
) -> tuple[Floats, Floats] | None:
    part = _part(base, sample)
    if part is None or base[0, 0] <= EXACT_FROM * float(sample.population or 0):
        return None
    whole = np.maximum(np.round(part), base)
    return interval(
        count,
        np.broadcast_to(base, count.shape),
        population=whole,
        method="hypergeometric",
        confidence=confidence,
    )


class _Size(NamedTuple):
    """Persons of each group, Kish's effective size, and the part not in the table."""

    base: Floats
    kish: Floats
    left: Floats


def _kish(total: Floats, ww: Floats, sample: Sample) -> tuple[Floats, Floats]:
    """(Σw)² / Σw², and of Σw² what is left once strata known in part are taken out."""
    squares = ww.sum(axis=2)
    every = squares.sum(axis=0)
    left = ((1 - sample.fraction)[:, None] * squares).sum(axis=0)
    return (
        ratio(total**2, every[:, None], empty=0.0),
        ratio(left, every, empty=1.0)[:, None],
    )


def _korn_graubard(
    share: Floats, variance: Floats, size: _Size, df: Floats, confidence: float
) -> tuple[Floats, Floats]:
    tail = (1 + confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = share * (1 - share) / variance
        wider = stats.t.ppf(tail, size.base - 1) / stats.t.ppf(tail, df)
        found = np.where(df > 0, found * wider**2, 0.0)
    found = np.fmin(found, ratio(size.base, size.left, empty=np.inf))
    agreed = np.where(size.kish > 0, ratio(size.kish, size.left, empty=np.inf), 0.0)
    is_mixed = (share > 0) & (share < 1)
    found = np.where(is_mixed, found, agreed)
    return of_share(share, found, method="beta", confidence=confidence)
