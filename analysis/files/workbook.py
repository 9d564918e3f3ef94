"""The tables of a report as a workbook; no cell is ever a formula."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from analysis.language import Language
from analysis.report import Chart, Contents

WIDEST, NARROW, HEAD_WIDTH = 60, 16, 44
SHEET_NAME = 31  # a workbook's limit


def write(contents: Contents, language: Language) -> bytes:
    """The workbook: a sheet of contents, then a sheet for every table."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    charts = [chart for chart in contents.charts if chart.language == language]
    names = _names(charts)
    _overview(book, contents, language, charts, names)
    for chart, name in zip(charts, names, strict=True):
        _sheet(book, chart, name)
    book.close()
    return out.getvalue()


def _names(charts: list[Chart]) -> list[str]:
    """Sheet names: the tables' own, cut and numbered where they are too long."""
    names: list[str] = []
    for chart in charts:
        name = chart.protected.table
        number = 1
        while len(name) > SHEET_NAME or name in names:
            number += 1
            ending = f"~{number}"
            name = chart.protected.table[: SHEET_NAME - len(ending)] + ending
        names.append(name)
    return names


def _overview(
    book: Any,
    contents: Contents,
    language: Language,
    charts: list[Chart],
    names: list[str],
) -> None:
    sheet = book.add_worksheet("0")
    _direct(sheet, language)
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, SHEET_NAME)
    sheet.set_column(1, 1, WIDEST, wrap)
    texts = contents.texts(language)
    sheet.write_string(0, 0, texts["title"], bold)
    row = 1
    for line in (*texts["summary"], texts["base"], *texts["how_to_read"][1:]):
        sheet.write_string(row, 1, line, wrap)
        row += 1
    for chart, name in zip(charts, names, strict=True):
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


def _direct(sheet: Any, language: Language) -> None:
    if language.is_right_to_left:
        sheet.right_to_left()
