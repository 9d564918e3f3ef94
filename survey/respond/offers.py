"""What is offered to residents: surveys and languages, and which to speak first.

Shows no page.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from survey.language import Language
from survey.respond.services import services
from survey.storage.surveys import Survey

LAST_RESORT = "de"


def asked_for() -> list[str]:
    """Codes of released languages the browser asks for, best first."""
    return services().languages.match(request.headers.get("Accept-Language", ""))


def spoken(offered: Sequence[Language], asked: Sequence[str]) -> Language:
    """The language to speak while nobody has chosen one."""
    for code in (*asked, LAST_RESORT):
        for language in offered:
            if language.code == code:
                return language
    return offered[0]


def offered_languages() -> list[Language]:
    """Languages of the surveys that are shown; all of them while there is none."""
    codes = {code for survey in shown() for code in survey.languages}
    everything = services().languages
    return everything.choose(list(codes)) or list(everything.released)


def title(survey: Survey, language: Language) -> str:
    """A survey's name in a language, its places filled in."""
    return services().edition(survey).filled("title", language.code)


def shown() -> list[Survey]:
    """Surveys that residents may know of."""
    return [one for one in services().surveys() if one.state in ("open", "closed")]
