"""Editions: frozen once, the same for ever, refused while anything is missing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from survey.questionnaire.edition import EditionError, freeze, load
from survey.questionnaire.model import Question
from tests.questionnaire.examples import NAMES, questionnaire

THREE = ["de", "en", "ar"]


def with_text(asked, language, key, text):
    own = {**asked.texts[language], key: text}
    return replace(asked, texts=MappingProxyType({**asked.texts, language: own}))


def without_text(asked, language, key):
    own = {k: text for k, text in asked.texts[language].items() if k != key}
    return replace(asked, texts=MappingProxyType({**asked.texts, language: own}))


def problems(asked, languages):
    with pytest.raises(EditionError) as caught:
        freeze(asked, languages)
    return [(found.place, found.reason) for found in caught.value.problems]


@pytest.mark.parametrize("name", [*NAMES, "zusammenleben"])
def test_what_was_kept_loads_as_the_same_edition(name):
    frozen = freeze(questionnaire(name), ["de"])
    kept = load(frozen.to_json())
    assert kept == frozen
    assert kept.hash == frozen.hash
    assert hash(kept) == hash(frozen)
    assert kept.questionnaire == frozen.questionnaire
    assert kept.to_json() == frozen.to_json()


def test_the_hash_is_the_sha256_of_the_canonical_json():
    frozen = freeze(questionnaire("single"), ["de"])
    text = frozen.to_json()
    assert frozen.hash == hashlib.sha256(text.encode()).hexdigest()
    assert (
        json.dumps(
            json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        == text
    )
    assert json.loads(text)["format"] == 1


def test_the_hash_of_a_small_questionnaire_stays_what_it_is():
    # a later version that reads the same file must not turn it into another edition
    assert freeze(questionnaire("single"), ["de"]).hash == (
        "a5c003b4012dfc91a68b2a9e86be82ee6c47856d2db5944cee9d05591f2c9803"
    )


def test_everything_residents_were_told_is_part_of_the_hash():
    asked = questionnaire("languages")
    frozen = freeze(asked, THREE)
    others = [
        freeze(asked, ["de", "en"]),
        freeze(with_text(asked, "en", "like.option.no", "Not at all"), THREE),
        freeze(replace(asked, settings=replace(asked.settings, group_base=15)), THREE),
        freeze(replace(asked, name="other"), THREE),
    ]
    assert len({edition.hash for edition in [frozen, *others]}) == 5
    assert frozen != others[0]
    assert frozen != "edition"


def test_letters_are_composed_before_they_are_hashed():
    asked = questionnaire("languages")
    composed = with_text(asked, "de", "like.option.yes", "Schön")
    apart = with_text(asked, "de", "like.option.yes", "Scho\u0308n")
    assert freeze(apart, ["de"]) == freeze(composed, ["de"])
    slots = MappingProxyType({**asked.settings.slots, "place": "Mu\u0308hlen"})
    moved = replace(asked, settings=replace(asked.settings, slots=slots))
    assert freeze(moved, ["de"]).filled("title", "de", isolate=False) == (
        "Leben in Mühlen"
    )


def test_only_the_offered_languages_and_needed_texts_are_kept():
    asked = with_text(questionnaire("languages"), "en", "gone.label", "Left over")
    frozen = freeze(asked, ["en", "de", "en"])
    assert frozen.languages == ("en", "de")
    assert set(frozen.questionnaire.texts) == {"en", "de"}
    assert not frozen.has_text("gone.label", "en")
    assert not frozen.has_text("title", "ar")


def test_texts_are_found_and_filled():
    frozen = freeze(questionnaire("languages"), THREE)
    assert frozen.text("title", "en") == "Living in {place}"
    assert frozen.filled("title", "en") == "Living in \u2068Musterstadt\u2069"
    assert frozen.filled("like.hint", "de", isolate=False) == "Es fragt Erika Muster."
    assert frozen.has_text("like.prefer_not", "ar")
    assert not frozen.has_text("like.dont_know", "ar")
    with pytest.raises(KeyError):
        frozen.text("like.dont_know", "ar")


def test_freezing_names_every_missing_text_of_every_language():
    asked = questionnaire("languages")
    for key in ("title", "like.option.no"):
        asked = without_text(asked, "en", key)
    asked = with_text(asked, "ar", "like.hint", "  ")
    assert problems(asked, THREE) == [
        ("title", "There is no text in en."),
        ("like.option.no", "There is no text in en."),
        ("like.hint", "There is no text in ar."),
    ]
    assert freeze(asked, ["de"])


def test_an_unknown_language_lacks_every_text():
    found = problems(questionnaire("single"), ["de", "tlh"])
    assert len(found) == 5
    assert {reason for _, reason in found} == {"There is no text in tlh."}


def test_freezing_names_what_the_rules_find_as_well():
    asked = without_text(questionnaire("languages"), "de", "title")
    asked = with_text(asked, "en", "like.label", "Do you like it?")
    assert problems(asked, ["en"]) == [
        ("title", "There is no text in de."),
        ("like.label", "The text in en lost the slot {place}."),
    ]


def test_a_fault_in_a_language_that_is_not_offered_stops_nothing():
    asked = with_text(questionnaire("languages"), "ar", "like.label", "{nobody}")
    assert freeze(asked, ["de", "en"])


def test_no_language_is_no_edition():
    assert problems(questionnaire("single"), []) == [
        ("languages", "No language is named.")
    ]


def test_a_question_of_no_known_kind_is_refused_and_breaks_nothing():
    asked = questionnaire("single")
    page = replace(asked.pages[0], questions=(Question("mood", "hologram"),))
    assert ("mood.kind", "There is no kind 'hologram'.") in problems(
        replace(asked, pages=(page,)), ["de"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"format":2}',
        '{"format":1}',
        '{"format":1,"languages":["de"],"questionnaire":{}}',
        '{"format":1,"languages":["de"],"questionnaire":{"pages":5}}',
        '{"format":1,"languages":["de"],"questionnaire":{"name":"x",'
        '"source_language":"de","fields":[],"pages":[],"texts":{},"more":1}}',
    ],
)
def test_what_is_no_edition_is_refused(text):
    with pytest.raises(EditionError):
        load(text)
