"""Pages that say why something cannot be shown, in the person's language.

Never English by accident, never without somebody to ask.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from survey.headers import NO_STORE
from survey.language import N_, Language
from survey.respond import reports
from survey.respond.offers import asked_for, spoken, title
from survey.respond.rendering import Choice, kept, render, send
from survey.respond.services import services
from survey.storage.errors import StoreUnavailable
from survey.storage.surveys import Survey

# status: heading, what to do
WORDS = {
    400: (
        N_("We could not read that"),
        N_("Please go back one page and try again."),
    ),
    403: (
        N_("This form came from another website"),
        N_("To protect you nothing was saved. Please start again from our first page."),
    ),
    404: (
        N_("This page does not exist"),
        N_("Please check the address, or choose a language."),
    ),
    413: (
        N_("That was too much text"),
        N_("Please go back one page, make the text shorter and try again."),
    ),
    429: (
        N_("Too many attempts at the moment"),
        N_("Please wait a few minutes and try again."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("Please wait a few minutes and try again."),
    ),
}


def register(app: Flask) -> None:
    """Answer every error of the application with one of these pages."""
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(StoreUnavailable, lambda _: page(503))


def page(status: int) -> Response:
    """The page for a status, in the language of the address or the browser."""
    known = status if status in WORDS else 400 if status < 500 else 500
    language = current_language()
    heading, advice = WORDS[known]

    def write() -> str:
        return render(
            "error.html",
            language=language,
            page="error",
            heading=heading,
            advice=advice,
            switch=[Choice(x, f"/{x.code}/") for x in services().languages.released],
        )

    response = send(kept(("error", known, language.code), write), status)
    response.headers["Cache-Control"] = NO_STORE
    return response


def current_language() -> Language:
    """The language the address names, else the browser's, else German."""
    languages = services().languages
    named = languages.get(request.path.split("/")[1])
    return named or spoken(languages.released, asked_for())


def closed(survey: Survey, language: Language) -> Response:
    """A survey that has ended or has not begun; never a form."""
    folder = services().settings.reports_dir
    stamp = reports.stamp(folder, survey.slug)

    def write() -> str:
        return render(
            "closed.html",
            language=language,
            page="closed",
            name=title(survey, language),
            slug=survey.slug,
            is_over=survey.state in ("open", "closed"),
            has_results=stamp is not None,
            switch=[
                Choice(one, f"/{one.code}/{survey.slug}/")
                for one in services().languages.choose(survey.languages)
            ],
        )

    key = ("closed", survey.slug, survey.edition, survey.state, stamp, language.code)
    response = send(kept(key, write))
    response.headers["Cache-Control"] = NO_STORE
    return response


def _on_http_error(error: HTTPException) -> Response:
    return page(error.code or 500)
