"""People by three groups at once: a table in "who took part", without a picture."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from analysis.disclosure import publish
from analysis.files import opendocument, tables, workbook
from analysis.report import About, compose, write
from tests.disclosure.surveys import package
from tests.disclosure.test_three_way import ASKED, COUNTED, NAMED, TABLE, of
from tests.report.saying import ENGLISH, LANGUAGES

GERMAN, _, ARABIC = LANGUAGES


@pytest.fixture(name="contents", scope="module")
def fixture_contents():
    survey = package(of(COUNTED), items=ASKED, policy=NAMED)
    publication = publish(survey, seed=1, resamples=10)
    about = About("village", survey.codebook, "open", survey.hash, date(2026, 10, 5))
    return compose(publication, about, LANGUAGES)


def test_the_table_has_a_row_for_two_groups_and_a_column_for_the_third(contents):
    chart = contents.chart(TABLE, ENGLISH)
    withheld = "withheld to protect people"
    assert chart.display.columns == ("", "f", "m")
    assert chart.display.rows == (
        ("p1 – u30", ("605", "405")),
        ("p1 – o70", ("10", withheld)),
        ("p2 – u30", ("500", "440")),
        ("p2 – o70", ("20", withheld)),
    )
    assert (chart.svg, chart.png) == ("", "")


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        (ENGLISH, "About 2,000 people, counted by three groups at once"),
        (GERMAN, "Etwa 2.000 Menschen, nach drei Gruppen zugleich gezählt"),
        (ARABIC, "نحو 2,000 شخص، محسوبون حسب ثلاث مجموعات معًا"),
    ],
    ids=["en", "de", "ar"],
)
def test_its_headline_says_how_many_are_counted(contents, language, headline):
    chart = contents.chart(TABLE, language)
    plain = "".join(letter for letter in chart.words.headline if letter.isprintable())
    assert plain == headline
    assert chart.words.subtitle.replace("؛", ";") == "part; age; sex"


def test_it_stands_on_the_page_of_the_report_under_who_took_part(contents, tmp_path):
    write(contents, tmp_path)
    page = (tmp_path / "en" / "index.html").read_text("utf-8")
    article = page.partition(f'id="chart-{TABLE}"')[2].partition("</article>")[0]
    assert "<td>605</td>" in article
    assert "<svg" not in article
    assert not list((tmp_path / "pictures").glob("people*"))
    [section] = [each for each in contents.sections if TABLE in each.tables]
    assert section.id == "participation"


def test_it_stands_in_the_tidy_table_with_the_words_of_its_groups(contents):
    lines = csv.DictReader(io.StringIO(tables.tidy(contents, ENGLISH)))
    found = {row["group_label"]: row for row in lines if row["table"] == TABLE}
    assert found["p1; o70; f"]["n"] == "10"
    assert found["p1; o70; m"]["n"] == ""
    assert found["p1; o70; m"]["sign"] == "protected"
    assert found["p1; o70; f"]["share"] == ""


@pytest.mark.parametrize("program", [workbook, opendocument])
def test_it_has_a_sheet_of_its_own(contents, program):
    sheets = tables.sheets(contents, ENGLISH)
    [sheet] = [each for each in sheets if each.name == TABLE]
    cells = {line.cells for line in sheet.lines}
    assert ("p2 – u30", "500", "440") in cells
    assert program.write(sheets, date(2026, 10, 5))
