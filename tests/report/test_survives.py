"""A report survives whatever people answer, or do not answer."""

from __future__ import annotations

import json
from datetime import date

import pytest

from analysis.charts import Picture, lay_out
from analysis.codebook import Item
from analysis.disclosure import publish
from analysis.package import Design
from analysis.report import About, compose, pictures, write
from tests.disclosure import surveys
from tests.report.saying import ENGLISH, LANGUAGES


@pytest.fixture(autouse=True)
def laid_out_only(monkeypatch):
    """Every picture is laid out, so that no word is missing, but not drawn."""

    def draw(protected, words, *, language, framed):
        sheet = lay_out(protected, words, language=language, framed=framed)
        texts = tuple(label.block.text for label in sheet.labels)
        return Picture(b"<svg></svg>", b"", texts)

    monkeypatch.setattr(pictures, "draw", draw)
    monkeypatch.setattr(pictures, "FEW", 10_000)


def reported(responses, folder, *, languages=LANGUAGES, **how):
    package = surveys.package(responses, **how)
    publication = publish(package, seed=1, resamples=50)
    about = About(
        survey="village",
        codebook=package.codebook,
        design=package.design.kind,
        package_hash=package.hash,
        created=date(2026, 10, 5),
    )
    contents = compose(publication, about, languages)
    write(contents, folder)
    return contents


@pytest.mark.parametrize("people", [0, 1, 9, 10, 31, 60, 400])
@pytest.mark.parametrize("kind", ["open", "random"])
def test_any_number_of_people(people, kind, tmp_path):
    channel = "link" if kind == "open" else "code"
    design = Design(kind, 2_000, 500) if kind == "random" else Design("open")
    responses = surveys.answers(people, 3, channel=channel)
    contents = reported(responses, tmp_path / "out", design=design)
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["texts"]["ar"]["summary"]
    if people < 10:
        assert [chart.protected.table for chart in contents.charts] == [
            "participation"
        ] * 3


def test_a_question_nobody_answered(tmp_path):
    responses = surveys.answers(60, 3)
    responses["place"] = "-2"
    contents = reported(responses, tmp_path / "out")
    chart = contents.chart("place", ENGLISH)
    assert chart.svg == ""
    assert chart.words.headline == (
        "Withheld to protect people: no figures are published."
    )


def test_everybody_said_the_same(tmp_path):
    responses = surveys.answers(60, 3)
    for name in ("place", "liking", "sat_f1", "sat_f2", "sat_f3"):
        responses[name] = "yes" if name == "place" else "very"
    contents = reported(responses, tmp_path / "out")
    said = contents.chart("liking", ENGLISH).words.headline
    assert said == "Of those who took part, about 100% answered “very” or “rather”"


def test_one_language_only(tmp_path):
    responses = surveys.answers(60, 3, languages={"de": 1.0})
    contents = reported(responses, tmp_path / "out", languages=(ENGLISH,))
    assert {chart.language.code for chart in contents.charts} == {"en"}


def test_languages_nobody_planned_are_called_by_their_names(tmp_path):
    responses = surveys.answers(300, 3, languages={"de": 0.5, "tr": 0.3, "fa": 0.2})
    contents = reported(responses, tmp_path / "out")
    heads = contents.chart("liking-by-form_language", ENGLISH).display.columns
    assert {"German", "Turkish", "Persian"} <= set(heads)


def test_two_hundred_questions(tmp_path):
    items = [
        Item(f"q{number}", "single", options=("yes", "no")) for number in range(200)
    ]
    responses = surveys.answers(60, 3, items=items, languages={"de": 1.0})
    contents = reported(
        responses,
        tmp_path / "out",
        items=items,
        languages=(ENGLISH,),
        policy={"k": 10, "groups": []},
    )
    assert {f"q{number}" for number in range(200)} <= {
        chart.protected.table for chart in contents.charts
    }
