"""A file of rows in the formats people's programs read. Knows only protected rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.codebook import Codebook
from analysis.disclosure import AnalysisFile
from analysis.files import ddi, opendocument, statistics, workbook
from analysis.files.sheets import BOLD, HEAD, WRAP, Cell, Line, Sheet
from analysis.files.variables import EMPTY, Variable, notes, variables
from analysis.language import Language
from analysis.package import AnalysisError
from analysis.report import harmless, terms

COLUMNS = ("column", "item", "option", "code", "number", "label")
ROWS, CODEBOOK, NOTES = "rows", "codebook", "notes"
WIDEST = 80


@dataclass(frozen=True)
class Told:
    """A file of rows with its words in one language."""

    file: AnalysisFile
    codebook: Codebook
    language: Language
    made: date
    title: str

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The columns in words."""
        return variables(self.file, self.codebook, self.language)

    @property
    def notes(self) -> list[str]:
        """What has to be known to read it."""
        return list(notes(self.file, self.language))


def files(told: Told, form: str, out: Path) -> dict[Path, bytes]:
    """Every file to write for a format, by its path; the first is the one asked for.

    Beside rows without words lies a codebook, beside a .sav the syntax of its sets,
    beside a DDI codebook the rows it describes.
    """
    return FORMATS[form](told, out)


def _csv(told: Told, out: Path) -> dict[Path, bytes]:
    beside = out.with_name(f"{out.stem}.{CODEBOOK}.csv")
    return {out: _rows(told), beside: _table(_codebook(told))}


def _rows(told: Told) -> bytes:
    table = told.file.table
    lines = [tuple(table.columns), *table.itertuples(index=False, name=None)]
    return _table(lines)


def _table(lines: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for line in lines:
        writer.writerow([harmless(c) if isinstance(c, str) else c for c in line])
    return out.getvalue().encode()


def _codebook(told: Told) -> list[tuple[Cell, ...]]:
    """What every column and every code means; numbers are those of .sav and .dta."""
    empty = terms.rows(told.language)["empty"]
    found: list[tuple[Cell, ...]] = [COLUMNS]
    for each in told.variables:
        place = each.name, each.column.item, each.column.option
        found.append((*place, "", None, each.label))
        found += [
            (*place, value.code, value.number, value.label)
            for value in (*each.values, *each.missing)
        ]
        if each.column.is_group and told.file.least:
            found.append((*place, EMPTY, None, empty))
    found += [("", "", "", "", None, text) for text in told.notes]
    return found


def _sheets(told: Told) -> list[Sheet]:
    side = told.language.is_right_to_left
    table = told.file.table
    names = tuple(table.columns)
    book = _codebook(told)[: -len(told.notes)]
    return [
        Sheet(ROWS, _row_lines(told), frozen=1, size=(len(table), max(1, len(names)))),
        Sheet(
            CODEBOOK,
            [Line(book[0], HEAD), *(Line(line, WRAP) for line in book[1:])],
            (24, 16, 16, 16, 8, WIDEST),
            side,
        ),
        Sheet(
            NOTES,
            [Line((told.title,), BOLD), *(Line((t,), WRAP) for t in told.notes)],
            (WIDEST,),
            side,
        ),
    ]


def _row_lines(told: Told) -> Iterator[Line]:
    table = told.file.table
    yield Line(tuple(table.columns), BOLD)
    for row in table.itertuples(index=False, name=None):
        yield Line(row)


def _xlsx(told: Told, out: Path) -> dict[Path, bytes]:
    rows, columns = told.file.table.shape
    if rows >= workbook.MOST_ROWS or columns > workbook.MOST_COLUMNS:
        raise AnalysisError(
            f"A workbook holds {workbook.MOST_ROWS} rows and {workbook.MOST_COLUMNS} "
            "columns. Write csv, sav or dta instead."
        )
    return {out: workbook.write(_sheets(told), told.made, row_by_row=True)}


def _ods(told: Told, out: Path) -> dict[Path, bytes]:
    return {out: opendocument.write(_sheets(told), told.made)}


def _sav(told: Told, out: Path) -> dict[Path, bytes]:
    known = told.variables
    found = {out: statistics.sav(told.file, known, told.notes, told.made)}
    if statistics.has_sets(known):
        found[out.with_suffix(".sps")] = statistics.syntax(known).encode()
    return found


def _dta(told: Told, out: Path) -> dict[Path, bytes]:
    return {out: statistics.dta(told.file, told.variables, told.made)}


def _ddi(told: Told, out: Path) -> dict[Path, bytes]:
    beside = out.with_suffix(".csv")
    if beside == out:
        raise AnalysisError(
            "A DDI codebook is XML: give --out a name such as rows.xml."
        )
    book = ddi.write(
        told.file,
        told.variables,
        told.notes,
        title=told.title,
        language=told.language,
        rows=beside.name,
        made=told.made,
    )
    return {out: book, beside: _rows(told)}


FORMATS: Mapping[str, Callable[[Told, Path], dict[Path, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ods": _ods,
    "sav": _sav,
    "dta": _dta,
    "ddi": _ddi,
}
