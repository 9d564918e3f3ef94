"""A question in the making: what is known of one row before it is a question.

Knows no single type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from survey.authoring.xlsform.choices import ChoiceList
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.known import Item
from survey.authoring.xlsform.ledger import Entry
from survey.authoring.xlsform.outline import Leaf
from survey.authoring.xlsform.records import Record


@dataclass(slots=True)
class Draft:
    """``values`` are attributes of the question; ``words`` its texts by their part.

    ``choices`` is the list its options come from, ``steps`` the answers of a range;
    ``looks_at`` the questions (our names) that must have been answered on an earlier
    page.
    """

    form: Form
    leaf: Leaf
    name: str
    kind: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    choices: ChoiceList | None = None
    item: Item | None = None
    looks_at: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """The row."""
        return self.leaf.record

    @property
    def entry(self) -> Entry:
        """What is said about the row."""
        return self.leaf.record.entry

    def value(self, column: str) -> str:
        """A cell of the row."""
        return self.leaf.record.value(column)

    def number(self, column: str, default: int = 0) -> int:
        """A whole number; said where the cell holds none."""
        text = self.value(column)
        if not text:
            return default
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            self.entry.change(f"{column} is no whole number: {text!r} is left out.")
            return default
        return int(text)

    def text(self, column: str) -> dict[str, str]:
        """The texts of a column as they are kept."""
        return self.form.cleaned(self.entry, self.record.texts.get(column, {}))
