"""pyxform, which XLSForm is defined by, as the witness for what forms mean."""

from __future__ import annotations

import pytest
from pyxform.xls2xform import convert

from survey.authoring import xlsform
from tests.authoring.forms import texts
from tests.authoring.workbooks import workbook
from tests.questionnaire.examples import NAMES, questionnaire

DIALECTS = {
    "modern": (
        ["type", "name", "label::English (en)", "label::Arabic (ar)", "relevant"],
        ["list_name", "name", "label::English (en)", "label::Arabic (ar)"],
    ),
    "spaced": (
        ["Type", " name", "Label::English (en)", "label::Arabic (ar) ", "Relevance"],
        ["list name", "value", "label::English (en)", "label::Arabic (ar)"],
    ),
    "old": (
        ["command", "tag", "caption:English", "caption:Arabic", "bind:relevant"],
        ["list name", "value", "label:English", "label:Arabic"],
    ),
}
ROWS = [
    ["begin group", "about", "About you", "عنك", ""],
    ["select one from towns", "town", "Which town?", "أي مدينة؟", ""],
    ["select all that apply from towns", "seen", "Which others?", "غيرها؟", ""],
    ["end group", "", "", "", ""],
    ["integer", "age", "How old?", "كم عمرك؟", "${town} = 'old'"],
    ["note", "bye", "Thank you", "شكرا", ""],
]
TOWNS = [["towns", "old", "Old town", "القديمة"], ["towns", "new", "New", "الجديدة"]]


def asked_by_pyxform(path):
    """Name → type, label by language, codes and condition, groups opened."""
    found, waiting = (
        {},
        list(convert(xlsform=path, validate=False)._pyxform["children"]),
    )
    while waiting:
        child = waiting.pop(0)
        if child["name"] == "meta":
            continue
        if child["type"] == "group":
            waiting[:0] = child["children"]
            continue
        codes = [choice["name"] for choice in child.get("choices", ())]
        named = child.get("label")  # a text alone where pyxform adds a row itself
        labels = {
            n.split()[0]: t
            for n, t in (named if isinstance(named, dict) else {}).items()
        }
        relevant = child.get("bind", {}).get("relevant", "")
        found[child["name"]] = (child["type"], labels, codes, relevant)
    return found


KINDS = {
    "single": "select one",
    "multiple": "select all that apply",
    "number": "integer",
    "note": "note",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_form_means_what_pyxform_reads_in_it(tmp_path, dialect):
    survey, choices = DIALECTS[dialect]
    path = workbook(
        tmp_path / "form.xlsx",
        survey=[survey, *ROWS],
        choices=[choices, *TOWNS],
        settings=[["form_title", "form_id"], ["Towns", "towns"]],
    )
    asked = xlsform.inspect(path).questionnaire
    languages = {"en": "English", "ar": "Arabic"}
    ours = {
        q.name: (
            KINDS[q.kind],
            {languages[c]: t for c, t in texts(asked, q.key("label")).items()},
            [option.code for option in q.options],
            q.shown_if,
        )
        for q in asked.questions()
    }
    assert ours == asked_by_pyxform(path)


@pytest.mark.parametrize("name", [*NAMES, "zusammenleben"])
def test_pyxform_takes_what_we_write(tmp_path, name):
    path = tmp_path / "form.xlsx"
    asked = questionnaire(name)
    path.write_bytes(xlsform.write(asked))
    found = asked_by_pyxform(path)
    expected = []
    for question in asked.questions():
        names = [row.name for row in question.rows] or [question.name]
        expected += [f"_{n}" if n[0].isdigit() else n for n in names]
    missing = [name for name in expected if name not in found]
    assert not missing
