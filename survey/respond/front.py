"""The way in: languages, the surveys of a language, short addresses of letters.

Shows no question and stores nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from flask import Blueprint, Response, abort, redirect, request
from werkzeug import Response as AnyResponse

from survey.language import Language, gettext, speaking
from survey.respond import cookie, entry, reports
from survey.respond.offers import (
    asked_for,
    offered_languages,
    shown,
    spoken,
    title,
)
from survey.respond.rendering import Choice, kept, render, send
from survey.respond.services import services
from survey.respond.visit import see_other
from survey.storage.surveys import Survey

blueprint = Blueprint("front", __name__)


class Entry(NamedTuple):
    """A language on the first page, with an invitation in its own words."""

    language: Language
    invitation: str
    is_asked_for: bool


class Line(NamedTuple):
    """A survey in a list."""

    slug: str
    title: str
    until: str
    has_results: bool


@blueprint.get("/")
def languages() -> AnyResponse:
    """All languages, those of the browser marked, then the open surveys.

    Where somebody has begun on this device, the question who it was comes first.
    """
    begun = _begun()
    if begun is not None:
        return see_other(_address(begun))
    offered = offered_languages()
    asked = [code for code in asked_for() if code in {x.code for x in offered}]
    language = spoken(offered, asked)

    def write() -> str:
        return render(
            "languages.html",
            language=language,
            page="languages",
            entries=[_entry(one, asked) for one in offered],
            surveys=_lines(language, are_open=True),
        )

    return send(kept(("languages", _state(), language.code, frozenset(asked)), write))


@blueprint.get("/<language:language>/")
def surveys(language: Language) -> Response:
    """Open and finished surveys that are offered in a language."""

    def write() -> str:
        return render(
            "surveys.html",
            language=language,
            page="surveys",
            switch=[Choice(one, f"/{one.code}/") for one in offered_languages()],
            open_surveys=_lines(language, are_open=True),
            finished_surveys=_lines(language, are_open=False),
        )

    return send(kept(("surveys", _state(), language.code), write))


@blueprint.get("/s/<slug>")
@blueprint.get("/s/<slug>/<channel>")
def short_address(slug: str, channel: str = "") -> AnyResponse:
    """From a letter or poster to the survey, in the browser's language.

    A redirect keeps the fragment with the code, a page in between would lose it.
    """
    survey = services().survey(slug)
    if survey is None or survey.state == "draft":
        abort(404)
    if channel and channel not in survey.channels:
        abort(404)
    address = _address(survey)
    if channel:
        address += f"?channel={channel}"
    response = redirect(address, 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def _begun() -> Survey | None:
    """The survey that somebody has begun on this device and not sent."""
    key = cookie.read(request, services().settings)
    slug = entry.began(services(), key) if key is not None else ""
    return services().survey(slug) if slug else None


def _address(survey: Survey) -> str:
    """A survey in the language to speak while nobody has chosen one."""
    offered = services().languages.choose(survey.languages)
    asked = [code for code in asked_for() if code in survey.languages]
    return f"/{spoken(offered, asked).code}/{survey.slug}/"


def _state() -> Hashable:
    """Everything that a list of surveys depends on."""
    folder = services().settings.reports_dir
    return tuple(
        (
            one.slug,
            services().takes_answers(one),
            one.edition,
            one.until,
            reports.stamp(folder, one.slug),
        )
        for one in shown()
    )


def _entry(language: Language, asked: Sequence[str]) -> Entry:
    with speaking(services().languages.words(language)):
        invitation = gettext("Answer in this language")
    return Entry(language, invitation, language.code in asked)


def _lines(language: Language, *, are_open: bool) -> list[Line]:
    folder = services().settings.reports_dir
    return [
        Line(
            slug=one.slug,
            title=title(one, language),
            until=language.day(one.until) if one.until else "",
            has_results=reports.stamp(folder, one.slug) is not None,
        )
        for one in shown()
        if services().takes_answers(one) is are_open and language.code in one.languages
    ]
