"""After sending: one's own answers for half an hour, then nothing.

Nothing can be sent from here; the key that opens a receipt opens nothing else.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from survey.forms.prepared import Filling
from survey.headers import answer_page
from survey.language import Language
from survey.respond import contact, sheets
from survey.respond.contact import Shown
from survey.respond.draft import Receipt, Sent, is_over
from survey.respond.entry import see_receipt
from survey.respond.review import asked_so_far
from survey.respond.visit import Visit, arrive, chosen_language, leave

blueprint = Blueprint("thanks", __name__)


@blueprint.get("/<language:language>/<slug>/thanks")
def show(language: Language, slug: str) -> Response:
    """Thank you, what happens next, and one's own answers to print."""
    visit = arrive(language, slug)
    record = visit.drawer.read() if visit.drawer else None
    if isinstance(record, Sent | Receipt) and is_over(record, visit.now):
        return leave(visit)
    if isinstance(record, Sent):
        return see_receipt(visit, record)
    if isinstance(record, Receipt):
        return _page(visit, record, contact.shown(visit, record))
    if visit.drawer is None and "sent" in request.args:
        return answer_page(sheets.thanks(visit).fill(Filling({"certain", "valid"})))
    return visit.go()


@blueprint.post("/<language:language>/<slug>/thanks")
def take(language: Language, slug: str) -> Response:
    """Another language, a contact, clear the page, or the next person."""
    visit = arrive(language, slug)
    go = request.form.get("go")
    if chosen_language(visit):
        return _speak(visit, chosen_language(visit))
    if go == "leave":
        return leave(visit)
    if go == "start":
        return leave(visit, to="")
    receipt = _receipt(visit)
    if go != contact.GO or receipt is None or visit.drawer is None:
        return visit.go("thanks")
    taken = contact.take(visit, visit.drawer, receipt)
    return taken if isinstance(taken, Response) else _page(visit, receipt, taken)


def _receipt(visit: Visit) -> Receipt | None:
    """What this browser may still look at."""
    record = visit.drawer.read() if visit.drawer else None
    if isinstance(record, Receipt) and not is_over(record, visit.now):
        return record
    return None


def _speak(visit: Visit, language: str) -> Response:
    """The page in another language, with the contact that was typed."""
    receipt, form = _receipt(visit), contact.posted(visit)
    if receipt is None or form.is_empty or not contact.is_offered(visit, receipt):
        return visit.go("thanks", language)
    other = visit.in_language(language)
    return _page(other, receipt, contact.in_another_language(other, form))


def _page(visit: Visit, receipt: Receipt, form: Shown) -> Response:
    state = "certain" if receipt.is_certain else "doubtful"
    sheet = sheets.thanks(visit)
    with visit.speaking():
        journey = visit.journey(receipt)
        filling = sheet.filling(journey, visit.language)
    facts = {*filling.facts, state, "own answers", *form.facts}
    if "invalid" not in facts:
        facts.add("valid")
    words = {**filling.words, **dict(form.words)}
    filled = replace(filling, facts=facts, words=words)
    room = sheet.spare(filled, asked_so_far(journey))
    return answer_page(sheet.fill(filled), form.status, spare=room)
