"""A stack of typed sheets out of a table: CSV of any spreadsheet program, or workbook.

All that is wrong with the table is told at once; answers are judged elsewhere.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from survey.authoring import sheets as tables
from survey.authoring.cells import Row
from survey.authoring.cells import Sheet as Table
from survey.paper.columns import LANGUAGE, NUMBER, TypedColumn
from survey.questionnaire.problem import Problem, QuestionnaireError

MOST_SHEETS = 5_000
REMARK = "#"
"""A row that begins so is no sheet: the template explains its columns there."""


class PaperError(QuestionnaireError):
    """A file of typed sheets that cannot be taken; ``problems`` has them all."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One questionnaire; ``number`` is what the office wrote on it, or empty.

    ``posted`` is what a form would have posted: column → values, none empty.
    """

    row: int
    number: str
    language: str
    posted: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Stack:
    """All sheets of a file; where they are numbered, every one is."""

    file: str
    sheets: tuple[Sheet, ...]

    @property
    def is_numbered(self) -> bool:
        """Whether every sheet has a number."""
        return all(sheet.number for sheet in self.sheets)

    @cached_property
    def digest(self) -> bytes:
        """The same for the same sheets, in whatever format they were saved."""
        content = [
            (sheet.number, sheet.language, sorted(sheet.posted.items()))
            for sheet in self.sheets
        ]
        return hashlib.sha256(json.dumps(content).encode()).digest()


def read(path: Path, columns: Sequence[TypedColumn], languages: Sequence[str]) -> Stack:
    """The sheets of a file; raises ``PaperError`` or ``AuthoringError``."""
    table = _only_table(path)
    reading = _Reading(path.name, table, columns, languages)
    header, *rows = table.rows
    places = reading.places(header)
    if reading.problems:
        raise PaperError(reading.problems)
    found = [
        reading.sheet(row, places)
        for row in rows
        if not row.cell(0).lstrip().startswith(REMARK)
        and any(map(str.strip, row.cells))
    ]
    reading.look_at_numbers(found)
    reading.look_at_size(found)
    if reading.problems:
        raise PaperError(sorted(reading.problems, key=lambda one: one.line))
    return Stack(path.name, tuple(found))


def _only_table(path: Path) -> Table:
    filled = [one for one in tables.open_tables(path).sheets if one.rows]
    if len(filled) == 1:
        return filled[0]
    reason = "No table in the file says anything."
    if filled:
        reason = f"The file has {len(filled)} tables that say something."
    remedy = "Keep one table: a row for each paper, below a row with the columns."
    raise PaperError([Problem(path.name, "", reason, remedy)])


class _Reading:
    """Collects what is wrong with one file while it is read."""

    def __init__(
        self,
        file: str,
        table: Table,
        columns: Sequence[TypedColumn],
        languages: Sequence[str],
    ) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._table = table
        self._columns = {column.name: column for column in columns}
        self._languages = languages

    def places(self, header: Row) -> dict[str, int]:
        """Column → where it stands, once nothing is unknown, double or missing."""
        names = [cell.strip().casefold() for cell in header.cells]
        for name, times in Counter(filter(None, names)).items():
            if times > 1:
                self._add(
                    header.number, name, f"The column stands there {times} times."
                )
            if name not in self._columns and name not in (NUMBER, LANGUAGE):
                self._unknown(header.number, name)
        missing = [name for name in self._columns if name not in names]
        if len(self._languages) > 1 and LANGUAGE not in names:
            missing.insert(0, LANGUAGE)
        for name in missing:
            reason = "The column is missing."
            remedy = "Take the columns from --template; a cell may stay empty."
            self._add(header.number, name, reason, remedy)
        self._look_beside(names)
        return {name: at for at, name in enumerate(names) if name}

    def sheet(self, row: Row, places: Mapping[str, int]) -> Sheet:
        """One row as a sheet; what is wrong with it is remembered."""
        posted = {}
        for name, column in self._columns.items():
            self._look_at_cell(row.number, name, places[name])
            values = column.values(row.cell(places[name]))
            if values:
                posted[name] = values
        if not posted:
            reason = "Nothing is typed in this row."
            self._add(row.number, "", reason, "Leave out sheets that came back blank.")
        return Sheet(
            row=row.number,
            number=_cell(row, places.get(NUMBER)),
            language=self._language(row, places),
            posted=posted,
        )

    def look_at_numbers(self, found: Sequence[Sheet]) -> None:
        """A number stands on one sheet; it is on all of them or on none."""
        times = Counter(sheet.number for sheet in found if sheet.number)
        for sheet in found:
            if times and not sheet.number:
                self._add(sheet.row, NUMBER, "This sheet has no number, others have.")
            elif times[sheet.number] > 1:
                reason = f"The number {sheet.number} stands on several sheets."
                self._add(sheet.row, NUMBER, reason, "Is one of them typed twice?")

    def look_at_size(self, found: Sequence[Sheet]) -> None:
        """Enough to be something, not more than one batch holds."""
        if not found:
            self._add(0, "", "There is no sheet below the columns.")
        if len(found) > MOST_SHEETS:
            reason = f"The file has {len(found):,} sheets."
            self._add(0, "", reason, f"Enter at most {MOST_SHEETS:,} at once.")

    def _language(self, row: Row, places: Mapping[str, int]) -> str:
        text = _cell(row, places.get(LANGUAGE)).casefold()
        if not text and len(self._languages) == 1:
            return self._languages[0]
        if text not in self._languages:
            reason = f"{text!r} is no language of the survey."
            if not text:
                reason = "The language of the paper is missing."
            remedy = f"Write one of {', '.join(self._languages)}."
            self._add(row.number, LANGUAGE, reason, remedy)
        return text

    def _look_at_cell(self, row: int, name: str, at: int) -> None:
        fault = self._table.faults.get((row, at))
        if fault is not None:
            self._add(row, name, fault.reason, fault.remedy)
        merged = self._table.merged.get((row, at))
        if merged is not None:
            reason = f"The cell is part of the merged cells {merged}."
            self._add(row, name, reason, "Separate them and fill every cell.")

    def _look_beside(self, names: Sequence[str]) -> None:
        """Cells under no heading are not passed over in silence."""
        named = {at for at, name in enumerate(names) if name}
        for row in self._table.rows:
            for at, text in enumerate(row.cells):
                if text.strip() and at not in named:
                    column = tables.letters_of(at)
                    reason = f"Something stands in column {column}, which has no name."
                    self._add(row.number, column, reason, "Is the row shifted?")
                    break

    def _unknown(self, row: int, name: str) -> None:
        near = _nearest(name, self._columns)
        remedy = f"Did you mean {near}?" if near else "Take it out."
        self._add(row, name, "The questionnaire has no such column.", remedy)

    def _add(self, row: int, column: str, reason: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, column, reason, remedy, row))


def _nearest(name: str, known: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(name[:80], known, n=1)), "")


def _cell(row: Row, at: int | None) -> str:
    return "" if at is None else row.cell(at).strip()
