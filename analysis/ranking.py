"""Orders from ranked ballots, with what chance would change; knows no question.

Must not break a tie: what the ballots leave equal stays equal.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.design import statements
from analysis.package import AnalysisError
from analysis.settings import check_resampling

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

COLUMNS = frozenset({"ballot", "count", "alternative", "rank"})
# Share of resamples in which an alternative must be among the first ones.
SURE, POSSIBLE = 0.90, 0.50
# Their names, where a design allows certainty and where only stability can be told.
CLASSES = {False: ("sure", "possible"), True: ("stable", "changeable")}
# Bytes that one batch of resampled tables may take.
BATCH = 1 << 26


def schulze(ballots: pd.DataFrame) -> pd.DataFrame:
    """Order by Schulze's method with winning votes.

    Parameters
    ----------
    ballots : DataFrame
        Columns ``ballot``, ``count`` (how many cast it), ``alternative``,
        ``rank`` (1 is best; equal: tie; NA or no row: below all ranked ones).

    Returns
    -------
    DataFrame
        Index ``alternative``; ``rank`` (1 + how many beat it; ties share it) and
        ``beats`` (how many others it beats), best first.

    Notes
    -----
    d(a, b) counts the voters who put a above b. A path from a to b is as
    strong as its weakest link, where a link counts d when it is won and 0
    when not. a beats b when its strongest path to b is stronger than the one
    back.

    References
    ----------
    M. Schulze (2011), Social Choice and Welfare 36, 267-303.

    Examples
    --------
    >>> table = pd.DataFrame({"ballot": [1, 1, 2, 2], "count": [3, 3, 2, 2],
    ...     "alternative": ["a", "b", "a", "b"], "rank": [1, 2, 2, 1]})
    >>> schulze(table)["rank"].to_dict()
    {'a': 1, 'b': 2}
    """
    box = _Box(ballots)
    beats = _beats(_pairwise(box.above, box.counts[None, :]))[0]
    frame = pd.DataFrame(
        {"rank": beats.sum(axis=0) + 1, "beats": beats.sum(axis=1)}, index=box.index
    )
    return frame.sort_values("rank", kind="stable")


def borda(ballots: pd.DataFrame, *, unranked: str = "average") -> pd.DataFrame:
    """Mean points per voter: m − 1 for the first of m alternatives, 0 for the last.

    Parameters
    ----------
    ballots : DataFrame
        As in `schulze`.
    unranked : str
        ``average``: unranked alternatives share the points left over;
        ``zero``: they get none. Equal ranks always share their points.

    Returns
    -------
    DataFrame
        Index ``alternative``; ``score`` (mean per voter), ``total``, ``rank``
        (ties share), best first.

    Notes
    -----
    points = alternatives below + half of those that share the rank.

    References
    ----------
    J.-C. de Borda (1781); P. Emerson (2013), Social Choice and Welfare 40,
    353-358, on partial ballots.

    Examples
    --------
    >>> table = pd.DataFrame({"ballot": [1, 1, 1], "count": 4,
    ...     "alternative": ["a", "b", "c"], "rank": [1, None, None]})
    >>> borda(table)["score"].to_dict()
    {'a': 2.0, 'b': 0.5, 'c': 0.5}
    """
    box = _Box(ballots)
    points = box.points(unranked)
    total = box.counts @ points
    voters = box.counts.sum()
    frame = pd.DataFrame(
        {
            "score": total / voters if voters else np.full(len(total), np.nan),
            "total": total,
            "rank": _competition_ranks(total[None, :])[0],
        },
        index=box.index,
    )
    return frame.sort_values("rank", kind="stable")


def rank_intervals(
    ballots: pd.DataFrame,
    *,
    method: str = "borda",
    resamples: int = 2000,
    seed: int,
    top: int = 10,
    confidence: float = 0.95,
    design: str = "random",
) -> pd.DataFrame:
    """Between which ranks would an alternative lie, had other people come?

    Ballots are drawn anew with replacement; the order is computed each time.

    Parameters
    ----------
    ballots : DataFrame
        As in `schulze`.
    method : str
        ``borda`` or ``schulze``: the method whose order is shown beside it.
    resamples, seed : int
        How often to draw, and the seed of the draws.
    top : int
        How many first ranks count as the top.
    confidence : float
        Share of the resamples that the interval covers.
    design : str
        ``random``, ``census`` or ``open``: names the classes.

    Returns
    -------
    DataFrame
        Index ``alternative``; ``rank``, ``rank_low``, ``rank_high``,
        ``in_top`` (share of resamples with a rank up to ``top``) and
        ``class``: ``sure`` (from 0.9), ``possible`` (from 0.5), ``open``. Where
        participation was open the resamples speak of other people of the same
        round, and the classes are ``stable``, ``changeable``, ``open``.

    Raises
    ------
    AnalysisError
        For an unknown method or design, or ballots that cannot be.

    Notes
    -----
    Ballots are drawn with replacement, as many as were cast; the interval holds the
    central part of the ranks. Nobody's ballot: every alternative is ``open``.

    References
    ----------
    H. Goldstein and D. J. Spiegelhalter (1996), JRSS A 159, 385-443.

    Examples
    --------
    >>> table = pd.DataFrame({"ballot": [1, 1], "count": 50,
    ...     "alternative": ["a", "b"], "rank": [1, 2]})
    >>> rank_intervals(table, resamples=100, seed=1)["rank_high"].tolist()
    [1, 2]
    """
    if method not in ("borda", "schulze"):
        message = f"The method must be 'borda' or 'schulze', not {method!r}."
        raise AnalysisError(message)
    check_resampling(resamples, confidence)
    names = CLASSES[statements(design).stability]
    box = _Box(ballots)
    ranked = _schulze_ranks(box) if method == "schulze" else _borda_ranks(box)
    rank = ranked(box.counts[None, :])[0]
    drawn = _resampled(box.counts, resamples, seed, ranked, len(box.index))
    tail = (1 - confidence) / 2
    limits = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf")
    in_top = (drawn <= top).mean(axis=0)
    if not box.counts.sum():
        # Without a ballot every order is possible, and none was drawn.
        limits[1], in_top = len(box.index), np.full(len(box.index), np.nan)
    frame = pd.DataFrame(
        {
            "rank": rank,
            "rank_low": limits[0].astype(np.int64),
            "rank_high": limits[1].astype(np.int64),
            "in_top": in_top,
            "class": np.select([in_top >= SURE, in_top >= POSSIBLE], [*names], "open"),
        },
        index=box.index,
    )
    return frame.sort_values("rank", kind="stable")


class _Box:
    """Ballots as arrays: one row per distinct ballot, one column per alternative."""

    def __init__(self, ballots: pd.DataFrame) -> None:
        missing = COLUMNS - set(ballots.columns)
        if missing:
            message = f"Ballots need the columns {', '.join(sorted(missing))}."
            raise AnalysisError(message)
        rank = _ranks(ballots["rank"])
        kind, names = pd.factorize(ballots["ballot"])
        alternative = ballots["alternative"].astype("category")
        column = alternative.cat.codes.to_numpy()
        if ballots.duplicated(["ballot", "alternative"]).any() or (column < 0).any():
            message = "A ballot names an alternative twice, or none."
            raise AnalysisError(message)
        if (kind < 0).any():
            message = "Every row needs the ballot it belongs to."
            raise AnalysisError(message)
        self.index = pd.Index(alternative.cat.categories, name="alternative")
        self.counts: Counts = _counts(ballots["count"], kind)
        self.ranks: Floats = np.full((len(names), len(self.index)), np.inf)
        self.ranks[kind, column] = rank

    @property
    def above(self) -> npt.NDArray[np.int8]:
        """Whether each ballot puts a above b: ballots × a × b."""
        return (self.ranks[:, :, None] < self.ranks[:, None, :]).astype(np.int8)

    def points(self, unranked: str) -> Floats:
        """Borda points of each ballot for each alternative."""
        if unranked not in ("average", "zero"):
            message = f"Unranked is 'average' or 'zero', not {unranked!r}."
            raise AnalysisError(message)
        above = self.above
        below = above.sum(axis=2)
        equal = self.ranks.shape[1] - 1 - below - above.sum(axis=1)
        points: Floats = below + equal / 2
        if unranked == "zero":
            points = np.where(np.isinf(self.ranks), 0.0, points)
        return points


def _ranks(given: pd.Series) -> Floats:
    """Ranks as numbers, infinite where blank."""
    found = pd.to_numeric(given, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    is_blank = (given.isna() | (given.astype("str").str.strip() == "")).to_numpy()
    if (np.isnan(found) & ~is_blank).any():
        message = "A rank must be a number, or blank where nothing was ranked."
        raise AnalysisError(message)
    return np.where(is_blank, np.inf, found)


def _counts(given: pd.Series, kind: npt.NDArray[np.intp]) -> Counts:
    """How many cast each ballot: one whole number on all of its rows."""
    found = pd.to_numeric(given, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    counts = pd.Series(found).groupby(kind).agg(["min", "max", "count", "size"])
    is_one = (counts["min"] == counts["max"]) & (counts["count"] == counts["size"])
    is_whole = np.isfinite(found).all() and bool((found == np.floor(found)).all())
    if not (is_one.all() and is_whole and (found >= 0).all()):
        message = "All rows of a ballot must carry one whole count of at least 0."
        raise AnalysisError(message)
    cast: Counts = counts["min"].to_numpy(dtype=np.int64)
    return cast


def _pairwise(above: npt.NDArray[np.int8], counts: npt.NDArray[np.number]) -> Floats:
    """Voters who put a above b: draws × a × b."""
    size = above.shape[1]
    flat = above.reshape(len(above), size * size).astype(np.float64)
    return (counts.astype(np.float64) @ flat).reshape(len(counts), size, size)


def _beats(votes: Floats) -> npt.NDArray[np.bool_]:
    """Who beats whom over the strongest paths: draws × a × b."""
    back = votes.transpose(0, 2, 1)
    strength = np.where(votes > back, votes, 0.0)
    for middle in range(votes.shape[1]):
        through = np.minimum(strength[:, :, middle, None], strength[:, None, middle, :])
        np.maximum(strength, through, out=strength)
    beats: npt.NDArray[np.bool_] = strength > strength.transpose(0, 2, 1)
    return beats


def _competition_ranks(points: Floats) -> Counts:
    """1 + how many have more; points that only rounding tells apart are equal."""
    margin = 1e-9 * np.maximum(np.abs(points).max(axis=1, initial=0), 1)
    more = points[:, None, :] > points[:, :, None] + margin[:, None, None]
    ranks: Counts = more.sum(axis=2) + 1
    return ranks


Ranker = Callable[[Counts], Counts]


def _schulze_ranks(box: _Box) -> Ranker:
    above = box.above
    return lambda counts: _beats(_pairwise(above, counts)).sum(axis=1) + 1


def _borda_ranks(box: _Box) -> Ranker:
    points = box.points("average")
    return lambda counts: _competition_ranks(counts @ points)


def _resampled(
    counts: Counts, resamples: int, seed: int, ranked: Ranker, alternatives: int
) -> Counts:
    """Ranks of each resample, in batches that fit into memory."""
    rng = np.random.default_rng(seed)
    voters = int(counts.sum())
    if not voters:
        return np.ones((1, alternatives), dtype=np.int64)
    width = 8 * max(alternatives**2, len(counts), 1)
    batch = max(1, BATCH // width)
    drawn = [
        ranked(rng.multinomial(voters, counts / voters, min(batch, resamples - start)))
        for start in range(0, resamples, batch)
    ]
    return np.concatenate(drawn)
