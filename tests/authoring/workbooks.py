"""Small workbooks for tests, made by the program that people's programs resemble."""

from __future__ import annotations

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
