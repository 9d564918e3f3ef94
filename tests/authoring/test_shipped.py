"""Shipped translations complete a questionnaire and override nobody's words."""

from __future__ import annotations

from dataclasses import replace

from survey.authoring import shipped, toml
from survey.questionnaire.translation import Mark, Translated, fingerprint, texts_of
from tests.questionnaire.examples import questionnaire

KEY = "q01.label"


def written(**texts):
    """The reference questionnaire as its file has it, some source texts changed."""
    asked = toml.read(shipped.FOLDER / "zusammenleben.toml")
    source = {**asked.texts["de"], **texts}
    return replace(asked, texts={"de": source})


def state(whole, key=KEY, language="ar"):
    return {text.key: (text.state, text.wording) for text in texts_of(whole, language)}[
        key
    ]


def test_shipped_translations_count_as_translated():
    whole = shipped.completed(Translated(written(), {}))
    assert {text.state for text in texts_of(whole, "ar")} == {"translated"}
    assert {text.state for text in texts_of(whole, "en")} == {"translated"}


def test_a_changed_sentence_keeps_the_shipped_translation_as_outdated():
    changed = written(**{KEY: "Leben Sie in {place}?"})
    whole = shipped.completed(Translated(changed, {}))
    assert state(whole) == ("outdated", "هل مكان سكنك في {place}؟")
    assert whole.of("ar")[KEY].source == "Wohnen Sie in {place}?"
    assert KEY not in shipped.with_translations(changed).texts["ar"]


def test_a_towns_own_words_come_first():
    own = replace(written(), texts={**written().texts, "ar": {KEY: "هل السكن هنا؟"}})
    assert shipped.with_translations(own).texts["ar"][KEY] == "هل السكن هنا؟"
    assert len(shipped.with_translations(own).texts["ar"]) == 207


def test_own_words_that_are_outdated_give_way_to_a_shipped_translation_that_fits():
    own = replace(written(), texts={**written().texts, "ar": {KEY: "قديم"}})
    old = Mark("translated", fingerprint("Wohnten Sie hier?"))
    whole = shipped.completed(Translated(own, {"ar": {KEY: old}}))
    assert state(whole) == ("translated", "هل مكان سكنك في {place}؟")


def test_a_questionnaire_of_other_words_gets_nothing():
    other = questionnaire("single")
    assert shipped.with_translations(other).texts.keys() == {"de"}


def test_the_same_words_are_found_under_another_name():
    other = shipped.with_translations(replace(written(), name="other"))
    assert other.texts["en"]["q01.option.no"] == "No"
