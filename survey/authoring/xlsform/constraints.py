"""What an answer must fulfil, beside the limits of its kind.

An answer whose constraint cannot be evaluated is asked without it, and that is said.
"""

from __future__ import annotations

from survey.authoring.xlsform import answers, limits, selects
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import translate

_MESSAGE = "constraint_message"


def take(draft: Draft) -> None:
    """The constraint of a draft and the words that go with it."""
    said = answers.limits_of(draft) or selects.limits_of(draft)
    source = limits.without(draft.value("constraint"), said)
    if source and draft.item is None:
        draft.entry.change("Its constraint is left out: there is no answer.")
        return
    if source:
        _translate(draft, source)
    message = draft.text(_MESSAGE)
    if draft.form.source in message and (
        draft.values.get("constraint") or draft.form.is_ours
    ):
        draft.words[_MESSAGE] = message
        draft.values["has_constraint_message"] = True
    elif message and source and draft.form.source not in message:
        reason = f"Its constraint_message has no text in {draft.form.source}."
        draft.entry.change(f"{reason} Standard words are used.")


def _translate(draft: Draft, source: str) -> None:
    read = translate(source, draft.form.known, current=draft.item)
    for note in read.notes:
        draft.entry.change(note.reason, note.remedy, excerpt=note.excerpt)
    if not read.faults:
        draft.values["constraint"] = read.source
        return
    fault = read.faults[0]
    reason = f"It is asked without its constraint: {fault.reason}"
    draft.entry.change(reason, fault.remedy, excerpt=fault.excerpt)
