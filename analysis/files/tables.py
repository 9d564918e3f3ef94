"""The tables of a report as sheets, and as one tidy table. Knows only a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis.disclosure import FIGURE_COLUMNS
from analysis.files.sheets import (
    BOLD,
    HEAD,
    LONGEST_NAME,
    NARROW,
    WRAP,
    Cell,
    Line,
    Sheet,
)
from analysis.language import Language
from analysis.report import Chart, Contents, harmless

WIDEST, HEAD_WIDTH = 60, 44
OVERVIEW, FIGURES = "0", "figures"
TAKEN = (OVERVIEW, FIGURES, "history")  # the last one belongs to spreadsheets
SPOKEN = ("question", "category_label", "group_label")


def sheets(contents: Contents, language: Language) -> list[Sheet]:
    """An overview, a sheet for every table, and all figures.

    The sheets of tables hold what people read; the last one holds numbers, empty
    where one is withheld, with the sign in a column of its own.
    """
    charts = _charts(contents, language)
    names = _names(charts)
    return [
        _overview(contents, language, names, charts),
        *(_sheet(chart, name) for name, chart in zip(names, charts, strict=True)),
        _figures(contents),
    ]


def tidy(contents: Contents, language: Language) -> str:
    """All figures as CSV, with the words of the questionnaire beside their codes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIGURE_COLUMNS, *SPOKEN])
    for chart in _charts(contents, language):
        for cells in _values(chart.protected.figures):
            named = dict(zip(FIGURE_COLUMNS, cells, strict=True))
            labels = _labels(chart, {name: str(code) for name, code in named.items()})
            writer.writerow([_told(value) for value in (*cells, *labels)])
    return out.getvalue()


def _labels(chart: Chart, named: Mapping[str, str]) -> tuple[str, str, str]:
    """Words of the question, the answer and the group of one figure."""
    words = chart.words
    answers = words.missing if named["statistic"] == "missing" else words.categories
    group = named["group"] or named["channel"]
    return (
        words.items.get(named["item"], ""),
        answers.get(named["category"], ""),
        words.groups.get(group, ""),
    )


def _told(value: Cell) -> Cell:
    return harmless(value) if isinstance(value, str) else value


def _charts(contents: Contents, language: Language) -> list[Chart]:
    return [chart for chart in contents.charts if chart.language == language]


def _names(charts: Sequence[Chart]) -> list[str]:
    """Sheet names: the tables' own, cut and numbered where they are too long."""
    names: list[str] = []
    for chart in charts:
        table = chart.protected.table
        name, number = table, 1
        while len(name) > LONGEST_NAME or name in (*names, *TAKEN):
            number += 1
            ending = f"~{number}"
            name = table[: LONGEST_NAME - len(ending)] + ending
        names.append(name)
    return names


def _overview(
    contents: Contents,
    language: Language,
    names: Sequence[str],
    charts: Sequence[Chart],
) -> Sheet:
    texts = contents.texts(language)
    said = (*texts["summary"], texts["base"], *texts["how_to_read"])
    lines = [
        Line((None, texts["title"]), HEAD),
        *(Line((None, text), WRAP) for text in said),
        *(
            Line((name, chart.words.headline), WRAP, link=name)
            for name, chart in zip(names, charts, strict=True)
        ),
    ]
    return Sheet(OVERVIEW, lines, (LONGEST_NAME, WIDEST), language.is_right_to_left)


def _sheet(chart: Chart, name: str) -> Sheet:
    lines = [
        Line((chart.words.headline,), BOLD),
        Line((chart.words.subtitle,)),
        Line(),
        Line(tuple(chart.display.columns), HEAD),
        *(Line((head, *cells), WRAP) for head, cells in chart.display.rows),
    ]
    below = (chart.words.base_line, *chart.words.notes)
    lines += [Line(), *(Line((text,)) for text in below)]
    widths = (HEAD_WIDTH, *[NARROW] * max(1, len(chart.display.columns)))
    return Sheet(name, lines, widths, chart.language.is_right_to_left)


def _figures(contents: Contents) -> Sheet:
    """Every published figure as a number, with the columns of figures.csv."""
    table = contents.publication.figures()
    lines = [
        Line(FIGURE_COLUMNS, BOLD),
        *(Line(values) for values in _values(table)),
    ]
    size = (len(table), len(FIGURE_COLUMNS))
    return Sheet(FIGURES, lines, frozen=1, size=size)


def _values(table: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    columns = [
        table[name].array.to_numpy(object, na_value=None) for name in FIGURE_COLUMNS
    ]
    yield from zip(*columns, strict=True)
