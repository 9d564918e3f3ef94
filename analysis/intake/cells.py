"""Foreign cells become codes of the package, column by column. Knows no file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.intake.columns import Columns
from analysis.intake.plan import Line, code_of
from analysis.intake.reading import Source
from analysis.package.codes import (
    LEFT_EMPTY,
    MOST_COUNTED,
    NO_ANSWER,
    SEPARATOR,
    SKIPPED,
    VALUE_KINDS,
)
from analysis.package.problems import Findings

# Ticked and not ticked, as programs write it in the languages they speak.
TICKED = frozenset({"1", "1.0", "y", "yes", "true", "ja", "oui", "si", "x", "on"})
UNTICKED = frozenset({"", "0", "0.0", "n", "no", "false", "nein", "non", "off"})
NOT_SHOWN = frozenset({"n/a", "#n/a", "{question_not_shown}"})
NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,9})?")
DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ]\d{2}:\d{2}.*)?")
MOST_POINTS = 100
MAX_CODES = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """The columns of one item in the package: codes per column, and its options."""

    options: tuple[str, ...]
    cells: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Codes that wordings stand for: (item, text in small letters) → code."""

    codes: Mapping[tuple[str, str], str]

    def code(self, item: str, text: str) -> str:
        """The code of a wording; empty where nobody knows it."""
        return self.codes.get((item, text.lower()), "")


def taken(
    line: Line, columns: Columns, source: Source, words: Words, findings: Findings
) -> Taken:
    """Translate one item; every code nobody knows is noted once, with its row."""
    if not columns.is_there:
        findings.add(
            source.file,
            f"No column {line.column!r} was found for {line.item!r}.",
            "Name it in the column `column` of items.csv as the table spells it.",
            row=1,
        )
        return Taken((), {})
    if line.kind in VALUE_KINDS:
        return _values(line, columns, source, findings)
    if not line.is_spread:
        return _single(line, columns, source, words, findings)
    if line.kind in ("rank", "points"):
        return _numbered(line, columns, source, words, findings)
    return _ticked(line, columns, source, words, findings)


def _silence(line: Line, cell: str) -> str:
    """The kind of no answer a cell stands for; empty when it is an answer."""
    if not cell:
        return LEFT_EMPTY
    if cell.lower() in NOT_SHOWN:
        return SKIPPED
    plain = cell.removesuffix(".0")
    if plain in line.silences:
        return line.silences[plain]
    return plain if plain in NO_ANSWER and plain not in line.options else ""


def _single(
    line: Line, columns: Columns, source: Source, words: Words, findings: Findings
) -> Taken:
    given = source.column(columns.whole or next(iter(columns.parts.values())))
    known = dict(line.options) or _found(line, given, words)
    if not known:
        _count(line, known, source, findings)
        return Taken((), {})
    cells, unknown = [], []
    for number, cell in zip(source.lines, given, strict=True):
        code = _silence(line, cell) or _code(line, cell, known, words)
        cells.append(code)
        if not code:
            unknown.append((number, cell))
    _note(line, columns.whole, source, unknown, findings)
    return Taken(tuple(dict.fromkeys(known.values())), {line.item: cells})


def _code(line: Line, cell: str, known: Mapping[str, str], words: Words) -> str:
    """The code of an answer: by the foreign code, by ours, or by its wording."""
    plain = cell.removesuffix(".0")
    for name in (cell, plain):
        if name in known:
            return known[name]
    if cell in known.values():
        return cell
    code = words.code(line.item, cell)
    return known.get(code, code) if code in (*known, *known.values()) else ""


def _found(line: Line, given: Sequence[str], words: Words) -> dict[str, str]:
    """Options as the data have them, in their natural order, where nobody names any."""
    answers = {cell.removesuffix(".0") for cell in given if not _silence(line, cell)}
    if len(answers) > MOST_COUNTED:
        return {}
    ordered = sorted(answers, key=_natural)
    return {
        cell: words.code(line.item, cell) or code_of(cell) or f"c{place}"
        for place, cell in enumerate(ordered, start=1)
    }


def _natural(text: str) -> tuple[bool, int, str]:
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return not is_number, int(text) if is_number else 0, text


def _count(
    line: Line, known: Mapping[str, str], source: Source, findings: Findings
) -> None:
    if not known:
        findings.add(
            source.file,
            f"{line.item!r} has no answers, or more than {MOST_COUNTED} of them.",
            "List its options in items.csv, or make its kind text.",
            column=line.column,
        )


def _ticked(
    line: Line, columns: Columns, source: Source, words: Words, findings: Findings
) -> Taken:
    """One column per option, or a list of the options that were chosen."""
    if not columns.parts:
        return _listed(line, columns, source, words, findings)
    known = dict(line.options) or {code: code_of(code) for code in columns.parts}
    parts = {
        known[code]: source.column(name)
        for code, name in columns.parts.items()
        if code in known
    }
    missing = [code for code in known if known[code] not in parts]
    for code in missing:
        findings.add(
            source.file,
            f"There is no column for the answer {code!r} of {line.item!r}.",
            "Remove it from the options in items.csv, or export the column.",
            row=1,
        )
    rows: list[dict[str, str]] = []
    unknown = []
    for place, number in enumerate(source.lines):
        cells = {code: column[place] for code, column in parts.items()}
        row, wrong = _boxes(line, cells)
        unknown += [(number, cell) for cell in wrong]
        rows.append(row)
    _note(line, line.column, source, unknown, findings)
    return _spread(line, tuple(parts), rows)


