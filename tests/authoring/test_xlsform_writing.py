"""What is written as XLSForm reads back as the same questionnaire."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from survey.authoring import xlsform
from survey.authoring.sheets import open_tables
from survey.questionnaire import document, edition
from tests.authoring.generated import questionnaires
from tests.questionnaire.examples import NAMES, questionnaire


def again(asked, folder):
    path = Path(folder) / "form.xlsx"
    path.write_bytes(xlsform.write(asked))
    return xlsform.inspect(path)


@pytest.mark.parametrize("name", [*NAMES, "zusammenleben"])
def test_what_is_written_reads_back_the_same(tmp_path, name):
    asked = questionnaire(name)
    found = again(asked, tmp_path)
    assert [str(line) for line in found.noteworthy()] == []
    assert document.write(found.questionnaire) == document.write(asked)
    languages = [asked.source_language]
    first, second = asked, found.questionnaire
    assert (
        edition.freeze(first, languages).hash == edition.freeze(second, languages).hash
    )


@settings(max_examples=60)
@given(questionnaires())
def test_any_questionnaire_survives_being_written(asked):
    with tempfile.TemporaryDirectory() as folder:
        found = again(asked, folder)
    assert document.write(found.questionnaire) == document.write(asked)
    assert list(found.noteworthy()) == []


def test_the_same_questionnaire_gives_the_same_bytes():
    asked = questionnaire("cascade")
    assert xlsform.write(asked) == xlsform.write(asked)


def rows(name, tmp_path, sheet="survey"):
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform.write(questionnaire(name)))
    first, *rest = open_tables(path).sheet(sheet).rows
    return [
        {head: text for head, text in zip(first.cells, row.cells, strict=True) if text}
        for row in rest
    ]


def test_what_a_page_demands_stands_with_its_group(tmp_path):
    money, shares, *_, years = (
        row
        for row in rows("together", tmp_path)
        if row["name" if "name" in row else "type"] in ("money", "shares", "years")
    )
    assert "constraint_message::Deutsch (de)" not in shares
    assert (money["type"], shares["type"]) == ("integer", "begin_group")
    assert shares["constraint"].startswith("sum(${street}, ${park}, ${pool}) <= ")
    assert years["constraint"] == "${until} >= ${since}"
    said = years["constraint_message::Deutsch (de)"]
    assert said == "Das Ende kommt nach dem Anfang."
    assert list(xlsform.unrepresented(questionnaire("together"))) == [
        "shares: nobody is told that its answers do not fit together.",
        "years: nobody is told that its answers do not fit together.",
    ]


def test_other_programs_find_what_they_know(tmp_path):
    first, *_, child = rows("reckoned", tmp_path)[:4]
    assert first["type"] == "begin_group"
    assert first["appearance"] == "field-list"
    assert first["label::Deutsch (de)"] == "Ihr Haushalt"
    adults, children = rows("reckoned", tmp_path)[1:3]
    assert adults["type"] == "integer"
    assert adults["constraint"] == ". >= 1 and . <= 20"
    assert adults["default"] == "2"
    assert children["constraint"] == ". <= 20 and (. <= 4 * ${adults})"
    assert child["type"] == "end_group"
    many = rows("cascade", tmp_path)
    assert [row["type"] for row in many] == [
        "select_one part",
        "select_one quarters",
        "select_multiple quarters",
        "select_one quarters",
    ]
    assert many[1]["choice_filter"] == "district = ${part}"
    [harbour] = [
        row for row in rows("cascade", tmp_path, "choices") if row["name"] == "harbour"
    ]
    assert harbour["district"] == "south"


def test_a_battery_is_a_table_list(tmp_path):
    found = rows("battery", tmp_path)
    assert [row["type"].split()[0] for row in found] == [
        "begin_group",
        *["select_one"] * (len(found) - 2),
        "end_group",
    ]
    assert found[0]["appearance"] == "table-list"


def test_nothing_is_a_formula(tmp_path):
    asked = questionnaire("single")
    texts = {"de": dict.fromkeys(asked.texts["de"], "=1+1")}
    texts["de"] |= {
        k: f"={n}" for n, k in enumerate(k for k in texts["de"] if "." in k)
    }
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform.write(replace(asked, texts=texts)))
    [sheet] = [s for s in open_tables(path).sheets if s.name == "survey"]
    assert not sheet.faults
    assert any(cell.startswith("=") for row in sheet.rows for cell in row.cells)


def test_what_other_programs_do_not_find_is_said():
    def said(name):
        return list(xlsform.unrepresented(questionnaire(name)))

    assert said("single") == []
    assert said("points")[0].endswith("instead of giving points, answers are chosen.")
    assert "not only what was picked." in said("pick_and_rank")[0]
    assert said("screened_out")[0] == "Nobody is screened out."
    assert said("fork") == ["Nobody is asked whether to go on after the core."]
