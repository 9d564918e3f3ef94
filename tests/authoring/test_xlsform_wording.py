"""Texts are kept as pages can show them; what was changed is said."""

from __future__ import annotations

import pytest

from survey.authoring.xlsform.wording import (
    BRACES,
    INVISIBLE,
    MARKUP,
    PIPING,
    clean,
    paragraphs,
)
from tests.authoring.forms import Forms, texts


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "Wie viele machen **ehrenamtlich** mit?",
            "Wie viele machen ehrenamtlich mit?",
        ),
        ("Migrant\\*innen", "Migrant*innen"),
        ("_kursiv_ und *auch*", "kursiv und auch"),
        ("# Titel\nText", "Titel\nText"),
        ("[Verein](https://example.org/) fragt", "Verein (https://example.org/) fragt"),
        ('<a href="https://example.org">Hier</a>.', "Hier (https://example.org)."),
        ('<span style="color:red">Achtung</span>', "Achtung"),
        ("eins<br/>zwei", "eins\nzwei"),
        ("Kaffee &amp; Tee", "Kaffee & Tee"),
    ],
)
def test_formatting_is_left_out(written, kept):
    found = clean(written)
    assert (found.text, found.notes) == (kept, [MARKUP])


@pytest.mark.parametrize(
    "text",
    [
        "Bürger*innen und Nutzer*innen",
        "2 * 3 * 4",
        "a < b und c > d",
        "snake_case_name",
        "Fragen & Antworten",
        "> 3 Jahre",
        "Wirklich?",
    ],
)
def test_what_only_looks_like_formatting_stays(text):
    found = clean(text)
    assert (found.text, found.notes) == (text, [])


def test_answers_braces_and_invisible_signs_do_not_stay():
    found = clean("Sie sagten ${q1}, {place} {x}?\u200e", {"place"})
    assert found.text == "Sie sagten …, {place} (x)?"
    assert found.notes == [PIPING, BRACES, INVISIBLE]


def test_texts_of_our_own_files_stay_as_they_are():
    text = "**a** {b} _c_ &amp;"
    assert clean(text, is_plain=True).text == text


def test_paragraphs_are_parted_in_all_languages_or_in_none():
    assert paragraphs({"de": "A\n\nB\n\nC", "en": "D\n\nE"}) == (
        {"de": "A", "en": "D"},
        {"de": "B\n\nC", "en": "E"},
    )
    whole = {"de": "A\n\nB", "en": "D"}
    assert paragraphs(whole) == (whole, {})


def test_a_row_says_what_became_of_its_texts(tmp_path):
    form = Forms(tmp_path)
    question, line = form.one("text", "q", "Sind Sie **${name}**?")
    assert question is not None
    assert line.reason == f"{MARKUP} {PIPING}"
    found = form([["type", "name", "label"], ["text", "q", "x" * 2001]])
    assert texts(found.questionnaire, "q.label") == {}
    [line] = [line for line in found.lines if line.row == 2 and line.place == "survey"]
    assert line.verdict == "refused"
