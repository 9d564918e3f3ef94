"""Where to act first: importance against satisfaction; knows no drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Codebook, Item, field_items, pick_item
from analysis.engine import ratio
from analysis.estimates.options import multiple
from analysis.estimates.sample import Column, sample_of
from analysis.estimates.scale import top_marks
from analysis.estimates.table import Groups, estimate_shares
from analysis.package import AnalysisError
from analysis.responses import indicator_columns
from analysis.settings import check_resampling

Floats = npt.NDArray[np.float64]

ACT_FIRST, KEEP, WATCH, FINE = "act_first", "keep", "watch", "fine"
COLUMNS = [
    "importance",
    "satisfaction",
    "gap",
    "low",
    "high",
    "rank_low",
    "rank_high",
    "quadrant",
    "decidable",
    "rank",
    "importance_low",
    "importance_high",
    "satisfaction_low",
    "satisfaction_high",
    "importance_base",
    "satisfaction_base",
    "stability",
]
# Bytes that one batch of resamples may take.
BATCH = 1 << 26
# From here on sums of persons drawn anew are normal for all that is printed, and
# are drawn from their mean and spread; the cost no longer grows with the draws.
LARGE = 20_000


def priority_matrix(
    responses: pd.DataFrame,
    codebook: Codebook,
    *,
    weights: Column | None = None,
    resamples: int = 2000,
    seed: int,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Importance, satisfaction and the gap between them for every field.

    Parameters
    ----------
    responses : DataFrame
        Typed responses of a package.
    codebook : Codebook
        Names the item of role ``pick`` whose options are fields of action,
        and an item of role ``satisfaction`` for each field.
    weights : str or Series, optional
        Column of the weights.
    resamples, seed : int
        How often persons are drawn anew with replacement, and the seed.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``field``; ``importance`` (share of those who saw the question
        that picked the field), ``satisfaction`` (share in the two favourable
        categories), ``gap`` with ``low``, ``high``, ``rank_low``,
        ``rank_high`` from the resamples, ``quadrant`` (``act_first``,
        ``keep``, ``watch``, ``fine``), ``decidable``; then ``rank``, the
        intervals and bases of both shares, and ``stability``: in which share
        of the resamples the field kept its quadrant.

    Notes
    -----
    gap = importance × (1 − satisfaction). The quadrants are parted at the
    means of all fields. A field is decidable when neither of its intervals
    contains the line it would have to cross. Beyond 20,000 persons the sums
    are drawn from the normal distribution with their mean and spread.

    References
    ----------
    J. A. Martilla and J. C. James (1977), Journal of Marketing 41, 77-79.
    B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap,
    ch. 13 (percentile interval).

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> rows = [Item(f"s_{f}", "battery", field=f, role="satisfaction",
    ...     options=("good", "bad"), is_ordinal=True) for f in ("f1", "f2")]
    >>> pick = Item("p", "pick", role="pick", options=("f1", "f2"))
    >>> book = codebook_of([*rows, pick], fields=["f1", "f2"])
    >>> from analysis.responses import typed
    >>> raw = pd.DataFrame({"s_f1": ["bad"] * 9 + ["good"], "s_f2": ["good"] * 10,
    ...     "p__f1": ["1"] * 8 + ["0"] * 2, "p__f2": ["0"] * 8 + ["1"] * 2})
    >>> found = priority_matrix(typed(raw, book), book, seed=1)
    >>> found["gap"].round(2).to_dict(), found["quadrant"].to_dict()
    ({'f1': 0.72, 'f2': 0.0}, {'f1': 'act_first', 'f2': 'fine'})
    """
    check_resampling(resamples, confidence)
    rows, pick = _items(codebook)
    codes = list(rows)
    index = pd.Index(codes, name="field")
    if pick is None or not codes:
        return pd.DataFrame(columns=COLUMNS, index=index)
    chosen = multiple(
        responses, pick.name, weights=weights, base="saw", confidence=confidence
    ).loc[codes]
    marks = [top_marks(responses, rows[code].name) for code in codes]
    content = _satisfaction(responses, marks, weights, confidence)
    importance = chosen["share"].to_numpy()
    frame = pd.DataFrame(
        {
            "importance": importance,
            "satisfaction": content[0],
            "gap": importance * (1 - content[0]),
            "importance_low": chosen["low"].to_numpy(),
            "importance_high": chosen["high"].to_numpy(),
            "satisfaction_low": content[1],
            "satisfaction_high": content[2],
            "importance_base": chosen["base"].to_numpy(),
            "satisfaction_base": content[3].astype(np.int64),
        },
        index=index,
    )
    persons = _persons(responses, pick.name, codes, marks, weights)
    _add_places(frame)
    _add_resamples(frame, persons, resamples, seed, confidence)
    return frame[COLUMNS]


