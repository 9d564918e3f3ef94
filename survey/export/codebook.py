"""What the columns of a data package mean: items, labels, fields of action.

Made from an edition alone; knows no answer but the row it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from survey.language import registry, standard
from survey.questionnaire.edition import Edition
from survey.questionnaire.identity import identities
from survey.questionnaire.kinds.base import Column
from survey.questionnaire.kinds.choosing import OTHER
from survey.questionnaire.model import NOT_REACHED
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
    "wording_hash",
    "structure_hash",
    "only_in",
)
LABEL_COLUMNS = ("item", "category", "kind", "language", "text")
ANY_DAY = date(2000, 1, 1)  # screening out looks at answers, never at the calendar
Row = Mapping[str, str]
OWN_WORDS = "short_text"


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
            categories = list(stop.kind.categories(stop.question))
            field: dict[str, object] = {"name": column.name, "type": "string"}
            if categories:
                field["categories"] = categories
                field["categoriesOrdered"] = bool(stop.question.scale)
            yield field


def items(edition: Edition) -> Iterator[Row]:
    """One line per item; rows of a battery have lines of their own.

    Wordings are compared in the first language of the edition.
    """
    known, first = identities(edition), edition.languages[0]
    for entry, stop in _stops(edition):
        question = stop.question
        for item in stop.items:
            row_field = item.row.field_of_action if item.row else ""
            # own words beside options are an item of their own
            kind = OWN_WORDS if item.longest and question.options else question.kind
            yield {
                "item": item.name,
                "kind": kind,
                "scale": question.scale,
                "field": row_field or question.field_of_action,
                "role": question.role,
                "page": entry.page.name,
                "multiple": _truth(stop.kind.is_multiple and item.is_closed),
                "reversed": _truth(question.is_reversed),
                "sensitive": _truth(question.is_sensitive),
                "random_order": _truth(question.has_random_order),
                "shown_if": question.shown_if,
                "wording_hash": known[item.name].wording[first],
                "structure_hash": known[item.name].structure,
                "only_in": " ".join(question.only_in),
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
        other = _standard_other(language)
        for item, category, kind, key in _wordings(edition):
            if edition.has_text(key, language):
                text = edition.filled(key, language, isolate=False)
            elif category == OTHER:
                text = other
            else:
                continue
            yield {
                "item": item,
                "category": category,
                "kind": kind,
                "language": language,
                "text": " ".join(text.split()),
            }


def _standard_other(language: str) -> str:
    languages = registry()
    spoken = languages.get(language)
    return languages.words(spoken).gettext(standard.OTHER) if spoken else standard.OTHER


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
        elif item.name != question.name:
            yield item.name, "", "label", question.key("label")
        if item.is_closed:
            for category, key in _categories(stop):
                yield item.name, category, "label", key


def _categories(stop: Stop) -> Iterator[tuple[str, str]]:
    question = stop.question
    for option in stop.kind.choices(question):
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
