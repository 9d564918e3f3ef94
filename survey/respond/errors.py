"""Pages that say why something cannot be shown, in the person's language.

Never English by accident, never without somebody to ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from survey.headers import NO_STORE, plain
from survey.language import N_, Language, gettext, speaking
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


# what means the same to the person
_KNOWN = {405: 404, 410: 404, 414: 413, 431: 413}


def register(app: Flask) -> None:
    """Answer every error of the application with one of these pages."""
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(StoreUnavailable, lambda _: page(503))


def page(status: int) -> Response:
    """The page for a status, in the language of the address or the browser."""
    known = _KNOWN.get(status, status)
    if known not in WORDS:
        known = 400 if status < 500 else 500
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


def paused(survey: Survey, language: Language) -> Response:
    """The open link takes nothing for a while; codes still do."""
    html = render(
        "respond/paused.html",
        language=language,
        page="error",
        slug=survey.slug,
        takes_codes="code" in survey.channels,
        switch=[
            Choice(one, f"/{one.code}/{survey.slug}/")
            for one in services().languages.choose(survey.languages)
        ],
    )
    response = Response(html, 429, mimetype="text/html")
    response.headers["Retry-After"] = "1800"
    return response


def unreadable() -> Iterator[bytes]:
    """Headers and page for a request of which not even the language can be read.

    It says the same in every language; the server sends it by itself.
    """
    shared = services()
    languages = shared.languages
    last_resort = spoken(languages.released, ())
    body = render(
        "unreadable.html",
        language=last_resort,
        page="error",
        heading=WORDS[400][0],
        said=[_said(one) for one in languages.released],
    ).encode()
    head = [
        *plain(shared.settings.public_url),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    yield "".join(f"{name}: {value}\r\n" for name, value in head).encode()
    yield b"\r\n" + body


def _said(language: Language) -> tuple[Language, str, str]:
    heading, advice = WORDS[400]
    with speaking(services().languages.words(language)):
        return language, gettext(heading), gettext(advice)


def _on_http_error(error: HTTPException) -> Response:
    return page(error.code or 500)
