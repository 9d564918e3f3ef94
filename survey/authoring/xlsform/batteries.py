"""A table's rows → one question of kind battery.

Knows nothing of how tables are found.
"""

from __future__ import annotations

from survey.authoring.xlsform import conditions, extras, remarks
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.known import Item
from survey.authoring.xlsform.outline import Leaf
from survey.authoring.xlsform.records import Record
from survey.authoring.xlsform.tables import BATTERY, Table
from survey.questionnaire.model import Row


def ask(form: Form, table: Table) -> Draft | None:
    """The battery; none when it is refused, and its rows with it."""
    draft = _drafted(form, table)
    if draft is None:
        for row in table.rows:
            row.record.entry.refuse("The table it stands in is not taken.")
    for row in table.rows:
        form.known.drop(row.name, row.record.entry.line().reason)
    if table.head is not None:
        form.known.drop(table.head.name, "it is a table: look at one of its rows.")
    return draft


def _drafted(form: Form, table: Table) -> Draft | None:
    leaf = _owner(form, table)
    draft = Draft(form, leaf, leaf.ours, BATTERY)
    name = table.rows[0].type.list_name
    draft.choices = form.list_of(table.rows[0].type)
    if draft.choices is None or len(draft.choices.usable()) < 2:
        reason = f"The list {name} has fewer than two choices."
        draft.entry.refuse(reason, "Write them into the sheet choices.")
        return None
    _take_words(draft)
    if not draft.entry.is_refused:
        conditions.take(draft)
    if draft.entry.is_refused:
        return None
    extras.take(draft)
    rows = [made for row in table.rows if (made := _row(draft, row))]
    draft.values["rows"] = tuple(rows)
    if not rows:
        draft.entry.refuse("None of its rows could be read.")
        return None
    return draft


def _owner(form: Form, table: Table) -> Leaf:
    """The row whose words are the question, and the groups around it."""
    first = table.rows[0]
    if table.head is not None:
        form.name(table.head)
        if not table.head.record.value("relevant"):
            table.head.record.values["relevant"] = first.record.value("relevant")
        return table.head
    assert table.group is not None  # noqa: S101 - a table has one of the two
    table.group.is_table = True
    record = table.group.record
    own = Record(record.entry, dict(record.values), record.texts)
    parts = (record.value("relevant"), first.record.value("relevant"))
    own.values["relevant"] = conditions.joined([p for p in parts if p])
    groups = tuple(group for group in first.groups if group is not table.group)
    leaf = Leaf(own, first.type, groups)
    name = form.naming.another(record.value("name") or "battery")
    leaf.ours = name
    if record.value("name") and name != record.value("name"):
        record.entry.change(f"It is called {name} here.")
    return leaf


def _take_words(draft: Draft) -> None:
    label = draft.text("label")
    if draft.form.source not in label:
        reason = f"The table has no label in {draft.form.source}."
        draft.entry.refuse(reason, "Write what is asked of all rows.")
        return
    draft.words["label"] = label
    hint = draft.text("hint")
    if draft.form.source in hint:
        draft.words["hint"] = hint
        draft.values["has_hint"] = True


def _row(draft: Draft, leaf: Leaf) -> Row | None:
    """One row, an answer of its own."""
    form, record = draft.form, leaf.record
    made = Draft(form, leaf, form.name(leaf), BATTERY)
    field = record.value("field_of_action")
    if field and field not in form.fields:
        record.entry.change(f"There is no field of action {field}; it is left out.")
        field = ""
    key = f"{made.name}.label"
    if field and (record.flag("words_of_field") or not record.texts.get("label")):
        key = f"field.{field}.label"
    else:
        label = made.text("label")
        if form.source not in label:
            record.entry.refuse(f"The row has no label in {form.source}.", "Write it.")
            return None
        form.keep(key, label)
    if leaf.name not in form.known.items and draft.choices is not None:
        codes = draft.choices.codes
        form.known.add(Item(leaf.name, made.name, codes, draft.choices))
        made.item = form.known.items[leaf.name]
    if record.texts.get("hint"):
        record.entry.change("The hint of a row is not shown.")
    if record.value("constraint") or record.value("default"):
        record.entry.change("A row of a table has no constraint and no default.")
    remarks.remark(made)
    return Row(made.name, key, field)
