"""Rows for people: the same rows in every format, in words, without a date or a path.

Read back with other programs than those that wrote them where there are any.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from analysis.codebook import codebook_of
from analysis.disclosure import AnalysisFile, Column, LeftOut, every_row
from analysis.files import opendocument, rowfiles
from analysis.files.rowfiles import Told, files
from analysis.files.sheets import Line, Sheet
from analysis.package import AnalysisError, Item
from analysis.report import harmless
from tests.disclosure.surveys import answers, package
from tests.report.saying import LANGUAGES

GERMAN, ENGLISH, ARABIC = LANGUAGES
ITEMS = (
    Item("age", "single", role="demographic", options=("young", "old")),
    Item("q1", "single", options=("yes", "no"), is_ordinal=True),
    Item("2nd", "multiple", options=("a", "b")),
    Item("r", "rank", options=("x", "y")),
    Item("by", "single", options=("yes",)),
)
TEXTS = {
    ("", "", "label", "de"): "Umfrage",
    ("age", "", "label", "de"): "Wie alt sind Sie?",
    ("age", "young", "label", "de"): "jung",
    ("q1", "", "label", "de"): "Gefällt es Ihnen, im Großen?",
    ("q1", "yes", "label", "de"): "ja",
    ("q1", "-3", "label", "de"): "Weiß ich nicht",
    ("2nd", "", "label", "de"): "Was = '1' \u0001davon?",
    ("2nd", "a", "label", "de"): "=HYPERLINK(1)",
}
COLUMNS = (
    Column("age", "age", ("young", "old"), is_group=True),
    Column("q1", "q1", ("yes", "no"), is_ordinal=True),
    Column("2nd__a", "2nd", ("0", "1"), option="a", kind="multiple"),
    Column("2nd__b", "2nd", ("0", "1"), option="b", kind="multiple"),
    Column("r__x", "r", (), option="x", kind="rank"),
    Column("r__y", "r", (), option="y", kind="rank"),
    Column("by", "by", ("yes",)),
)
ROWS = [
    ["young", "yes", "1", "0", "1", "2", "yes"],
    ["", "-3", "-2", "-2", "", "1", "yes"],
    ["old", "no", "0", "1", "-1", "-1", "-5"],
]
MADE = date(2026, 1, 31)


def told(language=GERMAN, rows=None, **changed):
    file = AnalysisFile(
        table=pd.DataFrame(rows or ROWS, columns=[c.name for c in COLUMNS], dtype=str),
        columns=COLUMNS,
        left_out=(LeftOut("faith", "sensitive"), LeftOut("why", "own_words")),
        emptied=("age",),
        least=5,
        merges={"age": {"young": "young", "old": "old"}},
        package="village 1",
        package_hash="0" * 64,
    )
    book = codebook_of(ITEMS, languages=("de", "ar"), texts=TEXTS)
    return Told(replace(file, **changed), book, language, MADE, "Umfrage")


@pytest.fixture
def write(tmp_path):
    """Write a format and return the folder it lies in."""

    def write(form, name, said=None):
        for path, content in files(said or told(), form, tmp_path / name).items():
            path.write_bytes(content)
        return tmp_path / name

    return write


def lines(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_csv_holds_codes_and_its_codebook_the_words(write, tmp_path):
    path = write("csv", "rows.csv")
    assert lines(path) == [[c.name for c in COLUMNS], *ROWS]
    book = lines(tmp_path / "rows.codebook.csv")
    assert book[0] == ["column", "item", "option", "code", "number", "label"]
    assert ["age", "age", "", "", "", "Wie alt sind Sie?"] in book
    assert ["age", "age", "", "young", "1", "jung"] in book
    hidden = "nicht angegeben oder zum Schutz von Personen zurückgehalten"
    assert ["age", "age", "", "", "", hidden] in book
    assert ["q1", "q1", "", "-3", "-3", "Weiß ich nicht"] in book
    assert ["2nd__a", "2nd", "a", "1", "1", "gewählt"] in book
    assert book[-2][-1] == "Nicht in dieser Datei, weil sie sensibel sind: faith"


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_workbooks_hold_rows_codebook_and_notes(write, form):
    book = CalamineWorkbook.from_path(str(write(form, f"rows.{form}")))
    assert book.sheet_names == ["rows", "codebook", "notes"]
    rows = book.get_sheet_by_name("rows").to_python()
    assert rows == [[c.name for c in COLUMNS], *ROWS]
    words = book.get_sheet_by_name("codebook").to_python()
    assert ["q1", "q1", "", "yes", 1, "ja"] in words
    notes = [row[0] for row in book.get_sheet_by_name("notes").to_python()]
    assert notes[0] == "Umfrage"
    assert any("mindestens 5 Zeilen" in note for note in notes)


def test_spss_reads_numbers_words_and_kinds_of_no_answer(write):
    path = write("sav", "rows.sav")
    table, about = pyreadstat.read_sav(str(path), user_missing=True)
    assert list(table.columns) == ["age", "q1", "v_2nd__a"] + [
        "v_2nd__b",
        "r__x",
        "r__y",
        "v_by",
    ]
    assert table["age"].fillna(0).tolist() == [1, 0, 2]
    assert table["q1"].tolist() == [1, -3, 2]
    assert table["r__x"].fillna(0).tolist() == [1, 0, -1]
    assert about.variable_value_labels["q1"][1] == "ja"
    assert about.variable_value_labels["q1"][-3] == "Weiß ich nicht"
    assert about.missing_ranges["q1"] == [{"lo": -5, "hi": -1}]
    assert about.variable_measure["q1"] == "ordinal"
    assert about.variable_measure["r__x"] == "scale"
    assert about.column_names_to_labels["q1"] == "Gefällt es Ihnen, im Großen?"
    assert about.creation_time.isoformat() == "2026-01-31T00:00:00"
    seen, _ = pyreadstat.read_sav(str(path))
    assert seen["q1"].isna().tolist() == [False, True, False]


def test_syntax_makes_a_set_of_each_multiple_question(write, tmp_path):
    write("sav", "rows.sav")
    text = (tmp_path / "rows.sps").read_bytes().decode("utf-8-sig")
    assert "/MDGROUP NAME=$v_2nd\n" in text
    assert "      v_2nd__a\n      v_2nd__b\n    VALUE=1\n" in text
    assert "LABEL='Was = ''1''" in text
    assert "$r" not in text
    assert max(map(len, text.splitlines())) <= 72


def test_stata_reads_numbers_words_and_kinds_of_no_answer(write):
    path = write("dta", "rows.dta")
    table, about = pyreadstat.read_dta(str(path), user_missing=True)
    assert table["q1"].tolist() == [1, "c", 2]
    assert about.variable_value_labels["q1"] == {
        1: "ja",
        2: "no",
        "a": "nicht gefragt",
        "b": "keine Antwort",
        "c": "Weiß ich nicht",
        "d": "Keine Angabe",
        "e": "nicht erreicht",
    }
    assert about.creation_time.isoformat() == "2026-01-31T00:00:00"
    own = pd.read_stata(path, convert_categoricals=False, convert_missing=False)
    assert own["age"].fillna(0).tolist() == [1, 0, 2]


def test_the_codebook_for_archives_describes_the_rows_beside_it(write, tmp_path):
    path = write("ddi", "rows.xml")
    assert lines(tmp_path / "rows.csv")[1:] == ROWS
    space = "{ddi:codebook:2_5}"
    book = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own
    assert book.find(f".//{space}fileName").text == "rows.csv"
    assert book.find(f".//{space}caseQnty").text == "3"
    named = [each.attrib["name"] for each in book.iter(f"{space}var")]
    assert named == [c.name for c in COLUMNS]
    ids = [each.attrib["ID"] for each in book.iter() if "ID" in each.attrib]
    assert len(set(ids)) == len(ids)
    missing = book.findall(f".//{space}var[@name='q1']/{space}catgry[@missing='Y']")
    assert [each.find(f"{space}catValu").text for each in missing] == [
        "-1",
        "-2",
        "-3",
        "-4",
        "-5",
    ]


def test_a_codebook_that_would_overwrite_its_rows_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match=r"such as rows\.xml"):
        files(told(), "ddi", tmp_path / "rows.csv")


@pytest.mark.parametrize("form", sorted(rowfiles.FORMATS))
def test_no_file_tells_when_or_where_it_was_made(form, tmp_path):
    name = f"rows.{'xml' if form == 'ddi' else form}"
    first = files(told(), form, tmp_path / name)
    assert files(told(), form, tmp_path / name) == first
    for content in first.values():
        parts = [content]
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(entry) for entry in archive.namelist()]
                assert {e.date_time[0] for e in archive.infolist()} == {1980}
        for part in parts:
            assert str(tmp_path).encode() not in part
            assert b"/tmp" not in part
            years = set(re.findall(rb"(?<!\d)20\d\d(?!\d)", part)) - {b"2026"}
            names = {b"2001", b"2002", b"2006", b"2009", b"2010", b"2000"}
            assert years <= names, years  # of standards
            assert b"pandas" not in part


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_no_cell_is_a_formula(write, form):
    with zipfile.ZipFile(write(form, f"rows.{form}")) as archive:
        text = "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith("xml") and "sheet" in name or name == "content.xml"
        )
    assert "HYPERLINK(1)" in text
    assert not re.search(r"<f[ >]|table:formula|xlink:href=\"http", text)


def test_words_a_spreadsheet_would_compute_stand_behind_an_apostrophe(write, tmp_path):
    write("csv", "rows.csv")
    text = (tmp_path / "rows.codebook.csv").read_text(encoding="utf-8")
    assert "=HYPERLINK" in text
    assert harmless("=1") == "'=1"
    for row in lines(tmp_path / "rows.codebook.csv"):
        assert not any(cell[:1] in "=+@" for cell in row if cell)


@pytest.mark.parametrize("form", sorted(rowfiles.FORMATS))
def test_a_file_of_no_rows_is_a_file(form, tmp_path):
    empty = told().file.table.iloc[:0]
    found = files(told(table=empty), form, tmp_path / "rows.xml")
    assert all(found.values())


def test_arabic_reads_from_the_right(write):
    with zipfile.ZipFile(write("ods", "rows.ods", told(ARABIC))) as archive:
        assert 'table:style-name="rtl"' in archive.read("content.xml").decode()


def test_more_rows_than_a_workbook_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.files.workbook.MOST_ROWS", 3)
    with pytest.raises(AnalysisError, match="Write csv, sav or dta"):
        files(told(), "xlsx", tmp_path / "rows.xlsx")


def test_names_too_long_for_a_program_stay_apart(write):
    long = tuple(
        Column(f"{'x' * 40}{end}", "q1", ("yes", "no")) for end in ("one", "two")
    )
    table = pd.DataFrame([["yes", "no"]], columns=[c.name for c in long], dtype=str)
    path = write("dta", "rows.dta", told(columns=long, table=table))
    names = list(pyreadstat.read_dta(str(path))[0].columns)
    assert len(set(names)) == 2
    assert max(map(len, names)) <= 32


def test_ods_keeps_spaces_lines_numbers_and_truth(tmp_path):
    cells = ("a  b\nc", 5, 0.25, True, None, "\x01<&")
    content = opendocument.write([Sheet("s", [Line(cells), Line()])], MADE)
    (tmp_path / "s.ods").write_bytes(content)
    row = CalamineWorkbook.from_path(str(tmp_path / "s.ods")).get_sheet_by_index(0)
    assert row.to_python()[0][:4] == ["a  b\nc", 5, 0.25, True]
    with zipfile.ZipFile(tmp_path / "s.ods") as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("form", ["csv", "sav", "dta"])
def test_all_rows_are_written_with_a_warning_in_them(tmp_path, form):
    survey = package(answers(30, 1))
    file = every_row(survey, np.random.default_rng(1))
    said = Told(file, survey.codebook, ENGLISH, MADE, "Village")
    found = files(said, form, Path(tmp_path) / f"rows.{form}")
    assert len(file.table) == 30
    assert {"worse", "age", "channel"} <= set(file.table.columns)
    assert said.notes[1].startswith("These rows are not protected")
    assert all(found.values())
