"""Importance against satisfaction, from published figures. Must not know another.

Gaps, places and quadrants are computed from the rounded counts alone, the rounding
being part of their uncertainty. So they tell a reader nothing that the counts of the
two questions do not tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.disclosure import hull
from analysis.disclosure.figures import FEW, Frame, Sheet, Values, is_uncertain
from analysis.disclosure.protected import Statement
from analysis.disclosure.released import OPEN, PROTECTED, Released
from analysis.disclosure.rounding import share, stepped
from analysis.estimates import effective_size

Floats = npt.NDArray[np.float64]

_TOP: str = "top2"
STABLE, CHANGEABLE = 0.9, 0.5  # of the draws in which a field stays in its corner


@dataclass(frozen=True, slots=True)
class Field:
    """Published counts of one field: who picked it, who is satisfied."""

    code: str
    picked: int
    asked: int
    satisfied: int
    rated: int

    @property
    def importance(self) -> float:
        """Share that picked the field, of the published counts."""
        return self.picked / self.asked

    @property
    def satisfaction(self) -> float:
        """Share of the satisfied, of the published counts."""
        return self.satisfied / self.rated

    @property
    def gap(self) -> float:
        """Importance times what is missing in satisfaction."""
        return self.importance * (1 - self.satisfaction)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Importance and satisfaction of each field (column) in each draw (row)."""

    importance: Floats
    satisfaction: Floats

    @property
    def gaps(self) -> Floats:
        """Importance times what is missing in satisfaction."""
        gaps: Floats = self.importance * (1 - self.satisfaction)
        return gaps

    @property
    def places(self) -> Floats:
        """Place of each field by its gap, 1 the largest."""
        gaps = self.gaps
        ahead = (gaps[:, None, :] > gaps[:, :, None]).sum(axis=2)
        places: Floats = 1.0 + ahead
        return places


def add_matrix(
    sheet: Sheet,
    pick: Released,
    rated: Mapping[str, Released],
    *,
    seed: int,
    resamples: int,
) -> list[Statement]:
    """Add the figures of the matrix to a sheet and return its quadrants.

    Parameters
    ----------
    sheet : Sheet
        Where the figures go.
    pick : Released
        The question which fields the town should take up first.
    rated : mapping of str to Released
        Per field the question how satisfied people are with it.
    seed, resamples : int
        Of the simulation of gaps and places.
    """
    frame = sheet.frame
    fields = []
    for code, said in rated.items():
        sign = _sign(pick, said, code, frame)
        if sign:
            _add_unsaid(sheet, code, sign)
        else:
            counts = pick.cells["share", code], pick.base or 0
            satisfied = said.sums[_TOP], said.base or 0
            fields.append(Field(code, *counts, *satisfied))
    if not fields:
        return []
    limits = [(_limits(entry, frame)) for entry in fields]
    drawn = _simulate(fields, frame, seed=seed, resamples=resamples)
    gaps, places = drawn.gaps, drawn.places
    for number, entry in enumerate(fields):
        _add_shares(sheet, entry, limits[number])
        _add_gap(sheet, entry, gaps[:, number])
        _add_places(sheet, entry, fields, places[:, number])
    found = _quadrants(fields, limits)
    # Only in open participation: a sample says what is decided and what is not.
    return found if frame.has_intervals else [*found, *_stability(fields, drawn)]


def _sign(pick: Released, said: Released, code: str, frame: Frame) -> str:
    """Return why a field cannot be placed, empty if it can."""
    rows = (pick, said)
    if any(row.status != OPEN and not row.cells for row in rows):
        return PROTECTED
    if ("share", code) not in pick.cells or any(is_uncertain(r, frame) for r in rows):
        return FEW
    return "" if _TOP in said.sums else FEW


def _add_unsaid(sheet: Sheet, code: str, sign: str) -> None:
    for statistic in ("importance", "satisfaction", "gap"):
        sheet.add(statistic, category=code, sign=sign)


def _limits(entry: Field, frame: Frame) -> tuple[hull.Limits, hull.Limits]:
    size = frame.design.population if frame.has_intervals else None
    own = frame.thresholds
    [picked] = hull.hulls([entry.picked], entry.asked, own, population=size)
    [satisfied] = hull.hulls([entry.satisfied], entry.rated, own, population=size)
    return picked, satisfied


def _add_shares(
    sheet: Sheet, entry: Field, limits: tuple[hull.Limits, hull.Limits]
) -> None:
    counts = (
        ("importance", entry.picked, entry.asked, limits[0]),
        ("satisfaction", entry.satisfied, entry.rated, limits[1]),
    )
    for statistic, n, base, interval in counts:
        values: Values = {"n": n, "base": base}
        values["share"] = share(n, base, sheet.frame.thresholds)
        if sheet.frame.has_intervals:
            values["low"], values["high"] = interval
        sheet.add(statistic, category=entry.code, **values)


