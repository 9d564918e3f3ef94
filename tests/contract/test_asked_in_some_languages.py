"""A question asked only where it is translated: from the answers to the chart."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from analysis.cli import analysis
from analysis.package import open_package
from survey.export.data_package import Content, write
from survey.questionnaire.edition import freeze
from survey.questionnaire.journey import Journey
from survey.storage.policy import policy_of
from tests.contract import reading
from tests.questionnaire.examples import TODAY, questionnaire

LANGUAGES = ("de", "en", "ar")
PAGES = ("mood", "pool", "more")
GERMAN, OTHERS = 60, 40


def people(edition):
    """Sixty answer in German, forty in Arabic; every third is for the outdoor pool."""
    for number in range(GERMAN + OTHERS):
        language = "de" if number < GERMAN else "ar"
        answers = {
            "mood": "good" if number % 2 else "bad",
            "pool": "indoor" if number % 3 else "outdoor",
        }
        journey = Journey(edition, answers, PAGES, today=TODAY, language=language)
        stored = "de" if language == "de" else "other"
        yield {**journey.closed_answers(), "channel": "link", "form_language": stored}


@pytest.fixture
def package(tmp_path):
    asked = questionnaire("where_translated")
    edition = freeze(asked, LANGUAGES)
    content = Content(
        survey="pools",
        edition=edition,
        design="census",
        population=5000,
        invited={"link": 5000},
        channels=("link",),
        policy=policy_of(asked, k=10),
        responses=people(edition),
        counts={("link", "page", page): 60 for page in PAGES},
        created=date(2026, 10, 5),
    )
    write(tmp_path / "package", content)
    return tmp_path / "package"


def test_the_package_says_in_which_languages_it_was_asked(package):
    opened = open_package(package)
    assert opened.codebook.item("pool").only_in == ("de",)
    assert opened.codebook.item("mood").only_in == ()
    assert opened.codebook.partial_languages == ("de",)
    assert opened.codebook.labels("pool", "indoor", "label", "de") == "Hallenbad"
    assert opened.codebook.labels("pool", "indoor", "label", "ar") == ""


def test_its_cells_are_skipped_in_every_row_of_another_language(package):
    rows = open_package(package).responses
    by_language = rows.groupby("form_language", observed=True)["pool"]
    found = {name: set(cells.astype("str")) for name, cells in by_language}
    assert found == {"de": {"indoor", "outdoor"}, "other": {"-1"}}


@pytest.fixture
def report(package, tmp_path):
    out = tmp_path / "report"
    done = CliRunner().invoke(analysis, ["report", str(package), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return out


def test_the_chart_counts_whom_it_was_asked_and_says_so(report):
    [share] = [
        row
        for row in reading.figures(report)
        if (row["table"], row["statistic"], row["category"])
        == ("pool", "share", "outdoor")
    ]
    # 20 of the 60 who answered in German, counts in fives
    assert (share["n"], share["base"]) == ("20", "60")
    content = json.loads((report / "report.json").read_text("utf-8"))
    said = content["tables"]["pool"]["languages"]
    assert "asked in German only" in said["en"]["base_line"]
    assert "nur auf Deutsch gefragt" in said["de"]["base_line"]
    assert "طُرح باللغة الألمانية فقط" in said["ar"]["base_line"]
    assert "asked in" not in content["tables"]["mood"]["languages"]["en"]["base_line"]


def test_who_passed_it_by_does_not_look_like_somebody_who_stopped(report):
    pages = [
        row["category"]
        for row in reading.figures(report)
        if (row["table"], row["statistic"]) == ("participation", "reached")
    ]
    assert pages == ["mood", "more"]


def test_nobody_is_compared_by_language_where_only_some_were_asked(report):
    content = json.loads((report / "report.json").read_text("utf-8"))
    assert "mood-by-form_language" in content["tables"]
    assert "pool-by-form_language" not in content["tables"]


def test_the_page_marks_words_in_another_language(report):
    page = (report / "ar" / "index.html").read_text("utf-8")
    assert '<p class="asked" lang="de" dir="ltr">' in page
    assert "Welches Bad soll zuerst erneuert werden?" in page
    assert 'lang="de"' not in (report / "de" / "index.html").read_text("utf-8").replace(
        '<html lang="de"', ""
    )
    drawn = " ".join(reading.in_picture(report / "pictures" / "pool.ar.svg"))
    assert "Hallenbad" in drawn
