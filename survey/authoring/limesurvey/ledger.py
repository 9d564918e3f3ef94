"""Keeps what becomes of every row until the end, so that each gets exactly one line.

Knows no section; a row that nobody asks for is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from survey.authoring.intake import CHANGED, REFUSED, TAKEN, Line
from survey.authoring.limesurvey.document import Document, Row
from survey.authoring.limesurvey.markup import joined

_WEIGHT = {TAKEN: 0, CHANGED: 1, REFUSED: 2}


@dataclass(slots=True)
class _Entry:
    name: str = ""
    verdict: str = ""
    reasons: list[str] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)
    excerpt: str = ""


class Ledger:
    """One entry for each row of a document; the weightiest verdict stands."""

    def __init__(self, document: Document) -> None:
        self._rows: list[Row] = []
        self._entries: dict[Row, _Entry] = {}
        for section in document.values():
            self._rows += section.rows or section.entries
            if not section.rows and not section.entries:
                self._rows.append(Row(section.name, 0, section.line, {}))
        self._rows.sort(key=lambda row: row.line)

    def whole(self, section: str) -> list[Row]:
        """The rows of a section, or the one that stands for all of it."""
        return [row for row in self._rows if row.section == section]

    def name(self, row: Row, name: str) -> None:
        """The author's own name of a row; the first stands."""
        entry = self._entry(row)
        entry.name = entry.name or name

    def take(self, row: Row, name: str = "") -> None:
        """The row is taken as it is."""
        self._judge(row, TAKEN, name)

    def change(
        self,
        row: Row,
        reason: str,
        remedy: str = "",
        *,
        name: str = "",
        excerpt: str = "",
    ) -> None:
        """The row is taken otherwise than written."""
        self._judge(row, CHANGED, name, reason, remedy, excerpt)

    def refuse(
        self,
        row: Row,
        reason: str,
        remedy: str = "",
        *,
        name: str = "",
        excerpt: str = "",
    ) -> None:
        """The row is not taken."""
        self._judge(row, REFUSED, name, reason, remedy, excerpt)

    def is_judged(self, row: Row) -> bool:
        """Whether anybody has asked for the row."""
        return bool(self._entry(row).verdict)

    def is_refused(self, row: Row) -> bool:
        """Whether the row is not taken."""
        return self._entry(row).verdict == REFUSED

    def lines(self) -> tuple[Line, ...]:
        """One line for each row, in the order of the file."""
        return tuple(map(self._line, self._rows))

    def _line(self, row: Row) -> Line:
        entry = self._entry(row)
        verdict = entry.verdict
        if verdict == TAKEN:
            return Line(row.section, row.number, entry.name, TAKEN)
        reason, remedy = joined(entry.reasons), joined(entry.remedies)
        if not verdict:
            verdict, reason = REFUSED, "Nothing in this file belongs to it."
        return Line(
            row.section, row.number, entry.name, verdict, reason, remedy, entry.excerpt
        )

    def _entry(self, row: Row) -> _Entry:
        found = self._entries.get(row)
        if found is None:
            found = self._entries[row] = _Entry()
        return found

    def _judge(
        self,
        row: Row,
        verdict: str,
        name: str,
        reason: str = "",
        remedy: str = "",
        excerpt: str = "",
    ) -> None:
        entry = self._entry(row)
        entry.name = entry.name or name
        is_weightier = _WEIGHT[verdict] > _WEIGHT.get(entry.verdict, -1)
        if verdict == REFUSED and is_weightier:
            entry.reasons, entry.remedies = [], []
        if is_weightier:
            entry.verdict = verdict
        if verdict == entry.verdict and reason:
            entry.reasons.append(reason)
            entry.remedies.append(remedy)
            entry.excerpt = entry.excerpt or excerpt


def all_refused(
    ledger: Ledger, rows: Iterable[Row], reason: str, remedy: str = ""
) -> None:
    """Refuse rows that share one reason."""
    for row in rows:
        ledger.refuse(row, reason, remedy)
