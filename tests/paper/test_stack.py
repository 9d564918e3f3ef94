from __future__ import annotations

from pathlib import Path

import pytest

from survey import paper
from tests.authoring import workbooks
from tests.paper.examples import edition, refused, stack

HEADER = "sheet;form_language;child;place;wait;idea\n"


def test_a_file_as_excel_saves_it_in_german_is_read(tmp_path: Path):
    path = tmp_path / "typed.csv"
    header = "sheet;form_language;child;place;wait;idea\r\n"
    text = header + '7;de;Yes; NO ;no;"Bänke;\nLicht"\r\n'
    for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(text.encode(encoding))
        columns = paper.columns_of(edition("skip_logic"))
        (sheet,) = paper.read(path, columns, ["de"]).sheets
        assert (sheet.row, sheet.number, sheet.language) == (2, "7", "de")
        assert sheet.posted == {
            "child": ("yes",),
            "place": ("no",),
            "wait": ("no",),
            "idea": ("Bänke;\nLicht",),
        }


def test_the_order_of_the_columns_is_free(tmp_path: Path):
    text = "idea,wait,place,child\n,,,no\n"
    (sheet,) = stack(tmp_path, text).sheets
    assert sheet.posted == {"child": ("no",)}


def test_rows_that_explain_and_empty_rows_are_no_sheets(tmp_path: Path):
    text = HEADER + "# allowed;;yes | no;;;\n;;;;;\n;;no;;;\n"
    assert [sheet.row for sheet in stack(tmp_path, text).sheets] == [4]


def test_several_codes_stand_in_one_cell(tmp_path: Path):
    text = "first;order__1;order__2;order__3;order\nf1 F3;f3;f1;;\nf2,f4;;;;99\n"
    one, two = stack(tmp_path, text, name="pick_and_rank").sheets
    assert one.posted["first"] == ("f1", "f3")
    assert two.posted == {"first": ("f2", "f4"), "order": ("-4",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("child;place;idea\nno;;\n", "wait: The column is missing."),
        (HEADER.replace("wait", "wiat"), "Did you mean wait?"),
        (HEADER.replace("wait", "child"), "child: The column stands there 2 times."),
        (HEADER, "There is no sheet below the columns."),
        (HEADER + "1;xx;no;;;\n", "'xx' is no language of the survey."),
        (HEADER + "1;de;;;;\n", "Nothing is typed in this row."),
        (HEADER + "1;de;no;;;\n1;de;no;;;\n", "The number 1 stands on several sheets."),
        (HEADER + "1;de;no;;;\n;de;no;;;\n", "This sheet has no number, others have."),
        (HEADER + "1;de;no;;;;;no\n", "Something stands in column H"),
        (HEADER + "1;de;#REF!;;;\n", "child: The cell holds the error #REF!."),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_place(
    tmp_path: Path, text: str, said: str
):
    assert any(said in line for line in refused(tmp_path, text)), refused(
        tmp_path, text
    )


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_rows(tmp_path: Path):
    text = HEADER + "1;xx;no;;;\n2;de;;;;\n2;yy;no;;;\n"
    assert [line.split(": ")[0] for line in refused(tmp_path, text)] == [
        "typed.csv:2",
        "typed.csv:3",
        "typed.csv:3",
        "typed.csv:4",
        "typed.csv:4",
    ]


def test_the_language_may_be_left_out_where_there_is_only_one(tmp_path: Path):
    text = "child;place;wait;idea\nno;;;\n"
    assert stack(tmp_path, text).sheets[0].language == "de"
    said = refused(tmp_path, text, languages=("de", "xl"))
    assert said == [
        "typed.csv:1: form_language: The column is missing. "
        "Take the columns from --template; a cell may stay empty."
    ]


def test_too_many_sheets_are_refused(tmp_path: Path):
    text = "child;place;wait;idea\n" + "no;;;\n" * (paper.MOST_SHEETS + 1)
    assert "Enter at most 5,000 at once." in refused(tmp_path, text)[0]


def test_a_workbook_says_the_same_as_the_csv_file(tmp_path: Path):
    rows = [["child", "place", "wait", "idea"], ["no", "", "", "=1+1"], ["yes", "no"]]
    path = workbooks.workbook(tmp_path / "typed.xlsx", Tabelle1=rows)
    columns = paper.columns_of(edition("skip_logic"))
    read = paper.read(path, columns, ["de"])
    text = "child;place;wait;idea\nno;;;=1+1\nyes;no;;\n"
    assert read.digest == stack(tmp_path, text).digest


def test_a_workbook_with_two_tables_is_refused(tmp_path: Path):
    rows = [["child", "place", "wait", "idea"], ["no", "", "", ""]]
    path = workbooks.workbook(tmp_path / "typed.xlsx", one=rows, two=rows)
    with pytest.raises(paper.PaperError, match="2 tables"):
        paper.read(path, paper.columns_of(edition("skip_logic")), ["de"])


def test_the_digest_tells_other_sheets_apart(tmp_path: Path):
    header = "sheet;child;place;wait;idea\n"
    digests = {
        stack(tmp_path, header + rows).digest
        for rows in ("1;no;;;\n", "2;no;;;\n", "1;yes;;;\n", "1;no;;;x\n")
    }
    assert len(digests) == 4
