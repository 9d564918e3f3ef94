"""Finds the line of every key of a TOML document.

Python's reader gives values without places. This one gives places without
values; it trusts that the document has been read without an error before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|' r"'''.*?'''(?!')|" r'"(?:\\.|[^"\\])*"|' r"'[^']*'",
    re.DOTALL,
)


@dataclass(frozen=True)
class Positions:
    """Line of every key, table and list element, from 1; lines of the headers."""

    lines: dict[Path, int]
    headers: tuple[int, ...]


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.headers: list[int] = []
        self.counts: dict[Path, int] = {}
        self._line = 1
        self._line_at = 0

    def line(self) -> int:
        self._line += self.source.count("\n", self._line_at, self.at)
        self._line_at = self.at
        return self._line

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        text = match[0] if match else ""
        self.at += len(text)
        return text

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.line())

    def document(self) -> None:
        table: Path = ()
        self.skip(_SPACE)
        while self.at < len(self.source):
            start = self.at
            if self.peek() == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_SPACE)
            if self.at == start:
                return

    def header(self) -> Path:
        is_list = self.source.startswith("[[", self.at)
        line = self.line()
        self.headers.append(line)
        self.at += 2 if is_list else 1
        keys = self.keys()
        self.at += 2 if is_list else 1
        parent = self.resolved(keys[:-1], line)
        path = (*parent, keys[-1])
        self.lines.setdefault(path, line)
        if is_list:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            path = (*path, index)
            self.lines.setdefault(path, line)
        return path

    def resolved(self, keys: list[str], line: int) -> Path:
        """The path with the index of the last table where there are several."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def keys(self) -> list[str]:
        found = []
        while True:
            self.skip(_BLANK)
            found.append(self.key())
            self.skip(_BLANK)
            if self.peek() != ".":
                return found
            self.at += 1

    def key(self) -> str:
        quoted = self.skip(_STRINGS)
        return quoted[1:-1] if quoted else self.skip(_BARE)

    def pair(self, table: Path) -> None:
        line = self.line()
        path = (*table, *self.keys())
        for end in range(len(table) + 1, len(path) + 1):
            self.lines.setdefault(path[:end], line)
        self.at += 1  # the equals sign
        self.skip(_BLANK)
        self.value(path)

    def value(self, path: Path) -> None:
        if self.peek() == "[":
            self.elements(path)
        elif self.peek() == "{":
            self.members(path)
        elif not self.skip(_STRINGS):
            self.skip(_SCALAR)

    def elements(self, path: Path) -> None:
        self.at += 1
        index = 0
        self.skip(_SPACE)
        while self.peek() not in ("]", ""):
            self.note((*path, index))
            self.value((*path, index))
            index += 1
            self.skip(_SPACE)
            if self.peek() == ",":
                self.at += 1
            self.skip(_SPACE)
        self.at += 1

    def members(self, path: Path) -> None:
        self.at += 1
        self.skip(_SPACE)
        while self.peek() not in ("}", ""):
            self.pair(path)
            self.skip(_SPACE)
            if self.peek() == ",":
                self.at += 1
            self.skip(_SPACE)
        self.at += 1


def positions_of(source: str) -> Positions:
    """Where everything stands in a document."""
    scanner = _Scanner(source)
    scanner.document()
    return Positions(scanner.lines, tuple(scanner.headers))