def _add_gap(sheet: Sheet, entry: Field, drawn: Floats) -> None:
    frame = sheet.frame
    base = min(entry.asked, entry.rated)
    values: Values = {"base": base}
    values["share"] = stepped(entry.gap, base, frame.thresholds)
    if frame.has_intervals:
        low, high = _middle(drawn, frame.thresholds.confidence)
        values["low"], values["high"] = hull.outward(
            min(low, entry.gap), max(high, entry.gap)
        )
    sheet.add("gap", category=entry.code, **values)


def _add_places(sheet: Sheet, entry: Field, fields: list[Field], drawn: Floats) -> None:
    own = sheet.frame.thresholds
    shown = {
        other.code: stepped(other.gap, min(other.asked, other.rated), own)
        for other in fields
    }
    place = 1 + sum(gap > shown[entry.code] for gap in shown.values())
    low, high = _middle(drawn, own.confidence)
    base = min(entry.asked, entry.rated)
    for statistic, value in (
        ("rank", float(place)),
        ("rank_low", float(min(np.floor(low), place))),
        ("rank_high", float(max(np.ceil(high), place))),
    ):
        sheet.add(statistic, category=entry.code, share=value, base=base)


def _middle(drawn: Floats, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return float(low), float(high)


def _simulate(fields: list[Field], frame: Frame, *, seed: int, resamples: int) -> Drawn:
    """Draw shares of every field that the published counts allow.

    Each draw takes counts that round to the published ones and a share that explains
    them (Jeffreys). Who picks a field is taken to be less satisfied with it.
    """
    rng = np.random.default_rng(seed)
    picked = _shares(rng, [(f.picked, f.asked) for f in fields], frame, resamples)
    satisfied = _shares(rng, [(f.satisfied, f.rated) for f in fields], frame, resamples)
    missed = _pair(rng, picked, 1 - satisfied, frame.thresholds.gap_correlation)
    return Drawn(picked, 1 - missed)


def _pair(
    rng: np.random.Generator, first: Floats, second: Floats, correlation: float
) -> Floats:
    """Return the second draws, put in an order that goes with the first.

    References
    ----------
    R. Iman and W. Conover (1982), Communications in Statistics 11, 311-334.
    """
    scores = np.argsort(np.argsort(first, axis=0), axis=0)
    normal = np.sort(rng.standard_normal(first.shape), axis=0)
    own = np.take_along_axis(normal, scores, axis=0)
    noise = rng.standard_normal(first.shape)
    wanted = correlation * own + np.sqrt(1 - correlation**2) * noise
    order = np.argsort(np.argsort(wanted, axis=0), axis=0)
    paired: Floats = np.take_along_axis(np.sort(second, axis=0), order, axis=0)
    return paired


def _shares(
    rng: np.random.Generator,
    counts: list[tuple[int, int]],
    frame: Frame,
    resamples: int,
) -> Floats:
    reach = frame.thresholds.rounding_base // 2
    size = (resamples, len(counts))
    parts, bases = np.array(counts, dtype=np.float64).T
    trials = bases + rng.integers(-reach, reach + 1, size)
    wanted = parts + rng.integers(-reach, reach + 1, size)
    found = np.clip(wanted, 0, trials) / trials
    population = frame.design.population if frame.has_intervals else None
    if population is not None:
        # A whole population leaves nothing to chance but rounding.
        most = np.full(size, float(max(population, bases.max() + reach + 1)))
        trials = effective_size(trials, most)
    drawn: Floats = rng.beta(found * trials + 0.5, (1 - found) * trials + 0.5)
    return drawn


def _quadrants(
    fields: list[Field], limits: list[tuple[hull.Limits, hull.Limits]]
) -> list[Statement]:
    """Say on which side of the means each field lies, if its intervals allow it."""
    mean_importance = float(np.mean([entry.importance for entry in fields]))
    mean_satisfaction = float(np.mean([entry.satisfaction for entry in fields]))
    names = {
        (True, False): "act",
        (True, True): "keep",
        (False, False): "watch",
        (False, True): "calm",
    }
    found = []
    for entry, (picked, satisfied) in zip(fields, limits, strict=True):
        crosses = (
            picked[0] <= mean_importance <= picked[1]
            or satisfied[0] <= mean_satisfaction <= satisfied[1]
        )
        side = (
            entry.importance > mean_importance,
            entry.satisfaction > mean_satisfaction,
        )
        value = "open" if crosses else names[side]
        found.append(Statement("quadrant", "", value, category=entry.code))
    return found


def _stability(fields: list[Field], drawn: Drawn) -> list[Statement]:
    """Say whether each field would stay in its corner had others of this round come.

    Its corner is that of the published figures; the lines are the means of each draw.
    """
    stays = np.ones(drawn.importance.shape, dtype=np.bool_)
    shares = (
        (drawn.importance, [entry.importance for entry in fields]),
        (drawn.satisfaction, [entry.satisfaction for entry in fields]),
    )
    for values, published in shares:
        own = np.array(published)
        stays &= (values > values.mean(axis=1, keepdims=True)) == (own > own.mean())
    found = []
    for entry, part in zip(fields, stays.mean(axis=0).tolist(), strict=True):
        calm = "changeable" if part >= CHANGEABLE else "open"
        value = "stable" if part >= STABLE else calm
        found.append(Statement("stability", "", value, category=entry.code))
    return found
