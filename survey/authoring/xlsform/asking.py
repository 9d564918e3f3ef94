"""One row that asks something → one question, with everything its row says.

Each type's own part stands in a module of its own; this is what all share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from survey.authoring.xlsform import (
    answers,
    conditions,
    constraints,
    defaults,
    extras,
    notes,
    remarks,
    selects,
)
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.known import Item
from survey.authoring.xlsform.outline import Leaf

_BUILDERS: Mapping[str, Callable[[Draft], None]] = {
    "select_one": selects.select,
    "select_multiple": selects.select,
    "rank": selects.select,
    "text": answers.text,
    "integer": answers.number,
    "decimal": answers.number,
    "range": answers.scale,
    "date": answers.date,
    "datetime": answers.date,
    "note": notes.note,
    "calculate": notes.calculate,
    "hidden": notes.calculate,
    "acknowledge": notes.acknowledge,
}
_TYPED = frozenset({"text", "integer", "decimal", "date", "datetime"})
_NOTE = "it is something to read."


def ask(form: Form, leaf: Leaf) -> Draft | None:
    """The question a row asks; none when the row is refused.

    Expressions of later rows may look at it from now on.
    """
    draft = _drafted(form, leaf)
    if draft is None or draft.entry.is_refused:
        form.known.drop(leaf.name, leaf.record.entry.line().reason)
        return None
    if draft.item is not None and leaf.name not in form.known.items:
        form.known.add(draft.item)
    form.known.drop(leaf.name, _NOTE)
    own_words = f"{leaf.name}_other"
    if draft.values.get("has_other") and own_words not in form.known.later:
        form.known.add(Item(own_words, f"{draft.name}_other"))
    return draft


def _drafted(form: Form, leaf: Leaf) -> Draft | None:
    if leaf.record.entry.is_refused:
        return None
    draft = Draft(form, leaf, form.name(leaf))
    if not leaf.name and leaf.type.base not in ("note", "acknowledge"):
        draft.entry.refuse("The row has no name.", "Write one into name.")
        return None
    _builder(draft)(draft)
    for take in (_take_words, conditions.take, constraints.take):
        if draft.entry.is_refused:
            return None
        take(draft)
    defaults.take(draft)
    extras.take(draft)
    remarks.remark(draft)
    return draft


def _builder(draft: Draft) -> Callable[[Draft], None]:
    base = draft.leaf.type.base
    if base in _TYPED and draft.record.flag("read_only"):
        return notes.reckoned if draft.value("calculation") else notes.shown
    return _BUILDERS[base]


def _take_words(draft: Draft) -> None:
    """The label and the hint; without a label the hint is what is asked."""
    source = draft.form.source
    label = draft.words.get("label") or draft.text("label")
    hint = draft.words.get("hint") or draft.text("hint")
    if source not in label and source in hint:
        draft.entry.change("It has no label: its hint is what is asked.")
        label, hint = {**label, **hint}, {}
    if source not in label:
        reason = f"It has no label in {source}."
        draft.entry.refuse(reason, "Write one: the others are translations of it.")
        return
    draft.words["label"] = label
    if source in hint:
        draft.words["hint"] = hint
        draft.values["has_hint"] = True
    elif hint:
        draft.entry.change(f"Its hint has no text in {source}; it is left out.")
