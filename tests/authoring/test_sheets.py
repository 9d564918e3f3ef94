"""Strangers' tables: every cell as its author sees it, and no trap springs."""

from __future__ import annotations

import csv
import datetime
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.authoring import sheets
from survey.authoring.problems import AuthoringError
from survey.authoring.sheets import Fault, Row, column_of, letters_of, open_tables
from tests.authoring.workbooks import (
    archive,
    old_workbook,
    opendocument,
    opendocument_row,
    workbook,
)
from tests.rules.sources import ROOT

FORM = ("survey", "choices", "settings")


def rows_of(path, name="survey"):
    return open_tables(path).sheet(name).rows


def refused(path):
    with pytest.raises(AuthoringError) as caught:
        open_tables(path)
    [problem] = caught.value.problems
    assert problem.file == path.name
    assert problem.remedy
    return problem.reason


def test_cells_come_as_their_author_sees_them(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row("B3", ["type", 1.0, 0.1, True, -98, 12345678, "  x "])
        sheet.write_datetime("B4", datetime.date(2026, 10, 5), day)
        sheet.write_number("C4", 46300 + 9.5 / 24, day)
        sheet.write_formula("D4", "=1+1", value=2)
        sheet.write_rich_string("E4", "a", book.add_format({"bold": True}), "b")
        book.add_worksheet("empty")
    found = open_tables(path)
    assert [sheet.name for sheet in found.sheets] == ["survey", "empty"]
    assert found.sheets[0].rows == (
        Row(3, ("", "type", "1", "0.1", "TRUE", "-98", "12345678", "  x ")),
        Row(4, ("", "2026-10-05", "2026-10-05 09:30", "2", "ab", "", "", "")),
    )
    assert found.sheets[1].rows == ()
    assert found.sheets[0].rows[0].cell(99) == ""
    assert found.sheets[0].place(4, 27) == "survey!AB4"
    assert found.sheet("Survey ") is found.sheets[0]
    assert found.sheet("choices") is None


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [letters_of(at) for at in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert column_of("XFD") == 16383
    assert all(column_of(letters_of(at)) == at for at in range(2000))


def test_errors_and_formulas_never_reckoned_are_told_apart_from_empty_cells(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        sheet.write("A1", "type")
        sheet.write_formula("A2", "=A1", value="text")
        sheet.write_formula("B2", "=A9", value="#REF!")
        sheet.write_formula("C2", "=A9", value="")
        sheet.write("D2", "#N/A")
    [sheet] = open_tables(path).sheets
    assert sheet.rows[1].cells == ("text", "", "", "")
    error = "Mend the formula, or write the text itself."
    assert dict(sheet.faults) == {
        (2, 1): Fault("The cell holds the error #REF!.", error),
        (2, 2): Fault(
            "The cell holds a formula whose value was never stored.",
            "Open the file in its program, save it, import it again.",
        ),
        (2, 3): Fault("The cell holds the error #N/A.", error),
    }


def test_merged_cells_are_named(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("choices")
        sheet.merge_range("A2:A4", "yes_no")
    [sheet] = open_tables(path).sheets
    assert sheet.rows == (Row(2, ("yes_no",)),)
    assert dict(sheet.merged) == {(3, 0): "A2:A4", (4, 0): "A2:A4"}


def test_opendocument_is_read_and_its_endless_empty_rows_are_not(tmp_path):
    rows = opendocument_row("type", "name") + opendocument_row("note", "#REF!")
    path = opendocument(
        tmp_path / "form.ods", rows + opendocument_row("", repeated=1_048_000)
    )
    [sheet] = open_tables(path).sheets
    assert sheet.rows == (Row(1, ("type", "name")), Row(2, ("note", "")))
    assert list(sheet.faults) == [(2, 1)]


def test_old_workbooks_are_read(tmp_path):
    cells = {(0, 0): "type", (0, 1): "label::ar", (2, 0): "note", (2, 1): "ما اسمك؟"}
    path = old_workbook(tmp_path / "form.xls", "survey", cells)
    assert rows_of(path) == (
        Row(1, ("type", "label::ar")),
        Row(3, ("note", "ما اسمك؟")),
    )


def test_an_old_workbook_bursts_a_child_and_not_the_program(tmp_path):
    far = {(0, 0): "type", (65_535, 65_535): "x"}
    path = old_workbook(tmp_path / "far.xls", "survey", far)
    assert within_bounds(path) == (
        "The file needs more memory or time than a questionnaire can."
    )


def test_a_cell_far_away_is_refused_by_its_name(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        sheet.write("A1", "type")
        sheet.write("XFD1048576", "x")
    assert refused(path) == (
        "The sheet survey reaches to cell XFD1048576: that is more than "
        "2,000,000 cells."
    )


def test_a_wide_sheet_that_still_fits_the_memory_is_refused_by_its_end(tmp_path):
    path = workbook(tmp_path / "wide.xlsx", survey=[["x"] * 300])
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        sheet.write("A1", "type")
        sheet.write("CV30000", "x")
    assert "reaches to cell CV30000" in refused(path)


MEASURED = """
import resource, sys, time
from pathlib import Path
from survey.authoring.problems import AuthoringError
from survey.authoring.sheets import open_tables
try:
    open_tables(Path(sys.argv[1]))
except AuthoringError as error:
    print(error.problems[0].reason)
whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
used = [resource.getrusage(who) for who in whose]
status = Path("/proc/self/status").read_text(encoding="utf-8")
own = int(status.partition("VmHWM:")[2].split()[0])
print(max(own, used[1].ru_maxrss))
print(sum(one.ru_utime for one in used))
"""


def within_bounds(path):
    """Why a file is refused, in a process of its own that stays small and quick."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    reason, kilobytes, seconds = ran.stdout.splitlines()
    assert int(kilobytes) < 300_000
    assert float(seconds) < 2
    return reason


def test_a_million_rows_are_refused_with_the_sheet_that_has_them(tmp_path):
    rows = "".join(f'<row r="{n}" ht="20"/>' for n in range(1, 1_048_577))
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    book = workbook(tmp_path / "rows.xlsx", survey=[["type"]])
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert within_bounds(book) == (
        "The sheet survey has 1,048,576 rows, empty ones among them."
    )


def test_a_sheet_that_unfolds_is_refused_before_it_does(tmp_path):
    path = archive(
        tmp_path / "bomb.xlsx",
        xl__workbook___xml="<workbook/>",
        xl__worksheets__sheet1___xml=b"0" * 130_000_000,
    )
    assert within_bounds(path).startswith("The archive unfolds to 130,000,")
    path = archive(
        tmp_path / "trap.xlsx",
        xl__workbook___xml="<workbook/>",
        xl__worksheets__sheet1___xml=b"0" * 20_000_000,
    )
    assert "unfolds to 1,0" in within_bounds(path)


def test_repeated_cells_burst_a_child_and_not_the_program(tmp_path):
    rows = opendocument_row("x", repeated=100_000, wide=1000)
    path = opendocument(tmp_path / "bomb.ods", rows)
    assert within_bounds(path) == (
        "The file needs more memory or time than a questionnaire can."
    )


def test_what_is_no_table_is_refused_with_what_it_is(tmp_path):
    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return refused(path)

    assert written("empty.xlsx", b" \n") == "The file is empty."
    assert "archive cannot be opened" in written("cut.xlsx", b"PK\x03\x04rest")
    assert "damaged" in written("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)
    assert "HTML or XML" in written("web.xls", b"\xef\xbb\xbf <html><table>")
    assert "HTML or XML" in written("web.csv", b"<?xml version='1.0'?>")
    assert "no workbook" in written("words.xlsx", b"type,name")
    text = archive(tmp_path / "text.docx", word__document___xml="<w/>")
    assert refused(text) == "The file is a text document, not a workbook."
    binary = archive(tmp_path / "a.xlsb", xl__workbook___bin=b"\0")
    assert refused(binary) == "The file is a binary workbook (.xlsb)."
    assert refused(archive(tmp_path / "a.zip", a="b")) == "The archive is no workbook."
    assert "No such file" in refused(tmp_path / "missing.xlsx")


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_FILE", 10)
    path = workbook(tmp_path / "form.xlsx", survey=[["type"]])
    assert refused(path).endswith(" bytes.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_wrote_it(tmp_path, encoding, separator):
    path = tmp_path / "mine.csv"
    lines = [["type", "name", "label"], ["text", "q1", '"ما اسمك؟, ; \t"']]
    text = "\r\n".join(separator.join(line) for line in lines)
    path.write_bytes(text.encode(encoding))
    found = open_tables(path)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    assert found.sheet("mine").rows == (
        Row(1, ("type", "name", "label")),
        Row(2, ("text", "q1", "ما اسمك؟, ; \t")),
    )
    words = "tabs" if separator == "\t" else separator
    assert found.notes == (
        f"mine.csv was read as {name}, its cells separated by {words}.",
    )


def test_western_csv_is_told_from_arabic_by_its_content(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("name;Wie alt sind Sie (über 18)?;Straße".encode("cp1252"))
    assert rows_of(path, "mine")[0].cells[1:] == (
        "Wie alt sind Sie (über 18)?",
        "Straße",
    )
    assert "cp1252" in open_tables(path).notes[0]


def test_a_code_page_that_is_neither_is_refused_and_not_guessed(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("name,Как вас зовут и где вы живёте?".encode("cp1251"))
    assert refused(path) == "The encoding of the file cannot be recognised."
    path.write_bytes(b"type,name\0\0")
    assert refused(path) == "The encoding of the file cannot be recognised."


def test_a_line_that_names_the_separator_is_no_row(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("sep=;\ntype;a,b,c,d\n\ntext;x\n", encoding="utf-8")
    assert rows_of(path, "mine") == (Row(1, ("type", "a,b,c,d")), Row(3, ("text", "x")))


def test_files_named_after_sheets_belong_together(tmp_path):
    for name in ("form-survey", "form-choices", "form-notes", "survey", "Choices"):
        (tmp_path / f"{name}.csv").write_text(f"type\n{name}\n", encoding="utf-8")
    pair = open_tables(tmp_path / "form-survey.csv", together=FORM)
    assert [(s.name, s.rows[1].cells[0]) for s in pair.sheets] == [
        ("survey", "form-survey"),
        ("choices", "form-choices"),
    ]
    pair = open_tables(tmp_path / "survey.csv", together=FORM)
    assert [s.rows[1].cells[0] for s in pair.sheets] == ["survey", "Choices"]
    assert len(open_tables(tmp_path / "survey.csv").sheets) == 1
    assert len(open_tables(tmp_path).sheets) == 5


def test_a_folder_names_every_file_that_cannot_be_read(tmp_path):
    folder = tmp_path / "form"
    folder.mkdir()
    assert refused(folder) == "There is no CSV file in the folder."
    (folder / "survey.csv").write_bytes(b"\0\0")
    (folder / "choices.csv").write_bytes(b"\0\0")
    with pytest.raises(AuthoringError) as caught:
        open_tables(folder)
    assert [p.file for p in caught.value.problems] == ["choices.csv", "survey.csv"]


def test_one_file_may_hold_several_sheets(tmp_path):
    path = tmp_path / "all.csv"
    path.write_text(
        'survey\n"",type,name\n"",text,q1\n\nchoices\n"",list_name,name\n',
        encoding="utf-8",
    )
    found = open_tables(path, together=FORM)
    assert [sheet.name for sheet in found.sheets] == ["survey", "choices"]
    assert found.sheet("survey").rows == (
        Row(2, ("", "type", "name")),
        Row(3, ("", "text", "q1")),
    )


@pytest.fixture
def csv_limit():
    """The limit of the csv module, which other libraries raise for everybody."""
    before = csv.field_size_limit()
    yield csv.field_size_limit
    csv.field_size_limit(before)


@pytest.mark.parametrize("limit", [131_072, 10_000_000])
def test_a_quote_that_never_closes_is_located(tmp_path, csv_limit, limit):
    csv_limit(limit)
    path = tmp_path / "mine.csv"
    path.write_text('type\n"' + "x" * 200_000, encoding="utf-8")
    assert refused(path).startswith("Line 2 cannot be read")


def test_too_many_rows_of_csv_are_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(b"a\n" * 200_001)
    assert refused(path) == "Up to row 200,001 there are 200,001 cells."


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 6000), st.booleans())
def test_no_bytes_whatever_give_a_traceback(tmp_path, noise, at, is_csv):
    whole = workbook(tmp_path / "form.xlsx", survey=[["type", "name"], ["text", "q"]])
    content = whole.read_bytes()
    at = min(at, len(content))
    broken = content[:at] + noise + content[at + len(noise) :]
    path = tmp_path / ("broken.csv" if is_csv else "broken.xlsx")
    path.write_bytes(noise if is_csv else broken)
    try:
        problems = ()
        found = open_tables(path)
    except AuthoringError as error:
        problems, found = error.problems, None
    assert found is not None or problems
    assert all(p.reason and p.file == path.name for p in problems)
