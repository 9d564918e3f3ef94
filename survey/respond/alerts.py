"""Problems of a page as filled places: at the top, and the same words at the field.

Knows no page; its callers decide what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import current_app

from survey.forms.problems import Complaint, in_words
from survey.forms.telling import told
from survey.language import gettext
from survey.questionnaire.answers import AnswerProblem
from survey.respond.visit import Visit


@dataclass(frozen=True, slots=True)
class Alert:
    """What the places for problems are filled with."""

    facts: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)


NONE = Alert()


def of_answers(visit: Visit, problems: Iterable[AnswerProblem]) -> Alert:
    """Answers that could not be taken, with links to each."""
    with visit.speaking():
        number = partial(told, how="number", language=visit.language)
        return of_complaints(in_words(problems, partial(_own_words, visit), number))


def of_complaints(complaints: Sequence[Complaint]) -> Alert:
    """What is wrong, in words already; call it inside ``speaking``."""
    words = {"errors": _macros("components/errors.html").summary(complaints)}
    for complaint in complaints:
        words[f"error {complaint.field}"] = _at_field(complaint)
    fields = (f"invalid {complaint.field}" for complaint in complaints)
    return Alert(frozenset(("invalid", *fields)), words)


def _own_words(visit: Visit, text_key: str) -> str:
    return visit.edition.filled(text_key, visit.language.code)


def stale(visit: Visit) -> Alert:
    """The page belongs to somebody who is no longer answering on this device."""
    with visit.speaking():
        text = gettext(
            "In another tab or window somebody has begun anew, or everything was"
            " cleared or is continued on another device. What you see here was not"
            " saved. Please copy your text if you want to keep it."
        )
        link = gettext("To the first page of the survey")
        return _whole(gettext("This page is no longer valid"), text, visit, link)


def unsaved(visit: Visit) -> Alert:
    """The store of drafts is out of reach; what was typed is still on the page."""
    with visit.speaking():
        text = gettext("Nothing you entered is lost. Please press Continue again.")
        return _whole(gettext("We could not save this just now"), text)


def unnoted(visit: Visit) -> Alert:
    """The contact box is out of reach; what was typed is still on the page."""
    with visit.speaking():
        text = gettext(
            "Your contact is still here. Please press the button again."
            " Nothing is stored twice."
        )
        return _whole(gettext("We could not save this just now"), text)


def contacts_closed(visit: Visit) -> Alert:
    """The survey was closed, or its day of deletion has come."""
    with visit.speaking():
        text = gettext("What you have typed was not saved. Please call us instead.")
        return _whole(gettext("Contacts are no longer taken"), text)


def unsent(visit: Visit) -> Alert:
    """The urn is out of reach; nothing is known to be stored."""
    with visit.speaking():
        text = gettext(
            "Your answers are still here. Please press Send again."
            " Nothing is stored twice."
        )
        return _whole(gettext("We could not send your answers just now"), text)


def paused(visit: Visit) -> Alert:
    """The open link takes nothing for a while."""
    with visit.speaking():
        text = gettext(
            "Very many answers came through the open link at once, so it is closed for"
            " half an hour. Your answers stay on this page: please press Send again"
            " then, or choose Finish later."
        )
        return _whole(gettext("We could not send your answers just now"), text)


def busy(visit: Visit) -> Alert:
    """Too many ask for words at once."""
    with visit.speaking():
        text = gettext(
            "Nothing you entered is lost. Please press Finish later again in a few"
            " seconds."
        )
        return _whole(gettext("Too many people want this at the moment"), text)


def too_large(visit: Visit) -> Alert:
    """The texts together are longer than the urn has room for."""
    with visit.speaking():
        text = gettext("Please shorten your texts and send again.")
        return _whole(gettext("Your texts are too long"), text)


def unknown_code(visit: Visit) -> Alert:
    """The code a draft began with is not among those of the survey any more."""
    with visit.speaking():
        text = gettext("Please call us: you get a new code. Your answers stay here.")
        return _whole(gettext("Your code is not valid any more"), text)


def _whole(
    heading: str, text: str, visit: Visit | None = None, link: str = ""
) -> Alert:
    href = visit.address() if visit is not None else ""
    html = _macros("respond/alert.html").alert(heading, text, href, link)
    return Alert(frozenset({"invalid"}), {"errors": html})


def _at_field(complaint: Complaint) -> str:
    macros = _macros("components/errors.html")
    return str(macros.at_field(f"{complaint.field}-error", complaint.message))


def _macros(template: str) -> Any:
    return current_app.jinja_env.get_template(template).module
