"""Wordings found by what they say."""

from __future__ import annotations

from survey.authoring import shelf, toml
from survey.authoring.shelf import Place

QUESTIONNAIRE = """
name = "known"
language = "de"
title = { de = "Ort", en = "Town" }
cross_cutting = [{ code = "c", label = { de = "Familien", en = "Families" } }]

[[fields]]
code = "f"
label = { de = "Wohnen", en = "Housing" }
short = { de = "Wohnen", en = "Homes" }

[[pages]]
name = "one"
title = { de = "Seite", en = "Page" }
hint = { de = "Hinweis", en = "Hint" }

[[pages.questions]]
name = "a"
kind = "battery"
label = { de = "Wie gut?", en = "How good?" }
hint = { de = "Heute", en = "Today" }
dont_know = { de = "Unklar", en = "Unclear" }
rows = ["f", { name = "a_x", label = { de = "Reihe", en = "Row" } }]
options = [
  { code = "yes", label = { de = "Ja", en = "Yes" } },
  { code = "no", label = { de = "Nein", en = "No" } },
]

[[pages.questions]]
name = "b"
kind = "multiple"
label = { de = "Wo?", en = "Where?" }
options = "fields"
extra_options = [
  { code = "no", label = { de = "Nein", en = "Nowhere" } },
]
"""
KNOWN = toml.read(QUESTIONNAIRE.encode())


def test_every_text_has_its_places():
    found = list(shelf.places(KNOWN, "de"))
    assert found == [
        ("title", Place("title", "Ort")),
        ("page.one.title", Place("page title", "Seite")),
        ("page.one.hint", Place("page hint", "Hinweis")),
        ("a.label", Place("label", "Wie gut?")),
        ("a.hint", Place("hint", "Heute", "Wie gut?")),
        ("a.hint", Place("hint", "Heute")),
        ("a.dont_know", Place("dont_know", "Unklar", "Wie gut?")),
        ("a.dont_know", Place("dont_know", "Unklar")),
        ("a_x.label", Place("row", "Reihe", "Wie gut?")),
        ("a.option.yes", Place("option", "Ja", "Wie gut?")),
        ("a.option.no", Place("option", "Nein", "Wie gut?")),
        ("b.label", Place("label", "Wo?")),
        ("b.option.no", Place("option", "Nein", "Wo?")),
        ("field.f.label", Place("field label", "Wohnen")),
        ("field.f.short", Place("field short", "Wohnen")),
        ("cross_cutting.c.label", Place("theme", "Familien")),
    ]


def test_the_same_answer_is_another_word_in_another_question():
    known = shelf.known([KNOWN], "de", "en")
    assert known[Place("option", "Nein", "Wie gut?")] == "No"
    assert known[Place("option", "Nein", "Wo?")] == "Nowhere"
    assert Place("option", "Nein") not in known


def test_a_text_is_found_from_any_language_that_is_known():
    assert shelf.known([KNOWN], "en", "de")[Place("label", "Where?")] == "Wo?"


def test_of_two_wordings_for_one_place_none_is_guessed():
    place = Place("label", "Wo?")
    assert shelf.gathered([(place, "Where?"), (place, "Where?")]) == {place: "Where?"}
    assert shelf.gathered([(place, "Where?"), (place, "Which place?")]) == {}
    pairs = [(place, "Where?"), (place, "Which place?"), (place, "Where?")]
    assert shelf.gathered(pairs) == {}
    assert shelf.gathered([(place, "")]) == {}


def test_texts_that_are_known_are_found_under_the_keys_of_the_asker():
    asked = QUESTIONNAIRE.replace('"a"', '"x"').replace('"no"', '"never"')
    asked = asked.replace('de = "Reihe"', 'de = "Zeile"')
    found = shelf.wordings(toml.read(asked.encode()), shelf.known([KNOWN], "de", "en"))
    assert found["x.label"] == "How good?"
    assert found["x.option.never"] == "No"
    assert found["b.option.never"] == "Nowhere"
    assert "a_x.label" not in found


def test_nothing_is_found_in_nothing():
    assert shelf.wordings(KNOWN, {}) == {}
    assert shelf.known([], "de", "en") == {}
