"""The shape of a table as people read it; knows no question."""

from __future__ import annotations

from dataclasses import dataclass

Cells = tuple[str, ...]
Row = tuple[str, Cells]


@dataclass(frozen=True)
class Display:
    """A table as people read it; the first column heads the rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
