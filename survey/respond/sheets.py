"""Prepared pages of the answer forms: rendered once per edition and language.

Knows no answer; what differs from person to person is filled in by its callers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from flask import current_app

from survey.forms import contact
from survey.forms.longest import Listing, measure
from survey.forms.page import describe, describe_question
from survey.forms.prepared import Marks, Prepared, prepare
from survey.language import gettext
from survey.questionnaire.duration import minutes
from survey.questionnaire.journey import FORK
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Page
from survey.respond.rendering import render
from survey.respond.visit import Visit

_EXTENSION = "sheets"
# twelve languages of a hundred pages; beyond that something else is wrong
MOST_KEPT = 1500
# empty lines that templates leave behind; every page goes out uncompressed
_BLANK = re.compile(r"\n\s*\n")

Sheet = TypeVar("Sheet", Prepared, Listing)


class Purpose(NamedTuple):
    """One purpose people can be reached for."""

    code: str
    label: str
    pictogram: str = ""


def question(visit: Visit, page: Page) -> Prepared:
    """The form of one page."""

    def write() -> str:
        with visit.speaking():
            view = describe(visit.edition, page, visit.language.code)
        return _write(visit, "respond/question.html", "question", view=view)

    return _kept(visit, page.name, lambda: prepare(write()))


def fork(visit: Visit) -> Prepared:
    """The form after the core."""

    def write() -> str:
        more = minutes(visit.edition, part="more")
        return _write(visit, "respond/fork.html", "question", minutes=more)

    return _kept(visit, FORK, lambda: prepare(write()))


def review(visit: Visit) -> Listing:
    """The page to check answers on."""
    return _listing(visit, "/review", lambda: _list(visit, "review"))


def thanks(visit: Visit) -> Listing:
    """The page after sending, with a form for those who want to be reached."""
    survey = visit.survey
    until = survey.contact_until
    name = f"/thanks {until} {' '.join(survey.contact_for)}"
    with visit.speaking():
        purposes = [
            Purpose(purpose, gettext(contact.WORDS[purpose]))
            for purpose in survey.contact_for
        ]
    day = visit.language.day(until) if until else ""
    return _listing(
        visit,
        name,
        lambda: _list(visit, "thanks", purposes=purposes, contact_until=day),
    )


def _listing(visit: Visit, name: str, write: Callable[[], str]) -> Listing:
    def make() -> Listing:
        return measure(prepare(write()), visit.edition.questionnaire.questions())

    return _kept(visit, name, make)


def _list(visit: Visit, page: str, **values: object) -> str:
    slots = visit.edition.questionnaire.settings.slots
    with visit.speaking():
        views = [
            describe_question(visit.edition, question, visit.language.code)
            for question in visit.edition.questionnaire.questions()
            if kind_of(question).is_asked and question.is_asked_in(visit.language.code)
        ]
    return _write(
        visit,
        f"respond/{page}.html",
        page,
        views=views,
        help_address=slots.get("help_address", ""),
        **values,
    )


def _write(visit: Visit, template: str, page: str, **values: object) -> str:
    html = render(
        template,
        language=visit.language,
        page=page,
        place=Marks(),
        offered=visit.offered,
        **values,
    )
    return _BLANK.sub("\n", html)


def _kept(visit: Visit, name: str, make: Callable[[], Sheet]) -> Sheet:
    kept: dict[tuple[str, str, str, tuple[str, ...]], Sheet]
    kept = current_app.extensions.setdefault(_EXTENSION, {})
    key = (
        visit.survey.edition or "",
        visit.language.code,
        name,
        visit.survey.languages,
    )
    sheet = kept.get(key)
    if sheet is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        sheet = kept[key] = make()
    return sheet
