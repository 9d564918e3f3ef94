"""Wordings found again by what they say, whatever a town calls question and code.

A text is known by its kind, its words in the language the town writes, and, where
words mean something only as part of a question, by that question's words. Knows
nothing of where the known texts come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from survey.questionnaire.model import Page, Question, Questionnaire

FIELD, THEME = "field.", "cross_cutting."
WHOLE = ("hint", "dont_know", "prefer_not")
"""What speaks for itself, so that it may stand in any question."""
MOST_OPTIONS = 200

Wordings = Mapping[str, str]


class Place(NamedTuple):
    """What a text is, apart from the names that a town gave.

    ``question`` are the words of the question it is part of, empty where it
    speaks for itself; "Gar nicht" is translated otherwise in every question.
    """

    kind: str
    words: str
    question: str = ""


def places(questionnaire: Questionnaire, language: str) -> Iterator[tuple[str, Place]]:
    """Every text key with the places its wording in the language stands for."""
    said = questionnaire.texts.get(language, {})
    for key, place in _places(questionnaire, said):
        if place.words:
            yield key, place


def _places(
    questionnaire: Questionnaire, said: Wordings
) -> Iterator[tuple[str, Place]]:
    yield "title", Place("title", said.get("title", ""))
    for page in questionnaire.pages:
        yield from _of_page(page, said)
        for question in page.questions:
            yield from _of_question(question, said)
    for field in questionnaire.fields:
        for part in ("label", "short"):
            key = f"{FIELD}{field.code}.{part}"
            yield key, Place(f"field {part}", said.get(key, ""))
    for code in questionnaire.cross_cutting:
        key = f"{THEME}{code}.label"
        yield key, Place("theme", said.get(key, ""))


def _of_page(page: Page, said: Wordings) -> Iterator[tuple[str, Place]]:
    for part in ("title", "hint"):
        yield page.key(part), Place(f"page {part}", said.get(page.key(part), ""))


def _of_question(question: Question, said: Wordings) -> Iterator[tuple[str, Place]]:
    label = said.get(question.key("label"), "")
    yield question.key("label"), Place("label", label)
    for part in ("hint", "dont_know", "prefer_not", "other", "constraint_message"):
        key = question.key(part)
        yield key, Place(part, said.get(key, ""), label)
        if part in WHOLE:
            yield key, Place(part, said.get(key, ""))
    for row in question.rows:
        if not row.text.startswith(FIELD):
            yield row.text, Place("row", said.get(row.text, ""), label)
    for option in question.options:
        if not option.text.startswith(FIELD):
            yield option.text, Place("option", said.get(option.text, ""), label)


def known(
    questionnaires: Iterable[Questionnaire], source: str, language: str
) -> dict[Place, str]:
    """What is known in a language of the places of these questionnaires."""
    return gathered(
        (place, questionnaire.texts.get(language, {}).get(key, ""))
        for questionnaire in questionnaires
        for key, place in places(questionnaire, source)
    )


def gathered(pairs: Iterable[tuple[Place, str]]) -> dict[Place, str]:
    """One wording for every place; none where there are two, for nobody guesses."""
    found: dict[Place, str] = {}
    for place, wording in pairs:
        if wording and found.setdefault(place, wording) != wording:
            found[place] = ""
    return {place: wording for place, wording in found.items() if wording}


def _without_long_lists(questionnaire: Questionnaire) -> Questionnaire:
    """Nothing that is known has lists so long; looking through them takes seconds."""
    if not any(len(q.options) > MOST_OPTIONS for q in questionnaire.questions()):
        return questionnaire

    def short(question: Question) -> Question:
        is_long = len(question.options) > MOST_OPTIONS
        return replace(question, options=()) if is_long else question

    pages = tuple(
        replace(page, questions=tuple(map(short, page.questions)))
        for page in questionnaire.pages
    )
    return replace(questionnaire, pages=pages)


def wordings(asked: Questionnaire, shelf: Mapping[Place, str]) -> dict[str, str]:
    """Text key → wording of all that a questionnaire shares with what is known.

    A text whose words were changed in its own language is not found.
    """
    found: dict[str, str] = {}
    for key, place in places(_without_long_lists(asked), asked.source_language):
        if place in shelf:
            found.setdefault(key, shelf[place])
    return found
