"""Weighted shares beside rounded counts, in the same steps. Must not know a person.

A share is computed from unrounded counts of classes of equal weight and said in the
step of its published base; its interval follows from what is published alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.disclosure import hull
from analysis.disclosure.answered import Answered
from analysis.disclosure.catalogue import is_demographic
from analysis.disclosure.correction import Change, Correction
from analysis.disclosure.counting import Counter
from analysis.disclosure.counts import Cell, Key, Row
from analysis.disclosure.figures import FEW, Frame, Values, is_uncertain, values_of
from analysis.disclosure.policy import Thresholds
from analysis.disclosure.released import PROTECTED, Released
from analysis.disclosure.rounding import step, stepped
from analysis.disclosure.weighting import CLASSES, Classes, Weighting
from analysis.disclosure.weights_attack import Claims, Known, gives_away
from analysis.estimates import interval, most_changed

Limits = hull.Limits

# Of a census that everybody answered nothing is left to chance.
_LEAST_LEFT = 1e-9


@dataclass(frozen=True, slots=True)
class Weighted:
    """The weighted figures of a survey by row and cell, and how it was weighted."""

    correction: Correction
    values: Mapping[Key, Mapping[Cell, Values]] = field(default_factory=dict)


def weighted(
    said: Mapping[Key, Released],
    rows: Mapping[Key, Row],
    data: Answered,
    weights: Weighting,
    frame: Frame,
) -> Weighted:
    """Weight the one-way shares of every question, as far as that may be said.

    Parameters
    ----------
    said : mapping of Key to Released
        What is published without weights: weighted shares stand beside it only.
    rows : mapping of Key to Row
        The unrounded counts behind it.
    data : Answered
        The answers, in the groups their merges allow.
    weights : Weighting
        Classes of people of equal weight.
    frame : Frame
        Design and rules.
    """
    classes, correction = weights.classes, weights.correction
    if classes is None:
        return Weighted(correction)
    counter = Counter(replace(data, groups={**data.groups, CLASSES: classes.groups}))
    found = {}
    for item in data.package.codebook.items:
        own = said.get(Key(item.name))
        if own is None or is_demographic(item, data.policy):
            continue
        counted = tuple(counter.count(item, CLASSES))
        values = _values(own, counted, classes, frame, correction.deff)
        claims = Claims(item, own.base or 0, _shares_of(values))
        known = Known(said, rows)
        if claims.shares and gives_away(claims, counted, classes, known, data):
            values = _signed(values, PROTECTED)
        found[own.key] = values
    found |= _of_people(correction, said)
    plain = {key: values_of(said[key], frame) for key in found}
    changed = tuple(_changed(plain, found, correction.variables))
    return Weighted(replace(correction, changed=changed), found)


def _of_people(
    correction: Correction, said: Mapping[Key, Released]
) -> dict[Key, dict[Cell, Values]]:
    """Shares of the groups weighted by: those of the register, or what was reached."""
    found: dict[Key, dict[Cell, Values]] = {}
    for total in correction.totals:
        row = said.get(Key(total.variable))
        if len(total.groups) == 1 and row and row.cells:
            cell = "share", total.groups[0]
            found.setdefault(row.key, {})[cell] = _value(total.weighted)
    return found


def _values(
    said: Released,
    counted: Sequence[Row],
    classes: Classes,
    frame: Frame,
    deff: float,
) -> dict[Cell, Values]:
    """Weighted share, limits and sign of every figure of a row."""
    cells: list[Cell] = list(said.shape.cells)
    cells += [(name, "") for name in said.shape.statistics]
    found: dict[Cell, Values] = {cell: _value(sign=PROTECTED) for cell in cells}
    told = (*said.cells, *((name, "") for name in said.sums))
    if said.base is None or not told:
        return found
    if is_uncertain(said, frame) or said.base / deff < frame.thresholds.share_base:
        return _signed(found, FEW)
    total = sum(w * row.base for w, row in zip(classes.weights, counted, strict=True))
    shares = {
        cell: stepped(
            _summed(cell, counted, classes) / total, said.base, frame.thresholds
        )
        for cell in told
    }
    limits = _limits(shares, said, frame, deff)
    if limits is None:
        return _signed(found, FEW)
    return found | {
        cell: _value(share, *limits.get(cell, (None, None)))
        for cell, share in shares.items()
    }


def _value(
    share: float | None = None,
    low: float | None = None,
    high: float | None = None,
    *,
    sign: str = "",
) -> Values:
    return {
        "weighted_share": share,
        "weighted_low": low,
        "weighted_high": high,
        "weighted_sign": sign,
    }


def _signed(values: Mapping[Cell, Values], sign: str) -> dict[Cell, Values]:
    return {cell: _value(sign=sign) for cell in values}


def _shares_of(values: Mapping[Cell, Values]) -> dict[Cell, float]:
    return {
        cell: row["weighted_share"]
        for cell, row in values.items()
        if row["weighted_share"] is not None
    }


def _summed(cell: Cell, counted: Sequence[Row], classes: Classes) -> float:
    """Weights of those who are counted in a cell, or in the cells of a summary."""
    return float(
        sum(
            weight * factor * row.cells[part]
            for weight, row in zip(classes.weights, counted, strict=True)
            for part, factor in row.parts_of(cell).items()
        )
    )


def _limits(
    shares: Mapping[Cell, float], said: Released, frame: Frame, deff: float
) -> dict[Cell, Limits] | None:
    """Intervals as published; ``None`` where one of them says too little.

    Korn and Graubard's interval on the size that Kish's effect leaves, the widest of
    all shares and bases that are said as the published ones.

    References
    ----------
    E. L. Korn and B. I. Graubard (1998), Survey Methodology 24, 193-201.
    """
    if not frame.has_intervals_of(said):
        return {}
    own, base = frame.thresholds, said.base or 0
    population, reach = frame.population(said), own.rounding_base // 2
    half = step(base, own) / 2
    plain = {cell: p for cell, p in shares.items() if cell[0] != "net"}
    size = _size(base, deff, population)
    if any(_is_wide(p, size, own) for p in plain.values()):
        return None
    least = _size(max(base - reach, 1), deff, population)
    found = {}
    for cell, p in plain.items():
        low, _ = _interval(max(p - half, 0.0), least, own)
        _, high = _interval(min(p + half, 1.0), least, own)
        found[cell] = hull.outward(low, high)
    if ("net", "") in shares:
        ends: list[Cell] = [("top2", ""), ("bottom2", "")]
        top, bottom = (found[end] for end in ends)
        of_ends = (shares[ends[0]], shares[ends[1]])
        found["net", ""] = hull.difference(top, bottom, of_ends)
    return found


def _size(base: int, deff: float, population: int | None) -> float:
    """How many people drawn with equal chances would tell as much.

    Of unequal weights a finite population takes away less than of a plain sample:
    who counts three times is still one person of it.
    """
    asked = 0.0 if population is None else base / population
    return base / max(deff - asked, _LEAST_LEFT)


def _interval(share: float, size: float, own: Thresholds) -> Limits:
    found: Limits = interval(
        share * size, size, method="beta", confidence=own.confidence
    )
    return found


def _is_wide(share: float, size: float, own: Thresholds) -> bool:
    low, high = _interval(share, size, own)
    return high - low > own.widest_interval


def _changed(
    plain: Mapping[Key, Mapping[Cell, Values]],
    found: Mapping[Key, Mapping[Cell, Values]],
    people: Sequence[str],
) -> Iterable[Change]:
    """The questions that moved most, by published figures alone."""
    lines = {
        (key.item, cell): (plain[key][cell]["share"], row["weighted_share"])
        for key, values in found.items()
        for cell, row in values.items()
        if key.item not in people
        and row["weighted_share"] is not None
        and cell[0] not in ("bottom2", "net")
    }
    names = list(lines)
    index = pd.MultiIndex.from_tuples(
        [(item, str(place)) for place, (item, _) in enumerate(names)],
        names=["item", "category"],
    )
    moved = np.array([after - before for before, after in lines.values()], dtype=float)
    for place in most_changed(pd.DataFrame({"change": moved}, index=index))["category"]:
        item, cell = names[int(place)]
        before, after = lines[item, cell]
        if before != after:
            yield Change(item, *cell, share=before, weighted=after)
