"""What changes when the data review leaves rows out. Must not know who they were.

The rows that were left out are a group like any other: their answers to an item are
told, by a figure with them beside the one without, only where the group could be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.codebook import Item
from analysis.disclosure.answered import Answered
from analysis.disclosure.counting import Counter
from analysis.disclosure.counts import Key, Row
from analysis.disclosure.figures import Sheet, is_uncertain
from analysis.disclosure.policy import Policy
from analysis.disclosure.released import OPEN, PROTECTED, Released, release
from analysis.disclosure.rounding import share

NAMED = 3  # items: enough to judge, few enough to read
BEFORE, AFTER = "before_review", "after_review"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer with and without the rows left out: published counts and bases."""

    item: str
    category: str
    before: tuple[int, int]
    after: tuple[int, int]
    size: float


def rows_before(data: Answered, items: Sequence[Item]) -> tuple[Row, ...]:
    """Count items as if nobody had been left out, where that may be told at all."""
    if not len(data.excluded_rows):
        return ()
    counters = Counter(data), Counter(replace(data, everybody=data.excluded_rows))
    return tuple(
        _together(kept, gone)
        for item in items
        if item.kind != "rank"
        for kept, gone in zip(*(each.count(item) for each in counters), strict=True)
        if may_be_told(gone, data.policy)
    )


def may_be_told(gone: Row, policy: Policy) -> bool:
    """Whether those left out could be shown as a group of their own.

    With at least as many answers as any group has, nobody who knows all others can
    tell how many of them gave one answer, and where nearly all gave the same one
    nothing is said.
    """
    said = release(gone, policy)
    return said.status != PROTECTED and not said.majority


def _together(kept: Row, gone: Row) -> Row:
    cells = {cell: n + gone.cells.get(cell, 0) for cell, n in kept.cells.items()}
    return replace(kept, base=kept.base + gone.base, cells=cells)


def add_changes(
    sheet: Sheet, before: Sequence[Row], said: Mapping[Key, Released]
) -> None:
    """Add the answers that change most, one of each of three items."""
    found = [change for row in before for change in _changes(row, said, sheet)]
    found.sort(key=lambda change: -change.size)
    first: dict[str, Change] = {}
    for change in found:
        first.setdefault(change.item, change)
    own = sheet.frame.thresholds
    for change in list(first.values())[:NAMED]:
        for statistic, (n, base) in ((BEFORE, change.before), (AFTER, change.after)):
            sheet.add(
                statistic,
                item=change.item,
                category=change.category,
                n=n,
                base=base,
                share=share(n, base, own),
            )


def _changes(row: Row, said: Mapping[Key, Released], sheet: Sheet) -> Iterator[Change]:
    """Changes of the published shares of one item; none of what is not published."""
    own, frame = sheet.frame.thresholds, sheet.frame
    whole, without = release(row, frame.policy), said.get(row.key)
    if without is None:
        return
    both = whole, without
    if any(each.status != OPEN or each.majority for each in both):
        return
    if any(is_uncertain(each, frame) for each in both):
        return
    for cell, n in without.cells.items():
        counts = (whole.cells[cell], whole.base or 0), (n, without.base or 0)
        before, after = (share(*each, own) for each in counts)
        if before != after:
            yield Change(row.key.item, cell[1], *counts, abs(before - after))
