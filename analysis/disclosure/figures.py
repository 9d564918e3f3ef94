"""Figures from rounded counts. Must not know an unrounded one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.design import Design, statements
from analysis.disclosure import hull
from analysis.disclosure.counts import Cell, Key, Survey
from analysis.disclosure.policy import Policy, Thresholds
from analysis.disclosure.protected import Statement, figure_id
from analysis.disclosure.released import OPEN, PROTECTED, UNCERTAIN, Released
from analysis.disclosure.rounding import share

Values = dict[str, Any]

FEW = "few"
IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Frame:
    """What all figures of a table have in common, and the rules they obey.

    ``describes`` says that a table is about those who took part and estimates nothing;
    ``weighted`` holds the weighted figures by row.
    """

    survey: Survey
    policy: Policy
    describes: bool = False
    weighted: Mapping[Key, Mapping[Cell, Values]] = field(default_factory=dict)

    @property
    def design(self) -> Design:
        """The design of the survey."""
        return self.survey.design

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds of the survey."""
        return self.policy.thresholds

    @property
    def has_intervals(self) -> bool:
        """Whether the design allows intervals, and there is something to estimate."""
        return statements(self.design).intervals and not self.describes

    def has_intervals_of(self, said: Released) -> bool:
        """Whether a row has intervals: open ways in beside a sample have none."""
        return self.has_intervals and not said.shape.apart

    def population(self, said: Released) -> int | None:
        """Return how many people a row was drawn from, where that is known."""
        if not said.key.variable:
            return self.design.population
        return self.survey.strata.get(said.key.variable, {}).get(said.key.group)


class Sheet:
    """Collects the figures of one table."""

    def __init__(self, table: str, frame: Frame) -> None:
        self.table = table
        self.frame = frame
        self.records: list[Values] = []

    def add(
        self,
        statistic: str,
        *,
        item: str = "",
        category: str = "",
        variable: str = "",
        group: str = "",
        channel: str = "",
        **values: Any,
    ) -> None:
        """Add one figure; ``values`` are n, base, share, low, high and sign."""
        survey = self.frame.survey
        names = {
            "table": self.table,
            "item": item,
            "category": category,
            "group": group,
            "statistic": statistic,
            "group_variable": variable,
            "channel": channel,
        }
        record: Values = {
            **names,
            **dict.fromkeys(("n", "share", "low", "high", "base")),
            "sign": "",
            "figure_id": figure_id(survey=survey.name, wave=survey.wave, **names),
            "wave": survey.wave,
            "design": survey.design.kind,
            "weighted": False,
            "package_hash": survey.package_hash,
        }
        self.records.append(record | values)

    def add_row(self, said: Released) -> None:
        """Add all figures of one row of counts."""
        key = said.key
        names = {"item": key.item, "variable": key.variable, "group": key.group}
        found = values_of(said, self.frame)
        if said.shape.apart:
            found = {cell: row | {"design": "open"} for cell, row in found.items()}
        beside = self.frame.weighted.get(key, {})
        found = {cell: row | beside.get(cell, {}) for cell, row in found.items()}
        for cell in said.shape.cells:
            self.add(cell[0], category=cell[1], **names, **found[cell])
        for statistic in said.shape.statistics:
            self.add(statistic, **names, **found[statistic, ""])
        for code in said.shape.missing:
            n = said.missing.get(code)
            sign = PROTECTED if n is None else ""
            self.add("missing", category=code, **names, n=n, sign=sign)


def values_of(said: Released, frame: Frame) -> dict[Cell, Values]:
    """Return n, base, share, low, high and sign of every figure of a row."""
    sums: list[Cell] = [(statistic, "") for statistic in said.shape.statistics]
    sign = IMPOSSIBLE if said.shape.never_asked else PROTECTED
    found: dict[Cell, Values] = {
        cell: {"base": said.base, "sign": sign} for cell in (*said.shape.cells, *sums)
    }
    if said.base is None or not said.cells:
        return found
    if is_uncertain(said, frame):
        for cell, n in said.cells.items():
            found[cell] = {"n": n, "base": said.base, "sign": UNCERTAIN}
        return found | {cell: {"base": said.base, "sign": FEW} for cell in sums}
    return found | _shares(said, frame)


def is_uncertain(said: Released, frame: Frame) -> bool:
    """Whether a row has counts but no percentages: too few, or too wide intervals."""
    if said.status != OPEN or not said.base:
        return True
    if not frame.has_intervals_of(said) or not said.cells:
        return False
    if hull.is_narrow(said.base, frame.thresholds, population=frame.population(said)):
        return False
    limits = hull.plain(
        list(said.cells.values()),
        said.base,
        frame.thresholds,
        population=frame.population(said),
    )
    return any(high - low > frame.thresholds.widest_interval for low, high in limits)


def _shares(said: Released, frame: Frame) -> dict[Cell, Values]:
    base = said.base or 0
    counts: dict[Cell, int] = dict(said.cells)
    counts |= {(statistic, ""): n for statistic, n in said.sums.items()}
    limits = limits_of(said, frame)
    found = {}
    for cell, n in counts.items():
        low, high = limits.get(cell, (None, None))
        found[cell] = {
            "n": n,
            "base": base,
            "share": share(n, base, frame.thresholds),
            "low": low,
            "high": high,
        }
    return found


def limits_of(said: Released, frame: Frame) -> dict[Cell, hull.Limits]:
    """Return the intervals as published of a row; none in an open survey."""
    if not frame.has_intervals_of(said):
        return {}
    base = said.base or 0
    counts: dict[Cell, int] = dict(said.cells)
    counts |= {(name, ""): n for name, n in said.sums.items() if name != "net"}
    limits = hull.hulls(
        list(counts.values()),
        base,
        frame.thresholds,
        population=frame.population(said),
    )
    found = dict(zip(counts, limits, strict=True))
    if "net" in said.sums:
        ends: list[Cell] = [("top2", ""), ("bottom2", "")]
        top, bottom = (found[end] for end in ends)
        shares = (counts[ends[0]] / base, counts[ends[1]] / base)
        found["net", ""] = hull.difference(top, bottom, shares)
    return found


def medians(rows: Iterable[Released], frame: Frame) -> list[Statement]:
    """Return the answer in the middle of each scale, where the figures decide it.

    It is said only if it holds for every set of counts that rounds to the published
    ones.
    """
    found = []
    for said in rows:
        if not said.shape.scale or is_uncertain(said, frame):
            continue
        middle = _median(said, frame.thresholds)
        if middle:
            key = said.key
            found.append(
                Statement(
                    "median",
                    key.item,
                    middle,
                    group_variable=key.variable,
                    group=key.group,
                )
            )
    return found


def _median(said: Released, thresholds: Thresholds) -> str:
    reach = thresholds.rounding_base // 2
    counts = [said.cells["share", code] for code in said.shape.scale]
    for place, code in enumerate(said.shape.scale):
        before, after = counts[:place], counts[place + 1 :]
        least = max(counts[place] - reach, 0)
        if _most(before, reach) < least + _least(after, reach) and _most(
            after, reach
        ) < least + _least(before, reach):
            return code
    return ""


def _most(counts: list[int], reach: int) -> int:
    return sum(n + reach for n in counts)


def _least(counts: list[int], reach: int) -> int:
    return sum(max(n - reach, 0) for n in counts)


def majorities(rows: Iterable[Released]) -> list[Statement]:
    """Return the answers that a large majority of a small group gave."""
    return [
        Statement(
            "majority",
            said.key.item,
            code,
            group_variable=said.key.variable,
            group=said.key.group,
        )
        for said in rows
        for code in said.majority
    ]
