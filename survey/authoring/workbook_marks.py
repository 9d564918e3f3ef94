"""What the reader of workbooks does not tell: errors, formulas never reckoned, sizes.

Looks at the XML of .xlsx files by pattern; knows nothing of what the cells mean, and
nothing depends on it for safety.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from survey.authoring.archive import content
from survey.authoring.cells import MOST_ROWS, Fault, Faults, column_of, no_faults

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LARGEST_INDEX = 5_000_000
_MOST_FAULTS = 10_000
_LONGEST_CELL = 40_000  # a cell's text has at most 32,767 characters
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
_PLACE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</")
_SUSPECTS = re.compile(rb'<(?:\w+:)?f[\s/>]|\bt="e"')


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: how many rows it has, empty ones too, and what is wrong where."""

    rows: int = 0
    faults: Faults = field(default_factory=no_faults)


def marks_of(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    """Sheet name → marks; empty for what is no .xlsx."""
    return {name: _marks(xml) for name, xml in _sheets(archive)}


def last_cells(archive: zipfile.ZipFile) -> Iterator[tuple[str, int, int]]:
    """Sheet name, last row (from 1) and last column (from 0) that are named."""
    for name, xml in _sheets(archive):
        bottom, right = 0, 0
        for place in _PLACE.finditer(xml):
            bottom = max(bottom, int(place[2]))
            right = max(right, column_of(place[1].decode()))
        yield name, bottom, right


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names of the sheets and their XML."""
    for name, part in _parts(archive).items():
        yield name, content(archive, part)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → file in the archive."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    book, links = content(archive, _BOOK), content(archive, _LINKS)
    if not book or max(len(book), len(links)) > _LARGEST_INDEX:
        return {}
    try:
        targets = {
            link.get("Id"): _full(str(link.get("Target")))
            for link in ElementTree.fromstring(links)
        }
        return {
            str(element.get("name")): targets.get(_link_of(element.items()), "")
            for element in ElementTree.fromstring(book).iter()
            if element.tag.rpartition("}")[2] == "sheet"
        }
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        return {}


def _link_of(attributes: Iterable[tuple[str, str]]) -> str:
    return next((value for key, value in attributes if key.endswith("}id")), "")


def _full(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marks(xml: bytes) -> Marks:
    found = _PREFIX.search(xml, 0, 2_000)
    prefix = found[1] or b"" if found else b""
    rows = xml.count(b"<" + prefix + b"row")
    if rows > MOST_ROWS:
        return Marks(rows)  # it is refused for that, and searching takes seconds
    faults = {}
    for place, fault in _faults(xml, prefix):
        faults[place] = fault
        if len(faults) == _MOST_FAULTS:
            break
    return Marks(rows, MappingProxyType(faults))


def _faults(xml: bytes, prefix: bytes) -> Iterator[tuple[tuple[int, int], Fault]]:
    opening, closing = b"<" + prefix + b"c ", b"</" + prefix + b"c>"
    for suspect in _SUSPECTS.finditer(xml):
        at = suspect.start()
        start = xml.rfind(opening, max(0, at - _LONGEST_CELL), at)
        end = xml.find(closing, at, at + _LONGEST_CELL)
        if start < 0 or end < 0:
            continue
        cell = xml[start:end]
        place, fault = _PLACE.match(cell), _fault(cell)
        if place and fault:
            yield (int(place[2]), column_of(place[1].decode())), fault


def _fault(cell: bytes) -> Fault | None:
    value = _VALUE.search(cell)
    words = value[1].decode("utf-8", "replace") if value else ""
    head = cell[: cell.find(b">")]
    if b't="e"' in head:
        reason = f"The cell holds the error {words}."
        return Fault(reason, "Mend the formula, or write the text itself.")
    if not words and b't="str"' not in head:
        reason = "The cell holds a formula whose value was never stored."
        return Fault(reason, "Open the file in its program, save it, import it again.")
    return None
