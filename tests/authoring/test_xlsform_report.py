"""Every row is accounted for exactly once, whatever the file holds."""

from __future__ import annotations

from collections import Counter

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring import xlsform
from survey.authoring.cells import Row, Sheet, Workbook
from survey.authoring.xlsform.reading import read
from tests.authoring.forms import GERMAN, YES_NO, Forms, lines
from tests.authoring.workbooks import workbook


@pytest.fixture
def form(tmp_path):
    return Forms(tmp_path)


LOST = "Letters were lost: question marks stand in their place."
NEVER_STORED = "The cell holds a formula whose value was never stored."
MANY = [
    ["type", "name", "label", "relevant", "constraint", "remarks of ours"],
    ["start", "start"],
    ["begin_group", "g", "G"],
    ["select_one yn", "A", "A?", "", "", "ask Eva"],
    ["text", "b", "B?", "${A} = 'yes'"],
    ["geopoint", "c", "C?"],
    ["end_group"],
    ["begin_repeat", "r", "R"],
    ["text", "d", "D?"],
    ["end_repeat"],
    ["text", "e", "E?", "${d} = 1"],
    ["???", "f", "F?"],
]


def test_every_row_ends_as_exactly_one_line(form):
    found = form(MANY, [*YES_NO, ["x", "y", "Z"]], GERMAN)
    rows = Counter((line.place, line.row) for line in found.lines if line.row != 1)
    assert rows == Counter(
        [("survey", n) for n in range(2, 13)]
        + [("choices", n) for n in range(2, 5)]
        + [("settings", 2)]
    )
    assert found.counts() == {"taken": 5, "changed": 3, "refused": 8}
    assert [line.row for line in found.lines if line.place == "survey"] == sorted(
        line.row for line in found.lines if line.place == "survey"
    )


def test_a_row_that_breaks_an_authoring_rule_does_not_keep_the_others_out(form):
    asked = form.asked(
        [
            ["type", "name", "label", "relevant"],
            ["select_one yn", "a", "A?", ""],
            ["text", "b", "B?", "${a} = 'yes' and ${a} = 'no'"],
            ["text", "c", "C?", "${b} != ''"],
            ["text", "d", "D?", "${a} = 'yes'"],
        ]
    )
    assert [question.name for question in asked.questions()] == ["a", "d"]


def test_a_column_that_is_not_used_is_said_once(form):
    found = form(MANY)
    [line] = [line for line in found.lines if line.name == "remarks of ours"]
    assert (line.place, line.row, line.verdict) == ("survey", 1, "changed")


def test_sheets_that_belong_to_something_else_are_refused_as_a_whole(form):
    found = form(MANY, media=[["see"], ["https://example.org"]], choices2=[["a"]])
    whole = {line.place: line.reason for line in found.lines if line.row == 0}
    assert whole == dict.fromkeys(
        ("media", "choices2"), "The sheet is no part of a form."
    )


def test_headings_may_stand_below_other_lines(form):
    found = form([["Unsere Umfrage"], ["von 2026"], *MANY[:1], ["text", "a", "A?"]])
    assert [q.name for q in found.questionnaire.questions()] == ["a"]
    assert [line.reason for line in lines(found, "survey", 2)] == [
        "The row stands above the headings."
    ]


def test_a_workbook_without_a_form_says_what_a_form_has(tmp_path):
    path = workbook(tmp_path / "x.xlsx", survey=[["a", "b"], [1, 2]], other=[["c"]])
    found = xlsform.inspect(path)
    assert found.questionnaire is None
    assert {line.place: line.verdict for line in found.lines} == {
        "survey": "refused",
        "other": "refused",
    }


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")
    found = xlsform.inspect(path)
    assert found.questionnaire is None
    [problem] = found.problems
    assert "cannot be opened" in problem.reason


def test_destroyed_texts_are_refused_cell_by_cell(form):
    found = form(
        [
            ["type", "name", "label::de", "label::ar"],
            ["text", "a", "Name?", "?????"],
            ["text", "b", "StraÃŸe?", "الشارع"],
        ]
    )
    first, second = lines(found, "survey")
    assert first.reason == f"survey!D2 is not taken: {LOST}"
    assert (first.verdict, second.verdict) == ("changed", "refused")
    assert second.reason.startswith("survey!C3 is not taken: ")
    assert second.reason.endswith(" It has no label in de.")


