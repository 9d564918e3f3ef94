"""The tables of a text document (.docx), row by row, as a reader sees them.

Deleted words and rows are gone, inserted ones are there. Knows nothing of what the
cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from survey.authoring.archive import refusal
from survey.authoring.xml_units import events, name_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PART = "word/document.xml"
MOST_ROWS = 200_000
MOST_COLUMNS = 60
_MOST_LINES = 200
# What was deleted or moved away, what nobody sees, and what stands elsewhere.
_UNSEEN = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "tcPr",
        "rPr",
        "Fallback",
        "drawing",
        "pict",
        "object",
    }
)
_SIGNS = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, how many columns it covers, whether the cell above does."""

    text: str
    span: int = 1
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row by columns, counted from 1 over all tables; none where it has no cell."""

    number: int
    cells: tuple[Cell | None, ...]

    def cell(self, column: int) -> Cell | None:
        """The cell that begins in or covers a column."""
        return self.cells[column] if column < len(self.cells) else None

    def texts(self) -> list[str]:
        """The words by column; of a cell over several columns only once."""
        found = []
        last = None
        for cell in self.cells:
            found.append(cell.text if cell is not None and cell is not last else "")
            last = cell
        return found


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of all tables and the lines outside of them."""

    rows: tuple[Row, ...]
    lines: tuple[str, ...]


def read(path: Path, content: bytes) -> Document:
    """Every row that is not deleted; raises ``AuthoringError``."""
    rows: list[Row] = []
    lines: list[str] = []
    depth = number = 0
    for event, element in events(path, content):
        name = name_of(element)
        if name == "tbl":
            depth += 1 if event == "start" else -1
        if event == "start":
            continue
        if name == "tr" and depth == 1:
            number += 1
            if not _is_deleted(element):
                rows.append(Row(number, tuple(_cells(element))))
            element.clear()
        elif name == "p" and depth == 0:
            lines += [words(element)] if len(lines) < _MOST_LINES else []
            element.clear()
        if number > MOST_ROWS:
            reason = f"The tables of the document have over {MOST_ROWS:,} rows."
            raise refusal(path, reason, "Is it the right file?")
    return Document(tuple(rows), tuple(lines))


def _part(element: Element, *names: str) -> Element | None:
    """A child, and its child, and so on."""
    found: Element | None = element
    for wanted in names:
        inner = [one for one in found or () if name_of(one) == wanted]
        found = inner[0] if inner else None
    return found


def _value(element: Element | None, name: str = "val") -> str:
    for key, value in element.attrib.items() if element is not None else ():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _is_deleted(row: Element) -> bool:
    return _part(row, "trPr", "del") is not None


def _cells(row: Element) -> Iterator[Cell | None]:
    """By column, each cell as often as it is wide."""
    left = _whole(_value(_part(row, "trPr", "gridBefore")), 0)
    yield from (None for _ in range(left))
    for cell in _found(row, "tc"):
        span = _whole(_value(_part(cell, "tcPr", "gridSpan")), 1)
        merge = _part(cell, "tcPr", "vMerge")
        is_continued = merge is not None and _value(merge) != "restart"
        made = Cell(words(cell), span, is_continued)
        yield from (made for _ in range(span))


def _whole(text: str, otherwise: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 9 else otherwise
    return min(number, MOST_COLUMNS)


def _found(element: Element, wanted: str) -> Iterator[Element]:
    """Elements of a name, also in frames of forms and of tracked changes."""
    for inner in element:
        if name_of(inner) == wanted:
            yield inner
        elif name_of(inner) not in _UNSEEN:
            yield from _found(inner, wanted)


def words(element: Element) -> str:
    """The words of a paragraph or cell; paragraphs stand on lines of their own."""
    return "".join(_visible(element)).strip("\n")


def _visible(element: Element) -> Iterator[str]:
    for inner in element:
        name = name_of(inner)
        if name in _UNSEEN or (name == "r" and _is_hidden(inner)):
            continue
        if name == "t":
            yield inner.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _visible(inner)
            # a deleted end of a paragraph joins it with the next one
            if name == "p" and _part(inner, "pPr", "rPr", "del") is None:
                yield "\n"


def _is_hidden(run: Element) -> bool:
    hidden = _part(run, "rPr", "vanish")
    return hidden is not None and _value(hidden) not in _OFF
