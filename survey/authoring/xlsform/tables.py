"""Tables of an XLSForm, in any of their appearances → batteries, asked row by row.

Finds which rows belong together; knows nothing of other questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.authoring.xlsform.outline import Group, Leaf

_ROW = frozenset({"list-nolabel", "list_nolabel", "nolabel"})
_HEADINGS_ONLY = (
    "It only shows the headings of a table, whose rows are asked one by one.",
    "",
)
BATTERY = "battery"
_Likeness = tuple[tuple[int, ...], str, str]


@dataclass(slots=True, eq=False)
class Table:
    """Rows with one scale; ``head`` is the row with the question, else the group."""

    rows: list[Leaf]
    head: Leaf | None = None
    group: Group | None = None


def units(leaves: Sequence[Leaf]) -> Iterator[Leaf | Table]:
    """Questions and tables in order; a table stands where its first row does."""
    alike: dict[_Likeness, list[Leaf]] = {}
    for leaf in leaves:
        alike.setdefault(_likeness(leaf), []).append(leaf)
    taken: set[int] = set()
    for leaf in leaves:
        if id(leaf) in taken:
            continue
        table = None
        if _may_begin_one(leaf):
            siblings = alike[_likeness(leaf)]
            free = [s for s in siblings if _is_free(s) and id(s) not in taken]
            table = _table(leaf, free)
        if table is None:
            taken.add(id(leaf))
            yield leaf
            continue
        members = [*table.rows, *([table.head] if table.head else [])]
        taken.update(map(id, members))
        yield table


def _likeness(leaf: Leaf) -> _Likeness:
    """What rows of one table have in common."""
    groups = tuple(group.number for group in leaf.groups)
    return groups, leaf.type.base, leaf.type.list_name


def _is_free(leaf: Leaf) -> bool:
    return not leaf.record.entry.is_refused


def _may_begin_one(leaf: Leaf) -> bool:
    """Whether anything about a row says that it belongs to a table."""
    group = leaf.groups[-1] if leaf.groups else None
    is_inside = group is not None and (
        group.record.value("kind") == BATTERY or "table-list" in group.appearance
    )
    return _is_free(leaf) and (
        is_inside or "label" in leaf.appearance or bool(leaf.appearance & _ROW)
    )


def _table(leaf: Leaf, free: Sequence[Leaf]) -> Table | None:
    """The table that begins with a row; none where the row stands for itself."""
    group = leaf.groups[-1] if leaf.groups else None
    if group is not None and group.record.value("kind") == BATTERY:
        return Table(list(free), group=group)
    if "label" in leaf.appearance and leaf.type.list_name:
        return _headed(leaf, free)
    if group is None or leaf.type.base != "select_one":
        return None
    if "table-list" in group.appearance:
        rows = list(free)
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
