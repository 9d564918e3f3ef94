"""Rows of the sheet ``survey`` → its questions, each with the groups around it.

Groups that never end, ends that close nothing and everything inside a repeat are
settled here; what a question is, is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from survey.authoring.xlsform import types
from survey.authoring.xlsform.records import Record
from survey.authoring.xlsform.types import Type

DEEPEST = 20
_NO_REPEAT = (
    "Nothing is repeated: how many people or things somebody has would tell who it is.",
    "Ask for the number, or for one of them.",
)


@dataclass(slots=True, eq=False)
class Group:
    """A group that is open around a question; ``number`` tells namesakes apart.

    ``is_table`` once its rows have become one question.
    """

    record: Record
    number: int
    is_repeat: bool = False
    is_table: bool = False
    leaves: list[Leaf] = field(default_factory=list)

    @property
    def appearance(self) -> frozenset[str]:
        """The words in its column appearance."""
        return frozenset(self.record.value("appearance").lower().split())


@dataclass(slots=True, eq=False)
class Leaf:
    """A row that is no group, and the groups around it, the outermost first.

    ``ours`` is our name of it, once it has one.
    """

    record: Record
    type: Type
    groups: tuple[Group, ...]
    ours: str = ""

    @property
    def name(self) -> str:
        """The author's name of it."""
        return self.record.value("name")

    @property
    def appearance(self) -> frozenset[str]:
        """The words in its column appearance."""
        return frozenset(self.record.value("appearance").lower().split())


@dataclass(slots=True)
class Outline:
    """Leaves in order, those refused among them, and all groups."""

    leaves: list[Leaf] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


class _Outliner:
    def __init__(self) -> None:
        self.found = Outline()
        self.open: list[Group] = []

    def take(self, record: Record) -> None:
        entry = record.entry
        written = record.value("type")
        if not written:
            reason = "The row has no type."
            entry.refuse(reason, "Write what it asks for, such as select_one LIST.")
            return
        kind = types.read(written)
        if kind.base.startswith("begin"):
            self.begin(record, is_repeat=kind.base == "begin_repeat")
        elif kind.base.startswith("end"):
            self.end(record, is_repeat=kind.base == "end_repeat")
        else:
            self.leaf(record, kind)

    def begin(self, record: Record, *, is_repeat: bool) -> None:
        if len(self.open) >= DEEPEST:
            reason = f"Groups are nested more than {DEEPEST} deep."
            record.entry.refuse(reason, "Make them flatter.")
        group = Group(record, len(self.found.groups), is_repeat)
        self.found.groups.append(group)
        self.open.append(group)
        if any(one.is_repeat for one in self.open):
            record.entry.refuse(*_NO_REPEAT)

    def end(self, record: Record, *, is_repeat: bool) -> None:
        entry = record.entry
        if not self.open:
            entry.refuse("It ends a group that never began.", "Leave the row out.")
            return
        group = self.open.pop()
        if any(one.is_repeat for one in (*self.open, group)):
            entry.refuse(*_NO_REPEAT)
        elif group.is_repeat != is_repeat:
            name = group.record.value("name")
            entry.change(f"It is read as the end of the group {name}.")

    def leaf(self, record: Record, kind: Type) -> None:
        leaf = Leaf(record, kind, tuple(self.open))
        if kind.refusal:
            record.entry.refuse(*kind.refusal)
        elif any(group.is_repeat for group in self.open):
            record.entry.refuse(*_NO_REPEAT)
        elif any(group.record.entry.is_refused for group in self.open):
            record.entry.refuse("The group around it is not taken.")
        self.found.leaves.append(leaf)
        for group in self.open:
            group.leaves.append(leaf)

    def close(self) -> Outline:
        for group in self.open:
            reason = "It is never ended: everything below is read as part of it."
            group.record.entry.change(reason, "Write end_group where it ends.")
        return self.found


def outline(records: Iterable[Record]) -> Outline:
    """The form's questions in order."""
    outliner = _Outliner()
    for record in records:
        outliner.take(record)
    return outliner.close()
