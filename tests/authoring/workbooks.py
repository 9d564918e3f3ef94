"""Small workbooks for tests, made by the program that people's programs resemble."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import xlsxwriter

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """An .xlsx with the given rows; texts stay texts."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def archive(path: Path, **parts: bytes | str) -> Path:
    """A zip archive; names are spelt with __ for / and ___ for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("___", ".").replace("__", "/"), content)
    return path


def opendocument(path: Path, rows: str) -> Path:
    """An .ods with the rows of one sheet, written as XML."""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/>'
    body = f'<table:table table:name="survey">{rows}</table:table>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>',
        )
        packed.writestr(
            "content.xml",
            f"<office:document-content {_NAMES}><office:body><office:spreadsheet>"
            f"{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def opendocument_row(*texts: str, repeated: int = 1, wide: int = 1) -> str:
    """One row of texts for ``opendocument``."""
    repeats = f'table:number-columns-repeated="{wide}"'
    string = f'<table:table-cell office:value-type="string" {repeats}>'
    cells = "".join(
        f"{string}<text:p>{text}</text:p></table:table-cell>"
        if text
        else f"<table:table-cell {repeats}/>"
        for text in texts
    )
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{cells}'
        "</table:table-row>"
    )


def old_workbook(path: Path, name: str, cells: dict[tuple[int, int], str]) -> Path:
    """An .xls of one sheet of texts: records of BIFF8 in a compound file."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for place, text in cells.items():
        content = struct.pack("<HHH", *place, 0) + _counted(text, "<H")
        sheet += _record(0x0204, content)
    sheet += _record(0x000A, b"")
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 0))
    known = 4 + len(struct.pack("<IBB", 0, 0, 0) + _counted(name, "<B"))
    start = len(opening) + known + 4
    named = struct.pack("<IBB", start, 0, 0) + _counted(name, "<B")
    stream = opening + _record(0x0085, named) + _record(0x000A, b"") + sheet
    path.write_bytes(_compound(stream.ljust(-(-len(stream) // 4096) * 4096, b"\0")))
    return path


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _counted(text: str, count: str) -> bytes:
    return struct.pack(count, len(text)) + b"\1" + text.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    """One stream called Workbook behind a table of sectors and a directory."""
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    none = 0xFFFFFFFF
    root = _entry("Root Entry", 5, none, none, 1, 0xFFFFFFFE, 0)
    directory = root + _entry("Workbook", 2, none, none, none, 2, len(stream))
    return head + table + directory.ljust(512, b"\0") + stream


def _entry(
    name: str, kind: int, left: int, right: int, child: int, start: int, size: int
) -> bytes:
    spelled = (name + "\0").encode("utf-16-le")
    about = struct.pack("<HBBIII", len(spelled), kind, 1, left, right, child)
    return (
        spelled.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)
    )
