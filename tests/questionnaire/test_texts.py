"""Texts: their keys, their slots, what a language lacks."""

from __future__ import annotations

import pytest

from survey.questionnaire import texts
from tests.questionnaire.examples import questionnaire


def keys(name):
    return [(entry.key, entry.kind) for entry in texts.text_keys(questionnaire(name))]


def test_keys_come_in_the_order_people_meet_them():
    assert keys("several_questions") == [
        ("title", "title"),
        ("page.you.title", "title"),
        ("page.you.hint", "hint"),
        ("age.label", "label"),
        ("age.option.young", "option"),
        ("age.option.old", "option"),
        ("age.prefer_not", "prefer_not"),
        ("child.label", "label"),
        ("child.option.yes", "option"),
        ("child.option.no", "option"),
    ]


def test_what_is_said_of_answers_that_do_not_fit_stands_with_the_page():
    found = keys("together")
    at = found.index(("page.years.constraint_message", "constraint_message"))
    assert found[at - 1 : at + 2] == [
        ("page.years.title", "title"),
        ("page.years.constraint_message", "constraint_message"),
        ("since.label", "label"),
    ]


def test_a_battery_has_a_key_per_row_and_one_list_of_options():
    assert keys("battery")[1:9] == [
        ("content.label", "label"),
        ("content_f1.label", "row"),
        ("content_f2.label", "row"),
        ("content_f3.label", "row"),
        ("content.option.content", "option"),
        ("content.option.partly", "option"),
        ("content.option.not_content", "option"),
        ("content.dont_know", "dont_know"),
    ]


def test_options_that_are_fields_share_the_words_of_the_fields():
    found = [key for key, _ in keys("pick_and_rank")]
    assert found.count("field.f1.label") == 1
    assert found.index("field.f1.label") < found.index("first.option.none")
    assert "order.option.f1" not in found
    assert "field.f1.short" in found


def test_standard_words_of_not_answering_need_no_key():
    found = dict(keys("single"))
    assert "mood.dont_know" not in found
    assert "mood.prefer_not" not in found


def test_themes_have_labels():
    assert ("cross_cutting.digital.label", "label") in keys("themes")


def test_every_key_tells_a_translator_where_it_stands():
    entries = texts.text_keys(questionnaire("zusammenleben"))
    assert all(entry.context for entry in entries)
    assert len({entry.key for entry in entries}) == len(entries) == 207


def test_completeness_counts_what_a_language_lacks():
    found = texts.completeness(questionnaire("languages"), "en")
    assert (found.total, found.missing) == (6, ())
    lacking = texts.completeness(questionnaire("single"), "en")
    assert lacking.total == 5
    assert lacking.missing[0] == "title"
    assert len(lacking.missing) == 5


def test_slots_are_filled_as_isolated_runs():
    words = texts.fill("Leben in {place}, {place}!", {"place": "سعدة"})
    assert words == "Leben in \u2068سعدة\u2069, \u2068سعدة\u2069!"
    assert texts.fill("{a}{b}", {"a": "{b}", "b": "x"}, isolate=False) == "{b}x"
    assert texts.fill("no slot", {}) == "no slot"
    assert texts.slots_of("{place} {help_address} { x } {Y}") == {
        "place",
        "help_address",
    }
    with pytest.raises(KeyError):
        texts.fill("{nobody}", {})
