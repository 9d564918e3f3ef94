"""Go on with the words that were noted, on any device.

A try is counted with the wrong codes; words that open nothing say so, and nothing
tells whether they ever did.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, abort, request

from survey.forms.problems import Complaint
from survey.headers import answer_page
from survey.language import Language, gettext
from survey.respond import budget, cookie, draft, errors, sealing, words
from survey.respond.draft import Parked
from survey.respond.entry import Answering, begun_at
from survey.respond.kiln import TooBusy
from survey.respond.later import kiln
from survey.respond.path import resume
from survey.respond.rendering import render
from survey.respond.visit import Visit, arrive, chosen_language, leave

blueprint = Blueprint("resume", __name__)


@blueprint.get("/<language:language>/<slug>/resume")
def show(language: Language, slug: str) -> Response:
    """Where the words are typed."""
    visit = arrive(language, slug)
    if not visit.is_open:
        return errors.closed(visit.survey, language)
    return answer_page(_page(visit))


@blueprint.post("/<language:language>/<slug>/resume")
def take(language: Language, slug: str) -> Response:
    """Open what lies under the words, and go on where it ends."""
    visit = arrive(language, slug)
    if request.form.get("go") == "leave":
        return leave(visit, with_copies=True)
    if not visit.is_open:
        return visit.go()
    given = request.form.get("words", "")[: words.MOST_LETTERS]
    typed = "".join(letter if letter.isprintable() else " " for letter in given)
    spoken = chosen_language(visit)
    if spoken and not typed.strip():
        return visit.go("resume", spoken)
    if spoken:
        return _ask_again(visit.in_language(spoken), typed, _spoken)
    reading = words.read(typed, visit.language.catalog)
    if reading.code is None:
        return _ask_again(visit, typed, partial(_misread, reading))
    try:
        parked = _find(visit, reading.code)
    except TooBusy:
        return _ask_again(visit, typed, _busy)
    if parked is not None:
        return _go_on(visit, parked)
    if not budget.wrong(visit):
        abort(429)
    return _ask_again(visit, typed, _nothing)


def _find(visit: Visit, code: bytes) -> Parked | None:
    keys = kiln().keys(
        code,
        secrets=visit.services.settings.secrets,
        slug=visit.survey.slug,
        is_suspect=budget.is_exhausted(visit),
    )
    for key in keys:
        record = visit.drawer_of(key).read()
        if isinstance(record, Parked) and not record.is_over(visit.now):
            return record
    return None


def _go_on(visit: Visit, parked: Parked) -> Response:
    """A new key for this browser; the copy in the other one is deleted."""
    if visit.drawer is not None:
        visit.drawer.empty()
    found = draft.resume(parked, visit.now)
    drawer = visit.drawer_of(sealing.new_key())
    drawer.keep(found)
    drawer.forget(parked.origin)
    place = resume(Answering(visit, drawer, found).journey)
    response = visit.go(begun_at(visit, place))
    return cookie.give(response, visit.services.settings, drawer.key)


def _ask_again(visit: Visit, typed: str, say: Callable[[], str]) -> Response:
    with visit.speaking():
        problem = say()
    return answer_page(_page(visit, typed=typed, problem=problem), 422)


def _page(visit: Visit, *, typed: str = "", problem: str = "") -> str:
    return render(
        "respond/resume.html",
        language=visit.language,
        page="begun",
        address=visit.address("resume"),
        typed=typed,
        problems=[Complaint("words", problem)] if problem else [],
        is_invalid=bool(problem),
        offered=visit.offered,
    )


def _misread(reading: words.Reading) -> str:
    if not reading.unknown:
        return gettext("Please type all six words, in the order you noted them.")
    shown = ", ".join(f"\u2068{word}\u2069" for word in reading.unknown[: words.COUNT])
    return gettext("These are not among our words: %(words)s. Please check them.") % {
        "words": shown
    }


def _spoken() -> str:
    return gettext("The language has changed. Please check your words and continue.")


def _busy() -> str:
    return gettext(
        "Too many people want to continue at this moment."
        " Please press Continue again in a few seconds."
    )


def _nothing() -> str:
    return gettext(
        "Nothing lies under these words. Please check them. If you have sent your"
        " answers, or have not been here for a long time, the words have ended."
    )
