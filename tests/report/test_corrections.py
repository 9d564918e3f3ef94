"""A report says which questions were reworded while people answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.language import registry
from analysis.package import Item
from analysis.report.corrections import corrections
from tests.report.conftest import composed
from tests.report.saying import ENGLISH, about_of

ITEMS = (
    Item("a", "single", options=("yes", "no")),
    Item("b", "single", options=("yes", "no")),
    Item("rows_x", "battery", page="rows", options=("yes", "no")),
    Item("rows_y", "battery", page="rows", options=("yes", "no")),
)
GERMAN, ARABIC = registry().choose(["de", "ar"])


def said(reworded, language=ENGLISH, items=ITEMS):
    about = replace(about_of(*items, language=language), reworded=reworded)
    return list(corrections(about, language))


def test_a_survey_that_was_never_corrected_needs_no_sentence():
    assert said({}) == []


def test_questions_are_named_in_their_order_with_their_languages():
    assert said({"b": ("ar",), "a": ("de", "en")}) == [
        "Reworded while the survey was open: "
        "Question a? – German and English; Question b? – Arabic"
    ]


def test_the_rows_of_a_battery_are_named_one_by_one_or_as_a_whole():
    assert said({"rows_y": ("en",)}) == [
        "Reworded while the survey was open: Question rows_y? – English"
    ]
    about = about_of(*ITEMS)
    texts = {**about.codebook.texts, ("rows", "", "label", "en"): "How about …?"}
    book = replace(about.codebook, texts=texts)
    whole = {"rows_x": ("en",), "rows_y": ("de", "en")}
    told = corrections(replace(about, codebook=book, reworded=whole), ENGLISH)
    assert list(told) == [
        "Reworded while the survey was open: How about …? – English and German"
    ]


def test_many_questions_are_counted():
    items = tuple(Item(f"q{n}", "single", options=("yes", "no")) for n in range(9))
    reworded = {item.name: ("en",) for item in items}
    assert said(reworded, items=items) == [
        "9 questions were reworded while the survey was open."
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            GERMAN,
            "Umformuliert, während die Befragung offen war: Question a? – Arabisch",
        ),
        (ARABIC, "أسئلة عُدّلت صياغتها أثناء فتح الاستطلاع: Question a? – العربية"),
    ],
)
def test_every_language_says_it(language, sentence):
    assert said({"a": ("ar",)}, language) == [sentence]


def test_it_stands_among_the_lines_on_how_to_read():
    contents = composed("open")
    about = replace(contents.about, reworded={"q02": ("de",)})
    texts = replace(contents, about=about).texts(ENGLISH)
    assert texts["how_to_read"][-1].startswith("Reworded while the survey was open: ")
