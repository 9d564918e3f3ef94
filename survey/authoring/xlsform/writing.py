"""A questionnaire → an XLSForm workbook: texts only, no formula.

Reading it again gives the same questionnaire; docs/administrators.md lists the columns
of our own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from survey.authoring.xlsform import choices_out
from survey.authoring.xlsform.headings_out import Headings
from survey.authoring.xlsform.rows_out import Cells, SurveyRows
from survey.authoring.xlsform.settings import KNOWN_SLOTS, LISTS, NUMBERS, OURS, SLOT
from survey.questionnaire.model import Questionnaire, SurveySettings

_SURVEY = [
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "default",
    "appearance",
    "parameters",
    "media::image",
    "media::audio",
    "kind",
    "page",
    "part",
    "role",
    "field_of_action",
    "words_of_field",
    "cross_cutting",
    "scale",
    "reversed",
    "sensitive",
    "dont_know",
    "prefer_not",
    "other",
    "least",
    "most",
    "decimals",
    "longest",
    "at_most",
    "total",
    "picks_from",
    "default_from",
    "where_translated",
]
_CHOICES = [
    "list_name",
    "name",
    "label",
    "media::image",
    "exclusive",
    "shared",
    "field_of_action",
    "words_of_field",
]
_SETTINGS = ["form_title", "form_id", "default_language", "written_by"]
_WIDE, _NARROW = 40, 16
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same questionnaire, the same bytes


def write(questionnaire: Questionnaire) -> bytes:
    """The workbook."""
    headings = Headings(questionnaire)
    lists = choices_out.list_names(questionnaire)
    survey = SurveyRows(questionnaire, headings, lists)
    sheets = {
        "survey": (survey.all(), _SURVEY),
        "choices": (choices_out.rows(questionnaire, headings, lists), _CHOICES),
        "settings": ([_settings(questionnaire, headings)], _SETTINGS),
        "fields": (_fields(questionnaire, headings), ["code", "label", "short"]),
        "themes": (_themes(questionnaire, headings), ["code", "label"]),
    }
    return _workbook(
        {
            title: _table(list(rows), order, headings)
            for title, (rows, order) in sheets.items()
        }
    )


def unrepresented(questionnaire: Questionnaire) -> Iterator[str]:
    """What other programs read otherwise, or pass over; a sentence each."""
    for question in questionnaire.questions():
        if question.total:
            yield f"{question.name}: instead of giving points, answers are chosen."
        if question.picks_from:
            yield f"{question.name}: everything is ranked, not only what was picked."
    for page in questionnaire.pages:
        if page.constraint:
            yield f"{page.name}: nobody is told that its answers do not fit together."
    if questionnaire.screened_out_if:
        yield "Nobody is screened out."
    if any(page.part != "core" for page in questionnaire.pages):
        yield "Nobody is asked whether to go on after the core."


def _settings(questionnaire: Questionnaire, headings: Headings) -> Cells:
    cells = headings.cells("titles", "title")  # form_title::… stops other programs
    titles = questionnaire.texts.get(questionnaire.source_language, {})
    cells |= {
        "form_title": titles.get("title", ""),
        "form_id": questionnaire.name,
        "default_language": headings.source,
        "written_by": OURS,
        "screened_out_if": questionnaire.screened_out_if,
    }
    settings, usual = questionnaire.settings, SurveySettings()
    for name in (*LISTS, *NUMBERS, "privacy_profile"):
        value = getattr(settings, name)
        if value != getattr(usual, name):
            is_list = isinstance(value, tuple)
            cells[name] = " ".join(value) if is_list else str(value)
    if settings.interim:
        cells["interim"] = "yes"
    for name, value in settings.slots.items():
        cells[name if name in KNOWN_SLOTS else f"{SLOT}{name}"] = value
    return {name: text for name, text in cells.items() if text}


def _fields(questionnaire: Questionnaire, headings: Headings) -> Iterable[Cells]:
    for field in questionnaire.fields:
        start = f"field.{field.code}"
        label = headings.cells("label", f"{start}.label")
        yield {"code": field.code} | label | headings.cells("short", f"{start}.short")


def _themes(questionnaire: Questionnaire, headings: Headings) -> Iterable[Cells]:
    for code in questionnaire.cross_cutting:
        yield {"code": code} | headings.cells("label", f"cross_cutting.{code}.label")


def _table(rows: list[Cells], order: list[str], headings: Headings) -> list[list[str]]:
    """The headings and all rows, or nothing."""
    if not rows:
        return []
    columns = list(dict.fromkeys(column for row in rows for column in row))
    ordered = headings.order(columns, order)
    return [ordered, *([row.get(column, "") for column in ordered] for row in rows)]


def _workbook(tables: dict[str, list[list[str]]]) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        for title, table in tables.items():
            if table:
                _write_sheet(book.add_worksheet(title), table, bold)
    return target.getvalue()


def _write_sheet(sheet: Any, table: list[list[str]], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(table[0]):
        is_text = "::" in heading
        sheet.set_column(column, column, _WIDE if is_text else _NARROW)
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(table[1:], start=1):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text)
