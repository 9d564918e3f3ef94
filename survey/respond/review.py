"""Check answers, and send them: once, however often the button is pressed.

What an answer is made of is decided by the journey, its fate by the urn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, request
from markupsafe import escape

from survey.forms.prepared import Filling
from survey.headers import answer_page
from survey.language import Language
from survey.questionnaire.journey import Journey
from survey.questionnaire.model import Question
from survey.respond import alerts, burst, cookie, draft, later, sheets, token
from survey.respond.alerts import NONE, Alert
from survey.respond.entry import Answering, come_back, go_on, see_receipt
from survey.respond.kiln import TooBusy
from survey.respond.path import REVIEW
from survey.respond.visit import Visit, arrive, chosen_language, leave
from survey.storage.errors import StoreUnavailable
from survey.urn import Ballot, Comment, Verdict

blueprint = Blueprint("review", __name__)

# The other half of a double click may still be writing its receipt.
_PAUSES = (0.0, 0.05, 0.2)


@blueprint.get("/<language:language>/<slug>/review")
def show(language: Language, slug: str) -> Response:
    """Everything answered so far, and the words before sending."""
    visit = arrive(language, slug)
    answering = come_back(visit)
    if isinstance(answering, Response):
        return answering
    return _not_ready(answering) or _page(answering)


@blueprint.post("/<language:language>/<slug>/review")
def take(language: Language, slug: str) -> Response:
    """Send, or go back."""
    visit = arrive(language, slug)
    go = request.form.get("go")
    if go == "leave":
        return leave(visit, with_copies=True)
    if chosen_language(visit):
        return visit.go(REVIEW, chosen_language(visit))
    try:
        return _take(visit, go)
    except StoreUnavailable:
        return _empty_page(visit, alerts.unsent(visit))


def _take(visit: Visit, go: str | None) -> Response:
    answering = go_on(visit, request.form.get("token", ""), may_rest=True)
    if answering is None:
        return _empty_page(visit, alerts.stale(visit))
    if isinstance(answering, Response):
        return answering
    if not visit.is_open:
        return visit.go()
    if answering.draft.is_rebuilt and not answering.draft.reached:
        # swept away, or taken to another device
        return _empty_page(visit, alerts.stale(visit))
    if go == "back":
        return visit.go(f"p{max(answering.journey.highest, 1)}")
    if go == "later":
        return _lay_aside(answering)
    if go != "send":
        return visit.go(REVIEW)
    return _not_ready(answering) or _send(answering)


def _lay_aside(answering: Answering) -> Response:
    try:
        return later.note(answering)
    except TooBusy:
        return _page(answering, alerts.busy(answering.visit), 422)


def _not_ready(answering: Answering) -> Response | None:
    """Where to go first: nothing was answered, or an answer cannot be taken."""
    journey = answering.journey
    for name in answering.draft.pending:
        step = journey.find(name)
        if step is not None:
            return answering.visit.go(f"p{step.number}?from=review")
    return None if journey.highest else answering.visit.go("p1")


def _send(answering: Answering) -> Response:
    visit, person = answering.visit, answering.draft
    urn = visit.services.urn(visit.survey.slug)
    ballot = _ballot(answering)
    kind = "code" if person.claim.has_code else "draft"
    if kind == "draft" and burst.is_paused(visit):
        return _page(answering, alerts.paused(visit), 422)
    try:
        mark = person.claim.admission
        if not mark:
            draft_id = answering.drawer.keys.draft_id
            mark = urn.admission_of_draft(draft_id, person.claim.person)
        verdict = urn.send(ballot, mark, kind)
    except StoreUnavailable:
        verdict = Verdict.TRY_AGAIN
    if verdict is Verdict.STORED:
        if kind == "draft":
            burst.sent(visit, person.claim, len(person.reached))
        return _settle(answering, is_certain=True)
    if verdict is Verdict.ALREADY:
        return _after_all(answering, is_certain=kind == "draft")
    if verdict is Verdict.CLOSED:
        return visit.go()
    return _page(answering, _REFUSALS[verdict](visit), 422)


_REFUSALS = {
    Verdict.TRY_AGAIN: alerts.unsent,
    Verdict.TOO_LARGE: alerts.too_large,
    Verdict.UNKNOWN: alerts.unknown_code,
}


def _ballot(answering: Answering) -> Ballot:
    language = answering.visit.language.code
    journey = answering.journey
    if answering.draft.way is not None:
        # what is sent finds its way anew
        journey = answering.visit.journey(answering.draft, anew=True)
    return Ballot(
        closed=journey.closed_answers(),
        comments=tuple(
            Comment(question, language, text) for question, text in journey.comments()
        ),
        channel=answering.draft.claim.channel,
        form_language=language,
    )


def _settle(answering: Answering, *, is_certain: bool) -> Response:
    """The thank-you page, with the receipt's key in place of the draft's."""
    visit = answering.visit
    try:
        receipt = answering.drawer.settle(
            answering.draft, now=visit.now, is_certain=is_certain
        )
    except StoreUnavailable:
        # the answer is stored; only one's own copy cannot be kept
        return cookie.take(visit.go("thanks?sent"), visit.services.settings)
    return cookie.give(visit.go("thanks"), visit.services.settings, receipt.key)


def _after_all(answering: Answering, *, is_certain: bool) -> Response:
    """An answer was stored before: by the other half of a double click?"""
    for pause in _PAUSES:
        time.sleep(pause)
        record = answering.drawer.read()
        if isinstance(record, draft.Sent):
            return see_receipt(answering.visit, record)
    return _settle(answering, is_certain=is_certain)


def _page(answering: Answering, alert: Alert = NONE, status: int = 200) -> Response:
    sheet = sheets.review(answering.visit)
    with answering.visit.speaking():
        filling = sheet.filling(answering.journey, answering.visit.language)
    facts = {*filling.facts, *alert.facts}
    if answering.journey.is_screened_out:
        facts.add("screened out")
    if answering.draft.is_rebuilt:
        facts.add("late")
    form = answering.drawer.keys.form
    written = token.write(form, REVIEW, answering.draft.claim)
    words = {**filling.words, **alert.words, "token": written}
    filled = replace(filling, facts=facts, words=words)
    room = sheet.spare(filled, asked_so_far(answering.journey))
    return answer_page(sheet.fill(filled), status, spare=room)


def asked_so_far(journey: Journey) -> Iterator[Question]:
    """Every question of the pages that were posted, whoever it is asked of."""
    for page in journey.edition.questionnaire.pages:
        if page.name in journey.reached:
            yield from page.questions


def _empty_page(visit: Visit, alert: Alert) -> Response:
    """The page without the answers, which are out of reach or not this person's."""
    words = {**alert.words, "token": str(escape(request.form.get("token", "")))}
    html = sheets.review(visit).fill(Filling(alert.facts, words))
    return answer_page(html, 422)
