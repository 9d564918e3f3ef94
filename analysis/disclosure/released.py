"""What of a row of counts may be said. Its result knows rounded counts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.disclosure.counts import PARTS, Cell, Key, Row
from analysis.disclosure.policy import Policy
from analysis.disclosure.rounding import rounded

OPEN = "open"  # counts and percentages
UNCERTAIN = "uncertain"  # counts only, in brackets
MAJORITY = "majority"  # a large majority of a small group gave one answer
PROTECTED = "protected"  # nothing


@dataclass(frozen=True, slots=True)
class Shape:
    """What a row asks, known before any answer: its cells, scale and missing codes."""

    cells: tuple[Cell, ...]
    shape: str
    scale: tuple[str, ...] = ()
    statistics: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    apart: bool = False
    counts_everybody: bool = False
    covers: bool = False
    never_asked: bool = False


@dataclass(frozen=True, slots=True)
class Released:
    """Rounded counts of one item in one group, as far as they may be said.

    Everything that is published follows from these values and from what is known
    without any answer, so a reader of everything knows these values at most.
    ``majority`` holds the categories that more than 90 % of a small group chose.
    """

    key: Key
    shape: Shape
    status: str = PROTECTED
    base: int | None = None
    cells: Mapping[Cell, int] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)
    majority: tuple[str, ...] = ()


def release(row: Row, policy: Policy, *, is_withheld: bool = False) -> Released:
    """Round one row or hold it back: base, then homogeneity, then rounding.

    Parameters
    ----------
    row : Row
        Unrounded counts.
    policy : Policy
        Thresholds of the survey.
    is_withheld : bool
        Held back because the rounded figures together would give a cell away.
    """
    nothing = Released(row.key, shape_of(row))
    if is_withheld or row.base < policy.base_of(row.key.item):
        return nothing
    own = policy.thresholds
    majority = _majority(row, policy)
    said = replace(
        nothing,
        status=OPEN,
        base=rounded(row.base, own),
        missing={code: rounded(n, own) for code, n in row.missing.items()},
        majority=majority,
    )
    if majority and row.shape == PARTS:
        return replace(said, status=MAJORITY)
    cells = {
        cell: rounded(n, own)
        for cell, n in row.cells.items()
        if cell[1] not in majority
    }
    if rounded(row.base, own) < own.share_base:
        return replace(said, status=UNCERTAIN, cells=cells)
    sums = {name: rounded(row.sum_of(name), own) for name in row.sums()}
    return replace(said, cells=cells, sums=sums)


def shape_of(row: Row) -> Shape:
    """Return what a row asks, whatever was answered."""
    return Shape(
        cells=tuple(row.cells),
        shape=row.shape,
        scale=row.scale,
        statistics=tuple(row.sums()),
        missing=tuple(row.missing),
        apart=row.apart,
        counts_everybody=row.counts_everybody,
        covers=row.covers,
        never_asked=row.never_asked,
    )


def _majority(row: Row, policy: Policy) -> tuple[str, ...]:
    own = policy.thresholds
    if row.base >= own.majority_below_base:
        return ()
    found = (
        category
        for (_, category), n in row.cells.items()
        if n > own.majority_above * row.base
    )
    return tuple(dict.fromkeys(found))
