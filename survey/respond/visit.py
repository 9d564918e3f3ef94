"""One request of somebody who answers: survey, language, time, and their drawer.

Knows no page.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import Response, abort, request

from survey.headers import HTML
from survey.language import Language, speaking
from survey.questionnaire.edition import Edition
from survey.questionnaire.journey import Journey
from survey.respond import cookie, kept_way
from survey.respond.draft import Draft, Receipt
from survey.respond.drawer import Drawer
from survey.respond.room import room_of
from survey.respond.services import Services, day_of, services
from survey.storage import retention
from survey.storage.errors import StoreUnavailable
from survey.storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class Visit:
    """Where somebody is; ``drawer`` is missing while their browser has no key."""

    services: Services
    survey: Survey
    edition: Edition
    language: Language
    now: datetime
    today: date
    drawer: Drawer | None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.services.takes_answers(self.survey, self.today)

    @property
    def offered(self) -> list[Language]:
        """The languages of the survey."""
        return self.services.languages.choose(self.survey.languages)

    @property
    def version(self) -> tuple[object, ...]:
        """What pages without anybody's answers depend on."""
        survey = self.survey
        kept = tuple(retention.days_of(survey.policy).items())
        shown = (survey.languages, survey.channels, survey.design, survey.until, kept)
        asked = bool(survey.contact_for)
        return (survey.slug, survey.edition, *shown, asked, self.language.code)

    def address(self, page: str = "", language: str = "") -> str:
        """The address of a page of this survey."""
        return f"/{language or self.language.code}/{self.survey.slug}/{page}"

    def go(self, page: str = "", language: str = "") -> Response:
        """A redirect after a form."""
        return see_other(self.address(page, language))

    def in_language(self, code: str) -> Visit:
        """The same visit in another language of the survey."""
        [language] = self.services.languages.choose([code])
        return replace(self, language=language)

    def drawer_of(self, key: bytes) -> Drawer:
        """The drawer of a browser key in this survey."""
        return _drawer(self.services, self.edition, self.survey.slug, key)

    def speaking(self) -> AbstractContextManager[None]:
        """Make texts speak the language of the visit."""
        return speaking(self.services.languages.words(self.language))

    def journey(self, draft: Draft | Receipt, *, anew: bool = False) -> Journey:
        """The path of the answers given so far; ``anew`` without what was kept."""
        kept = draft.way if isinstance(draft, Draft) and not anew else None
        if kept and not kept.still_leads(self._edition, draft.answers, draft.reached):
            kept = None
        return Journey(
            self.edition,
            draft.answers,
            draft.reached,
            today=self.today,
            language=self.language.code,
            known=kept.way if kept else None,
        )

    def with_way(self, draft: Draft, journey: Journey) -> Draft:
        """The draft with the way of its answers beside them."""
        way = kept_way.keep(self._edition, journey.way, draft.answers, draft.reached)
        return replace(draft, way=way)

    @property
    def _edition(self) -> str:
        """For which questions, language and day a way was found."""
        return f"{self.edition.hash[:16]} {self.language.code} {self.today}"


def see_other(address: str) -> Response:
    """A redirect that is always fetched with GET.

    Its body is read by nobody and would tell lengths apart.
    """
    return Response(b"", 303, {"Location": address}, content_type=HTML)


def arrive(language: Language, slug: str) -> Visit:
    """Find the survey of an address; aborts with 404 when it is not offered."""
    shared = services()
    survey = shared.survey(slug)
    if survey is None or survey.state == "draft":
        abort(404)
    if language.code not in survey.languages:
        abort(404)
    edition = shared.edition(survey)
    key = cookie.read(request, shared.settings)
    drawer = None if key is None else _drawer(shared, edition, slug, key)
    now = shared.clock()
    return Visit(shared, survey, edition, language, now, day_of(now), drawer)


def _drawer(shared: Services, edition: Edition, slug: str, key: bytes) -> Drawer:
    return Drawer(shared.drafts, key, slug, room=room_of(edition))


def chosen_language(visit: Visit) -> str:
    """The language a button asks for, or nothing."""
    code = request.form.get("language", "")
    return code if code in visit.survey.languages else ""


def leave(visit: Visit, *, to: str = "leave", with_copies: bool = False) -> Response:
    """Empty the drawer and take the browser's key away.

    Without its key nobody can open what a store out of reach could not delete.
    ``with_copies`` also clears what was laid aside to finish later: only whoever
    asked for everything to be cleared wants that, not the next person.
    """
    if visit.drawer is not None:
        with suppress(StoreUnavailable):
            visit.drawer.empty(with_copies=with_copies)
    return cookie.take(visit.go(to), visit.services.settings)
