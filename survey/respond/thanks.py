"""After sending: one's own answers for half an hour, then nothing.

Nothing can be sent from here; the key that opens a receipt opens nothing else.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from survey.forms.longest import spare
from survey.forms.prepared import Filling
from survey.headers import answer_page
from survey.language import Language
from survey.respond import sheets
from survey.respond.draft import Receipt, Sent, is_over
from survey.respond.entry import see_receipt
from survey.respond.review import asked_so_far, filling_of
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
        return _page(visit, record)
    if visit.drawer is None and "sent" in request.args:
        return answer_page(sheets.thanks(visit).fill(Filling({"certain"})))
    return visit.go()


@blueprint.post("/<language:language>/<slug>/thanks")
def take(language: Language, slug: str) -> Response:
    """Another language, clear the page, or the next person."""
    visit = arrive(language, slug)
    if chosen_language(visit):
        return visit.go("thanks", chosen_language(visit))
    if request.form.get("go") == "leave":
        return leave(visit)
    if request.form.get("go") == "start":
        return leave(visit, to="")
    return visit.go("thanks")


def _page(visit: Visit, receipt: Receipt) -> Response:
    state = "certain" if receipt.is_certain else "doubtful"
    with visit.speaking():
        journey = visit.journey(receipt)
        filling = filling_of(journey, visit.language)
    facts = {*filling.facts, state, "own answers"}
    sheet, filled = sheets.thanks(visit), replace(filling, facts=facts)
    room = spare(sheet, filled, asked_so_far(journey))
    return answer_page(sheet.fill(filled), spare=room)
