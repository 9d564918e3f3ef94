"""CSV files → their cells: one sheet a file, a folder of them, or several in one file.

Encoding and separator are found by the content; knows not what the cells mean.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from survey.authoring.archive import refusal
from survey.authoring.cells import MOST_CELLS, MOST_ROWS, Row, Sheet
from survey.authoring.encodings import decoded

SUFFIXES = (".csv", ".tsv", ".txt")
LARGEST = 60_000_000
LONGEST_CELL = 131_072  # where Python's reader stops
_SEPARATORS = ",;\t"
_LINES_TRIED = 20

LONGEST_CELL = 100_000


class Table(NamedTuple):
    """The rows of one file and a sentence about how it was read."""

    rows: tuple[Row, ...]
    note: str


def read(path: Path) -> Table:
    """All rows of a file; raises ``AuthoringError``."""
    content = path.read_bytes()
    if len(content) > LARGEST:
        reason = f"The file has {len(content):,} bytes."
        raise refusal(path, reason, f"At most {LARGEST:,} are read.")
    found = decoded(content)
    if found is None:
        reason = "The encoding of the file cannot be recognised."
        raise refusal(path, reason, "Save it again with the encoding UTF-8.")
    separator, text = separated(found.text)
    rows = tuple(_rows(path, text, separator))
    return Table(rows, _note(path, found.encoding, separator))


def _note(path: Path, encoding: str, separator: str) -> str:
    name = {"\t": "tabs"}.get(separator, separator)
    spelt = "utf-8" if encoding == "utf-8-sig" else encoding
    return f"{path.name} was read as {spelt}, its cells separated by {name}"


def separated(text: str) -> tuple[str, str]:
    """The separator, and the text without a line that only names it."""
    first, end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        named = first.strip("\r\n")[4:5]
        if named and named in _SEPARATORS:
            return named, rest
    lines = list(islice(_lines_outside_quotes(text), _LINES_TRIED))
    counts = {
        separator: [line.count(separator) for line in lines]
        for separator in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda separator: _steadiness(counts[separator]))
    return best, text


def _steadiness(counts: list[int]) -> tuple[int, int]:
    """How many lines have as many as the most frequent count, and how many."""
    used = [count for count in counts if count]
    if not used:
        return (0, 0)
    usual = max(set(used), key=lambda count: (used.count(count), count))
    return (used.count(usual), usual)


def _lines_outside_quotes(text: str) -> Iterator[str]:
    """Lines that say something, without what stands in quotes."""
    kept = "".join(text[:200_000].split('"')[::2])
    return (line for line in kept.splitlines() if line.strip())


def _rows(path: Path, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    cells = 0
    try:
        for number, row in enumerate(reader, start=1):
            cells += len(row)
            if number > MOST_ROWS or cells > MOST_CELLS:
                reason = f"Up to row {number:,} there are {cells:,} cells."
                remedy = f"At most {MOST_ROWS:,} rows and {MOST_CELLS:,} cells."
                raise refusal(path, reason, f"{remedy} Delete what says nothing.")
            # the limit of the csv module is anybody's to raise
            if max(map(len, row), default=0) > LONGEST_CELL:
                raise csv.Error(f"a cell of over {LONGEST_CELL:,} characters")
            if any(row):
                yield Row(number, tuple(row))
    except csv.Error as error:
        reason = f"Line {reader.line_num} cannot be read: {error}."
        raise refusal(path, reason, "Look for a quote that is never closed.") from error


def sheets_in(table: Table, name: str, known: Collection[str]) -> tuple[Sheet, ...]:
    """The file as one sheet, or as the sheets whose names stand in its first column."""
    first = table.rows[0].cells[0].strip().casefold() if table.rows else ""
    if first not in known or any(table.rows[0].cells[1:]):
        return (Sheet(name, table.rows),)
    found: dict[str, list[Row]] = {}
    current: list[Row] = []
    for row in table.rows:
        title = row.cells[0].strip().casefold()
        if title:
            current = found.setdefault(title, [])
        elif any(row.cells[1:]):
            current.append(row)
    return tuple(Sheet(title, tuple(rows)) for title, rows in found.items())
