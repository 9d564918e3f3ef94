"""A .lss file → sections of rows, read piece by piece and never more than fits.

Knows the layout of the XML, not what the sections mean.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from survey.authoring.problems import AuthoringError
from survey.questionnaire.problem import Problem

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

# 250 questions in 15 languages with every setting written out are 8 MB, 52,000
# rows and 290,000 elements.
LARGEST_FILE = 20_000_000
MOST_ROWS = 60_000
MOST_ELEMENTS = 400_000
DEEPEST = 20
_PIECE = 1 << 16
_ROOT, _KIND, _SURVEY = "document", "LimeSurveyDocType", "Survey"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of a section; ``number`` counts from 1, empty cells are left out."""

    section: str
    number: int
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """A cell without margins; empty when there is none."""
        return self.cells.get(column, "").strip()


@dataclass(slots=True)
class Section:
    """One element below the root: rows, or else a text or entries of a list."""

    name: str
    line: int
    rows: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    text: str = ""


Document = dict[str, Section]


class Unreadable(Exception):
    """The file cannot be read any further; where, why and what to do."""

    def __init__(self, place: str, number: int, line: int, reason: str, remedy: str):
        super().__init__(reason)
        self.place = place
        self.number = number
        self.line = line
        self.reason = reason
        self.remedy = remedy


def open_document(path: Path) -> Document:
    """The sections of a file by name.

    Raises ``Unreadable`` for content, ``AuthoringError`` for a file that cannot
    be opened.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            reason = f"The file has {size} bytes."
            remedy = f"At most {LARGEST_FILE} are read: export the structure only."
            raise Unreadable("file", 0, 1, reason, remedy)
        with path.open("rb") as file:
            return read(file.read(LARGEST_FILE))
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror}."
        remedy = "Check its name and your permissions."
        raise AuthoringError([Problem(path.name, "file", reason, remedy)]) from error


def read(content: bytes) -> Document:
    """The sections of a file's bytes; raises ``Unreadable``."""
    from defusedxml import DTDForbidden
    from defusedxml.expatreader import DefusedExpatParser

    parser = DefusedExpatParser(forbid_dtd=True)
    reader = _Reader(parser.getLineNumber)
    parser.setContentHandler(reader)
    try:
        for start in range(0, len(content), _PIECE):
            parser.feed(content[start : start + _PIECE])
        parser.close()
    except DTDForbidden as error:
        reason = "The file defines entities or a document type of its own."
        remedy = "LimeSurvey writes none: export the survey structure again."
        raise reader.stopped(reason, remedy) from error
    except SAXParseException as error:
        reader.line = error.getLineNumber() or reader.line
        what = f"{error.getMessage()}, column {(error.getColumnNumber() or 0) + 1}"
        reason = f"This is not valid XML: {what}."
        raise reader.stopped(reason, "Export the survey structure again.") from error
    except (SAXException, LookupError, ValueError) as error:
        reason = "The file is written in an encoding that cannot be read."
        raise reader.stopped(reason, "Save it as UTF-8.") from error
    return _survey(reader)


def _survey(reader: _Reader) -> Document:
    kind = reader.sections.get(_KIND)
    if reader.root != _ROOT or kind is None:
        reader.line = 1
        reason = "This is not a file of LimeSurvey."
        raise reader.stopped(reason, "Export the survey structure (.lss).")
    if kind.text.strip() != _SURVEY:
        reader.line = kind.line
        reason = f"This is an export of {kind.text.strip()!r}, not of a survey."
        raise reader.stopped(reason, "Export the survey structure (.lss).")
    return reader.sections


class _Reader(ContentHandler):
    """Collects cells while the parser runs; stops at the limits."""

    def __init__(self, line_number: Callable[[], int | None]) -> None:
        super().__init__()
        self.line_number = line_number
        self.sections: Document = {}
        self.root = ""
        self.line = 1
        self.depth = 0
        self.elements = 0
        self.rows = 0
        self.section: Section | None = None
        self.is_in_rows = False
        self.cells: dict[str, str] = {}
        self.row_line = 0
        self.text: list[str] = []

    def stopped(self, reason: str, remedy: str) -> Unreadable:
        """Where reading ended, and why."""
        place = self.section.name if self.section is not None else "file"
        number = len(self.section.rows) + 1 if self.section is not None else 0
        return Unreadable(place, number, self.line, reason, remedy)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """Count, and remember what begins; cells stand on the fifth level."""
        self.depth += 1
        self.elements += 1
        self.text = []
        self.line = self.line_number() or self.line
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise self._too_much()
        if self.depth == 1:
            self.root = name
        elif self.depth == 2:
            self.section = self.sections.setdefault(name, Section(name, self.line))
        elif self.depth == 3:
            self.is_in_rows = name == "rows"
        elif self.depth == 4 and self.is_in_rows:
            self.cells = {}
            self.row_line = self.line
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise self._too_much()

    def characters(self, content: str) -> None:
        """A piece of the text of a cell."""
        self.text.append(content)

    def endElement(self, name: str) -> None:
        """Keep what has ended."""
        text = "".join(self.text)
        self.text = []
        if self.section is not None:
            self._keep(self.section, name, text)
        if self.depth == 2:
            self.section = None
        self.depth -= 1

    def _keep(self, section: Section, name: str, text: str) -> None:
        if self.depth == 5 and self.is_in_rows:
            if text:
                self.cells[sys.intern(name)] = text
        elif self.depth == 4 and self.is_in_rows:
            number = len(section.rows) + 1
            row = Row(section.name, number, self.row_line, self.cells)
            section.rows.append(row)
        elif self.depth == 3 and name not in ("rows", "fields"):
            number = len(section.entries) + 1
            row = Row(section.name, number, self.line, {name: text})
            section.entries.append(row)
        elif self.depth == 2:
            section.text = text

    def _too_much(self) -> Unreadable:
        reason = f"The file has over {MOST_ELEMENTS} elements."
        if self.rows > MOST_ROWS:
            reason = f"The file has over {MOST_ROWS} rows."
        if self.depth > DEEPEST:
            reason = f"Elements are nested over {DEEPEST} levels deep."
        return self.stopped(reason, "Export the survey structure only, no answers.")
