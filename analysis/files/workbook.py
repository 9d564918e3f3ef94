"""The tables of a report as a workbook; no cell is ever a formula.

Knows only what a report says.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter

from analysis.disclosure import FIGURE_COLUMNS
from analysis.language import Language
from analysis.report import Chart, Contents

WIDEST, NARROW, HEAD_WIDTH = 60, 16, 44
SHEET_NAME = 31  # a workbook's limit
OVERVIEW, FIGURES = "0", "figures"
TAKEN = (OVERVIEW, FIGURES, "history")  # the last one belongs to spreadsheets
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(contents: Contents, language: Language) -> bytes:
    """The workbook: an overview, a sheet for every table, and all figures.

    The sheets of tables hold what people read; the last one holds numbers, empty
    where one is withheld, with the sign in a column of its own.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    made = datetime.combine(contents.about.created, time())
    book.set_properties({"created": made})
    charts = [chart for chart in contents.charts if chart.language == language]
    names = _names(charts)
    _overview(book, contents, language, list(zip(names, charts, strict=True)))
    for name, chart in zip(names, charts, strict=True):
        _sheet(book, chart, name)
    _figures(book, contents)
    book.close()
    return out.getvalue()


def _names(charts: Sequence[Chart]) -> list[str]:
    """Sheet names: the tables' own, cut and numbered where they are too long."""
    names: list[str] = []
    for chart in charts:
        table = chart.protected.table
        name, number = table, 1
        while len(name) > SHEET_NAME or name in (*names, *TAKEN):
            number += 1
            ending = f"~{number}"
            name = table[: SHEET_NAME - len(ending)] + ending
        names.append(name)
    return names


def _overview(
    book: Any,
    contents: Contents,
    language: Language,
    sheets: Sequence[tuple[str, Chart]],
) -> None:
    sheet = book.add_worksheet(OVERVIEW)
    _direct(sheet, language)
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, SHEET_NAME)
    sheet.set_column(1, 1, WIDEST, wrap)
    texts = contents.texts(language)
    sheet.write_string(0, 1, texts["title"], bold)
    row = 1
    for line in (*texts["summary"], texts["base"], *texts["how_to_read"]):
        sheet.write_string(row, 1, line, wrap)
        row += 1
    for name, chart in sheets:
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, chart.words.headline, wrap)
        row += 1


def _sheet(book: Any, chart: Chart, name: str) -> None:
    sheet = book.add_worksheet(name)
    _direct(sheet, chart.language)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, HEAD_WIDTH, wrap)
    sheet.set_column(1, max(1, len(chart.display.columns)), NARROW)
    sheet.write_string(0, 0, chart.words.headline, bold)
    sheet.write_string(1, 0, chart.words.subtitle)
    for place, column in enumerate(chart.display.columns):
        sheet.write_string(3, place, column, head)
    row = 4
    for first, cells in chart.display.rows:
        for place, cell in enumerate((first, *cells)):
            sheet.write_string(row, place, cell, wrap)
        row += 1
    for line in (chart.words.base_line, *chart.words.notes):
        row += 1
        sheet.write_string(row, 0, line)


def _figures(book: Any, contents: Contents) -> None:
    """Every published figure as a number, with the columns of figures.csv."""
    sheet = book.add_worksheet(FIGURES)
    bold = book.add_format({"bold": True})
    for place, name in enumerate(FIGURE_COLUMNS):
        sheet.write_string(0, place, name, bold)
    table = contents.publication.figures()
    columns = [
        table[name].array.to_numpy(object, na_value=None) for name in FIGURE_COLUMNS
    ]
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for place, value in enumerate(values):
            _write(sheet, row, place, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table)), len(FIGURE_COLUMNS) - 1)


def _write(sheet: Any, row: int, place: int, value: object) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif value is not None:
        sheet.write_number(row, place, value)


def _direct(sheet: Any, language: Language) -> None:
    if language.is_right_to_left:
        sheet.right_to_left()
