"""Rows that ask nothing: note, calculate, hidden, acknowledge and shown values."""

from __future__ import annotations

from survey.authoring.xlsform import wording
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import translate
from survey.authoring.xlsform.known import Item
from survey.authoring.xlsform.unparse import quoted


def note(draft: Draft) -> None:
    """Something to read; a long one gets its first paragraph as heading."""
    draft.kind = "note"
    if draft.form.is_ours or draft.record.texts.get("hint"):
        return
    label = draft.text("label")
    first, rest = wording.paragraphs(label)
    if rest:
        draft.words["label"], draft.words["hint"] = first, rest
        draft.entry.change("Its first paragraph is the heading, the rest stands below.")


def acknowledge(draft: Draft) -> None:
    """A box to tick as read: nobody has to confirm anything here."""
    note(draft)
    reason = "It is something to read: nothing has to be confirmed."
    draft.entry.change(reason, "Conditions cannot look at it.")


def shown(draft: Draft) -> None:
    """A text that cannot be typed into."""
    note(draft)
    draft.entry.change("It is something to read, as nothing can be typed into it.")


def calculate(draft: Draft) -> None:
    """A value out of other answers."""
    draft.kind = "calculated"
    source = draft.value("calculation")
    if draft.leaf.type.base == "hidden" and not source and draft.value("default"):
        source = quoted(draft.value("default"))
        draft.record.values["default"] = ""
    if not source:
        draft.entry.refuse("There is nothing to calculate.", "Write its calculation.")
        return
    read = translate(source, draft.form.known)
    for found in read.notes:
        draft.entry.change(found.reason, found.remedy, excerpt=found.excerpt)
    if read.faults:
        fault = read.faults[0]
        reason = f"Its calculation cannot be used: {fault.reason}"
        draft.entry.refuse(reason, fault.remedy, excerpt=fault.excerpt)
        return
    draft.values["calculation"] = read.source
    draft.item = Item(draft.leaf.name, draft.name)
    if not draft.form.is_ours:
        own = draft.text("label")
        words = own.get(draft.form.source) or draft.leaf.name or draft.name
        draft.words["label"] = {
            code: own.get(code, words) for code in draft.form.languages.all()
        }


def reckoned(draft: Draft) -> None:
    """A shown value that is reckoned: it is reckoned, and not shown."""
    calculate(draft)
    draft.entry.change("It is reckoned, and shown to nobody.")
