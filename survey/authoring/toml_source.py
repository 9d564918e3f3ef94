"""Bytes of a TOML file → data and lines, whatever the bytes are.

Knows nothing of questionnaires.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from survey.authoring.positions import Path, lines_of
from survey.authoring.problems import Report

LARGEST_FILE = 2_000_000
MOST_SYNTAX_ERRORS = 20
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TREE_DEPTH = 12


@dataclass(frozen=True)
class Source:
    """What a file holds; ``broken`` are the lines that could not be read."""

    data: dict[str, Any]
    lines: dict[Path, int]
    broken: frozenset[int]

    def line_of(self, path: Path) -> int:
        """Line of a path, or of the nearest thing it is part of."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 0


def open_source(content: bytes, report: Report) -> Source | None:
    """The file's data; none when nothing in it can be read."""
    text = _decoded(content, report)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    broken: set[int] = set()
    for _ in range(MOST_SYNTAX_ERRORS):
        data = _parsed(text, report, broken)
        if isinstance(data, dict):
            return _measured(data, text, broken, report)
        if data is None:
            return None
        text = _without_line(text, data)
    return None


def _decoded(content: bytes, report: Report) -> str | None:
    if len(content) > LARGEST_FILE:
        reason = f"The file has {len(content)} bytes."
        report.add("file", reason, f"At most {LARGEST_FILE} are read.", line=1)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "The file is not written in UTF-8."
        report.add("file", reason, "Save it again with the encoding UTF-8.", line=line)
        return None


def _parsed(text: str, report: Report, broken: set[int]) -> dict[str, Any] | int | None:
    """The data, or the line that is wrong, or none when reading must stop."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _noted(str(error), text, report, broken)
    except RecursionError:
        reason = "Lists or tables are nested too deeply."
    except ValueError:
        reason = "A number in the file is too long."
    report.add("file", reason, "Compare it with the documented format.", line=1)
    return None


def _noted(message: str, text: str, report: Report, broken: set[int]) -> int | None:
    """Report an error of syntax; its line, or none when it cannot be left out."""
    match = _PLACE.search(message)
    at_end = match is None or match[1] is None
    line = text.count("\n") + 1 if at_end else int(match[1])  # type: ignore[index]  # at_end
    reason = f"This is not valid TOML: {_PLACE.sub('', message)}."
    remedy = "Look at quotes, commas and brackets on this line and above."
    if not at_end and match is not None:
        remedy = f"{remedy} (column {match[2]})"
    report.add("file", reason, remedy, line=line)
    if at_end or line in broken:
        return None
    broken.add(line)
    return line


def _without_line(text: str, number: int) -> str:
    lines = text.split("\n")
    lines[number - 1] = ""
    return "\n".join(lines)


def _measured(
    data: dict[str, Any], text: str, broken: set[int], report: Report
) -> Source | None:
    if _depth(data) > _TREE_DEPTH:
        reason = "Lists or tables are nested too deeply."
        report.add("file", reason, "Compare it with the documented format.", line=1)
        return None
    return Source(data, lines_of(text), frozenset(broken))


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
