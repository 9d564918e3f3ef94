"""States of translations: what changes them, and how much is left."""

from __future__ import annotations

import pytest

from survey.questionnaire import translation
from survey.questionnaire.translation import (
    confirmed,
    fingerprint,
    source_hash,
    texts_of,
)
from tests.questionnaire.translating import (
    ARABIC,
    SOURCE,
    ask,
    changed,
    mark,
    translated,
    without,
)


def states(questionnaire, **marks):
    found = texts_of(translated(questionnaire, ar=marks), "ar")
    return {text.key: text.state for text in found}


def test_a_text_without_words_is_missing():
    found = states(ask(ar={**without(ARABIC, "title"), "idea.label": "  "}))
    assert found["title"] == "missing"
    assert found["idea.label"] == "missing"


def test_a_wording_that_came_with_the_questionnaire_is_translated():
    assert set(states(ask(ar=ARABIC)).values()) == {"translated"}


@pytest.mark.parametrize("state", ["machine_draft", "translated", "reviewed"])
def test_a_mark_says_how_far_a_translation_has_come(state):
    found = states(ask(ar=ARABIC), title=mark(state, SOURCE["title"]))
    assert found["title"] == state


@pytest.mark.parametrize("state", ["machine_draft", "translated", "reviewed"])
def test_a_changed_source_makes_its_translation_outdated_and_keeps_it(state):
    asked = ask(changed(title="Wohnen in {place}"), ar=ARABIC)
    [title, *_] = texts_of(
        translated(asked, ar={"title": mark(state, "Leben in {place}")}), "ar"
    )
    assert title.state == "outdated"
    assert title.wording == "الحياة في {place}"
    assert not title.is_complete


def test_a_source_that_is_changed_back_finds_its_translation_as_it_was():
    found = states(ask(ar=ARABIC), title=mark("reviewed", "Leben  in\n{place} "))
    assert found["title"] == "reviewed"


def test_blanks_and_the_form_of_accents_do_not_change_a_text():
    assert fingerprint("Täglich  oder\n nie") == fingerprint("Ta\u0308glich oder nie")
    assert fingerprint("Täglich") != fingerprint("täglich")
    assert fingerprint(" \n") == ""


def test_the_hash_of_all_sources_knows_no_translations():
    assert source_hash(ask()) == source_hash(ask(ar=ARABIC))
    assert source_hash(ask()) != source_hash(ask(changed(title="Wohnen in {place}")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wie oft fahren Sie Bus?", 5),
        ("Leben in {place}", 2),
        ("{place}", 0),
        ("18 – 24 Jahre", 3),
        ("Hin- und Rückweg, z.B. zur Schule", 6),
        ("", 0),
        ("…", 0),
    ],
)
def test_words_are_counted_as_an_agency_counts_them(text, words):
    assert translation.words_in(text) == words


def test_words_of_texts_that_recur_are_counted_apart():
    asked = ask({**SOURCE, "bus.option.never": "Wie oft fahren Sie Bus?"})
    found = translation.volume(tuple(texts_of(translated(asked), "ar")))
    assert found == translation.Volume(texts=5, words=2 + 5 + 1 + 5 + 4, repeated=5)


def test_changes_touch_one_language_and_nothing_else():
    before = translated(ask(ar=ARABIC, uk={"title": "Життя"}))
    new = mark("translated", SOURCE["title"])
    after = before.changed("ar", {"title": ("العيش في {place}", new)})
    assert after.questionnaire.texts["ar"] == {**ARABIC, "title": "العيش في {place}"}
    assert after.questionnaire.texts["uk"] == {"title": "Життя"}
    assert after.questionnaire.texts["de"] == SOURCE
    assert after.marks == {"ar": {"title": new}}
    assert before.questionnaire.texts["ar"] == ARABIC


@pytest.mark.parametrize(
    ("state", "reader", "after"),
    [
        ("translated", "", "translated"),
        ("reviewed", "", "translated"),
        ("reviewed", "Amal", "reviewed"),
        ("machine_draft", "Amal", "machine_draft"),
    ],
)
def test_an_outdated_translation_is_confirmed_as_it_is(state, reader, after):
    asked = ask(changed(title="Wohnen in {place}"), ar=ARABIC)
    old = mark(state, "Leben in {place}", in_file="00", reviewed_by="Olena")
    whole = translated(asked, ar={"title": old})
    [title, *_] = texts_of(whole, "ar")
    new = whole.changed("ar", {"title": confirmed(title, reviewed_by=reader)})
    [title, *_] = texts_of(new, "ar")
    assert (title.state, title.wording) == (after, ARABIC["title"])
    assert (title.mark.source, title.mark.in_file) == ("Wohnen in {place}", "00")
    assert title.mark.reviewed_by == (reader if after == "reviewed" else "")
