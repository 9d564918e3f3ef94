"""Results: what stands in the published report, and not one file more."""

from __future__ import annotations

import json

import html5lib
import pytest

from survey.respond.reports import ReportError
from tests.page_lint import strip_namespace

ALL = ("en", "xl", "xm")


@pytest.fixture
def page(resident, report):
    report("village", ALL)
    return resident


def tree(response):
    found = html5lib.parse(response.get_data(as_text=True))
    strip_namespace(found)
    return found


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("section", ["", "fields/"])
def test_results_are_whole_in_every_language(page, code, section):
    answer = page.get(f"/{code}/village/results/{section}")
    assert answer.status_code == 200
    assert 'data-page="results"' in answer.text


def test_a_chart_has_headline_picture_text_table_and_files(page):
    found = tree(page.get("/en/village/results/"))
    chart = found.find(".//article")
    assert chart.get("id") == "chart-satisfaction"
    assert chart.find("h3").text == "Two in three are satisfied"
    picture = chart.find("img")
    assert picture.get("alt") == "Bars: 66 % satisfied, 34 % not"
    assert picture.get("loading") == "lazy"
    assert (picture.get("width"), picture.get("height")) == ("640", "240")
    heads = [cell.text for cell in chart.iter("th")]
    assert heads[:3] == ["satisfied", "not satisfied", "Language"]
    assert [cell.text for cell in chart.iter("td")][1:3] == ["66 %", "34 %"]
    files = [link.get("href").partition("?")[0] for link in chart.iter("a")]
    assert files == [
        "/en/village/results/pictures/satisfaction.en.svg",
        "/en/village/results/pictures/satisfaction.en.png",
        "/en/village/results/tables/satisfaction.csv",
    ]


def test_the_page_lists_its_languages(page):
    links = [
        (link.get("hreflang"), link.get("href"))
        for link in tree(page.get("/en/village/results/")).iter("a")
        if link.get("hreflang")
    ]
    assert links == [
        ("en", "/en/village/results/"),
        ("en-x-longer", "/xl/village/results/"),
        ("ar-x-mirror", "/xm/village/results/"),
    ]


def test_a_picture_comes_with_the_policy_of_pictures(page):
    answer = page.get("/en/village/results/pictures/satisfaction.en.svg?v=1")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_picture_is_packed_for_browsers_that_can_unpack(page):
    answer = page.get(
        "/en/village/results/pictures/satisfaction.en.svg",
        headers={"Accept-Encoding": "gzip"},
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "no-cache, private"


@pytest.mark.parametrize(
    "name",
    [
        "report.json",
        "figures.csv",
        "..%2freport.json",
        "..%2f..%2f..%2fsettings.toml",
        "../report.json",
        "%2e%2e/%2e%2e/settings.toml",
        "satisfaction.en.svg%00",
        "/etc/passwd",
        "secret.svg",
    ],
)
def test_no_file_is_given_out_that_the_report_does_not_name(page, settings, name):
    (settings.reports_dir / "village" / "pictures" / "secret.svg").write_text("<svg/>")
    answer = page.get(f"/en/village/results/pictures/{name}")
    assert answer.status_code in (404, 308)


@pytest.mark.parametrize(
    "slug", ["..", "%2e%2e", "other", ".", "village%2f..%2fvillage"]
)
def test_only_surveys_of_the_store_have_results(page, settings, slug):
    (settings.reports_dir / "other").mkdir()
    (settings.reports_dir / "other" / "report.json").write_text('{"format": 1}')
    assert page.get(f"/en/{slug}/results/").status_code in (404, 308)


def test_the_table_as_a_file_starts_no_formula(page):
    answer = page.get("/en/village/results/tables/satisfaction.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.decode("utf-8-sig").splitlines() == [
        ",satisfied,not satisfied",
        "Language,66 %,34 %",
        "'=cmd|' /C calc'!A0,-12 %,+3",
    ]
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="village-satisfaction-en.csv"'
    )


def test_all_figures_can_be_taken_home(page):
    answer = page.get("/en/village/results/figures.csv")
    assert answer.data == b"table,item\nsatisfaction,q04\n"


@pytest.mark.parametrize(
    "path",
    [
        "/de/village/results/",
        "/ar/village/results/",
        "/en/nothing/results/",
        "/en/village/results/nothing/",
        "/en/village/results/tables/nothing.csv",
    ],
)
def test_what_is_not_published_is_not_found(page, path):
    assert page.get(path).status_code == 404


def test_a_survey_without_a_report_has_no_results(resident, publish):
    publish("zusammenleben", languages=("en",))
    assert resident.get("/en/zusammenleben/results/").status_code == 404
    assert resident.get("/en/zusammenleben/results/figures.csv").status_code == 404


def test_a_new_report_is_shown_at_once(page, settings):
    before = page.get("/en/village/results/").text
    path = settings.reports_dir / "village" / "report.json"
    content = json.loads(path.read_text())
    content["texts"]["en"]["summary"] = ["Seven hundred people answered."]
    path.write_text(json.dumps(content))
    after = page.get("/en/village/results/").text
    assert "Seven hundred" in after
    assert before != after


def test_a_report_of_another_format_is_not_guessed_at(page, settings):
    path = settings.reports_dir / "village" / "report.json"
    path.write_text('{"format": 2}')
    with pytest.raises(ReportError):
        page.get("/en/village/results/")
