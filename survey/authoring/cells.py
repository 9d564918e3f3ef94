"""What was read of a table: sheets, rows and cells as a spreadsheet program shows them.

Knows no file format and not what the cells mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

MOST_ROWS = 200_000
MOST_CELLS = 2_000_000


class Row(NamedTuple):
    """A row that is not empty; ``number`` from 1, ``cells`` from column A."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text in a column, counted from 0; empty beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


class Fault(NamedTuple):
    """Why a cell says nothing that could be used, and what its author can do."""

    reason: str
    remedy: str


Faults = Mapping[tuple[int, int], Fault]


def no_faults() -> Faults:
    """Nothing wrong with any cell."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``faults`` and ``merged`` by row (from 1) and column (from 0).

    ``faults`` are error values and formulas without a stored value: their text is
    empty. ``merged`` names, for cells that a merged one covers, the merged range.
    """

    name: str
    rows: tuple[Row, ...]
    faults: Faults = field(default_factory=no_faults)
    merged: Mapping[tuple[int, int], str] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def place(self, row: int, column: int) -> str:
        """How messages name a cell: ``survey!C7``."""
        return f"{self.name}!{letters_of(column)}{row}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file; ``notes`` are sentences for its author."""

    file: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, whatever its spaces and capitals."""
        wanted = name.strip().casefold()
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == wanted:
                return sheet
        return None


def letters_of(column: int) -> str:
    """The letters of a column counted from 0: A, B, …, Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_of(letters: str) -> int:
    """The column, counted from 0, of its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