def _items(codebook: Codebook) -> tuple[dict[str, Item], Item | None]:
    """Fields that can be both picked and judged."""
    pick = pick_item(codebook)
    offered = pick.options if pick is not None else ()
    found = field_items(codebook)
    return {field: item for field, item in found.items() if field in offered}, pick


def _satisfaction(
    responses: pd.DataFrame,
    marks: Sequence[npt.NDArray[np.int8]],
    weights: Column | None,
    confidence: float,
) -> tuple[Floats, Floats, Floats, Floats]:
    sample = sample_of(responses, weights=weights)
    everybody = Groups(None, ("",))
    found = [
        estimate_shares(mark, 2, sample, everybody, confidence=confidence)
        for mark in marks
    ]
    share, low, high = (
        np.array([getattr(estimate, name)[0, 1] for estimate in found])
        for name in ("share", "low", "high")
    )
    return share, low, high, np.array([estimate.base[0, 0] for estimate in found])


def _add_places(frame: pd.DataFrame) -> None:
    importance, satisfaction = frame["importance"], frame["satisfaction"]
    lines = importance.mean(), satisfaction.mean()
    frame["rank"] = _ranks(frame["gap"].to_numpy()[None, :])[0]
    frame["quadrant"] = _quadrants(
        importance.to_numpy(), satisfaction.to_numpy(), lines[0], lines[1]
    )
    is_apart = [
        ~frame[f"{name}_low"].le(line) | ~frame[f"{name}_high"].ge(line)
        for name, line in zip(("importance", "satisfaction"), lines, strict=True)
    ]
    is_known = frame[["importance_low", "satisfaction_low"]].notna().all(axis=1)
    frame["decidable"] = is_apart[0] & is_apart[1] & is_known


def _quadrants(
    importance: Floats, satisfaction: Floats, middle: Floats, line: Floats
) -> npt.NDArray[np.str_]:
    is_important, is_content = importance >= middle, satisfaction >= line
    names = np.where(
        is_important,
        np.where(is_content, KEEP, ACT_FIRST),
        np.where(is_content, FINE, WATCH),
    )
    is_unknown = np.isnan(importance) | np.isnan(satisfaction)
    return np.where(is_unknown, "", names)


