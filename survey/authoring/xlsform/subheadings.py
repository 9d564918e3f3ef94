"""Groups inside a page → something to read above their questions.

Knows nothing of what the questions are.
"""

from __future__ import annotations

from survey.authoring.xlsform import conditions
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.outline import Group, Leaf
from survey.authoring.xlsform.paging import page_group
from survey.authoring.xlsform.records import Record
from survey.authoring.xlsform.types import Type


def above(form: Form, draft: Draft, seen: set[int]) -> list[Draft]:
    """Notes with the labels of inner groups that begin with this question."""
    page = page_group(draft)
    if page is None:
        return []
    groups = draft.leaf.groups
    found = []
    for at in range(groups.index(page) + 1, len(groups)):
        if groups[at].number not in seen:
            seen.add(groups[at].number)
            note = _note(form, groups[at], groups[: at + 1])
            found += [note] if note else []
    return found


def _note(form: Form, group: Group, around: tuple[Group, ...]) -> Draft | None:
    record = group.record
    own = Record(record.entry, {"name": record.value("name")}, record.texts)
    leaf = Leaf(own, Type("note"), around)
    draft = Draft(form, leaf, "", "note")
    draft.words["label"] = draft.text("label")
    if form.source not in draft.words["label"]:
        return None
    draft.name = form.naming.another(leaf.name or "note")
    hint = draft.text("hint")
    if form.source in hint:
        draft.words["hint"] = hint
        draft.values["has_hint"] = True
    conditions.take(draft)
    draft.entry.change("Its label stands above its questions, as something to read.")
    return draft
