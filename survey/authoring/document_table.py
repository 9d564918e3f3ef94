"""A translator's file as a text document with one table, out and in.

What is written in the table is what a reader sees: tracked changes count as accepted.
Knows nothing of what is done with the rows that come back.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from survey.authoring import archive, columns, document_rows
from survey.authoring.archive import refusal
from survey.authoring.columns import (
    CONTEXT,
    KEY,
    NOTE,
    SOURCE,
    STAMP,
    STATE,
    TRANSLATION,
    Columns,
)
from survey.authoring.exchange import Entry, Exchange
from survey.language.registry import Language
from survey.questionnaire.translation_checks import CONTROLS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

SUFFIXES = (".docx", ".docm")
MOST_TEXTS = 5_000
"""More rows than that and word processors stop answering; sheets do not."""
_WIDTHS = {KEY: 2000, CONTEXT: 2000, SOURCE: 3300, TRANSLATION: 3300, STATE: 1600}
_WIDTHS |= {NOTE: 1400}
_MARGIN = 900
"""In twentieths of a point; the columns fill a page of A4 or Letter laid across."""
_SMALL = '<w:color w:val="808080"/><w:sz w:val="8"/>'
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_GREY = '<w:shd w:val="clear" w:color="auto" w:fill="ECECEC"/>'
_HELP = (
    "Write into the white columns: the translation, and a note if you have one. "
    "Write “translated” into the state when an outdated text is right as it stands. "
    "Words in braces, such as {place}, stay as they are; so do the grey columns."
)


def write(exchange: Exchange, language: Language) -> bytes:
    """The document; raises ``AuthoringError`` when nobody could work with it."""
    if len(exchange.entries) > MOST_TEXTS:
        reason = f"A document of {len(exchange.entries):,} rows cannot be worked with."
        file = Path(f"{exchange.survey}.docx")
        raise refusal(file, reason, "Export a workbook (xlsx) instead.")
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    _lay_across(document)
    for name, value in columns.about(exchange):
        document.add_paragraph(f"{name}: {value}")
    document.add_paragraph(_HELP)
    table = _table(document)
    is_turned = language.direction == "rtl"
    rows = [_row(columns.heads(exchange), is_head=True, is_right_to_left=is_turned)]
    for entry in exchange.entries:
        cells = columns.row_of(entry)
        rows.append(_row(cells, is_head=False, is_right_to_left=is_turned))
    for row in rows:
        table._tbl.append(parse_xml(row))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lay_across(document: Document) -> None:
    """Six columns need a page that is wider than high."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    wide, high = section.page_height, section.page_width
    section.page_width, section.page_height = wide, high
    section.left_margin = section.right_margin = Twips(_MARGIN)


def _table(document: Document) -> Table:
    from docx.shared import Twips

    table: Table = document.add_table(rows=0, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS.values(), strict=True):
        column.width = Twips(width)
    return table


def _row(cells: list[str], *, is_head: bool, is_right_to_left: bool) -> str:
    """The XML of a row: thousands of cells through an object each take minutes."""
    parts = []
    for column, width in _WIDTHS.items():
        is_theirs = column in (TRANSLATION, NOTE)
        shade = "" if is_theirs or column == STATE else _GREY
        style = "<w:b/>" if is_head else ""
        is_turned = is_theirs and is_right_to_left and not is_head
        words = _paragraphs(cells[column], style, is_turned=is_turned)
        if column == KEY and not is_head:
            words += _paragraphs(cells[STAMP], _SMALL, is_turned=False)
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f"{words}</w:tc>"
        )
    head = "<w:tblHeader/>" if is_head else ""
    return (
        f'<w:tr xmlns:w="{_WORDS}"><w:trPr><w:cantSplit/>{head}</w:trPr>'
        f"{''.join(parts)}</w:tr>"
    )


def _paragraphs(text: str, style: str, *, is_turned: bool) -> str:
    around = "<w:pPr><w:bidi/></w:pPr>" if is_turned else ""
    turned = "<w:rtl/>" if is_turned else ""
    lines = CONTROLS.sub("", text).split("\n")
    runs = [
        f'<w:r><w:rPr>{style}{turned}</w:rPr><w:t xml:space="preserve">'
        f"{escape(line)}</w:t></w:r>"
        for line in lines
    ]
    return "".join(f"<w:p>{around}{run}</w:p>" for run in runs)


def read(path: Path) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``."""
    found = document_rows.read(path, _content(path))
    entries: list[Entry] = []
    head: Columns | None = None
    language = ""
    for row in found.rows:
        here = columns.columns_in(row.texts())
        if here is not None:
            head, language = here, language or here.language
        elif head is not None:
            entries.extend(_entry(row, head))
    if not entries:
        raise refusal(path, columns.NO_TABLE, "Export it again; keep the first row.")
    heads = columns.heading_in(path, found.lines, language)
    return heads.exchange(tuple(entries))


def _content(path: Path) -> bytes:
    with archive.opened(path) as opened:
        content = archive.content(opened, document_rows.PART)
    if not content:
        reason = "The archive is no text document."
        raise refusal(path, reason, "Save it as .docx.")
    return content


def _entry(row: document_rows.Row, head: Columns) -> Iterator[Entry]:
    """The entry of a row; cells that were merged are named, not guessed."""
    place = head.places[TRANSLATION]
    cell = row.cell(place)
    fault = ""
    if cell is None:
        fault = "The row has no cell for the translation."
    elif cell.is_continued:
        fault = "The translation is merged with the row above; divide the cells."
    elif cell.span > 1 and {place + n for n in range(1, cell.span)} & {
        *head.places.values()
    }:
        fault = "The translation is merged with the cell beside it; divide them."
    entry = head.entry(row.texts(), place="table row", row=row.number, fault=fault)
    if entry is not None:
        yield entry
