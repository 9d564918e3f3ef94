"""The translators' workbook: what a spreadsheet program sees, and what comes back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from survey.authoring import spreadsheet
from survey.authoring.problems import AuthoringError
from tests.authoring.exchanges import edited, language, mixed, sent
from tests.authoring.workbooks import archive, workbook
from tests.questionnaire.translating import UKRAINIAN, ask, translated

HEAD = ["Key", "Context", "Source (de)", "Translation (ar)", "State", "Note"]


def written(exchange=None, code="ar"):
    return spreadsheet.write(exchange or sent(mixed()), language(code))


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode("utf-8")


def read_rows(tmp_path, *rows, **sheets):
    path = workbook(tmp_path / "umfrage.xlsx", texts=list(rows), **sheets)
    return spreadsheet.read(path)


def only(exchange):
    [entry] = exchange.entries
    return entry


def test_a_spreadsheet_program_shows_one_row_a_text():
    book = CalamineWorkbook.from_filelike(io.BytesIO(written()))
    rows = book.get_sheet_by_name("texts").to_python()
    assert rows[0][:6] == HEAD
    assert [row[0] for row in rows[1:]] == [
        "title",
        "bus.label",
        "bus.option.daily",
        "bus.option.never",
        "idea.label",
    ]
    assert rows[1][2:5] == [
        "Leben in {place} & <Umgebung>",
        "الحياة في {place} & <ما حولها>",
        "translated",
    ]
    assert rows[4][2:5] == ["=1+1", "", "missing"]


def test_no_cell_is_a_formula_and_dangerous_ones_stay_texts_when_edited():
    exchange = edited(
        sent(mixed()), title="=cmd()", bus_label="\uff1d1", idea_label="\t-1"
    )
    content = written(exchange)
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert 't="str"' not in sheet
    styles = part(content, "xl/styles.xml")
    quoted = [
        number
        for number, style in enumerate(
            re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])
        )
        if 'quotePrefix="1"' in style
    ]
    for cell in ("C5", "D2", "D3", "D6"):
        style = re.search(rf'<c r="{cell}" s="(\d+)"', sheet)[1]
        assert int(style) in quoted, cell
    assert int(re.search(r'<c r="A2" s="(\d+)"', sheet)[1]) not in quoted


def test_a_language_from_the_right_turns_the_sheet_around():
    assert 'rightToLeft="1"' in part(written(), "xl/worksheets/sheet1.xml")
    other = written(sent(translated(ask(uk=UKRAINIAN)), "uk"), "uk")
    assert "rightToLeft" not in part(other, "xl/worksheets/sheet1.xml")


def test_what_is_not_to_be_changed_is_grey_and_what_went_out_is_hidden():
    content = written()
    assert "ECECEC" in part(content, "xl/styles.xml")
    assert re.search(
        r'<col min="7"[^>]*hidden="1"', part(content, "xl/worksheets/sheet1.xml")
    )


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("translated", "translated"),
        (" Machine-Draft ", "machine_draft"),
        ("REVIEWED", "reviewed"),
        ("outdated", "outdated"),
        ("", ""),
    ],
)
def test_states_are_read_however_they_are_written(tmp_path, word, state):
    found = read_rows(tmp_path, HEAD, ["title", "", "Leben", "حياة", word, ""])
    assert only(found).state == state


def test_a_state_nobody_knows_is_heard_as_a_note(tmp_path):
    found = read_rows(tmp_path, HEAD, ["title", "", "L", "ح", "fertig", "Ort?"])
    assert only(found).state == ""
    assert only(found).remark == "Ort? (state: fertig)"


def test_columns_may_stand_elsewhere_and_others_beside_them(tmp_path):
    head = ["Nr", "Translation (ar)", "My remarks", "KEY", "source"]
    found = read_rows(
        tmp_path, ["Sprachbüro"], [], head, [1, "حياة", "x", "title", "L"]
    )
    entry = only(found)
    assert (entry.key, entry.target, entry.source) == ("title", "حياة", "L")
    assert (entry.place, entry.row) == ("texts", 4)
    assert (found.language, found.survey) == ("ar", "")


def test_rows_without_words_and_rows_in_between_are_passed_over(tmp_path):
    rows = [["title", "", "L", "ح", "", ""], [], ["", "Teil 2"], ["bus.label"]]
    found = read_rows(tmp_path, HEAD, *rows)
    assert [entry.key for entry in found.entries] == ["title", "bus.label"]


def test_merged_cells_are_named(tmp_path):
    path = tmp_path / "umfrage.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("texts")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["title", "", "L"])
        sheet.write_row(2, 0, ["bus.label", "", "M"])
        sheet.merge_range(1, 3, 2, 3, "حياة")
    first, second = spreadsheet.read(path).entries
    assert (first.target, first.fault) == ("حياة", "")
    assert "D2:D3" in second.fault


def test_a_formula_that_gives_an_error_is_named(tmp_path):
    found = read_rows(tmp_path, HEAD, ["title", "", "L", "#NAME?", "", ""])
    assert "#NAME?" in only(found).fault


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Something", "else"]], "Key and Translation"),
        ([HEAD], "Key and Translation"),
        ([["Key", "Translation"], ["title", "ح"]], "which language"),
    ],
)
def test_other_sheets_are_refused_in_words(tmp_path, rows, said):
    with pytest.raises(AuthoringError, match=said):
        read_rows(tmp_path, *rows)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "umfrage.xlsx"
    path.write_bytes(content)
    with pytest.raises(AuthoringError, match=r"umfrage\.xlsx"):
        spreadsheet.read(path)


def test_a_bomb_is_refused_before_it_is_opened(tmp_path):
    bomb = b"0" * 11_000_000
    path = archive(tmp_path / "umfrage.xlsx", xl__workbook___xml=b"x", xl__a___xml=bomb)
    with pytest.raises(AuthoringError, match="unfolds"):
        spreadsheet.read(path)


def test_a_huge_cell_is_cut_by_no_program_of_ours(tmp_path):
    found = read_rows(tmp_path, HEAD, ["title", "", "L", "ح" * 32_000, "", ""])
    assert len(only(found).target) == 32_000


def test_a_table_of_comma_separated_values_is_read_too(tmp_path):
    path = tmp_path / "umfrage.csv"
    path.write_text("Key;Translation (uk)\ntitle;Життя\n", encoding="utf-8")
    found = spreadsheet.read(path)
    assert (found.language, only(found).target) == ("uk", "Життя")


def test_control_characters_do_not_break_the_workbook():
    exchange = sent(mixed())
    odd = replace(exchange.entries[0], target="a\u0001b")
    content = written(replace(exchange, entries=(odd,)))
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == [
        "texts",
        "about",
    ]
