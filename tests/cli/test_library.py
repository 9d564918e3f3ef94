"""What can be taken into a questionnaire, as an author sees it."""

from __future__ import annotations

import tomllib

from survey.authoring import library_entries


def test_the_library_is_listed_with_kind_languages_and_words(shell):
    lines = shell.ok("questionnaire", "library").splitlines()
    assert len(lines) == len(list(library_entries.entries()))
    [line] = [line for line in lines if line.startswith("night_safety ")]
    assert line.split()[1:3] == ["single", "de,en,ar"]
    assert line.endswith("fühlen Sie sich nachts allein in {place}?")
    assert any(line.split()[:2] == ["climate", "field"] for line in lines)


def test_one_entry_is_written_out_to_copy(shell):
    text = shell.ok("questionnaire", "library", "bus_rating")
    data = tomllib.loads(text.replace("pages.questions", "questions"))
    taken, written = data["questions"]
    assert taken == {"library": "bus_rating"}
    assert (written["name"], written["kind"]) == ("bus_rating", "battery")
    assert len(written["rows"]) == 5
    assert "# As it is, in de, en, ar:" in text


def test_a_field_of_action_is_written_out_too(shell):
    data = tomllib.loads(shell.ok("questionnaire", "library", "climate"))
    assert data["fields"] == [
        {"library": "climate"},
        {"code": "climate", "label": "Klima und Hitzeschutz", "short": "Klima, Hitze"},
    ]


def test_what_the_library_lacks_is_said_in_a_sentence(shell):
    said = shell.refused("questionnaire", "library", "weather")
    assert "The library has no 'weather'." in said
