"""Rows for programs that compute: SPSS (.sav with .sps) and Stata (.dta).

Knows only a file of rows in words. Neither file tells the hour it was made in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.disclosure import AnalysisFile
from analysis.files.variables import Variable, numbers

# Longest texts the formats hold: bytes of UTF-8 for SPSS, characters for Stata, whose
# names of 32 letters cannot have words for their values.
SPSS_NAME, SPSS_LABEL, SPSS_VALUE = 64, 256, 120
STATA_NAME, STATA_LABEL = 31, 80
STATA_VERSION = 15  # file format 118: the first with UTF-8 everywhere
# Words that cannot be names: of SPSS, then of Stata.
RESERVED = frozenset(
    [
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to"),
        *("with", "byte", "int", "long", "float", "double", "if", "in", "using"),
        *("str", "strl"),
    ]
)
# Where the header of a .sav holds day and hour, 17 bytes together.
SAV_DATE = slice(92, 109)
DTA_DATE, DTA_DATE_END = b"<timestamp>\x11", b"</timestamp>"
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
LINE = 72  # syntax stays readable in every editor


def sav(
    file: AnalysisFile, known: Sequence[Variable], notes: Sequence[str], made: date
) -> bytes:
    """The rows for SPSS; kinds of no answer are user-missing from -5 to -1."""
    import pyreadstat

    names = _names(known, SPSS_NAME)
    table = numbers(file.table, known).rename(columns=names)
    labels = {names[each.name]: _cut(each.label, SPSS_LABEL) for each in known}
    values, ranges, measures = {}, {}, {}
    for each in known:
        name = names[each.name]
        measures[name] = "ordinal" if each.column.is_ordinal else "nominal"
        if each.column.kind in ("rank", "points", "number"):
            measures[name] = "scale"
        if each.is_text:
            continue
        words = (*each.values, *each.missing)
        values[name] = {
            float(value.number): _cut(value.label, SPSS_VALUE) for value in words
        }
        if each.missing:
            ranges[name] = [{"lo": -5, "hi": -1}]
    content = _written(
        pyreadstat.write_sav,
        table,
        column_labels=labels,
        variable_value_labels={name: each for name, each in values.items() if each},
        missing_ranges=ranges,
        variable_measure=measures,
        note=[line for text in notes for line in _lines(text)],
    )
    stamp = f"{made.day:02} {MONTHS[made.month - 1]} {made.year % 100:02}00:00:00"
    return content[: SAV_DATE.start] + stamp.encode() + content[SAV_DATE.stop :]


def dta(file: AnalysisFile, known: Sequence[Variable], made: date) -> bytes:
    """The rows for Stata; kinds of no answer are .a (not asked) to .e (not reached)."""
    import pyreadstat

    names = _names(known, STATA_NAME)
    table = numbers(file.table, known).rename(columns=names)
    labels = {names[each.name]: each.label[:STATA_LABEL] for each in known}
    values: dict[str, dict[Any, str]] = {}
    missing = {}
    for each in known:
        name = names[each.name]
        if each.is_text:
            continue
        letters = {value.number: _letter(value.number) for value in each.missing}
        values[name] = {value.number: value.label for value in each.values}
        values[name] |= {letters[v.number]: v.label for v in each.missing}
        if letters:
            missing[name] = list(letters.values())
            cells = table[name].astype(object)
            table[name] = cells.map(lambda cell, own=letters: own.get(cell, cell))
    content = _written(
        pyreadstat.write_dta,
        table,
        version=STATA_VERSION,
        column_labels=labels,
        variable_value_labels={name: each for name, each in values.items() if each},
        missing_user_values=missing,
    )
    start = content.index(DTA_DATE) + len(DTA_DATE)
    end = content.index(DTA_DATE_END, start)
    stamp = f"{made.day:02} {MONTHS[made.month - 1]} {made.year} 00:00"
    return content[:start] + stamp.encode() + content[end:]


def _letter(number: int) -> str:
    return "abcde"[-number - 1]


def syntax(known: Sequence[Variable]) -> str:
    """SPSS syntax that makes one set of the columns of each multiple question."""
    names = _names(known, SPSS_NAME)
    lines = ["* Run this after opening the file of rows.", "SET UNICODE=ON."]
    sets: dict[str, list[Variable]] = {}
    for each in known:
        if each.column.option and each.column.codes:
            sets.setdefault(each.column.item, []).append(each)
    for item, columns in sets.items():
        label = _cut(" ".join(columns[0].question.split()), SPSS_LABEL)
        quoted = label.replace("'", "''")
        lines += [
            "MRSETS",
            f"  /MDGROUP NAME=${_safe(item)[: SPSS_NAME - 1]}",
            f"    LABEL='{quoted}'",
            "    CATEGORYLABELS=VARLABELS",
            "    VARIABLES=",
            *(f"      {names[each.name]}" for each in columns),
            "    VALUE=1",
            f"  /DISPLAY NAME=[${_safe(item)[: SPSS_NAME - 1]}].",
        ]
    return "\ufeff" + "\n".join(lines) + "\n"


def has_sets(known: Sequence[Variable]) -> bool:
    """Whether some question has one column per answer."""
    return any(each.column.option and each.column.codes for each in known)


def _names(known: Sequence[Variable], longest: int) -> dict[str, str]:
    """Names these programs allow: a letter first, none of their words, not too long."""
    found: dict[str, str] = {}
    for each in known:
        name = _safe(each.name)[:longest]
        number = 1
        while name in found.values():
            number += 1
            ending = f"_{number}"
            name = _safe(each.name)[: longest - len(ending)] + ending
        found[each.name] = name
    return found


def _safe(name: str) -> str:
    return f"v_{name}" if name in RESERVED or not name[0].isalpha() else name


def _cut(text: str, most: int) -> str:
    """A text of at most so many bytes; no letter is cut in half."""
    return text.encode()[:most].decode(errors="ignore")


def _lines(text: str) -> Iterator[str]:
    """Lines of at most 80 bytes, as notes in a .sav are kept."""
    line = ""
    for word in text.split():
        if line and len(f"{line} {word}".encode()) > LINE:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield _cut(line, LINE)


def _written(write: Any, table: pd.DataFrame, **how: Any) -> bytes:
    with tempfile.TemporaryDirectory(prefix="rows-") as folder:
        path = Path(folder) / "rows"
        write(table, str(path), **how)
        return path.read_bytes()
