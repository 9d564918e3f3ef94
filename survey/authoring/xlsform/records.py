"""Rows of a sheet → records: each cell under the name of what it holds.

Refuses cells whose text is destroyed, with their place; knows not what a record
becomes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from survey.authoring.cells import Row, Sheet
from survey.authoring.damage import damage
from survey.authoring.xlsform import headers
from survey.authoring.xlsform.headers import TRANSLATED, Heading
from survey.authoring.xlsform.ledger import Entry, Ledger

_ROWS_TRIED = 10
_MOST_COLUMNS = 500


@dataclass(slots=True)
class Record:
    """One row; ``texts`` by field and language code, ``values`` everything else.

    ``unnamed`` holds columns that are none of ours, by their heading.
    """

    entry: Entry
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    unnamed: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """A cell; empty when there is none."""
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """A cell that says yes."""
        return self.value(name).lower() in ("yes", "true", "true()", "1", "x", "ja")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings were found; ``top`` is the row they stand in."""

    sheet: Sheet
    top: int
    headings: tuple[Heading, ...]

    def languages(self) -> Iterator[Heading]:
        """Headings that name a language."""
        return (heading for heading in self.headings if heading.language)

    def has(self, name: str) -> bool:
        """Whether a column of that meaning exists."""
        return any(heading.field == name for heading in self.headings)

    def rows(self) -> Iterator[Row]:
        """The rows below the headings."""
        return (row for row in self.sheet.rows if row.number > self.top)

    def count(self, heading: Heading) -> int:
        """How many rows have a text in a column."""
        return sum(bool(row.cell(heading.column).strip()) for row in self.rows())


def table(
    sheet: Sheet, aliases: Mapping[str, str], needed: Collection[str]
) -> Table | None:
    """The sheet with its headings, which may stand below other lines.

    None when no row near the top has all of ``needed``.
    """
    for row in sheet.rows[:_ROWS_TRIED]:
        found = tuple(
            headers.read(column, text, aliases)
            for column, text in enumerate(row.cells[:_MOST_COLUMNS])
            if text.strip()
        )
        if {heading.field for heading in found}.issuperset(needed):
            return Table(sheet, row.number, found)
    return None


class Reader:
    """Turns the rows of one table into records.

    ``codes`` maps the languages' names to codes; "" is where none is named, and a
    name that is missing has not been settled: its texts are left aside.
    """

    def __init__(
        self,
        found: Table,
        codes: Mapping[str, str],
        ledger: Ledger,
        known: frozenset[str],
    ) -> None:
        self.table = found
        self.codes = codes
        self.ledger = ledger
        self.known = known
        self.name = found.sheet.name

    def records(self, *, named_by: str = "name") -> Iterator[Record]:
        """All rows that say something in a column with a heading."""
        columns = [h for h in self.table.headings if h.field == named_by]
        for row in self.table.rows():
            if any(row.cell(h.column).strip() for h in self.table.headings) or any(
                (row.number, h.column) in self.table.sheet.faults
                for h in self.table.headings
            ):
                name = row.cell(columns[0].column).strip() if columns else ""
                entry = self.ledger.entry(self.name, row.number, name)
                yield self.record(row, entry)

    def record(self, row: Row, entry: Entry) -> Record:
        """One row."""
        made = Record(entry)
        faults, merged = self.table.sheet.faults, self.table.sheet.merged
        for heading in self.table.headings:
            text = row.cell(heading.column).strip()
            place = (row.number, heading.column)
            if not text:
                fault = faults.get(place)
                if fault:
                    self.complain(entry, place, *fault)
                elif place in merged:
                    reason = f"It is covered by the merged cells {merged[place]}."
                    remedy = "Unmerge them and write into every row."
                    self.complain(entry, place, reason, remedy)
                continue
            if heading.field in TRANSLATED:
                self.text(made, heading, place, text)
            else:
                self.plain(made, heading, place, text)
        return made

    def text(
        self, made: Record, heading: Heading, place: tuple[int, int], text: str
    ) -> None:
        """A text people read."""
        found = damage(text)
        if found:
            remedy = "Write it again, in a file saved as UTF-8 or .xlsx."
            self.complain(made.entry, place, found, remedy)
            return
        code = self.codes.get(heading.language)
        if code is not None:
            clean = text.replace("\r\n", "\n").replace("\r", "\n")
            made.texts.setdefault(heading.field, {}).setdefault(code, clean)

    def plain(
        self, made: Record, heading: Heading, place: tuple[int, int], text: str
    ) -> None:
        """A name, a number, an expression."""
        if "\ufffd" in text:
            self.complain(made.entry, place, damage(text), "Write it again.")
        elif heading.field in self.known:
            made.values.setdefault(heading.field, text)
        else:
            made.unnamed.setdefault(heading.text, text)

    def complain(
        self, entry: Entry, place: tuple[int, int], reason: str, remedy: str
    ) -> None:
        """Say that a cell is read as empty."""
        cell = self.table.sheet.place(*place)
        entry.lose(f"{cell} is not taken: {reason}", remedy)
