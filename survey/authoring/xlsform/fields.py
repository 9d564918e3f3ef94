"""The sheets fields and themes: fields of action and cross-cutting themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.records import Record
from survey.questionnaire.model import FieldOfAction
from survey.questionnaire.rules.rule import is_usable_name


def take(form: Form, title: str, records: Iterable[Record]) -> None:
    """Keep the codes and the words of one of the two sheets."""
    found: list[str] = []
    for record in records:
        code = record.value("code")
        if not is_usable_name(code) or code in found:
            reason = f"The code {code!r} cannot be used." if code else "It has no code."
            if code in found:
                reason = f"The code {code} stands there twice."
            record.entry.refuse(reason, "Use small letters, digits and single _.")
            continue
        label = form.cleaned(record.entry, record.texts.get("label", {}))
        if form.source not in label:
            record.entry.refuse(f"It has no label in {form.source}.", "Write one.")
            continue
        found.append(code)
        _keep(form, title, record, label)
    if title == "fields":
        form.fields = tuple(found)
    else:
        form.themes = tuple(found)


def _keep(form: Form, title: str, record: Record, label: dict[str, str]) -> None:
    code = record.value("code")
    if title == "themes":
        form.keep(f"cross_cutting.{code}.label", label)
        return
    form.keep(f"field.{code}.label", label)
    short = form.cleaned(record.entry, record.texts.get("short", {}))
    if form.source not in short:
        record.entry.change("Its label is its short name in charts too.")
    if not form.is_ours:
        short = {**label, **short}
    form.keep(f"field.{code}.short", short)


def all_of(form: Form) -> Iterator[FieldOfAction]:
    """All fields of action in order."""
    return (FieldOfAction(code) for code in form.fields)
