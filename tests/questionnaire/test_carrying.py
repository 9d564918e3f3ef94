"""A questionnaire that is taken in again costs no translation."""

from __future__ import annotations

from dataclasses import replace

from survey.questionnaire.carrying import carried
from survey.questionnaire.translation import fingerprint, texts_of
from tests.questionnaire.translating import (
    ARABIC,
    SOURCE,
    UKRAINIAN,
    ask,
    changed,
    mark,
    translated,
    without,
)

NEW_TITLE = changed(title="Wohnen in {place}")


def state(whole, key, language="ar"):
    return {text.key: text.state for text in texts_of(whole, language)}[key]


def test_a_file_without_translations_keeps_all_there_are():
    before = translated(ask(ar=ARABIC, uk=UKRAINIAN))
    found = carried(ask(), before).translated
    assert found.questionnaire.texts["ar"] == ARABIC
    assert found.questionnaire.texts["uk"] == UKRAINIAN
    assert state(found, "title") == "translated"


def test_a_changed_source_makes_an_unchanged_translation_beside_it_outdated():
    before = translated(ask(ar=ARABIC))
    found = carried(ask(NEW_TITLE, ar=ARABIC), before).translated
    assert state(found, "title") == "outdated"
    assert found.of("ar")["title"].source == "Leben in {place}"
    assert state(found, "idea.label") == "translated"


def test_a_translation_changed_together_with_its_source_counts():
    before = translated(ask(ar=ARABIC))
    new = {**ARABIC, "title": "السكن في {place}"}
    found = carried(ask(NEW_TITLE, ar=new), before)
    assert found.translated.questionnaire.texts["ar"]["title"] == "السكن في {place}"
    assert state(found.translated, "title") == "translated"
    assert found.passed == ()


def test_an_outdated_translation_corrected_in_the_file_later_counts():
    first = carried(ask(NEW_TITLE, ar=ARABIC), translated(ask(ar=ARABIC))).translated
    new = {**ARABIC, "title": "السكن في {place}"}
    found = carried(ask(NEW_TITLE, ar=new), first).translated
    assert state(found, "title") == "translated"
    assert found.questionnaire.texts["ar"]["title"] == "السكن في {place}"


def test_the_files_old_words_do_not_undo_what_a_translator_made_of_them():
    made = mark("reviewed", SOURCE["title"], in_file=fingerprint(ARABIC["title"]))
    kept = {**ARABIC, "title": "العيش في {place}"}
    before = translated(ask(ar=kept), ar={"title": made})
    found = carried(ask(ar=ARABIC), before)
    assert found.translated.questionnaire.texts["ar"]["title"] == "العيش في {place}"
    assert state(found.translated, "title") == "reviewed"
    assert found.passed == ()


def test_neither_do_they_when_the_source_has_changed_as_well():
    made = mark("translated", SOURCE["title"], in_file=fingerprint(ARABIC["title"]))
    kept = {**ARABIC, "title": "العيش في {place}"}
    before = translated(ask(ar=kept), ar={"title": made})
    found = carried(ask(NEW_TITLE, ar=ARABIC), before).translated
    assert found.questionnaire.texts["ar"]["title"] == "العيش في {place}"
    assert state(found, "title") == "outdated"


def test_words_changed_on_both_sides_stay_as_the_translator_wrote_them():
    before = translated(
        ask(ar={**ARABIC, "title": "العيش في {place}"}),
        ar={"title": mark("translated", SOURCE["title"])},
    )
    found = carried(ask(ar={**ARABIC, "title": "السكن في {place}"}), before)
    assert found.translated.questionnaire.texts["ar"]["title"] == "العيش في {place}"
    [passed] = found.passed
    assert "السكن في {place}" in str(passed)
    assert "العيش في {place}" in str(passed)


def test_new_words_for_a_new_source_count_and_the_earlier_ones_are_told():
    before = translated(
        ask(ar={**ARABIC, "title": "العيش في {place}"}),
        ar={"title": mark("translated", SOURCE["title"])},
    )
    found = carried(ask(NEW_TITLE, ar={**ARABIC, "title": "السكن في {place}"}), before)
    assert found.translated.questionnaire.texts["ar"]["title"] == "السكن في {place}"
    assert state(found.translated, "title") == "translated"
    [passed] = found.passed
    assert "العيش في {place}" in str(passed)


def test_a_question_that_is_gone_keeps_its_translation_for_its_return():
    before = translated(ask(ar=ARABIC))
    gone = carried(ask(without(SOURCE, "idea.label")), before).translated
    assert gone.questionnaire.texts["ar"]["idea.label"] == ARABIC["idea.label"]
    back = carried(ask(), gone).translated
    assert state(back, "idea.label") == "translated"
    other = carried(ask(changed(idea_label="Was fehlt?")), gone).translated
    assert state(other, "idea.label") == "outdated"


def test_a_language_that_becomes_the_source_takes_no_old_words_along():
    before = translated(ask(en={"title": "Living in {place}"}, ar=ARABIC))
    texts = {"en": {key: f"{key} in English" for key in SOURCE}}
    new = ask(texts["en"])
    english = replace(new, source_language="en", texts=texts)
    found = carried(english, before).translated
    assert found.questionnaire.texts["en"]["title"] == "title in English"
    assert found.questionnaire.texts["de"]["title"] == SOURCE["title"]
    assert state(found, "title", "de") == "outdated"
    assert state(found, "title", "ar") == "outdated"