class _Persons:
    """Who saw, picked, judged and was content, by field; drawn anew at will."""

    def __init__(self, marks: npt.NDArray[np.bool_], weights: Floats | None) -> None:
        self.count, self.width = len(marks), int(marks.shape[1])
        if self.count > LARGE:
            self.kinds = np.zeros((0, self.width))
            self.counts = np.zeros(0, dtype=np.int64)
            self.mean, self.spread = _moments(marks, weights)
        else:
            person = marks * (1.0 if weights is None else weights[:, None])
            self.kinds, self.counts = np.unique(person, axis=0, return_counts=True)

    @property
    def batch(self) -> int:
        """How many draws fit into memory at once."""
        return max(1, BATCH // (8 * max(len(self.counts), self.width)))

    def drawn(self, size: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Importance and satisfaction of persons drawn anew: draws × fields."""
        if self.count > LARGE:
            sums = rng.multivariate_normal(
                self.mean, self.spread, size, check_valid="ignore"
            )
        else:
            chance = self.counts / self.count
            sums = rng.multinomial(self.count, chance, size) @ self.kinds
        saw, rest = sums[:, :1], sums[:, 1:]
        picked, judged, content = np.split(rest, 3, axis=1)
        return ratio(picked, saw), ratio(content, judged)


def _moments(
    marks: npt.NDArray[np.bool_], weights: Floats | None
) -> tuple[Floats, Floats]:
    """Sums over all persons, and how they spread when persons are drawn anew."""
    width = marks.shape[1]
    total, squares = np.zeros(width), np.zeros((width, width))
    for start in range(0, len(marks), LARGE):
        part = slice(start, start + LARGE)
        person = marks[part].astype(np.float64)
        if weights is not None:
            person *= weights[part, None]
        total += person.sum(axis=0)
        squares += person.T @ person
    return total, squares - np.outer(total, total) / len(marks)


def _persons(
    responses: pd.DataFrame,
    pick: str,
    codes: Sequence[str],
    marks: Sequence[npt.NDArray[np.int8]],
    weights: Column | None,
) -> _Persons:
    options, chosen = indicator_columns(responses, pick, base="saw")
    columns = [options.index(code) for code in codes]
    content = np.stack(marks, axis=1)
    person = np.concatenate(
        [chosen[:, :1] >= 0, chosen[:, columns] == 1, content >= 0, content == 1],
        axis=1,
    )
    return _Persons(person, sample_of(responses, weights=weights).weights)


def _add_resamples(
    frame: pd.DataFrame, persons: _Persons, resamples: int, seed: int, confidence: float
) -> None:
    rng = np.random.default_rng(seed)
    gaps = [np.full((1, len(frame)), np.nan)]
    kept = [np.zeros((1, len(frame)), dtype=bool)]
    for start in range(0, resamples if persons.count else 0, persons.batch):
        size = min(persons.batch, resamples - start)
        importance, satisfaction = persons.drawn(size, rng)
        gaps.append(importance * (1 - satisfaction))
        places = _quadrants(
            importance,
            satisfaction,
            importance.mean(axis=1, keepdims=True),
            satisfaction.mean(axis=1, keepdims=True),
        )
        kept.append(places == frame["quadrant"].to_numpy()[None, :])
    first = 1 if len(gaps) > 1 else 0
    gap, same = np.concatenate(gaps[first:]), np.concatenate(kept[first:])
    tail = (1 - confidence) / 2
    frame["low"], frame["high"] = np.quantile(gap, [tail, 1 - tail], axis=0)
    ranks = np.quantile(_ranks(gap), [tail, 1 - tail], axis=0, method="inverted_cdf")
    frame["rank_low"], frame["rank_high"] = ranks.astype(np.int64)
    frame["stability"] = same.mean(axis=0)


def _ranks(gaps: Floats) -> npt.NDArray[np.int64]:
    """1 is the largest gap; equal gaps share a rank, unknown ones come last."""
    known = np.where(np.isnan(gaps), -np.inf, gaps)
    ranks: npt.NDArray[np.int64] = (known[:, None, :] > known[:, :, None] + 1e-12).sum(
        axis=2
    ) + 1
    return ranks


def check_fields(codebook: Codebook) -> None:
    """Raise `AnalysisError` when there is no matrix to compute.

    Examples
    --------
    >>> from analysis.codebook import codebook_of
    >>> check_fields(codebook_of([]))
    Traceback (most recent call last):
    analysis.package.problems.AnalysisError: No field can be both picked and judged.
    """
    rows, pick = _items(codebook)
    if pick is None or not rows:
        message = "No field can be both picked and judged."
        raise AnalysisError(message)
