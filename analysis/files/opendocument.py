"""Sheets as an OpenDocument spreadsheet (ODS), written cell by cell.

Knows only sheets. No formula, no link out, no date of its making; the same sheets give
the same bytes. The format: ISO/IEC 26300, OpenDocument 1.2.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from analysis.files.sheets import BOLD, HEAD, WRAP, Cell, Line, Sheet

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # an archive without times
# A width of one is about one digit.
DIGIT_CM = 0.2
SPACES = re.compile(r" {2,}")
# What XML 1.0 cannot hold at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'office:version="1.2"'
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    XML + '<manifest:manifest manifest:version="1.2" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)
STYLES = {
    BOLD: '<style:text-properties fo:font-weight="bold"/>',
    WRAP: '<style:table-cell-properties fo:wrap-option="wrap" '
    'style:vertical-align="top"/>',
    HEAD: '<style:table-cell-properties fo:wrap-option="wrap" '
    'fo:border-bottom="0.05cm solid #000000"/>'
    '<style:text-properties fo:font-weight="bold"/>',
}


def write(sheets: Sequence[Sheet], made: date) -> bytes:
    """The spreadsheet; its only date is the day the package was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # First and not packed, so that programs know the file by its beginning.
        _put(archive, "mimetype", [TYPE], zipfile.ZIP_STORED)
        _put(archive, "META-INF/manifest.xml", [MANIFEST])
        meta = f"<meta:creation-date>{made.isoformat()}T00:00:00</meta:creation-date>"
        _put(
            archive,
            "meta.xml",
            [XML, f"<office:document-meta {NAMES}><office:meta>{meta}"]
            + ["</office:meta></office:document-meta>"],
        )
        _put(archive, "content.xml", _content(sheets))
    return out.getvalue()


def _put(
    archive: zipfile.ZipFile,
    name: str,
    parts: Iterator[str] | list[str],
    packing: int = zipfile.ZIP_DEFLATED,
) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = packing
    with archive.open(entry, "w") as file:
        for part in parts:
            file.write(part.encode())


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield f"{XML}<office:document-content {NAMES}><office:automatic-styles>"
    for name, look in STYLES.items():
        yield f'<style:style style:name="{name}" style:family="table-cell">'
        yield f"{look}</style:style>"
    for width in sorted({width for sheet in sheets for width in sheet.widths}):
        yield f'<style:style style:name="w{width}" style:family="table-column">'
        size = f"{width * DIGIT_CM:.1f}cm"
        yield f'<style:table-column-properties style:column-width="{size}"/>'
        yield "</style:style>"
    yield '<style:style style:name="rtl" style:family="table">'
    yield '<style:table-properties style:writing-mode="rl-tb"/></style:style>'
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in sheets:
        yield from _sheet(sheet)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _sheet(sheet: Sheet) -> Iterator[str]:
    style = ' table:style-name="rtl"' if sheet.is_right_to_left else ""
    yield f"<table:table table:name={quoteattr(sheet.name)}{style}>"
    for width in sheet.widths:
        yield f'<table:table-column table:style-name="w{width}"/>'
    if not sheet.widths:
        yield "<table:table-column/>"
    for line in sheet.lines:
        yield "<table:table-row>"
        yield from (_cell(value, line, place) for place, value in enumerate(line.cells))
        yield (
            "</table:table-row>"
            if line.cells
            else "<table:table-cell/></table:table-row>"
        )
    yield "</table:table>"


def _cell(value: Cell, line: Line, place: int) -> str:
    style = f' table:style-name="{line.style}"' if line.style else ""
    if value is None or value == "":
        return f"<table:table-cell{style}/>"
    if isinstance(value, bool):
        kind = (
            f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        )
        return f"<table:table-cell{style} {kind}/>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value!r}"'
        return f"<table:table-cell{style} {kind}/>"
    text = "".join(_paragraph(part, line, place) for part in value.split("\n"))
    return (
        f'<table:table-cell{style} office:value-type="string">{text}</table:table-cell>'
    )


def _paragraph(text: str, line: Line, place: int) -> str:
    said = escape(UNWRITABLE.sub(" ", text))
    said = SPACES.sub(lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', said)
    if line.link and not place:
        target = quoteattr(f"#'{line.link}'.A1")
        said = f'<text:a xlink:type="simple" xlink:href={target}>{said}</text:a>'
    return f"<text:p>{said}</text:p>"
