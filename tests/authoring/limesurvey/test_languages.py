"""All languages of a survey come along; what is missing or unclear is said."""

from __future__ import annotations

import pytest

from tests.authoring.limesurvey.files import (
    YES_NO,
    File,
    Q,
    errors,
    inspected,
    line,
    taken,
)


def test_every_language_is_kept():
    words = {"de": "Wo?", "ar": "أين؟", "pt-BR": "Onde?"}
    intake = taken(Q("Q1", "T", words), languages=("de", "ar", "pt-BR"))
    texts = intake.questionnaire.texts
    assert intake.questionnaire.source_language == "de"
    assert {code: own["q1.label"] for code, own in texts.items()} == {
        "de": "Wo?",
        "ar": "أين؟",
        "pt-br": "Onde?",
    }
    assert line(intake, "pt-BR", "languages").reason == (
        "It is called pt-br here. Texts in pt-br are kept; the interface does not "
        "speak it yet."
    )
    assert line(intake, "ar", "languages").verdict == "taken"


def test_the_base_language_is_that_of_the_survey_not_the_first_of_the_list():
    intake = taken(Q("Q1", "T"), languages=("en", "et"), entries=("et", "en"))
    assert intake.questionnaire.source_language == "en"


@pytest.mark.parametrize(
    ("theirs", "ours"), [("de-easy", "de-simple"), ("de-informal", "de")]
)
def test_variants_are_called_as_we_call_them(theirs, ours):
    intake = taken(Q("Q1", "T"), languages=(theirs,))
    assert intake.questionnaire.source_language == ours


def test_an_informal_variant_beside_the_formal_one_stays_apart():
    intake = taken(Q("Q1", "T"), languages=("de", "de-informal"))
    assert set(intake.questionnaire.texts) == {"de", "de-informal"}


def test_a_missing_translation_waits_and_is_told():
    intake = taken(
        Q("Q1", "L", {"de": "Wo?", "en": ""}, answers=YES_NO),
        languages=("de", "en"),
        layout="new",
    )
    found = line(intake, "Q1 (en)", "question_l10ns")
    assert (found.verdict, found.reason) == (
        "changed",
        "No words in en: a translation is missing.",
    )
    assert "q1.label" not in intake.questionnaire.texts["en"]


def test_a_question_without_any_words_is_called_by_its_code():
    intake = taken(Q("Q1", "T", ""), languages=("de", "en"), layout="new")
    found = line(intake, "Q1 (de)", "question_l10ns")
    assert found.reason == "No words in de: 'Q1' stands in their place."
    assert intake.questionnaire.texts["de"]["q1.label"] == "Q1"
    assert not errors(intake)


def test_an_image_alone_is_called_by_its_file():
    answers = [("A1", '<img src="/a/fire.png">'), ("A2", '<img src="b/leaf.jpg">')]
    intake = taken(Q("Q1", "L", answers=answers), layout="new")
    texts = intake.questionnaire.texts["de"]
    assert [texts["q1.option.a1"], texts["q1.option.a2"]] == ["fire", "leaf"]
    assert line(intake, "Q1.A1 (de)").reason == (
        "The image fire.png is left out. No words in de: 'fire' stands in their place."
    )


@pytest.mark.parametrize(
    ("layout", "section"), [("old", "questions"), ("new", "question_l10ns")]
)
def test_words_in_a_language_the_survey_does_not_have_are_refused(layout, section):
    file = File(Q("Q1", "T"), layout=layout)
    file.add(section, qid=1000, gid=1, title="Q1", question="Où?", language="fr")
    intake = inspected(file.bytes())
    found = [one for one in intake.lines if one.place == section][-1]
    assert (found.verdict, found.reason) == (
        "refused",
        "'fr' is not among the languages of the survey.",
    )
    assert set(intake.questionnaire.texts) == {"de"}


def test_a_language_nobody_knows_is_asked_for():
    intake = taken(Q("Q1", "T"), languages=("Deutsch",))
    [question] = intake.questions
    assert (intake.questionnaire, question.place) == (None, "languages")
    assert question.words == "Which language is 'Deutsch'?"
    assert {"de", "en", "ar"} <= set(question.answers)


def test_an_answer_names_the_language():
    content = File(Q("Q1", "T"), languages=("Deutsch", "en")).bytes()
    intake = inspected(content, languages_of={"Deutsch": "de"})
    assert intake.questionnaire.source_language == "de"
    assert line(intake, "Deutsch", "languages").reason == "It is called de here."


def test_a_file_without_a_language_is_refused():
    intake = taken(Q("Q1", "T"), languages=("",))
    assert intake.questionnaire is None
    assert intake.lines[0].reason == "The file names no language."
