"""Bytes of a TOML file → data and lines, whatever the bytes are.

Knows nothing of questionnaires.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass
from itertools import islice
from typing import Any

from survey.authoring.positions import Path, Positions, positions_of
from survey.authoring.problems import Report
from survey.questionnaire.problem import Problem

FILE = "file"
LARGEST_FILE = 2_000_000
MOST_SYNTAX_ERRORS = 20
MOST_TABLES = 5_000
_TABLE = re.compile(r"^[ \t]*\[[^\n]*\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TREE_DEPTH = 12


@dataclass(frozen=True)
class Source:
    """What a file holds; ``broken`` are the lines that could not be read."""

    data: dict[str, Any]
    positions: Positions
    broken: tuple[int, ...]

    def line_of(self, path: Path) -> int:
        """Line of a path, or of the nearest thing it is part of."""
        while path:
            if path in self.positions.lines:
                return self.positions.lines[path]
            path = path[:-1]
        return 0

    def can_judge(self, problem: Problem) -> bool:
        """Whether a problem is more than the echo of a line left out.

        What stands in the same table as such a line is judged once it is mended.
        """
        if problem.place == FILE:
            return True
        headers = self.positions.headers
        touched = {bisect(headers, line) for line in self.broken}
        return bisect(headers, problem.line) not in touched


def open_source(content: bytes, report: Report) -> Source | None:
    """The file's data; none when nothing in it can be read."""
    text = _decoded(content, report)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    if _has_many_tables(text, report):
        return None
    broken: list[int] = []
    for _ in range(MOST_SYNTAX_ERRORS):
        data = _parsed(text, report, broken)
        if isinstance(data, dict):
            return _measured(data, text, tuple(broken), report)
        if data is None:
            return None
        broken.append(data)
        text = _without_line(text, data)
    return None


def _has_many_tables(text: str, report: Report) -> bool:
    tables = list(islice(_TABLE.finditer(text), MOST_TABLES + 1))
    if len(tables) <= MOST_TABLES:
        return False
    line = text.count("\n", 0, tables[-1].start()) + 1
    reason = f"The file has more than {MOST_TABLES} tables."
    report.add(FILE, reason, "No questionnaire has so many parts.", line=line)
    return True


def _decoded(content: bytes, report: Report) -> str | None:
    if len(content) > LARGEST_FILE:
        reason = f"The file has {len(content)} bytes."
        report.add(FILE, reason, f"At most {LARGEST_FILE} are read.", line=1)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "The file is not written in UTF-8."
        report.add(FILE, reason, "Save it again with the encoding UTF-8.", line=line)
        return None


def _parsed(
    text: str, report: Report, broken: list[int]
) -> dict[str, Any] | int | None:
    """The data, or the line that is wrong, or none when reading must stop."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _noted(str(error), text, report, broken)
    except RecursionError:
        reason = "Lists or tables are nested too deeply."
    except ValueError:
        reason = "A number in the file is too long."
    report.add(FILE, reason, "Compare it with the documented format.", line=1)
    return None


def _noted(message: str, text: str, report: Report, broken: list[int]) -> int | None:
    """Report an error of syntax; its line, or none when reading must stop."""
    match = _PLACE.search(message)
    what = _PLACE.sub("", message)
    if match is None or match[1] is None:
        line, where = text.count("\n") + 1, ""
    else:
        line, where = int(match[1]), f" (column {match[2]})"
    if broken and not "".join(text.split("\n")[broken[-1] - 1 : line - 1]).strip():
        return None  # only the echo of a bracket or quote that was never closed
    reason = f"This is not valid TOML: {what}{where}."
    remedy = "Look at quotes, commas and brackets on this line and above."
    if "inline table" in what or "key part" in what:
        remedy = "A table in { } stands on one line and has no comma at its end."
    report.add(FILE, reason, remedy, line=line)
    return line if where else None


def _without_line(text: str, number: int) -> str:
    lines = text.split("\n")
    lines[number - 1] = ""
    return "\n".join(lines)


def _measured(
    data: dict[str, Any], text: str, broken: tuple[int, ...], report: Report
) -> Source | None:
    if _depth(data) > _TREE_DEPTH:
        reason = "Lists or tables are nested too deeply."
        report.add(FILE, reason, "Compare it with the documented format.", line=1)
        return None
    return Source(data, positions_of(text), broken)


def _depth(data: object) -> int:
    """How deep lists and tables are nested, without recursion."""
    deepest = 0
    waiting: list[tuple[object, int]] = [(data, 1)]
    while waiting:
        thing, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(thing, dict):
            waiting.extend((part, depth + 1) for part in thing.values())
        elif isinstance(thing, list):
            waiting.extend((part, depth + 1) for part in thing)
    return deepest
