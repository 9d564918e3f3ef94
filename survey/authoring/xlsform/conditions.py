"""Who is asked: the conditions of a row and of every group around it, joined.

A question whose condition cannot be evaluated is refused, never shown to everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import Translated, translate
from survey.authoring.xlsform.ledger import Entry
from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError

_ALWAYS = frozenset({"true", "true()", "yes", "1"})
_NEVER = frozenset({"false", "false()", "no", "0"})
_ANY_DAY = date(2000, 1, 1)
_NOBODY = "Nobody is ever asked: its condition can never hold."


def take(draft: Draft) -> None:
    """Join all conditions of a draft, or refuse it."""
    parts = []
    for whose, source in _sources(draft):
        if source.lower() in _ALWAYS:
            continue
        read = translate(source, draft.form.known)
        if not _is_usable(draft.entry, whose, source, read):
            return
        if read.names:
            parts.append(read.source)
            draft.looks_at |= read.names
    condition = joined(parts)
    if condition and _is_readable(draft.entry, condition):
        draft.values["shown_if"] = condition


def joined(parts: Sequence[str]) -> str:
    """Conditions that must all hold, each said once."""
    own = list(dict.fromkeys(parts))
    return own[0] if len(own) == 1 else " and ".join(f"({part})" for part in own)


def _sources(draft: Draft) -> Iterator[tuple[str, str]]:
    for group in draft.leaf.groups:
        if group.record.value("relevant"):
            yield (
                f"of the group {group.record.value('name')} ",
                group.record.value("relevant"),
            )
    if draft.value("relevant"):
        yield "", draft.value("relevant")


def _is_usable(entry: Entry, whose: str, source: str, read: Translated) -> bool:
    """Whether a condition can be evaluated and is not false for everybody."""
    if source.lower() in _NEVER:
        entry.refuse(_NOBODY, "Leave the row out, or its condition.")
    elif read.faults:
        fault = read.faults[0]
        reason = f"The condition {whose}cannot be evaluated: {fault.reason}"
        entry.refuse(reason, fault.remedy, excerpt=fault.excerpt)
    elif read.looks_at_current:
        reason = f"The condition {whose}looks at the answer it decides about."
        entry.refuse(reason, "Write ${name} in place of the point.")
    elif not read.names:
        _judge_constant(entry, whose, read)
    for note in read.notes:
        entry.change(note.reason, note.remedy, excerpt=note.excerpt)
    return not entry.is_refused


def _judge_constant(entry: Entry, whose: str, read: Translated) -> None:
    """A condition that looks at no answer holds for everybody or for nobody."""
    compiled = expression.compile(read.source)
    if compiled.looks_at_day:
        reason = f"The condition {whose}looks at the day and at no answer."
        entry.refuse(reason, "Let it look at an answer, or leave it out.")
    elif not compiled.is_true({}, today=_ANY_DAY):
        said = " ".join(note.reason for note in read.notes)
        remedies = " ".join(note.remedy for note in read.notes)
        excerpt = read.notes[0].excerpt if read.notes else ""
        entry.refuse(f"{_NOBODY} {said}".strip(), remedies, excerpt=excerpt)


def _is_readable(entry: Entry, condition: str) -> bool:
    try:
        expression.compile(condition)
    except ExpressionError as error:
        entry.refuse(f"Its conditions together: {error.faults[0].reason}")
        return False
    return True
