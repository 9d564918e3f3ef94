"""Workbooks of spreadsheet programs → their cells: .xlsx, .xlsm, .xls and .ods.

A child process with little memory and little time reads them; it knows nothing of
what the cells mean.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from survey.authoring import archive
from survey.authoring.archive import refusal
from survey.authoring.cells import (
    MOST_CELLS,
    MOST_ROWS,
    Row,
    Sheet,
    letters_of,
)
from survey.authoring.problems import AuthoringError
from survey.authoring.workbook_marks import Marks, last_cells, marks_of

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHILD = Path(__file__).with_name("spreadsheet_child.py")
_MEMORY = 256_000_000
_SECONDS = 15


def is_spreadsheet(start: bytes) -> bool:
    """Whether a file that begins like this is a workbook or another archive."""
    return start.startswith((ZIP, COMPOUND))


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """All sheets of a workbook; raises ``AuthoringError`` when it cannot be read."""
    marks: Mapping[str, Marks] = {}
    with path.open("rb") as file:
        is_archive = file.read(len(ZIP)) == ZIP
    if is_archive:
        with archive.opened(path) as opened:
            _refuse_other_archives(path, opened.namelist())
            marks = marks_of(opened)
    _refuse_many_rows(path, marks)
    found = _read_apart(path)
    none = Marks()
    return tuple(_sheet(one, marks.get(one["name"], none)) for one in found)


def _refuse_other_archives(path: Path, names: list[str]) -> None:
    if "xl/workbook.xml" in names or "content.xml" in names:
        return
    kind = "The archive is no workbook."
    if any(name.startswith("word/") for name in names):
        kind = "The file is a text document, not a workbook."
    if "xl/workbook.bin" in names:
        kind = "The file is a binary workbook (.xlsb)."
    raise refusal(path, kind, "Save it as .xlsx or .ods.")


def _refuse_many_rows(path: Path, marks: Mapping[str, Marks]) -> None:
    for name, own in marks.items():
        if own.rows > MOST_ROWS:
            reason = f"The sheet {name} has {own.rows:,} rows, empty ones among them."
            remedy = (
                f"At most {MOST_ROWS:,} are read: delete the rows below the last one "
                "that says something, not only what stands in them."
            )
            raise refusal(path, reason, remedy)


def _read_apart(path: Path) -> list[dict[str, Any]]:
    limits = [str(_MEMORY), str(_SECONDS), str(MOST_CELLS)]
    command = [sys.executable, "-I", str(_CHILD), str(path.absolute()), *limits]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _burst(path) from None
    if done.returncode != 0:
        raise _burst(path)
    found: dict[str, Any] = json.loads(done.stdout)
    if "fault" in found:
        raise _fault(path, found)
    sheets: list[dict[str, Any]] = found["sheets"]
    return sheets


def _burst(path: Path) -> AuthoringError:
    """Why the child gave up: a cell far away, or simply too much."""
    for name, row, column in _ends(path):
        if row * (column + 1) > MOST_CELLS:
            return _too_large(path, name, row, column)
    reason = "The file needs more memory or time than a questionnaire can."
    remedy = "Leave out what is no questionnaire, or save it anew as .xlsx."
    return refusal(path, reason, remedy)


def _ends(path: Path) -> list[tuple[str, int, int]]:
    """The last row and column of every sheet, where the file tells them."""
    if not zipfile.is_zipfile(path):
        return []
    with archive.opened(path) as opened:
        return list(last_cells(opened))


def _too_large(path: Path, name: str, row: int, column: int) -> AuthoringError:
    reason = (
        f"The sheet {name} reaches to cell {letters_of(column)}{row}: "
        f"that is more than {MOST_CELLS:,} cells."
    )
    return refusal(path, reason, "Delete the rows and columns behind the last text.")


def _fault(path: Path, found: Mapping[str, Any]) -> AuthoringError:
    if found["fault"] == "password":
        reason = "The file is protected by a password."
        return refusal(path, reason, "Save it without one.")
    if found["fault"] == "large":
        row, column = found["end"]
        return _too_large(path, found["sheet"], row + 1, column)
    reason = "The file is damaged or no workbook that can be read."
    return refusal(path, reason, "Open it in its program and save it as .xlsx.")


def _sheet(found: Mapping[str, Any], marks: Marks) -> Sheet:
    top, left = found["start"]
    before = ("",) * left
    rows = tuple(
        Row(number, before + tuple(cells))
        for number, cells in enumerate(found["rows"], start=top + 1)
        if any(cells)
    )
    merged = dict(_covered(found["merged"]))
    return Sheet(found["name"], rows, marks.faults, MappingProxyType(merged))


def _covered(ranges: list[Any]) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells that a merged one covers (not its first) → the range."""
    left = MOST_CELLS
    for first, last in ranges:
        height, width = last[0] - first[0] + 1, last[1] - first[1] + 1
        left -= height * width
        if left < 0:
            return
        name = (
            f"{letters_of(first[1])}{first[0] + 1}:{letters_of(last[1])}{last[0] + 1}"
        )
        for down, across in list(product(range(height), range(width)))[1:]:
            yield (first[0] + down + 1, first[1] + across), name
