"""The gate: a language is offered whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.authoring import offering, shipped
from survey.authoring.offering import NotOffered, offer, require
from survey.authoring.translation_rules import rules_for
from survey.language.registry import registry
from survey.questionnaire.translation import Translated
from tests.questionnaire.translating import (
    ARABIC,
    SOURCE,
    UKRAINIAN,
    ask,
    mark,
    translated,
    without,
)


def shut(whole, *codes):
    offers = [offer(whole, code, registry()) for code in codes]
    with pytest.raises(NotOffered) as caught:
        require("umfrage", offers)
    return str(caught.value)


def test_a_language_with_every_text_in_order_is_open():
    found = offer(translated(ask(ar=ARABIC)), "ar", registry())
    assert found.is_open
    require("umfrage", [found])
    assert list(found.unconfirmed()) == ["5 of 5 texts have no reviewer."]


def test_a_language_that_the_interface_does_not_speak_is_shut_however_complete():
    found = offer(translated(ask(uk=UKRAINIAN)), "uk", registry())
    assert not found.status.obstacles()
    assert not found.is_open
    assert "the interface does not speak it" in shut(
        translated(ask(uk=UKRAINIAN)), "uk"
    )


def test_every_text_that_is_not_ready_is_named_once_in_its_group():
    own = {**without(ARABIC, "title"), "bus.option.never": "كل يوم"}
    marks = {
        "bus.label": mark("machine_draft", SOURCE["bus.label"]),
        "idea.label": mark("translated", "Was fehlt?"),
    }
    said = shut(translated(ask(ar=own), ar=marks), "ar")
    for key in ("title", "bus.label", "bus.option.never", "idea.label"):
        assert said.count(f"    {key}") == 1, key
    assert "4 of 5 texts" in said
    assert said.index("missing (1)") < said.index("    title")
    assert said.index("nobody has confirmed (1)") < said.index("    bus.label")
    assert said.index("outdated") < said.index("    idea.label")
    assert "reads like the option daily" in said


def test_all_languages_are_told_at_once():
    said = shut(translated(ask(ar=without(ARABIC, "title"))), "en", "ar")
    assert "en cannot be offered: 5 of 5" in said
    assert "ar cannot be offered: 1 of 5" in said


def test_the_problems_are_there_one_by_one_too():
    whole = translated(ask(ar=without(ARABIC, "title")))
    with pytest.raises(NotOffered) as caught:
        require("umfrage", [offer(whole, "ar", registry())])
    [problem] = caught.value.problems
    assert problem.place == "title"


def test_a_reader_leaves_nothing_unconfirmed():
    marks = {key: mark("reviewed", words) for key, words in SOURCE.items()}
    found = offer(translated(ask(ar=ARABIC), ar=marks), "ar", registry())
    assert list(found.unconfirmed()) == []


def test_what_is_worth_a_look_is_counted_and_keeps_nothing_back():
    own = {**ARABIC, "idea.label": "ما هي الفكرة?"}
    found = offer(translated(ask(ar=own)), "ar", registry())
    assert found.is_open
    assert "1 texts are worth a look." in list(found.unconfirmed())


def test_the_shipped_questionnaire_passes_in_every_language():
    asked = shipped.load("zusammenleben")
    for code in ("de", "en", "ar"):
        found = offering.offer(Translated(asked, {}), code, registry())
        assert found.is_open, found.status.obstacles()
        assert list(found.status.doubts()) == []


def test_what_a_town_takes_from_the_library_passes_in_every_language():
    further = shipped.in_every_language("library")
    titles = {"de": "Unser Ort", "en": "Our town", "ar": "بلدتنا"}
    texts = {code: {**further.texts[code], "title": t} for code, t in titles.items()}
    further = replace(further, name="my_town", texts=texts)
    for code in ("en", "ar"):
        found = offering.offer(Translated(further, {}), code, registry())
        assert found.is_open, found.status.obstacles()


def test_the_rules_know_what_encodings_destroy_and_what_charts_can_draw():
    rules = rules_for(ask(), "ar")
    assert rules.damage("???? ????")
    assert rules.undrawable("ሰላም")
    assert not rules.undrawable("سلام")
    assert rules.script == "ARABIC"
    assert rules_for(ask(), "uk").script == "CYRILLIC"
    assert rules_for(ask(), "en").script == ""
