"""Where a language stands: problems of each kind, and what keeps it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.questionnaire.findings import of_text
from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.language_status import status
from survey.questionnaire.left_out import without_words
from survey.questionnaire.model import Option, OptionList
from tests.questionnaire.translating import (
    ARABIC,
    RULES,
    SOURCE,
    ask,
    changed,
    mark,
    rules,
    translated,
    without,
)


def arabic(**texts):
    own = {**ARABIC, **{key.replace("_", "."): words for key, words in texts.items()}}
    return translated(ask(ar=own))


def obstacles(found):
    return {
        group: [text.key for text, _ in texts]
        for group, texts in found.obstacles().items()
    }


def reasons(whole, key, weight, given=RULES):
    found = status(whole, "ar", given)
    return [one.reason for one in found.found.get(key, ()) if one.weight == weight]


def test_a_language_with_every_text_sound_has_no_obstacle():
    found = status(arabic(), "ar", RULES)
    assert found.total == 5
    assert found.counts()["translated"] == 5
    assert obstacles(found) == {}
    assert list(found.doubts()) == []


def test_every_text_that_keeps_a_language_back_is_named_once():
    marks = {
        "bus.label": mark("machine_draft", SOURCE["bus.label"]),
        "bus.option.daily": mark("translated", "Jeden Tag"),
    }
    own = {**without(ARABIC, "title"), "bus.label": "????", "idea.label": "Idee"}
    found = status(translated(ask(ar=own), ar=marks), "ar", RULES)
    assert obstacles(found) == {
        "missing": ["title"],
        "machine_draft": ["bus.label"],
        "outdated": ["bus.option.daily"],
        "unconfirmed": ["idea.label"],
    }
    assert found.to_translate().texts == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("الحياة", "lost the slot {place}"),
        ("الحياة في {place} {town}", "has a slot {town} of its own"),
        ("الحياة في {place} { x }", "has braces that are no slot"),
        ("الحياة ???? {place}", "letters were lost"),
        ("الحياة في {place}\u200f", "bidi control U+200F"),
        ("الحياة\u0007 في {place}", "control character U+0007"),
        ("الحياة في {place} \u1230", "the charts cannot draw “\u1230”"),
        ("ا" * 2000 + " {place}", "has 2008 characters; at most 2000 are read"),
    ],
)
def test_what_nobody_may_ever_read_is_wrong(words, reason):
    assert reason in reasons(arabic(title=words), "title", "wrong")


def test_letters_that_no_chart_draws_do_not_matter_in_a_hint():
    asked = ask(ar=ARABIC)
    found = status(translated(asked), "ar", rules(undrawable=lambda text: "“x”"))
    assert "wrong" in obstacles(found)
    assert not list(of_text("x", rules(undrawable=lambda text: "“x”"), kind="hint"))


def test_two_options_that_read_alike_are_wrong():
    whole = arabic(**{"bus.option.never": "كل  يوم"})
    assert reasons(whole, "bus.option.never", "wrong") == [
        "reads like the option daily"
    ]


@pytest.mark.parametrize(
    ("source", "words", "reason"),
    [
        ("Was ist Ihre Idee?", "Was ist Ihre Idee?", "is identical to the source"),
        ("Was ist Ihre Idee?", "What is it?", "0 of 8 letters are ARABIC"),
    ],
)
def test_what_is_hardly_translated_waits_for_a_reader(source, words, reason):
    whole = arabic(idea_label=words)
    assert reasons(whole, "idea.label", "unconfirmed") == [reason]


@pytest.mark.parametrize("words", ["Facebook", "2026", "{place}", "PDF", "VHS"])
def test_names_numbers_and_abbreviations_may_stay_as_they_are(words):
    asked = ask(changed(idea_label=words), ar={**ARABIC, "idea.label": words})
    assert reasons(translated(asked), "idea.label", "unconfirmed") == []


def test_what_may_be_right_is_doubtful_and_keeps_nothing_back():
    whole = arabic(idea_label="ما أهم شيء?")
    found = status(whole, "ar", RULES)
    assert [(text.key, one.reason) for text, one in found.doubts()] == [
        ("idea.label", "question mark instead of ؟: '?'"),
        ("idea.label", "'Idee' is 'فكرة'"),
    ]
    assert obstacles(found) == {}


def test_a_reader_settles_what_a_check_cannot_decide_and_no_more():
    own = {**ARABIC, "idea.label": "Was ist Ihre Idee?", "title": "الحياة"}
    marks = {
        key: mark("reviewed", SOURCE[key], reviewed_by="Amal")
        for key in ("idea.label", "title")
    }
    found = status(translated(ask(ar=own), ar=marks), "ar", RULES)
    assert obstacles(found) == {"wrong": ["title"]}
    assert list(found.doubts()) == []


def test_the_source_language_is_held_against_what_holds_for_every_text():
    asked = ask(changed(idea_label="Was ????", title="Leben in {place"))
    found = status(translated(asked), "de", rules(language="de", script=""))
    assert obstacles(found) == {"wrong": ["title", "idea.label"]}
    assert found.counts()["translated"] == 5


def places(count, differing):
    """A list of places, some of which have another name in the other language."""
    options = tuple(Option(f"p{n}", f"list.places.p{n}") for n in range(count))
    source = {option.text: f"Ort {n}" for n, option in enumerate(options)}
    own = {key: f"Town {words}" for key, words in list(source.items())[:differing]}
    asked = ask(
        {**SOURCE, **source},
        en={**{key: f"{key} in English {{place}}" for key in SOURCE}, **source, **own},
    )
    return replace(asked, lists=(OptionList("places", options),))


@pytest.mark.parametrize(
    ("count", "differing", "weight"),
    [
        (12, 0, "doubtful"),
        (12, 6, "doubtful"),
        (12, 7, "unconfirmed"),
        (9, 0, "unconfirmed"),
    ],
)
def test_a_long_list_that_hardly_differs_is_taken_for_names(count, differing, weight):
    found = status(translated(places(count, differing)), "en", LanguageRules("en"))
    assert [one.weight for one in found.found["list.places.p8"]] == [weight]


def test_latin_names_in_a_language_of_other_letters_wait_for_a_reader():
    asked = places(12, 0)
    arabic = replace(asked, texts={**asked.texts, "ar": asked.texts["en"]})
    found = status(translated(arabic), "ar", RULES)
    assert found.found["list.places.p8"][0].weight == "unconfirmed"


def town_question(**texts):
    """The second question is asked only where it is translated."""
    asked = ask(ar={**ARABIC, **texts})
    bus, idea = asked.pages
    only = replace(idea.questions[0], is_asked_where_translated=True)
    return replace(asked, pages=(bus, replace(idea, questions=(only,))))


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        ({"idea.label": ""}, {}),
        ({"idea.label": "????"}, {}),
        ({}, {"idea.label": mark("translated", "Was fehlt?")}),
        ({}, {"idea.label": mark("machine_draft", SOURCE["idea.label"])}),
    ],
)
def test_a_question_asked_where_translated_is_left_out_and_keeps_nothing_back(
    texts, marks
):
    whole = translated(town_question(**texts), ar=marks)
    found = status(whole, "ar", RULES)
    assert found.left_out == ("idea",)
    assert obstacles(found) == {}
    assert found.total == 5
    shown = without_words(whole.questionnaire, "ar", found.left_out)
    assert "idea.label" not in shown.texts["ar"]
    assert shown.texts["de"] == SOURCE


def test_it_is_asked_where_it_is_ready_and_other_texts_are_needed_all_the_same():
    found = status(translated(town_question()), "ar", RULES)
    assert (found.left_out, found.optional) == ((), frozenset())
    lacking = translated(town_question(**{"idea.label": "", "title": ""}))
    assert obstacles(status(lacking, "ar", RULES)) == {"missing": ["title"]}
