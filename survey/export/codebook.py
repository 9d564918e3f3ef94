"""What the columns of a data package mean: items, labels, fields of action.

Made from an edition alone; knows no answer but the row it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds.base import Column
from survey.questionnaire.model import NOT_REACHED, Option, Question
from survey.questionnaire.route import PageStops, Stop

ITEM_COLUMNS = (
    "item",
    "kind",
    "scale",
    "field",
    "role",
    "page",
    "multiple",
    "reversed",
    "sensitive",
    "random_order",
    "shown_if",
)
LABEL_COLUMNS = ("item", "category", "kind", "language", "text")
ANY_DAY = date(2000, 1, 1)  # screening out looks at answers, never at the calendar
Row = Mapping[str, str]


def _stops(edition: Edition) -> Iterator[tuple[PageStops, Stop]]:
    for entry in edition.route.pages:
        for stop in entry.stops:
            yield entry, stop


def closed_columns(edition: Edition) -> tuple[Column, ...]:
    """The columns of all closed items, in the order of the questionnaire."""
    return tuple(
        column
        for _, stop in _stops(edition)
        for column in stop.kind.columns(stop.question)
    )


def column_fields(edition: Edition) -> Iterator[dict[str, object]]:
    """Table Schema fields of the closed columns: categories in display order."""
    for _, stop in _stops(edition):
        for column in stop.kind.columns(stop.question):
            yield {
                "name": column.name,
                "type": "string",
                "categories": list(stop.kind.categories(stop.question)),
                "categoriesOrdered": bool(stop.question.scale),
            }


def items(edition: Edition) -> Iterator[Row]:
    """One line per item; rows of a battery have lines of their own."""
    for entry, stop in _stops(edition):
        question = stop.question
        for item in stop.items:
            row_field = item.row.field_of_action if item.row else ""
            yield {
                "item": item.name,
                "kind": question.kind,
                "scale": question.scale,
                "field": row_field or question.field_of_action,
                "role": question.role,
                "page": entry.page.name,
                "multiple": _truth(stop.kind.is_multiple),
                "reversed": _truth(question.is_reversed),
                "sensitive": _truth(question.is_sensitive),
                "random_order": _truth(question.has_random_order),
                "shown_if": question.shown_if,
            }


def _truth(value: object) -> str:
    return "true" if value else "false"


def fields(edition: Edition) -> Iterator[Row]:
    """The fields of action in their order, from 1."""
    for order, found in enumerate(edition.questionnaire.fields, start=1):
        yield {"field": found.code, "order": str(order)}


def labels(edition: Edition) -> Iterator[Row]:
    """Every wording a reader of the data needs, in every language of the edition."""
    for language in edition.languages:
        for item, category, kind, key in _wordings(edition):
            if edition.has_text(key, language):
                text = edition.filled(key, language, isolate=False)
                yield {
                    "item": item,
                    "category": category,
                    "kind": kind,
                    "language": language,
                    "text": " ".join(text.split()),
                }


def _wordings(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    yield "", "", "label", "title"
    for found in edition.questionnaire.fields:
        for kind in ("label", "short"):
            yield "", found.code, kind, f"field.{found.code}.{kind}"
    for _, stop in _stops(edition):
        yield from _of_question(stop)


def _of_question(stop: Stop) -> Iterator[tuple[str, str, str, str]]:
    question = stop.question
    for kind in ("label", "hint"):
        yield question.name, "", kind, question.key(kind)
    for item in stop.items:
        if item.row is not None:
            yield item.name, "", "label", item.row.text
        for category, key in _categories(question):
            yield item.name, category, "label", key


def _categories(question: Question) -> Iterator[tuple[str, str]]:
    options: tuple[Option, ...] = question.options
    for option in options:
        yield option.code, option.text
    yield "-3", question.key("dont_know")
    yield "-4", question.key("prefer_not")


def stage(edition: Edition, row: Row) -> str:
    """How far a row came: ``completed``, ``partial`` or ``screened_out``."""
    screening = edition.route.screening
    if screening is not None:
        answers = {name: row[name] for name in screening.names if name in row}
        if screening.is_true(answers, today=ANY_DAY):
            return "screened_out"
    return "partial" if NOT_REACHED in row.values() else "completed"
