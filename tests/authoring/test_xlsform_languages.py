"""Headings in every dialect, and which language each column is in."""

from __future__ import annotations

import pytest

from survey.authoring.xlsform import headers
from tests.authoring.forms import Forms, texts


@pytest.fixture
def form(tmp_path):
    return Forms(tmp_path)


@pytest.mark.parametrize(
    ("heading", "field", "language"),
    [
        ("label", "label", ""),
        (" Label ", "label", ""),
        ("\ufeffcaption", "label", ""),
        ("label::English (en)", "label", "English (en)"),
        ("label::english(en)", "label", "english(en)"),
        ("label:Arabic", "label", "Arabic"),
        ("label : Arabic", "label", "Arabic"),
        ("label::العربية", "label", "العربية"),
        ("Hint :: French", "hint", "French"),
        ("media::image::English (en)", "image", "English (en)"),
        ("media:image", "image", ""),
        ("audio::de", "audio", "de"),
        ("constraint message", "constraint_message", ""),
        ("constraint_message::de", "constraint_message", "de"),
        ("bind::jr:constraintMsg", "constraint_message", ""),
        ("bind:relevant", "relevant", ""),
        ("Relevance", "relevant", ""),
        ("read only", "read_only", ""),
        ("calculate", "calculation", ""),
        ("list name", "list_name", ""),
        ("bind::odk:length", "odk::length", ""),
    ],
)
def test_headings_are_understood_in_every_dialect(heading, field, language):
    found = headers.read(0, heading, headers.SURVEY)
    spelled = found.field.replace(":", "::") if "odk" in found.field else found.field
    assert (spelled, found.language) == (field, language)


def test_a_language_spelt_differently_in_each_sheet_is_one(form):
    asked = form.asked(
        [
            ["type", "name", "label::English", "label::العربية"],
            ["select_one yn", "q", "Do you?", "هل؟"],
        ],
        [
            ["list name", "value", "label::english (EN)", "label:Arabic"],
            ["yn", "yes", "Yes", "نعم"],
            ["yn", "no", "No", "لا"],
        ],
        [["form_title", "default_language"], ["Form", "Arabic"]],
    )
    assert asked.source_language == "ar"
    assert texts(asked, "q.label") == {"en": "Do you?", "ar": "هل؟"}
    assert texts(asked, "q.option.no") == {"en": "No", "ar": "لا"}
    assert texts(asked, "title") == {"en": "Form", "ar": "Form"}


def test_a_default_language_without_a_column_is_said_and_the_fullest_one_taken(form):
    found = form(
        [
            ["type", "name", "label::English", "label::Arabic"],
            ["text", "a", "Name?", "الاسم؟"],
            ["text", "b", "Town?", ""],
        ],
        settings=[["form_title", "default_language"], ["Form", "French"]],
    )
    assert found.questionnaire.source_language == "en"
    [line] = [line for line in found.lines if line.place == "settings"]
    assert line.reason.startswith("The default language 'French' has no column; the ")


def test_plain_labels_beside_a_language_are_in_the_default_language(form):
    asked = form.asked(
        [["type", "name", "label", "label::English"], ["note", "n", "Hallo", "Hello"]]
    )
    assert asked.source_language == "de"
    assert texts(asked, "n.label") == {"de": "Hallo", "en": "Hello"}


def test_plain_hints_beside_named_labels_are_taken_as_the_source_and_that_is_said(form):
    found = form(
        [
            ["type", "name", "label::English (en)", "hint"],
            ["text", "a", "Name?", "As you like."],
        ],
        settings=[["form_title"], ["Form"]],
    )
    assert texts(found.questionnaire, "a.hint") == {"en": "As you like."}
    [line] = [line for line in found.lines if line.name == "hint"]
    assert line.reason == "The heading names no language: its texts are taken as en."


def test_a_form_that_never_names_a_language_is_asked_about(form):
    rows = [["type", "name", "label"], ["text", "a", "Name?"]]
    found = form(rows, settings=[["form_title"], ["Form"]])
    [question] = found.questions
    assert question.name == "label"
    assert "en" in question.answers
    found = form(rows, settings=[["form_title"], ["F"]], answers={"label": "en"})
    assert not found.questions
    assert texts(found.questionnaire, "a.label") == {"en": "Name?"}


@pytest.mark.parametrize("column", ["label::Kurdish", "kurdish"])
def test_an_ambiguous_language_waits_for_an_answer(form, column):
    rows = [
        ["type", "name", "label::German", "label::Kurdish", "hint::Kurdish"],
        ["text", "a", "Name?", "Nav?", "…"],
    ]
    found = form(rows)
    [question] = found.questions
    assert (question.place, question.name) == ("survey", "label::Kurdish")
    assert question.answers == ("ku", "ckb")
    assert texts(found.questionnaire, "a.label") == {"de": "Name?"}
    found = form(rows, answers={column: "ckb"})
    assert not found.questions
    assert texts(found.questionnaire, "a.label") == {"de": "Name?", "ckb": "Nav?"}


def test_texts_in_a_language_the_registry_lacks_are_kept_and_that_is_said(form):
    found = form(
        [["type", "name", "label::de", "label::French"], ["note", "n", "Ja", "Oui"]]
    )
    assert texts(found.questionnaire, "n.label") == {"de": "Ja", "fr": "Oui"}
    [line] = [line for line in found.lines if line.name == "label::French"]
    assert (
        line.reason == "The texts are kept as fr; this language cannot be offered yet."
    )


def test_two_columns_of_one_language_fill_each_others_gaps(form):
    found = form(
        [
            ["type", "name", "label::German (de)", "label::Deutsch"],
            ["note", "a", "Eins", "Zwei"],
            ["note", "b", "", "Drei"],
        ]
    )
    assert texts(found.questionnaire, "a.label") == {"de": "Eins"}
    assert texts(found.questionnaire, "b.label") == {"de": "Drei"}
    [line] = [line for line in found.lines if line.name == "label::Deutsch"]
    assert line.verdict == "changed"


def test_titles_can_be_translated_in_columns_of_our_own(form):
    asked = form.asked(
        [["type", "name", "label::de", "label::en"], ["note", "n", "Ja", "Yes"]],
        settings=[
            ["form_title::de", "form_title::en", "default_language"],
            ["Umfrage", "Survey", "de"],
        ],
    )
    assert texts(asked, "title") == {"de": "Umfrage", "en": "Survey"}
