"""Files made to burst memory or to run forever; small on disk, made on the fly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

HEAD = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>"
)
TAIL = "</sheetData></worksheet>"
_NAMESPACE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxml'
        'formats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_NAMESPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{_NAMESPACE}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook_of(sheet: Iterator[str]) -> bytes:
    """An .xlsx whose only sheet is written piece by piece."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, part in _PARTS.items():
            made.writestr(name, part)
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as inner:
            for piece in sheet:
                inner.write(piece.encode())
    return file.getvalue()


def _cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def _first_rows() -> str:
    head = _cell("A1", "type") + _cell("B1", "name") + _cell("C1", "label")
    row = _cell("A2", "text") + _cell("B2", "idea") + _cell("C2", "Idee?")
    return f'<row r="1">{head}</row><row r="2">{row}</row>'


def large_sheet(megabytes: int = 200) -> bytes:
    """A sheet whose rows unfold to so many megabytes."""

    def pieces() -> Iterator[str]:
        yield HEAD + _first_rows()
        row, written = 3, 0
        while written < megabytes * 2**20:
            piece = "".join(
                f'<row r="{number}">{_cell(f"A{number}", "note")}'
                f"{_cell(f'C{number}', 'words ' * 20)}</row>"
                for number in range(row, row + 500)
            )
            row, written = row + 500, written + len(piece)
            yield piece
        yield TAIL

    return workbook_of(pieces())


def empty_rows(count: int = 1_000_000) -> bytes:
    """A sheet of two rows, and so many formatted ones below without any words."""

    def pieces() -> Iterator[str]:
        yield HEAD + _first_rows()
        for start in range(3, count, 5_000):
            yield "".join(
                f'<row r="{row}"><c r="A{row}" s="1"/></row>'
                for row in range(start, start + 5_000)
            )
        yield TAIL

    return workbook_of(pieces())


def distant_cell() -> bytes:
    """One more cell in the last corner a sheet has."""

    def pieces() -> Iterator[str]:
        yield HEAD + _first_rows()
        yield f'<row r="1048576">{_cell("XFD1048576", "x")}</row>{TAIL}'

    return workbook_of(pieces())


def zip_bomb(megabytes: int = 1_000) -> bytes:
    """An archive of zeros that unfolds to a thousand times its size."""
    zeros = "0" * 2**20
    return workbook_of(zeros for _ in range(megabytes))


def entity_bomb(root: str = "document") -> bytes:
    """XML whose entities unfold to billions of characters."""
    names = "abcdefghij"
    entities = ['<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">']
    entities += [
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip(names, names[1:], strict=False)
    ]
    head = f'<?xml version="1.0"?><!DOCTYPE {root} [{"".join(entities)}]>'
    return f"{head}<{root}><x>&j;</x></{root}>".encode()


def outside_entity(root: str = "document") -> bytes:
    """XML that asks for a file of the machine it is read on."""
    head = f'<!DOCTYPE {root} [<!ENTITY own SYSTEM "file:///etc/hostname">]>'
    return f"{head}<{root}><x>&own;</x></{root}>".encode()


def with_entities_inside() -> bytes:
    """A workbook whose sheet is an entity bomb."""
    return workbook_of(iter([entity_bomb("worksheet").decode()]))
