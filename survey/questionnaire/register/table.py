"""Reads the register totals that a planner types in; knows no survey's answers.

A line says how many people belong to one category, or to two categories at once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from survey.questionnaire.problem import Problem, QuestionnaireError
from survey.questionnaire.register.variables import Variable

COLUMNS = ("variable", "category", "population")
JOINT_COLUMNS = ("variable2", "category2")
LARGEST_FILE = 1_000_000
MOST_LINES = 20_000
MOST_PEOPLE = 100_000_000
MOST_NAMED = 8
_ENCODINGS = ("utf-8-sig", "cp1252")
_WHOLE = re.compile(r"[0-9]{1,12}")
_EXAMPLE = f"Begin with the line {','.join(COLUMNS)}."

Pair = tuple[str, str]


class RegisterError(QuestionnaireError):
    """A file of register totals that cannot be used; all problems at once."""


@dataclass(frozen=True, slots=True)
class Register:
    """Totals of one register.

    ``margins``: variable → category → people. ``joints``: two variables → two
    categories → people. ``total`` is the same in each of them. ``missing`` names
    variables of the survey of which the file says nothing.
    """

    total: int
    margins: Mapping[str, Mapping[str, int]]
    joints: Mapping[Pair, Mapping[Pair, int]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: one or two categories and how many people they have."""

    number: int
    categories: tuple[Pair, ...]
    people: int


def lines(content: bytes, file: str) -> tuple[list[Line], list[Problem]]:
    """The lines that can be read and what is wrong with the others.

    Raises ``RegisterError`` for what is no table at all.
    """
    rows = _rows(content, file)
    heads = [cell.strip().casefold() for cell in next(rows, [])]
    lacking = [name for name in COLUMNS if name not in heads]
    if lacking:
        reason = f"The first line does not name {', '.join(lacking)}."
        raise RegisterError([Problem(file, "", reason, _EXAMPLE, line=1)])
    problems: list[Problem] = []
    found = []
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            line = _line(number, dict(zip(heads, row, strict=False)), file, problems)
            found += [line] if line else []
    if not found and not problems:
        reason = "The file has no numbers."
        raise RegisterError([Problem(file, "", reason, "Write one line a category.")])
    return found, problems


def _rows(content: bytes, file: str) -> Iterator[Sequence[str]]:
    text = _decoded(content, file)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    if text.count("\n") > MOST_LINES:
        reason = f"The file has over {MOST_LINES} lines."
        raise RegisterError([Problem(file, "", reason, "Is it the right file?")])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        reason = f"This is no table: {error}."
        remedy = "Save it again as CSV."
        problem = Problem(file, "", reason, remedy, line=reader.line_num)
        raise RegisterError([problem]) from error


def _decoded(content: bytes, file: str) -> str:
    problem = ""
    if len(content) > LARGEST_FILE:
        problem = (
            f"The file has {len(content):,} bytes; at most {LARGEST_FILE:,} are read."
        )
    elif not content.strip():
        problem = "The file is empty."
    elif b"\0" in content:
        problem = "The file is no text that can be read here."
    if problem:
        raise RegisterError([Problem(file, "", problem, f"Save it as CSV. {_EXAMPLE}")])
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _line(
    number: int, cells: Mapping[str, str], file: str, problems: list[Problem]
) -> Line | None:
    """The line, or none, with its problem added."""
    one, category, people, other, other_category = (
        cells.get(name, "").strip() for name in (*COLUMNS, *JOINT_COLUMNS)
    )
    place, fault = one, None
    if not one or not category:
        fault = ("The variable or its category is missing.", "Complete the line.")
    elif bool(other) != bool(other_category) or other == one:
        fault = (
            "A joint count needs two variables and two categories.",
            "Complete the line, or leave variable2 and category2 empty.",
        )
    elif not _WHOLE.fullmatch(people) or int(people) > MOST_PEOPLE:
        fault = _no_number(people)
    if fault:
        problems.append(Problem(file, place, *fault, line=number))
        return None
    pairs = ((one, category), *(((other, other_category),) if other else ()))
    return Line(number, pairs, int(people))


def _no_number(people: str) -> tuple[str, str]:
    shown = people[:20]
    if not people:
        return "There is no number.", "Write 0 if nobody belongs to it."
    if people.startswith(("-", "−")):
        return f"{shown} is less than nobody.", "Write how many people there are."
    remedy = "Write digits only, without points, spaces or words: 1234."
    return f"{shown!r} is no whole number of people.", remedy


def empty(variables: Sequence[Variable]) -> str:
    """A file to fill in: every category, without numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for variable in variables:
        for category in variable.categories or ("",):
            writer.writerow((variable.name, category, ""))
    return out.getvalue()
