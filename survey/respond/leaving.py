"""Clear whatever is left on this device, from any page, and say so."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from contextlib import suppress

from flask import Blueprint, Response, request

from survey.headers import is_unasked
from survey.language import Language
from survey.respond import cookie
from survey.respond.drawer import Drawer
from survey.respond.rendering import Choice, kept, render, send
from survey.respond.services import services
from survey.respond.visit import arrive, leave, see_other
from survey.storage.errors import StoreUnavailable

blueprint = Blueprint("leaving", __name__)


@blueprint.get("/<language:language>/<slug>/leave")
def one(language: Language, slug: str) -> Response:
    """Clear what belongs to a survey."""
    visit = arrive(language, slug)
    if is_unasked(request.headers):
        return visit.go()
    is_parked = "later" in request.args
    leave(visit, with_copies=not is_parked)
    key = ("left", visit.version, is_parked)
    return _left(key, language, visit.offered, slug=slug, is_parked=is_parked)


@blueprint.get("/<language:language>/leave")
def everything(language: Language) -> Response:
    """Clear what belongs to any survey, from a page of none."""
    if is_unasked(request.headers):
        return see_other(f"/{language.code}/")
    shared = services()
    key = cookie.read(request, shared.settings)
    for survey in shared.surveys() if key else ():
        with suppress(StoreUnavailable):
            Drawer(shared.drafts, key or b"", survey.slug).empty(with_copies=True)
    released = shared.languages.released
    return _left(("left", language.code), language, released, slug="", is_parked=False)


def _left(
    key: Hashable,
    language: Language,
    offered: Iterable[Language],
    *,
    slug: str,
    is_parked: bool,
) -> Response:
    query = "?later" if is_parked else ""
    place = f"{slug}/" if slug else ""

    def write() -> str:
        return render(
            "respond/left.html",
            language=language,
            page="left",
            slug=slug,
            is_parked=is_parked,
            switch=[Choice(x, f"/{x.code}/{place}leave{query}") for x in offered],
        )

    return cookie.take(send(kept(key, write)), services().settings)
