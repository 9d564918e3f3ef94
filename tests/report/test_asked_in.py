"""What was asked only in some languages says so, and stands as it was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.disclosure import Publication
from analysis.language import registry
from analysis.package import Item
from analysis.report import compose
from tests.report import example, saying

ANSWERS = ("indoor", "outdoor")
LANGUAGES = registry().choose(["de", "en", "ar"])
SHARES = {"indoor": (0.40, 0.35, 0.45), "outdoor": (0.60, 0.55, 0.65)}
GERMAN = {
    ("q50", "", "label", "de"): "Welches Bad zuerst?",
    ("q50", "indoor", "label", "de"): "Hallenbad",
    ("q50", "outdoor", "label", "de"): "Freibad",
}
ENGLISH = {
    ("q50", "", "label", "en"): "Which pool first?",
    ("q50", "indoor", "label", "en"): "Indoor pool",
    ("q50", "outdoor", "label", "en"): "Outdoor pool",
}


def chart(language, only_in, texts, *, kind="dots", design="random"):
    """The chart of one question that was asked in these languages."""
    item = Item("q50", "single", options=ANSWERS, only_in=only_in)
    about = example.about(design)
    book = replace(
        about.codebook,
        items=(*about.codebook.items, item),
        texts={**about.codebook.texts, **texts},
    )
    table = saying.single(SHARES, kind=kind, design=design)
    spoken = registry().get(language)
    about = replace(about, codebook=book)
    [found] = compose(Publication((table,), {}), about, [spoken]).charts
    return found


@pytest.mark.parametrize(
    ("language", "only_in", "said"),
    [
        ("en", ("de",), "asked in German only"),
        ("en", ("de", "en"), "asked only in German and English"),
        ("de", ("de",), "nur auf Deutsch gefragt"),
        ("de", ("de", "en"), "nur auf Deutsch und Englisch gefragt"),
        ("ar", ("de",), "طُرح باللغة الألمانية فقط"),
        ("ar", ("de", "en"), "طُرح باللغتين الألمانية والإنجليزية فقط"),
    ],
)
def test_the_base_line_names_the_languages(language, only_in, said):
    found = chart(language, only_in, GERMAN | ENGLISH)
    assert f" · {said} · " in found.words.base_line
    start = said[0].upper() + said[1:]
    assert found.words.headline.startswith(f"{start}. ")


def test_what_was_asked_in_every_language_says_nothing_of_it():
    found = chart("en", (), GERMAN | ENGLISH)
    assert "asked" not in found.words.base_line
    assert "asked in" not in found.words.headline
    assert not found.is_foreign


@pytest.mark.parametrize(("only_in", "is_foreign"), [(("de",), True), (("en",), False)])
def test_notes_tell_who_was_not_asked_and_whose_words_these_are(only_in, is_foreign):
    found = chart("en", only_in, GERMAN if is_foreign else ENGLISH)
    notes = " ".join(found.words.notes)
    assert "Whoever answered in another language did not meet this question." in notes
    assert ("stand as they were asked." in notes) == is_foreign


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_nobody_translated_stand_as_they_were_asked(language):
    found = chart(language, ("de",), GERMAN)
    assert found.words.subtitle == "\u2068Welches Bad zuerst?\u2069"
    assert [head for head, _ in found.display.rows] == [
        "\u2068Hallenbad\u2069",
        "\u2068Freibad\u2069",
    ]
    json = found.as_json()
    assert (json["subtitle_lang"], json["subtitle_dir"]) == ("de", "ltr")


def test_words_that_are_translated_stand_in_the_language_of_the_report():
    found = chart("en", ("de", "en"), GERMAN | ENGLISH)
    assert found.words.subtitle == "Which pool first?"
    assert found.as_json()["subtitle_lang"] == ""


def test_a_comparison_of_groups_is_no_text_in_one_language():
    found = chart("ar", ("de",), GERMAN, kind="groups")
    assert not found.is_foreign
    assert "\u2068Welches Bad zuerst?\u2069" in found.words.subtitle


def test_every_language_has_a_name():
    english = registry().get("en")
    assert english.called("ar") == "Arabic"
    assert english.called("zz-none") == "zz-none"
    assert registry().get("ar").together(["أ"]) == "أ"
