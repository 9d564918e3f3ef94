"""Sheets of cells, before anybody decides what kind of file they become.

Knows no figure; a text is a text here, whatever a spreadsheet would make of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | None

PLAIN, BOLD, WRAP, HEAD = "", "bold", "wrap", "head"
NARROW = 16
LONGEST_NAME = 31  # a workbook's limit


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet; ``link`` names a sheet its first cell leads to."""

    cells: Sequence[Cell] = ()
    style: str = PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``frozen`` first rows stay in sight and can be filtered by.

    ``lines`` may come one by one: rows of a large file are never held at once.
    """

    name: str
    lines: Iterable[Line]
    widths: Sequence[int] = ()
    is_right_to_left: bool = False
    frozen: int = 0
    size: tuple[int, int] = (0, 0)
