"""Tables of an XLSForm, in any of their appearances → batteries, asked row by row.

Finds which rows belong together; knows nothing of other questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from survey.authoring.xlsform.outline import Group, Leaf

_ROW = frozenset({"list-nolabel", "list_nolabel", "nolabel"})
_HEADINGS_ONLY = (
    "It only shows the headings of a table, whose rows are asked one by one.",
    "",
)
BATTERY = "battery"


@dataclass(slots=True, eq=False)
class Table:
    """Rows with one scale; ``head`` is the row with the question, else the group."""

    rows: list[Leaf]
    head: Leaf | None = None
    group: Group | None = None


def units(leaves: Sequence[Leaf]) -> Iterator[Leaf | Table]:
    """Questions and tables in order; a table stands where its first row does."""
    by_group: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        if leaf.groups:
            by_group.setdefault(leaf.groups[-1].number, []).append(leaf)
    taken: set[int] = set()
    for leaf in leaves:
        if id(leaf) in taken:
            continue
        siblings = by_group[leaf.groups[-1].number] if leaf.groups else leaves
        table = _table(leaf, siblings, taken)
        if table is None:
            taken.add(id(leaf))
            yield leaf
            continue
        members = [*table.rows, *([table.head] if table.head else [])]
        taken.update(map(id, members))
        yield table


def _table(
    leaf: Leaf, siblings: Sequence[Leaf], taken: Collection[int]
) -> Table | None:
    """The table that begins with a row; none where the row stands for itself."""
    if leaf.record.entry.is_refused:
        return None
    group = leaf.groups[-1] if leaf.groups else None
    free = [s for s in siblings if _is_usable(s, leaf) and id(s) not in taken]
    if group is not None and group.record.value("kind") == BATTERY:
        return Table(free, group=group)
    if "label" in leaf.appearance and leaf.type.list_name:
        return _headed(leaf, free)
    if group is None or leaf.type.base != "select_one":
        return None
    if "table-list" in group.appearance:
        rows = free
    elif leaf.appearance & _ROW:
        rows = [row for row in free if row.appearance & _ROW]
    else:
        return None
    is_table = len(rows) > 1 and bool(group.record.texts.get("label"))
    return Table(rows, group=group) if is_table and _are_alike(rows) else None


def _headed(head: Leaf, free: Sequence[Leaf]) -> Table | None:
    """A row that shows the headings, and the rows without any below it."""
    start = next(at for at, leaf in enumerate(free) if leaf is head)
    rows = [leaf for leaf in free[start + 1 :] if leaf.appearance & _ROW]
    if head.type.base == "select_one" and len(rows) > 1 and _are_alike(rows):
        return Table(rows, head)
    head.record.entry.refuse(*_HEADINGS_ONLY)
    return None


def _is_usable(leaf: Leaf, first: Leaf) -> bool:
    """Whether a row can stand in the same table as another."""
    return (
        not leaf.record.entry.is_refused
        and leaf.type.base == first.type.base
        and leaf.type.list_name == first.type.list_name
        and leaf.groups == first.groups
    )


def _are_alike(rows: Sequence[Leaf]) -> bool:
    """Whether all rows are shown under one condition; said where they are not."""
    conditions = {row.record.value("relevant") for row in rows}
    filters = {row.record.value("choice_filter") for row in rows}
    if len(conditions) == 1 and filters == {""}:
        return True
    for row in rows:
        row.record.entry.change(
            "It is asked alone, as the rows differ in who is asked."
        )
    return False
