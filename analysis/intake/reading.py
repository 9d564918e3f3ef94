"""A table as other programs write it: any encoding, any separator. Knows no survey."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.package.problems import Findings
from analysis.package.tables import MAX_COLUMNS, MAX_REPORTED, check_widths

MIB = 1 << 20
LARGEST = 512 * MIB
SEPARATORS = ";,\t|"
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# A cell of a megabyte is no answer; Python's own limit is lower.
LONGEST_CELL = MIB
SAVE_AGAIN = "Export it again as CSV in UTF-8."


@dataclass(frozen=True, slots=True)
class Source:
    """A table as text: names of columns, and rows with their line numbers."""

    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str

    def column(self, name: str) -> list[str]:
        """All cells of one column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]


def read(path: Path, findings: Findings) -> Source | None:
    """Read a table; ``None`` with the problems noted when it cannot be used."""
    name = path.name
    if not path.is_file():
        findings.add(name, "It is no file.", "Give the path of a CSV file.")
        return None
    if path.stat().st_size > LARGEST:
        findings.add(
            name,
            f"It is larger than {LARGEST // MIB} MiB.",
            "Leave out columns that are not needed, or split the survey.",
        )
        return None
    text, encoding = _decoded(path.read_bytes())
    if text is None or "\0" in text:
        findings.add(name, "It is no text file.", SAVE_AGAIN)
        return None
    return _table(name, text, encoding, findings)


def _decoded(content: bytes) -> tuple[str | None, str]:
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _try(content, encoding), encoding
    text = _try(content, "utf-8")
    if text is not None:
        return text, "utf-8"
    # What spreadsheets of western Europe write where nobody asks them.
    return _try(content, "cp1252"), "cp1252"


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _table(name: str, text: str, encoding: str, findings: Findings) -> Source | None:
    separator = _separator(text[: text.find("\n") + 1] or text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, lines = [], []
    try:
        names = tuple(cell.strip() for cell in next(reader, []))
        if len(names) > MAX_COLUMNS or not any(names):
            reason = "It is empty." if not any(names) else "It has too many columns."
            findings.add(name, reason, SAVE_AGAIN, row=1)
            return None
        for cells in reader:
            if cells:  # a line with separators only is a person who said nothing
                rows.append(tuple(cell.strip() for cell in cells))
                lines.append(reader.line_num)
    except csv.Error as error:
        findings.add(
            name,
            f"It cannot be read as CSV ({error}).",
            SAVE_AGAIN,
            row=reader.line_num,
        )
        return None
    before = len(findings.problems)
    _check(name, names, rows, lines, findings)
    if len(findings.problems) > before:
        return None
    return Source(name, names, tuple(rows), tuple(lines), encoding)


def _separator(first: str) -> str:
    """The separator that divides the first line most, outside of quotes."""
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=lambda sign: (outside.count(sign), sign == ","))


def _check(
    name: str,
    names: tuple[str, ...],
    rows: list[tuple[str, ...]],
    lines: list[int],
    findings: Findings,
) -> None:
    twice = [column for column, n in Counter(names).items() if n > 1 and column]
    for column in twice[:MAX_REPORTED]:
        findings.add(
            name, "This column stands twice.", "Rename one.", row=1, column=column
        )
    if not rows:
        findings.add(name, "It has no rows.", "Export it with its answers.")
    widths = [(line, len(row)) for line, row in zip(lines, rows, strict=True)]
    check_widths(name, len(names), widths, findings)
