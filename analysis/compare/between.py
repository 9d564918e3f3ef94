"""Did opinions change between two waves? Knows no chart and no wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.compare.blocks import MIN_DELTA, MIN_SIZE, MIN_V, SIGNIFICANCE, holm
from analysis.compare.hypotheses import cliffs_delta, cramers_v
from analysis.compare.proportions import difference
from analysis.design import statements
from analysis.engine import ratio, tabulate
from analysis.estimates.sample import Column, sample_of
from analysis.estimates.scale import favourable
from analysis.order import is_mark
from analysis.package import SEPARATOR, AnalysisError, Package
from analysis.responses import Answers, answers
from analysis.settings import item_names
from analysis.steps import on_scale
from analysis.waves import MISSING, SAME, SCALE, joinable, modes

Floats = npt.NDArray[np.float64]
Wave: TypeAlias = pd.DataFrame | Package
COLUMNS = [
    "n_first",
    "n_second",
    "first",
    "second",
    "difference",
    "low",
    "high",
    "p",
    "p_holm",
    "effect",
    "effect_name",
    "secured",
    "break_mark",
]


def waves(
    first: Wave,
    second: Wave,
    items: Sequence[str],
    *,
    weights: Column | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Second wave minus first, item by item.

    Parameters
    ----------
    first, second : DataFrame or Package
        One row per person. Of packages it is also known what was asked and how.
    items : sequence of str
        Scales are compared by the share of favourable answers (two categories, one
        on short scales), other items category by category as ``item__category``.
    weights : str, optional
        Column of the weights, in both waves.
    confidence : float
        Level of confidence, 0 … 1.

    Returns
    -------
    DataFrame
        Index ``item``; ``n_first``, ``n_second`` (persons), ``first``, ``second``
        (shares), ``difference`` with ``low`` and ``high`` (-1 … 1), ``p``,
        ``p_holm`` (over the table), ``effect`` (Cliff's delta on scales, else
        Cramér's V), ``effect_name``, ``secured`` and ``break_mark``: why the item
        cannot be compared, else empty. A broken item has no difference; where
        participation was open there is neither interval nor p.

    Notes
    -----
    Newcombe's interval and the score test of two shares, z = (p₂ − p₁) /
    √(p(1 − p)(1/n₁ + 1/n₂)); with weights on Kish's effective sizes. Secured as
    groups are: Holm's p below .05, |delta| of at least .147 (V .10), both effective
    sizes at least 30.

    References
    ----------
    R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
    S. Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> old = pd.DataFrame({"q": [1, 2, 4, 5] * 25})
    >>> new = pd.DataFrame({"q": [1, 4, 5, 5] * 25})
    >>> found = waves(old, new, ["q"]).loc["q"]
    >>> float(found["difference"]), float(found["low"].round(4))
    (0.25, 0.1162)
    """
    tables = _responses(first), _responses(second)
    marks = _marks(first, second, items)
    lines = []
    for item in item_names(items):
        mark = marks.get(item, "")
        for name, pair in _pairs(tables, item, weights):
            lines.append(_line(name, pair, mark or pair.mark, confidence))
    frame = pd.DataFrame(lines, columns=["item", "size", *COLUMNS]).set_index("item")
    is_large = frame.pop("size") >= MIN_SIZE
    if not _may_infer(first, second):
        frame[["low", "high", "p"]] = np.nan
    frame["p_holm"] = holm(frame["p"].to_numpy(dtype=np.float64))
    least = np.where(frame["effect_name"] == "cliffs_delta", MIN_DELTA, MIN_V)
    frame["secured"] = (
        (frame["p_holm"] < SIGNIFICANCE) & (frame["effect"].abs() >= least) & is_large
    )
    return frame


def _responses(wave: Wave) -> pd.DataFrame:
    return wave.responses if isinstance(wave, Package) else wave


def _may_infer(first: Wave, second: Wave) -> bool:
    """Whether both waves speak of more than those who took part."""
    return all(
        statements(wave.design).intervals
        for wave in (first, second)
        if isinstance(wave, Package)
    )


def _marks(first: Wave, second: Wave, items: Sequence[str]) -> dict[str, str]:
    """Why items of two packages cannot be compared, in words."""
    if isinstance(first, Package) != isinstance(second, Package):
        message = "Compare two packages or two tables, not one of each."
        raise AnalysisError(message)
    if not (isinstance(first, Package) and isinstance(second, Package)):
        return {}
    table, changed = joinable(first, second), "; ".join(modes(first, second))
    marks = {}
    for item in items:
        owner = item if item in table.index else item.split(SEPARATOR)[0]
        if owner not in table.index:
            marks[item] = MISSING
        elif table.loc[owner, "status"] != SAME:
            marks[item] = str(table.loc[owner, "status"])
        else:
            marks[item] = f"mode changed: {changed}" if changed else ""
    return marks


class _Pair(NamedTuple):
    """Two waves of one item: persons, weights and squares of wave × category."""

    n: Floats
    w: Floats
    ww: Floats
    hits: npt.NDArray[np.bool_]
    is_ordered: bool
    mark: str


