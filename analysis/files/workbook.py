"""Sheets as a workbook (XLSX); no cell is ever a formula. Knows only sheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from analysis.files.sheets import BOLD, HEAD, WRAP, Cell, Line, Sheet

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS = {
    BOLD: {"bold": True},
    WRAP: {"text_wrap": True, "valign": "top"},
    HEAD: {"bold": True, "text_wrap": True, "bottom": 1},
}
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


def write(sheets: Sequence[Sheet], made: date, *, row_by_row: bool = False) -> bytes:
    """The workbook; ``row_by_row`` keeps no row in memory once it is written."""
    out = io.BytesIO()
    how = {"constant_memory": True} if row_by_row else {"in_memory": True}
    book = xlsxwriter.Workbook(out, OPTIONS | how)
    book.set_properties({"created": datetime.combine(made, time())})
    formats = {name: book.add_format(look) for name, look in FORMATS.items()}
    for sheet in sheets:
        _sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return out.getvalue()


def _sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    if sheet.is_right_to_left:
        page.right_to_left()
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    if sheet.frozen:
        page.freeze_panes(sheet.frozen, 0)
        rows, columns = sheet.size
        page.autofilter(sheet.frozen - 1, 0, max(1, rows), columns - 1)
    for row, line in enumerate(sheet.lines):
        _line(page, row, line, formats.get(line.style))


def _line(page: Any, row: int, line: Line, look: Any) -> None:
    for place, value in enumerate(line.cells):
        if line.link and not place:
            page.write_url(row, 0, f"internal:'{line.link}'!A1", string=str(value))
        else:
            _write(page, row, place, value, look)


def _write(page: Any, row: int, place: int, value: Cell, look: Any) -> None:
    if isinstance(value, str):
        if value:
            page.write_string(row, place, value, look)
    elif isinstance(value, bool):
        page.write_boolean(row, place, value, look)
    elif value is not None:
        page.write_number(row, place, value, look)