def test_errors_formulas_and_merged_cells_are_read_as_empty_and_said(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row("A1", ["type", "name", "label", "hint"])
        sheet.write_row("A2", ["text", "a", "A?"])
        sheet.write_formula("D2", "=B9", value="#REF!")
        sheet.write_row("A3", ["text", "b", "B?"])
        sheet.write_formula("D3", "=B9", value="")
        sheet.merge_range("D4:D5", "Gern kurz.")
        sheet.write_row("A4", ["text", "c", "C?"])
        sheet.write_row("A5", ["text", "d", "D?"])
        book.add_worksheet("settings").write_column("A1", ["default_language", "de"])
    found = lines(xlsform.inspect(path), "survey")
    assert [line.reason for line in found] == [
        "survey!D2 is not taken: The cell holds the error #REF!.",
        f"survey!D3 is not taken: {NEVER_STORED}",
        "",
        "survey!D5 is not taken: It is covered by the merged cells D4:D5.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256"])
def test_a_pair_of_csv_files_is_a_form(tmp_path, encoding):
    survey = 'type,name,label::Arabic (ar)\nselect_one yn,q,"هل تسكن هنا؟"\n'
    choices = "list name,name,label::العربية\nyn,1,نعم\nyn,0,لا\n"
    (tmp_path / "survey.csv").write_bytes(survey.encode(encoding))
    (tmp_path / "choices.csv").write_bytes(choices.encode(encoding))
    for path in (tmp_path / "survey.csv", tmp_path):
        found = xlsform.inspect(path, name="town")
        asked = found.questionnaire
        assert asked.name == "town"
        assert asked.texts["ar"]["q.label"] == "هل تسكن هنا؟"
        assert asked.texts["ar"]["q.option.0"] == "لا"
        guessed = [line for line in found.noteworthy() if line.place == "file"]
        assert len(guessed) == (2 if encoding == "cp1256" else 0)


def test_a_western_csv_in_one_file_is_a_form(tmp_path):
    path = tmp_path / "form.csv"
    text = "survey\n;type;name;label::de\n;text;q;Wie heißt Ihre Straße?\n"
    path.write_bytes(text.encode("cp1252"))
    found = xlsform.inspect(path)
    assert found.questionnaire.texts["de"]["q.label"] == "Wie heißt Ihre Straße?"


CELLS = st.sampled_from(
    [
        "",
        "text",
        "select_one yn",
        "select_multiple yn or_other",
        "rank yn",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "calculate",
        "range",
        "note",
        "yn",
        "a",
        "b",
        "ä ö",
        "${a} = 'yes'",
        "${b} + 1",
        "${",
        "selected(., 'yes')",
        "true()",
        "field-list",
        "table-list",
        "label",
        "list-nolabel",
        "yes",
        "?????",
        "**x** {y} ${z}",
        "1",
        "-99",
        "2026-10-05",
    ]
)
COLUMNS = (
    "type name label label::en label::Kurdish hint relevant constraint appearance "
    "list_name choice_filter default calculation parameters required kind part "
    "dont_know other picks_from least most image audio read_only x"
)
HEADS = st.lists(st.sampled_from(COLUMNS.split()), min_size=1, max_size=8, unique=True)


@st.composite
def sheets(draw, name, first):
    heads = list(dict.fromkeys([*first, *draw(HEADS)]))
    cells = st.lists(CELLS, min_size=len(heads), max_size=len(heads))
    rows = [heads, *draw(st.lists(cells, max_size=10))]
    numbered = [Row(number, tuple(row)) for number, row in enumerate(rows, start=1)]
    return Sheet(name, tuple(row for row in numbered if any(row.cells)))


SETTINGS = Sheet("settings", (Row(1, ("default_language",)), Row(2, ("de",))))


@given(
    sheets("survey", ["type", "name", "label"]),
    sheets("choices", ["list_name", "name", "label"]),
)
def test_whatever_stands_in_the_cells_each_row_has_one_line(survey, choices):
    book = Workbook("form.xlsx", (survey, choices, SETTINGS))
    found = read(book, "form", {})
    rows = Counter((line.place, line.row) for line in found.lines if line.row > 1)
    assert rows == Counter(
        (sheet.name, row.number) for sheet in book.sheets for row in sheet.rows[1:]
    )
    assert all(line.reason for line in found.noteworthy())