def _pairs(
    tables: tuple[pd.DataFrame, pd.DataFrame], item: str, weights: Column | None
) -> Iterator[tuple[str, _Pair]]:
    columns = _columns(tables, item)
    if not columns:
        nobody = np.zeros((2, 1))
        yield item, _Pair(nobody, nobody, nobody, np.ones(1, bool), False, MISSING)
    for name in columns:
        yield from _compared(tables, name, weights)


def _columns(tables: tuple[pd.DataFrame, pd.DataFrame], item: str) -> list[str]:
    """The item's own column, or those of its options, where both waves have them."""
    wanted = [item] if any(item in table for table in tables) else []
    if not wanted:
        start = item + SEPARATOR
        every = [str(name) for table in tables for name in table.columns]
        wanted = list(dict.fromkeys(name for name in every if name.startswith(start)))
    return [name for name in wanted if all(name in table for table in tables)]


def _compared(
    tables: tuple[pd.DataFrame, pd.DataFrame], name: str, weights: Column | None
) -> Iterator[tuple[str, _Pair]]:
    found = [_read(table, name) for table in tables]
    labels, mark = _together(found)
    cells = [
        _sums(table, one, labels, weights)
        for table, one in zip(tables, found, strict=True)
    ]
    n, w, ww = (np.stack(parts) for parts in zip(*cells, strict=True))
    is_option = is_mark(name, labels)
    is_ordered = all(one.is_ordered for one in found) and not is_option
    if is_ordered or is_option or mark:
        hits = favourable(len(labels)) if is_ordered else _chosen(labels)
        yield name, _Pair(n, w, ww, hits, is_ordered, mark)
        return
    for at, label in enumerate(labels):
        hits = np.arange(len(labels)) == at
        yield f"{name}{SEPARATOR}{label}", _Pair(n, w, ww, hits, False, mark)


def _read(table: pd.DataFrame, name: str) -> Answers:
    """Answers; of a scale of numbers also the steps nobody chose."""
    found = answers(table, name)
    is_scale = found.is_ordered and not is_mark(name, found.categories)
    return on_scale(table, name) if is_scale else found


def _together(found: Sequence[Answers]) -> tuple[list[object], str]:
    """Categories of both waves; scales must be the same from end to end."""
    first, second = (list(one.categories) for one in found)
    labels = list(dict.fromkeys([*first, *second]))
    is_scale = any(one.is_ordered for one in found)
    are_numbers = all(isinstance(label, int | float) for label in labels)
    if is_scale and are_numbers:
        return sorted(labels, key=lambda label: float(str(label))), ""
    if is_scale and first and second and first != second:
        return labels, SCALE
    return labels, ""


def _chosen(labels: Sequence[object]) -> npt.NDArray[np.bool_]:
    return np.array(
        [str(label).lower() not in ("0", "0.0", "false", "") for label in labels],
        dtype=bool,
    )


def _sums(
    table: pd.DataFrame,
    found: Answers,
    labels: Sequence[object],
    weights: Column | None,
) -> tuple[Floats, Floats, Floats]:
    place = [labels.index(category) for category in found.categories]
    codes = np.array([*place, -1], dtype=np.intp)[found.codes]
    sample = sample_of(table, weights=weights)
    sums = tabulate(codes, len(labels), weights=sample.weights)
    return sums.n[0, 0].astype(np.float64), sums.w[0, 0], sums.ww[0, 0]


def _line(item: str, pair: _Pair, mark: str, confidence: float) -> dict[str, object]:
    persons, size = pair.n.sum(axis=1), _sizes(pair)
    share = ratio(pair.w[:, pair.hits].sum(axis=1), pair.w.sum(axis=1))
    line: dict[str, object] = {
        "item": item,
        "size": size.min(),
        "n_first": int(persons[0]),
        "n_second": int(persons[1]),
        "first": share[0],
        "second": share[1],
        "effect_name": "cliffs_delta" if pair.is_ordered else "cramers_v",
        "break_mark": mark,
    }
    figures = ("difference", "low", "high", "p", "effect")
    if mark or not size.all():
        return line | dict.fromkeys(figures, np.nan)
    hits = share * size
    found = difference((hits[1], size[1]), (hits[0], size[0]), confidence=confidence)
    return line | {
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "p": _score_p(hits, size),
        "effect": _effect(pair, hits, size),
    }


def _sizes(pair: _Pair) -> Floats:
    """Kish's effective size of each wave."""
    return ratio(pair.w.sum(axis=1) ** 2, pair.ww.sum(axis=1), empty=0.0)


def _score_p(hits: Floats, size: Floats) -> float:
    """Two-sided p of the score test; 1 where all answers are the same."""
    pooled = hits.sum() / size.sum()
    error = np.sqrt(pooled * (1 - pooled) * (1 / size).sum())
    if not error > 0:
        return 1.0
    first, second = hits / size
    return float(2 * stats.norm.sf(abs(second - first) / error))


def _effect(pair: _Pair, hits: Floats, size: Floats) -> float:
    """Cliff's delta of the second wave, or V of having the answer or not."""
    if pair.is_ordered:
        return cliffs_delta(pair.w[::-1])
    return cramers_v(np.stack([hits, size - hits], axis=1))