def _boxes(line: Line, cells: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """One row of boxes, and the cells that are none; no box filled in is no answer."""
    filled = [cell for cell in cells.values() if cell]
    silences = [_silence(line, cell) for cell in filled]
    if all(silences):
        return dict.fromkeys(cells, silences[0] if filled else LEFT_EMPTY), []
    row = {code: str(int(cell.lower() in TICKED)) for code, cell in cells.items()}
    wrong = [
        cell
        for cell, silence in zip(filled, silences, strict=True)
        if not silence and cell.lower() not in TICKED | UNTICKED
    ]
    return row, wrong


def _listed(
    line: Line, columns: Columns, source: Source, words: Words, findings: Findings
) -> Taken:
    """A list of codes with spaces between, as Kobo and ODK write it."""
    given = source.column(columns.whole)
    met = {part for cell in given if not _silence(line, cell) for part in cell.split()}
    known = dict(line.options) or {
        code: code_of(code) for code in sorted(met, key=_natural)
    }
    rows, unknown = [], []
    for number, cell in zip(source.lines, given, strict=True):
        silence = _silence(line, cell)
        if silence:
            rows.append(dict.fromkeys(known.values(), silence))
            continue
        chosen = {_code(line, part, known, words) for part in cell.split()}
        if "" in chosen:
            unknown.append((number, cell))
        rows.append({code: str(int(code in chosen)) for code in known.values()})
    _note(line, columns.whole, source, unknown, findings)
    _count(line, known, source, findings)
    return _spread(line, tuple(known.values()), rows)


def _numbered(
    line: Line, columns: Columns, source: Source, words: Words, findings: Findings
) -> Taken:
    """Places or points per option; or codes per place, or a list in order."""
    known = dict(line.options) or {code: code_of(code) for code in columns.parts}
    is_by_place = columns.parts and not set(columns.parts) & set(known)
    rows, unknown = [], []
    for place, number in enumerate(source.lines):
        row = source.rows[place]
        cells = {
            code: row[source.names.index(name)] for code, name in columns.parts.items()
        }
        if not columns.parts or is_by_place:
            whole = row[source.names.index(columns.whole)] if columns.whole else ""
            order = [c for c in cells.values() if c] if is_by_place else whole.split()
            codes = [_code(line, part, known, words) for part in order]
            cells = {code: str(n) for n, code in enumerate(codes, start=1) if code}
            is_wrong = "" in codes
        else:
            cells = {known[code]: cell for code, cell in cells.items() if code in known}
            is_wrong = not all(
                _is_place(line, cell, len(known)) for cell in cells.values()
            )
        if is_wrong:
            unknown.append((number, " ".join(cells.values())))
        rows.append(_row(line, cells, tuple(known.values())))
    _note(line, line.column, source, unknown, findings)
    _count(line, known, source, findings)
    return _spread(line, tuple(known.values()), rows)


def _is_place(line: Line, cell: str, most: int) -> bool:
    if not cell or _silence(line, cell):
        return True
    plain = cell.removesuffix(".0")
    highest = MOST_POINTS if line.kind == "points" else most
    lowest = 0 if line.kind == "points" else 1
    return plain.isascii() and plain.isdigit() and lowest <= int(plain) <= highest


def _row(line: Line, cells: Mapping[str, str], codes: Sequence[str]) -> dict[str, str]:
    given = {code: cells.get(code, "").removesuffix(".0") for code in codes}
    silences = [_silence(line, cell) for cell in given.values()]
    if all(silences):
        return dict.fromkeys(codes, silences[0] if silences else LEFT_EMPTY)
    if line.kind == "points":
        return {code: cell or "0" for code, cell in given.items()}
    return {
        code: "" if silence else cell
        for (code, cell), silence in zip(given.items(), silences, strict=True)
    }


def _values(line: Line, columns: Columns, source: Source, findings: Findings) -> Taken:
    """Numbers and days: kept in the package, never counted."""
    cells, unknown = [], []
    given = source.column(columns.whole or next(iter(columns.parts.values())))
    for number, cell in zip(source.lines, given, strict=True):
        found = DAY.fullmatch(cell) if line.kind == "date" else NUMBER.fullmatch(cell)
        silence = "" if found else _silence(line, cell)
        if not found and not silence:
            unknown.append((number, cell))
        value = found[1] if found and line.kind == "date" else cell.replace(",", ".")
        cells.append(silence or value)
    _note(line, columns.whole, source, unknown, findings)
    return Taken((), {line.item: cells})


def _spread(
    line: Line, options: tuple[str, ...], rows: Sequence[Mapping[str, str]]
) -> Taken:
    cells = {
        f"{line.item}{SEPARATOR}{code}": [row.get(code, "") for row in rows]
        for code in options
    }
    return Taken(options, cells)


def _note(
    line: Line,
    column: str,
    source: Source,
    unknown: Sequence[tuple[int, str]],
    findings: Findings,
) -> None:
    """One message per unknown code, with its first row and how many follow."""
    counted = Counter(cell for _, cell in unknown)
    first = {cell: number for number, cell in reversed(unknown)}
    for cell, n in list(counted.items())[:MAX_CODES]:
        more = f" ({n - 1} further rows)" if n > 1 else ""
        findings.add(
            source.file,
            f"{line.item!r} has no answer {cell[:40]!r}{more}.",
            "Add it to `options` or to `no_answer` in items.csv, or correct the cell.",
            row=first[cell],
            column=column or line.column,
        )
    if len(counted) > MAX_CODES:
        findings.add(
            source.file,
            f"{len(counted) - MAX_CODES} further answers of {line.item!r} are unknown.",
            "Compare its options in items.csv with the table.",
            column=column or line.column,
        )
