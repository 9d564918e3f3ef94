"""Text tables (CSV) as rows with their line numbers; knows no item and no code."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.package.problems import Findings

# Two hundred items of twenty options are 4,000; a million is an attack.
MAX_COLUMNS = 20_000
MAX_REPORTED = 20
SAVE_AS = "Save the file as CSV in UTF-8 with commas."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the file and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Cell of that column; "" when the table has no such column."""
        return self.cells.get(column, "")


def decoded(name: str, content: bytes, findings: Findings) -> str | None:
    """The text of a file that must be UTF-8 without NUL; None when it is not."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(
            name,
            "It holds bytes that are not UTF-8.",
            SAVE_AS if name.endswith(".csv") else "Save the file in UTF-8.",
            row=content.count(b"\n", 0, error.start) + 1,
        )
        return None
    place = text.find("\0")
    if place >= 0:
        findings.add(
            name,
            "It holds a NUL character.",
            "The file is damaged; export it again.",
            row=text.count("\n", 0, place) + 1,
        )
        return None
    return text


def header(name: str, text: str, findings: Findings) -> list[str] | None:
    """Column names of a table; None when they cannot be used."""
    first = text[: text.find("\n") + 1] or text
    if first.count(",") >= MAX_COLUMNS:
        findings.add(
            name,
            f"It has more than {MAX_COLUMNS} columns.",
            "Remove columns that no item of the codebook names.",
            row=1,
        )
        return None
    try:
        names = next(csv.reader(io.StringIO(first), strict=True), [])
    except csv.Error:
        findings.add(name, "Its first line cannot be read.", SAVE_AS, row=1)
        return None
    if not any(names):
        findings.add(name, "It is empty.", "Export the package again.", row=1)
        return None
    twice = [column for column, count in Counter(names).items() if count > 1]
    for column in twice[:MAX_REPORTED]:
        findings.add(
            name,
            "This column stands twice.",
            "Keep one of the two.",
            row=1,
            column=column,
        )
    return None if twice else names


def rows(
    name: str, content: bytes, required: Sequence[str], findings: Findings
) -> list[Row]:
    """All rows of a small table; [] when the table cannot be used.

    A column of ``required`` that is missing and every row of another width
    are noted as problems.
    """
    text = decoded(name, content, findings)
    names = header(name, text, findings) if text is not None else None
    if (
        text is None
        or names is None
        or not has_columns(name, names, required, findings)
    ):
        return []
    found = []
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            if reader.line_num > 1 and cells:
                found.append((reader.line_num, cells))
    except csv.Error:
        findings.add(
            name, "This line cannot be read as CSV.", SAVE_AS, row=reader.line_num
        )
        return []
    check_widths(name, len(names), [(n, len(cells)) for n, cells in found], findings)
    return [
        Row(number, dict(zip(names, cells, strict=True)))
        for number, cells in found
        if len(cells) == len(names)
    ]


def has_columns(
    name: str, names: Sequence[str], required: Sequence[str], findings: Findings
) -> bool:
    """Whether every required column is there; the missing ones are noted."""
    missing = [column for column in required if column not in names]
    for column in missing:
        findings.add(
            name,
            "This column is missing.",
            "Add it, or export the package again.",
            row=1,
            column=column,
        )
    return not missing


def check_widths(
    name: str, width: int, lines: Sequence[tuple[int, int]], findings: Findings
) -> None:
    """Note lines with another number of cells than the header."""
    wrong = [(number, cells) for number, cells in lines if cells != width]
    for number, cells in wrong[:MAX_REPORTED]:
        findings.add(
            name,
            f"This line has {cells} cells instead of {width}.",
            "Correct the line, or export the package again.",
            row=number,
        )
    if len(wrong) > MAX_REPORTED:
        findings.add(
            name,
            f"{len(wrong) - MAX_REPORTED} further lines have a wrong number of cells.",
            "Export the package again.",
            row=wrong[MAX_REPORTED][0],
        )


def frame(table: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table of text with at least the given columns."""
    names = list(dict.fromkeys([*columns, *(c for row in table for c in row.cells)]))
    data = {name: pd.array([row[name] for row in table], dtype="str") for name in names}
    return pd.DataFrame(data, columns=names)
