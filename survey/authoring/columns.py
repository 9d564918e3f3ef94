"""The columns of a translator's table, in a workbook or a document, and its rows.

Knows how rows are named and read, and nothing of cells and files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.authoring.exchange import (
    Entry,
    Exchange,
    stamp_in,
    state_of_word,
    state_word,
)
from survey.authoring.exchange_file import Heading, heading
from survey.questionnaire.tidying import tidy

NAMES = ("Key", "Context", "Source", "Translation", "State", "Note", "Stamp")
KEY, CONTEXT, SOURCE, TRANSLATION, STATE, NOTE, STAMP = range(len(NAMES))
ABOUT = ("Survey", "Language", "Source language", "Source texts")
NO_TABLE = "There are no columns Key and Translation with texts below."
_NAMED = re.compile(r"([^\W\d_]+)(?:\s*\(([A-Za-z-]+)\))?")
_TOLD = re.compile(
    r"(?i)^\s*(survey|language|source language|source texts)\s*:\s*(\S+)"
)


def heads(exchange: Exchange) -> list[str]:
    """The names of the columns; those of texts say their language."""
    found = list(NAMES)
    found[SOURCE] = f"{NAMES[SOURCE]} ({exchange.source_language})"
    found[TRANSLATION] = f"{NAMES[TRANSLATION]} ({exchange.language})"
    return found


def about(exchange: Exchange) -> list[tuple[str, str]]:
    """What a file says of itself, in words that ``heading_in`` finds again."""
    values = (
        exchange.survey,
        exchange.language,
        exchange.source_language,
        exchange.source_hash,
    )
    return list(zip(ABOUT, values, strict=True))


def heading_in(path: Path, lines: Sequence[str], language: str) -> Heading:
    """What a file says of itself, out of lines such as ``Language: ar``.

    ``language`` is what the head of its table says, where no line does.
    """
    found: dict[str, str] = {}
    for line in lines:
        told = _TOLD.match(tidy(line))
        if told:
            found.setdefault(told[1].lower(), told[2])
    survey, spoken, source, texts = (found.get(name.lower(), "") for name in ABOUT)
    return heading(
        path,
        survey=survey,
        language=spoken or language,
        source_language=source,
        source_hash=texts,
    )


def row_of(entry: Entry) -> list[str]:
    """The cells of an entry; the glossary stands below the context."""
    return [
        entry.key,
        "\n".join((entry.context, *entry.notes)),
        entry.source,
        entry.target,
        state_word(entry.state),
        "",
        str(entry.stamp),
    ]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table are, and which language its head names."""

    places: dict[int, int]
    language: str

    def cell(self, cells: Sequence[str], column: int) -> str:
        """The text in a column; empty where the table has none."""
        place = self.places.get(column, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    def entry(
        self, cells: Sequence[str], *, place: str, row: int, fault: str = ""
    ) -> Entry | None:
        """The entry of a row; none for a row that says nothing."""
        first = tidy(self.cell(cells, KEY))
        target = self.cell(cells, TRANSLATION)
        if not first and not target.strip():
            return None
        stamp = stamp_in(self.cell(cells, STAMP) or first)
        written = self.cell(cells, STATE).strip()
        state = state_of_word(tidy(written))
        note = " ".join(self.cell(cells, NOTE).split())
        if written and not state:
            note = f"{note} (state: {written})".strip()
            state = stamp.state if stamp else ""
        return Entry(
            key=first.split("\n")[0].strip(),
            source=self.cell(cells, SOURCE).strip(),
            target=target,
            state=state,
            stamp=stamp,
            remark=note,
            place=place,
            row=row,
            fault=fault,
        )


def columns_in(cells: Sequence[str]) -> Columns | None:
    """The columns, if a row is the head of a table of translations."""
    known = {name.casefold(): number for number, name in enumerate(NAMES)}
    places: dict[int, int] = {}
    language = ""
    for place, cell in enumerate(cells):
        found = _NAMED.fullmatch(tidy(cell))
        number = known.get(found[1].casefold()) if found else None
        if found is None or number is None:
            continue
        places.setdefault(number, place)
        language = found[2] or language if number == TRANSLATION else language
    if KEY in places and TRANSLATION in places:
        return Columns(places, language)
    return None
