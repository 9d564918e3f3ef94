"""On the thank-you page: who wants to be reached leaves that in the second urn.

Only a receipt, that somebody has sent, opens this; nothing of its answers is looked
at, and nothing of the contact is kept beside it but that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, request
from markupsafe import escape

from survey.forms import contact
from survey.forms.contact import NAME, PURPOSE, REACH, Typed
from survey.forms.problems import Complaint
from survey.language import gettext
from survey.respond import alerts, cookie
from survey.respond.alerts import NONE, Alert
from survey.respond.draft import Receipt
from survey.respond.drawer import Drawer
from survey.respond.visit import Visit
from survey.storage.errors import StoreUnavailable
from survey.urn.contact_box import ContactBox, Noted

GO = "contact"
# in the address when the receipt itself could not be renewed
NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the places of the form are filled with."""

    facts: frozenset[str] = frozenset()
    words: tuple[tuple[str, str], ...] = ()
    status: int = 200


def is_offered(visit: Visit, receipt: Receipt) -> bool:
    """Whether somebody can leave a contact now."""
    survey = visit.survey
    if survey.state != "open" or not survey.contact_for or not receipt.is_certain:
        return False
    until = survey.contact_until
    return until is not None and visit.today <= until


def shown(visit: Visit, receipt: Receipt) -> Shown:
    """The empty form, or that a contact was left."""
    if receipt.has_contact or NOTED in request.args:
        return Shown(frozenset({"contact noted"}))
    return _form(Typed()) if is_offered(visit, receipt) else Shown()


def take(visit: Visit, drawer: Drawer, receipt: Receipt) -> Response | Shown:
    """Note the contact that was posted, or the form again with what is wrong."""
    form = posted(visit)
    if receipt.has_contact:
        return visit.go("thanks")
    if not is_offered(visit, receipt):
        return visit.go("thanks") if form.is_empty else _refused(visit, form)
    with visit.speaking():
        found, complaints = contact.cleaned(form)
        alert = alerts.of_complaints(complaints)
    if found is None:
        return _form(form, alert)
    box = ContactBox(visit.services.settings, visit.survey.slug)
    noted = box.add(found, today=visit.today)
    if noted is Noted.TRY_AGAIN:
        return _form(form, alerts.unnoted(visit))
    if noted is Noted.CLOSED:
        return _refused(visit, form)
    return _noted(visit, drawer, receipt)


def posted(visit: Visit) -> Typed:
    """What stands in the form."""
    values = {name: request.form.getlist(name) for name in (NAME, REACH, PURPOSE)}
    return contact.typed(values, visit.survey.contact_for)


def in_another_language(visit: Visit, form: Typed) -> Shown:
    """The form with what was typed, after the language was changed."""
    with visit.speaking():
        problem = gettext("The language has changed. Please check what you have typed.")
        alert = alerts.of_complaints([Complaint(REACH, problem)])
    return _form(form, alert)


def _noted(visit: Visit, drawer: Drawer, receipt: Receipt) -> Response:
    """Back to the page, with another key: what was typed is not to be gone back to."""
    settings = visit.services.settings
    try:
        renewed = drawer.renew(replace(receipt, has_contact=True))
    except StoreUnavailable:
        return visit.go(f"thanks?{NOTED}")
    return cookie.give(visit.go("thanks"), settings, renewed.key)


def _refused(visit: Visit, form: Typed) -> Shown:
    return _form(form, alerts.contacts_closed(visit))


def _form(form: Typed, alert: Alert = NONE) -> Shown:
    facts = {"contact", *alert.facts, *(f"{PURPOSE}={one}" for one in form.purposes)}
    words = {
        f"value {NAME}": str(escape(form.name)),
        f"value {REACH}": str(escape(form.reach)),
        **alert.words,
    }
    status = 422 if alert.facts else 200
    return Shown(frozenset(facts), tuple(words.items()), status)
