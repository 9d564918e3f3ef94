"""Catalogs: what is translated and up to date is taken, nothing else."""

from __future__ import annotations

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from survey.authoring import gettext, shipped, toml
from survey.questionnaire.edition import freeze
from survey.questionnaire.texts import completeness
from tests.questionnaire.examples import FOLDER, questionnaire

WORDS = {
    ("title", "Eine Antwort"): "One answer",
    ("mood.label", "Wie geht es Ihnen?"): "How are you?",
    ("mood.option.good", "Gut"): "Well",
    ("mood.option.medium", "Mittel"): "Mittel",
    ("mood.option.bad", "Sehr schlecht"): "Very badly",
    ("gone.label", "Früher"): "Earlier",
}


def catalog(tmp_path, kind, *, fuzzy=()):
    made = Catalog()
    for (context, source), translated in WORDS.items():
        flags = ["fuzzy"] if context in fuzzy else []
        made.add(source, translated, context=context, flags=flags)
    path = tmp_path / f"single.{kind}"
    with path.open("wb") as file:
        (write_po if kind == "po" else write_mo)(file, made)
    return path


@pytest.mark.parametrize("kind", ["po", "mo"])
def test_translations_are_found_under_their_keys(tmp_path, kind):
    found = gettext.found_in(catalog(tmp_path, kind), questionnaire("single"))
    assert found["title"] == ("Eine Antwort", "One answer")
    assert found["mood.label"] == ("Wie geht es Ihnen?", "How are you?")
    assert found["mood.option.good"] == ("Gut", "Well")
    assert found["mood.option.medium"] == ("Mittel", "Mittel")
    assert "gone.label" not in found


def test_a_changed_source_comes_with_the_translation_of_what_it_was(tmp_path):
    found = gettext.found_in(catalog(tmp_path, "mo"), questionnaire("single"))
    assert found["mood.option.bad"] == ("Sehr schlecht", "Very badly")


@pytest.mark.parametrize("kind", ["po", "mo"])
def test_what_is_marked_fuzzy_is_left_out(tmp_path, kind):
    path = catalog(tmp_path, kind, fuzzy=("title", "mood.label"))
    found = gettext.found_in(path, questionnaire("single"))
    assert "title" not in found
    assert "mood.label" not in found
    assert "mood.option.good" in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.po", b"this is no catalog"),
        ("a.po", b'msgid "x"\nmsgstr "\xff\xfe"'),
        ("a.mo", b""),
        ("a.mo", b"nothing of the kind"),
        ("a.mo", b"\xde\x12\x04\x95" + b"\xff" * 16),
        ("a.mo", b"\xde\x12\x04\x95\x00\x00\x00\x00\x01"),
    ],
)
def test_what_is_no_catalog_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(toml.AuthoringError) as caught:
        gettext.found_in(path, questionnaire("single"))
    [problem] = caught.value.problems
    assert problem.file == name
    assert problem.remedy


def test_a_catalog_that_is_not_there_is_named(tmp_path):
    with pytest.raises(toml.AuthoringError) as caught:
        gettext.found_in(tmp_path / "missing.mo", questionnaire("single"))
    assert "missing.mo: file: There is no such catalog." in str(caught.value)


def test_babel_extracts_every_text_under_its_key():
    content = (FOLDER / "pick_and_rank.toml").read_bytes()
    found = list(toml.extract(io.BytesIO(content), {}, (), {}))
    assert found[0] == (4, "pgettext", ("title", "Auswählen und ordnen"), [])
    by_key = {key: (line, text) for line, _, (key, text), _ in found}
    assert by_key["first.label"] == (32, "Wo soll die Gemeinde zuerst mehr tun?")
    assert by_key["first.option.none"][1] == "In keinem Bereich"
    assert by_key["field.f4.short"] == (24, "Vereine")
    assert len(found) == len(by_key) == 12


def test_babel_extracts_nothing_from_what_is_no_toml():
    assert list(toml.extract(io.BytesIO(b"\xff"), {}, (), {})) == []


def test_the_shipped_questionnaire_is_complete_in_every_language():
    asked = shipped.load("zusammenleben", {"place": "Seedorf", "mayor": "Anna"})
    assert asked.settings.slots["place"] == "Seedorf"
    assert asked.settings.slots["mayor"] == "Anna"
    assert "help_address" in asked.settings.slots
    for language in ("de", "en", "ar"):
        assert completeness(asked, language).missing == ()
    frozen = freeze(asked, ["de", "en", "ar"])
    assert frozen.filled("title", "de", isolate=False) == "Zusammenleben in Seedorf"


def test_shipped_questionnaires_are_listed_and_others_refused():
    assert "zusammenleben" in shipped.names()
    with pytest.raises(toml.AuthoringError) as caught:
        shipped.load("../settings")
    assert "zusammenleben" in str(caught.value)
