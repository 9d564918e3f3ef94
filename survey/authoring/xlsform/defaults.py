"""What stands in a question before somebody answers: a value, or a reckoning.

Knows no page; a default that does not fit is left out, and said.
"""

from __future__ import annotations

import re
from datetime import date

from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import translate
from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.kinds import KINDS

_CALL = re.compile(r"[a-z][a-z:-]*\(")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,4})?")


def take(draft: Draft) -> None:
    """The default of a draft, if its kind has one."""
    written = draft.value("default")
    source = draft.value("default_from")
    if "calculation" not in KINDS[draft.kind].attributes:
        source = source or draft.value("calculation")
    if not (written or source):
        return
    if "default" not in KINDS[draft.kind].attributes:
        if written:
            draft.entry.change("Its default is not taken.")
        return
    if source or _is_reckoned(written):
        _reckon(draft, source or written)
    else:
        _fill(draft, written)


def _is_reckoned(written: str) -> bool:
    """Whether a default is an expression; a day or a sentence is none."""
    if "${" in written or _CALL.match(written):
        return True
    try:
        return bool(expression.compile(written).names)
    except ExpressionError:
        return False


def _reckon(draft: Draft, source: str) -> None:
    read = translate(source, draft.form.known)
    for note in read.notes:
        draft.entry.change(note.reason, note.remedy, excerpt=note.excerpt)
    if read.faults:
        fault = read.faults[0]
        reason = f"Its default cannot be reckoned, and is left out: {fault.reason}"
        draft.entry.change(reason, fault.remedy, excerpt=fault.excerpt)
        return
    if draft.value("calculation") and not draft.value("default_from"):
        reason = "What is reckoned is filled in once, and can be changed."
        draft.entry.change(reason)
    draft.values["default_from"] = read.source
    draft.looks_at |= read.names


def _fill(draft: Draft, written: str) -> None:
    found = _value(draft, written)
    if found:
        draft.values["default"] = found
    else:
        draft.entry.change(f"The default {written!r} is no answer; it is left out.")


def _value(draft: Draft, written: str) -> str:
    """The default as an answer is written; empty when it is none."""
    if draft.item is not None and draft.item.codes is not None:
        words = written.split() if draft.item.is_several else [written]
        codes = [draft.item.codes.get(word, ()) for word in words]
        return " ".join(found[0] for found in codes) if all(codes) else ""
    attributes = KINDS[draft.kind].attributes
    if "decimals" in attributes:
        return written if _NUMBER.fullmatch(written) else ""
    if "precision" in attributes:
        return _day(written, draft.values["precision"])
    return written if len(written) <= draft.values.get("longest", 0) else ""


def _day(written: str, precision: str) -> str:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        is_shorter = precision != "day" and re.fullmatch(r"\d{4}(-\d{2})?", written)
        return written if is_shorter else ""
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]
