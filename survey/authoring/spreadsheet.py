"""A translator's file as a workbook, out and in; no cell is ever a formula.

Knows nothing of what is done with the rows that come back.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from survey.authoring import columns
from survey.authoring.archive import refusal
from survey.authoring.cells import Row, Sheet
from survey.authoring.columns import (
    CONTEXT,
    KEY,
    NAMES,
    NOTE,
    SOURCE,
    STAMP,
    STATE,
    TRANSLATION,
    Columns,
)
from survey.authoring.exchange import Entry, Exchange, state_word
from survey.authoring.sheets import open_tables
from survey.language.registry import Language
from survey.questionnaire.translation import STATES

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".csv")
TEXTS, ABOUT = "texts", "about"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WIDTHS = {KEY: 24, CONTEXT: 30, SOURCE: 50, TRANSLATION: 50, STATE: 14, NOTE: 30}
_MAY_WRITE = (TRANSLATION, STATE, NOTE)
_GREY = {"bg_color": "#ECECEC", "font_color": "#444444"}
_LINE = 15
"""Points that a line of text is high."""
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 1, 2
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD_WITHIN = 20
_HELP = (
    "Write into the white columns: the translation, and a note if you have one. "
    "Set the state to translated when an outdated text is right as it stands. "
    "Words in braces, such as {place}, stay as they are."
)


def write(exchange: Exchange, language: Language) -> bytes:
    """The workbook: one row a text; what is not to be changed looks locked."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    _texts(book, exchange, is_right_to_left=language.direction == "rtl")
    _about(book, exchange)
    book.close()
    return out.getvalue()


def _texts(book: Any, exchange: Exchange, *, is_right_to_left: bool) -> None:
    sheet = book.add_worksheet(TEXTS)
    if is_right_to_left:
        sheet.right_to_left()
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.set_column(STAMP, STAMP, None, None, {"hidden": True})
    head = book.add_format({"bold": True, "bottom": 1})
    for column, name in enumerate(columns.heads(exchange)):
        sheet.write_string(0, column, name, head)
    formats = _formats(book, is_right_to_left=is_right_to_left)
    for row, entry in enumerate(exchange.entries, start=1):
        cells = columns.row_of(entry)
        sheet.set_row(row, _LINE * max(1, *_lines_needed(cells)))
        for column, text in enumerate(cells):
            is_formula = text.startswith(_FORMULA)
            sheet.write_string(row, column, text, formats[column, is_formula])
    last = max(1, len(exchange.entries))
    words = [state_word(state) for state in STATES]
    rule = {"validate": "list", "source": words, "error_type": "warning"}
    sheet.data_validation(1, STATE, last, STATE, rule)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, NOTE)


def _lines_needed(cells: list[str]) -> Iterator[int]:
    """How high a row must be: not every program finds out by itself."""
    for column, width in _WIDTHS.items():
        yield sum(1 + len(line) // width for line in cells[column].split("\n"))


def _formats(book: Any, *, is_right_to_left: bool) -> dict[tuple[int, bool], Any]:
    """A format per column, and one for texts that would become a formula on editing."""
    found = {}
    for column in range(len(NAMES)):
        values = {"text_wrap": True, "valign": "top", "num_format": "@"}
        values |= {} if column in _MAY_WRITE else _GREY
        is_theirs = column in (TRANSLATION, NOTE) and is_right_to_left
        values["reading_order"] = _RIGHT_TO_LEFT if is_theirs else _LEFT_TO_RIGHT
        found[column, False] = book.add_format(values)
        found[column, True] = book.add_format({**values, "quote_prefix": True})
    return found


def _about(book: Any, exchange: Exchange) -> None:
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 1, 30)
    for row, (name, value) in enumerate(columns.about(exchange)):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.write_string(len(columns.ABOUT) + 1, 0, _HELP)


def read(path: Path) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``."""
    book = open_tables(path)
    entries: list[Entry] = []
    language = ""
    for sheet in book.sheets:
        found = _head(sheet)
        if found is not None:
            language = language or found[1].language
            entries.extend(_entries(sheet, *found))
    if not entries:
        raise refusal(path, columns.NO_TABLE, "Export it again; keep the first row.")
    lines = [line for sheet in book.sheets for line in _lines(sheet)]
    heads = columns.heading_in(path, lines, language)
    return heads.exchange(tuple(entries))


def _lines(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows[:_HEAD_WITHIN]:
        yield f"{row.cell(0)}: {row.cell(1)}"


def _head(sheet: Sheet) -> tuple[int, Columns] | None:
    """The number of the row with the names of the columns, and where they are."""
    for number, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        found = columns.columns_in(row.cells)
        if found is not None:
            return number, found
    return None


def _entries(sheet: Sheet, head: int, found: Columns) -> Iterator[Entry]:
    for row in sheet.rows[head + 1 :]:
        entry = found.entry(
            row.cells,
            place=sheet.name,
            row=row.number,
            fault=_fault(sheet, row, found),
        )
        if entry is not None:
            yield entry


def _fault(sheet: Sheet, row: Row, found: Columns) -> str:
    """Why the translation of a row cannot be read."""
    column = found.places[TRANSLATION]
    fault = sheet.faults.get((row.number, column))
    if fault is not None:
        return f"{fault.reason} {fault.remedy}"
    covered = sheet.merged.get((row.number, column))
    if covered is not None:
        return f"The cell is part of the merged cells {covered}; divide them."
    return ""
