"""Opens strangers' tables: workbooks, CSV files, folders of CSV files.

Sizes are looked at before anything is opened, every cell comes as the text its author
sees, and what cannot be read is refused with its place. Knows not what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from survey.authoring import csv_sheets, spreadsheets
from survey.authoring.archive import refusal
from survey.authoring.cells import Fault, Row, Sheet, Workbook, column_of, letters_of
from survey.authoring.problems import AuthoringError
from survey.questionnaire.problem import Problem

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", *csv_sheets.SUFFIXES)
LARGEST_FILE = 60_000_000
_MOST_FILES = 20
_START = 4_000
_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM|SPILL)[!?]?|Err:[0-9]{3}")


def open_tables(path: Path, *, together: Collection[str] = ()) -> Workbook:
    """All sheets of a file or folder; raises ``AuthoringError``.

    ``together`` are names of sheets (in small letters) that belong together: a CSV
    file named after one brings along the files beside it that are named after the
    others, and one CSV file may hold several under their names.
    """
    try:
        found = _open(path, together)
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror or error}."
        remedy = "Check its name and your permissions."
        raise refusal(path, reason, remedy) from error
    return replace(found, sheets=tuple(map(_without_errors, found.sheets)))


def _open(path: Path, together: Collection[str]) -> Workbook:
    if path.is_dir():
        return _folder(path)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        reason = f"The file has {size:,} bytes."
        raise refusal(path, reason, f"At most {LARGEST_FILE:,} are read.")
    with path.open("rb") as file:
        start = file.read(_START)
    if not start.strip():
        raise refusal(path, "The file is empty.", "Is it the right one?")
    if spreadsheets.is_spreadsheet(start):
        return Workbook(path.name, spreadsheets.sheets_of(path))
    _refuse_markup(path, start)
    return _csv(path, together)


def _refuse_markup(path: Path, start: bytes) -> None:
    """Some programs save HTML or XML under the suffix .xls."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower()
    is_workbook = path.suffix.lower() not in csv_sheets.SUFFIXES
    if is_workbook or head in (b"<?xml", b"<html", b"<!doc"):
        reason = "The file is no workbook of a spreadsheet program."
        if head.startswith(b"<"):
            reason = "The file is HTML or XML, whatever its name says."
        raise refusal(path, reason, "Open it in its program and save it as .xlsx.")


def _csv(path: Path, together: Collection[str]) -> Workbook:
    beside = _files_beside(path, together)
    if beside:
        return _files(path.name, beside)
    table = csv_sheets.read(path)
    sheets = csv_sheets.sheets_in(table, path.stem, together)
    return Workbook(path.name, sheets, (f"{table.note}.",))


def _files_beside(path: Path, together: Collection[str]) -> dict[str, Path]:
    """Sheet → file, when a file and others beside it are named after sheets."""
    stem = path.stem.casefold()
    named = [n for n in together if re.search(rf"(?<![a-z]){re.escape(n)}$", stem)]
    own = max(named, key=len, default="")
    if not own:
        return {}
    start = stem[: len(stem) - len(own)]
    wanted = {f"{start}{name}": name for name in together}
    found = {
        wanted[other.stem.casefold()]: other
        for other in _csv_files(path.parent)
        if other.stem.casefold() in wanted
    }
    return {name: found[name] for name in together if name in found} | {own: path}


def _folder(path: Path) -> Workbook:
    files = {file.stem: file for file in _csv_files(path)}
    if not files:
        reason = "There is no CSV file in the folder."
        raise refusal(path, reason, "Put survey.csv and choices.csv into it.")
    if len(files) > _MOST_FILES:
        reason = f"There are {len(files):,} CSV files in the folder."
        raise refusal(path, reason, f"At most {_MOST_FILES} belong together.")
    return _files(path.name, files)


def _csv_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in csv_sheets.SUFFIXES and path.is_file():
            yield path


def _files(name: str, files: dict[str, Path]) -> Workbook:
    sheets, notes, problems = [], [], list[Problem]()
    for title, path in files.items():
        try:
            table = csv_sheets.read(path)
        except AuthoringError as error:
            problems.extend(error.problems)
            continue
        sheets.append(Sheet(title, table.rows))
        notes.append(f"{table.note}.")
    if problems:
        raise AuthoringError(problems)
    return Workbook(name, tuple(sheets), tuple(notes))


def _without_errors(sheet: Sheet) -> Sheet:
    """The sheet with faults in place of the words that stand for errors."""
    faults = dict(sheet.faults)
    rows = tuple(_cleaned(row, faults) for row in sheet.rows)
    return replace(sheet, rows=rows, faults=MappingProxyType(faults))


def _cleaned(row: Row, faults: dict[tuple[int, int], Fault]) -> Row:
    errors = {
        column: text
        for column, text in enumerate(row.cells)
        if text[:1] in ("#", "E") and _ERROR.fullmatch(text.strip())
    }
    for column, text in errors.items():
        reason = f"The cell holds the error {text.strip()}."
        remedy = "Mend the formula, or write the text itself."
        faults[row.number, column] = Fault(reason, remedy)
    if not errors:
        return row
    cells = ("" if at in errors else text for at, text in enumerate(row.cells))
    return Row(row.number, tuple(cells))


__all__ = [
    "SUFFIXES",
    "Fault",
    "Row",
    "Sheet",
    "Workbook",
    "column_of",
    "letters_of",
    "open_tables",
]
