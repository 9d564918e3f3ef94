"""Who comes with a key: what lies in their drawer, and where that leads.

Knows no page; the views decide what to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from flask import Response, request

from survey.headers import answer_page
from survey.questionnaire.journey import Journey
from survey.respond import cookie, draft, errors, token
from survey.respond.draft import Draft, Receipt, Sent
from survey.respond.drawer import Drawer
from survey.respond.rendering import render
from survey.respond.services import Services
from survey.respond.visit import Visit

# In the address after Start, with the minute of the hour: a page with it and without
# a cookie knows why. Later the same address is one that somebody comes back to.
MARKER = "started"
FRESH_MINUTES = 2


@dataclass(frozen=True)
class Answering:
    """Somebody in the middle of their answers."""

    visit: Visit
    drawer: Drawer
    draft: Draft

    @cached_property
    def journey(self) -> Journey:
        """The path of the answers given so far."""
        return self.visit.journey(self.draft)

    def changed_to(self, draft: Draft) -> Answering:
        """The same person with another draft."""
        return Answering(self.visit, self.drawer, draft)

    def keep(self) -> None:
        """Lay the draft back, touched now."""
        touched = replace(self.draft, touched=self.visit.now)
        if self.visit.edition.route.is_winding:
            touched = self.visit.with_way(touched, self.journey)
        self.drawer.keep(touched)


def come_back(visit: Visit) -> Answering | Response:
    """The draft to show a page of, or where its owner has to go instead."""
    if visit.drawer is None:
        return _without_key(visit)
    record = visit.drawer.read()
    if isinstance(record, Sent | Receipt):
        return see_receipt(visit, record)
    if not visit.is_open:
        return errors.closed(visit.survey, visit.language)
    if not isinstance(record, Draft) or record.is_idle(visit.now):
        return visit.go()
    return Answering(visit, visit.drawer, record)


def begun_at(visit: Visit, place: str) -> str:
    """The first place after Start, told apart for a moment."""
    return f"{place}?{MARKER}={visit.now.minute}"


def _has_just_begun(visit: Visit) -> bool:
    minute = request.args.get(MARKER, "")
    if not re.fullmatch("[0-5]?[0-9]", minute, re.ASCII):
        return False
    return (visit.now.minute - int(minute)) % 60 <= FRESH_MINUTES


def _without_key(visit: Visit) -> Response:
    if not visit.is_open:
        return errors.closed(visit.survey, visit.language)
    if not _has_just_begun(visit):
        return visit.go()
    html = render(
        "respond/refused.html",
        language=visit.language,
        page="error",
        slug=visit.survey.slug,
    )
    return answer_page(html, 400)


def see_receipt(visit: Visit, record: Sent | Receipt) -> Response:
    """On to the thank-you page, with the key that opens it."""
    response = visit.go("thanks")
    if isinstance(record, Sent):
        cookie.give(response, visit.services.settings, record.receipt_key)
    return response


def go_on(
    visit: Visit, text: str, *, may_rest: bool = False
) -> Answering | Response | None:
    """Who has posted a form with this token, or where they have to go instead.

    An expired draft is begun anew for the same person; ``may_rest`` is for the page
    that shows all answers anyway. ``None`` when the token is of somebody who no
    longer answers in this browser.
    """
    if visit.drawer is None:
        return None
    record = visit.drawer.read()
    if isinstance(record, Sent | Receipt):
        return see_receipt(visit, record)
    claim = token.read(visit.drawer.keys.form, text)
    if not isinstance(record, Draft):
        record = None
    if claim is None or (record is not None and record.claim != claim):
        return None
    if record is None or (record.is_idle(visit.now) and not may_rest):
        found = draft.rebuild(claim, visit.now)
    else:
        found = replace(record, is_rebuilt=False) if record.is_rebuilt else record
    return Answering(visit, visit.drawer, found)


def began(shared: Services, key: bytes) -> str:
    """Name of an open survey that was begun in this browser, or nothing."""
    for survey in shared.surveys():
        if not shared.takes_answers(survey):
            continue
        record = Drawer(shared.drafts, key, survey.slug).read()
        if isinstance(record, Draft) and not record.is_idle(shared.clock()):
            return survey.slug
    return ""
