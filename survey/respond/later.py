"""Finish later: words to note, on request, and a device that forgets.

The words open a second copy of the draft. They are drawn by chance, so nothing
leads from them to a code; the copy is brought up to date with every page.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, request

from survey.headers import answer_page
from survey.language import Language
from survey.respond import budget, words
from survey.respond.draft import WayBack
from survey.respond.entry import Answering, come_back
from survey.respond.kiln import Kiln
from survey.respond.path import resume
from survey.respond.rendering import render
from survey.respond.visit import Visit, arrive, chosen_language, leave
from survey.storage.drafts import KEPT_DAYS

blueprint = Blueprint("later", __name__)
_EXTENSION = "kiln"


def kiln() -> Kiln:
    """The one place of this process where words become keys."""
    found: Kiln = current_app.extensions.setdefault(_EXTENSION, Kiln())
    return found


def note(answering: Answering) -> Response:
    """Lay the draft aside under new words, or under those it has.

    Raises ``TooBusy``; nothing has changed then.
    """
    if answering.draft.way_back is None:
        draft = replace(answering.draft, way_back=_way_back(answering))
        answering = answering.changed_to(draft)
    answering.keep()
    return answering.visit.go("later")


def _way_back(answering: Answering) -> WayBack:
    visit, claim = answering.visit, answering.draft.claim
    code = words.draw()
    key = next(
        kiln().keys(
            code,
            secrets=visit.services.settings.secrets,
            slug=visit.survey.slug,
            is_suspect=budget.is_exhausted(visit),
        )
    )
    # who goes on elsewhere has another key there, and must remain one person
    admission = claim.admission or visit.services.urn(
        visit.survey.slug
    ).admission_of_draft(answering.drawer.keys.draft_id, claim.person)
    return WayBack(code, key, admission)


@blueprint.get("/<language:language>/<slug>/later")
def show(language: Language, slug: str) -> Response:
    """The words, for as long as the draft lies in this browser."""
    visit = arrive(language, slug)
    answering = come_back(visit)
    if isinstance(answering, Response):
        return answering
    way_back = answering.draft.way_back
    if way_back is None:
        return visit.go(resume(answering.journey))
    html = render(
        "respond/later.html",
        language=visit.language,
        page="begun",
        words=words.spell(way_back.words, visit.language.catalog),
        days=KEPT_DAYS,
        offered=visit.offered,
    )
    return answer_page(html)


@blueprint.post("/<language:language>/<slug>/later")
def take(language: Language, slug: str) -> Response:
    """The words are noted: forget this device, or go on at once."""
    visit = arrive(language, slug)
    go = request.form.get("go")
    if go == "pause" and _is_noted(visit):
        return leave(visit, to="leave?later")
    if go == "leave":
        return leave(visit, with_copies=True)
    if chosen_language(visit):
        return visit.go("later", chosen_language(visit))
    answering = come_back(visit)
    if isinstance(answering, Response):
        return answering
    return visit.go(resume(answering.journey))


def _is_noted(visit: Visit) -> bool:
    """Whether there are words; without them nothing may be taken away."""
    answering = come_back(visit)
    return isinstance(answering, Answering) and answering.draft.way_back is not None
