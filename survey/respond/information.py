"""Privacy, accessibility, barrier, imprint: made from settings and registry.

Says what is true for this instance and nothing else.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort

from survey.language import Language, speaking
from survey.respond import stored
from survey.respond.rendering import Choice, kept, render, send
from survey.respond.services import services

blueprint = Blueprint("information", __name__)

PAGES = ("privacy", "accessibility", "barrier", "imprint")


@blueprint.get("/<language:language>/<any(privacy,accessibility,barrier,imprint):name>")
def show(language: Language, name: str) -> Response:
    """One of the pages at the foot of every page."""
    if name not in PAGES:
        abort(404)

    def write() -> str:
        return render(
            f"information/{name}.html",
            language=language,
            page="information",
            switch=[
                Choice(one, f"/{one.code}/{name}")
                for one in services().languages.released
            ],
            **_facts(language, name),
        )

    return send(kept(("information", name, language.code, _has_contacts()), write))


def _facts(language: Language, name: str) -> dict[str, object]:
    if name == "privacy":
        return _privacy(language)
    if name == "accessibility":
        checked = services().settings.accessibility_checked_on
        day = language.day(date.fromisoformat(checked)) if checked else ""
        return {"checked_on": day}
    return {}


def _has_contacts() -> bool:
    """Whether any survey asks who wants to be reached."""
    return any(one.contact_for for one in services().surveys())


def _privacy(language: Language) -> dict[str, object]:
    with speaking(services().languages.words(language)):
        return {
            "stored": stored.rows(has_contacts=_has_contacts()),
            "never": stored.never(),
            "images": services().settings.image_backups,
            **stored.upstream(services().settings),
        }
