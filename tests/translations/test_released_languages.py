"""Every text of every released language passes the gate."""

from __future__ import annotations

import polib
import pytest

from tests.translations import catalogs, checks, wording
from tests.translations.entries import (
    ROOT,
    TRANSLATIONS,
    Entry,
    entries,
    registry,
    released,
    source_entries,
)
from tests.translations.extractor import extracted, extractor

SOURCES = {"survey": "en", "analysis": "en", "zusammenleben": "de", "library": "de"}
TRANSLATED = [
    (domain, language)
    for domain, source in SOURCES.items()
    for language in released()
    if language["code"] != source
]
CATALOGS = pytest.mark.parametrize(
    ("domain", "language"),
    TRANSLATED,
    ids=[f"{domain}-{language['code']}" for domain, language in TRANSLATED],
)
SOURCE_TEXTS = pytest.mark.parametrize(("domain", "source"), SOURCES.items())


def path_of(domain: str, language: dict[str, str]):
    return TRANSLATIONS / language["catalog"] / "LC_MESSAGES" / f"{domain}.po"


def complaints(found: list[Entry], check, *values) -> str:
    """One line per fault; empty when there is none."""
    return "\n".join(
        f"{text.name}: {problem}" for text in found for problem in check(text, *values)
    )


def test_the_released_languages_are_german_english_and_arabic():
    assert [language["code"] for language in released()] == ["de", "en", "ar"]


def test_every_language_of_the_registry_is_described_in_full():
    wanted = {"code", "html", "endonym", "direction", "catalog", "locale", "plural"}
    for language in registry():
        assert wanted <= set(language)
        assert language["direction"] in ("ltr", "rtl")
        assert language["status"] in ("draft", "complete", "reviewed")


@pytest.mark.parametrize("language", released(), ids=lambda row: row["code"])
def test_the_pinned_plural_rules_pick_the_right_form(language):
    wanted = catalogs.FORMS[language["code"]]
    assert not catalogs.plural_rule(language["plural"], wanted)


def test_the_templates_are_what_extraction_gives():
    stale = [
        path.name
        for path, content in extractor().templates(extracted())
        if not path.exists() or path.read_bytes() != content
    ]
    assert not stale, "run `make texts`"


def test_the_translations_hold_exactly_the_texts_of_the_templates():
    stale = [
        str(path.relative_to(ROOT))
        for path, content in extractor().translations(extracted())
        if not path.exists() or path.read_bytes() != content
    ]
    assert not stale, "run `make texts`"


def test_no_catalog_is_left_over():
    known = {path_of(domain, language) for domain, language in TRANSLATED}
    released_folders = {language["catalog"] for language in released()}
    there = {
        path
        for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.po")
        if path.parts[-3] in released_folders
    }
    assert there == known


@CATALOGS
def test_the_catalog_is_clean(domain, language):
    catalog = polib.pofile(str(path_of(domain, language)))
    assert not catalogs.obsolete(catalog)
    assert not catalogs.header(catalog, language)


@CATALOGS
def test_nothing_is_missing_or_outdated(domain, language):
    found = entries(path_of(domain, language))
    count = int(language["plural"].partition("nplurals=")[2][0])
    assert found
    assert not complaints(found, checks.missing)
    assert not complaints(found, checks.fuzzy)
    assert not catalogs.plural_forms(found, count)


@CATALOGS
def test_places_and_tags_are_those_of_the_source(domain, language):
    found = entries(path_of(domain, language))
    assert not complaints(found, checks.placeholders)
    assert not complaints(found, checks.named_places)
    assert not complaints(found, checks.tags)


@CATALOGS
def test_characters_are_sound(domain, language):
    found = entries(path_of(domain, language))
    assert not complaints(found, checks.composed)
    assert not complaints(found, checks.no_bidi_controls)
    assert not complaints(found, checks.readable)
    assert not complaints(found, checks.edges)
    rules = wording.rules(language["code"])
    assert not complaints(found, wording.letters, rules)
    if rules.script:
        assert not complaints(found, checks.own_script, rules.script)


@CATALOGS
def test_texts_are_really_translated(domain, language):
    found = entries(path_of(domain, language))
    rules = wording.rules(language["code"], domain=domain)
    assert not complaints(found, checks.really_translated, rules.same)
    assert not complaints(found, checks.length)


@CATALOGS
def test_the_voice_is_polite_and_the_terms_are_the_approved_ones(domain, language):
    found = entries(path_of(domain, language))
    rules = wording.rules(language["code"], SOURCES[domain])
    assert not complaints(found, wording.address, rules)
    assert not complaints(found, wording.terms, rules)


@CATALOGS
def test_reports_claim_no_more_certainty_than_their_source(domain, language):
    found = entries(path_of(domain, language)) if domain == "analysis" else []
    assert not complaints(found, wording.certainty, SOURCES[domain], language["code"])


@CATALOGS
def test_options_can_be_told_apart(domain, language):
    found = entries(path_of(domain, language))
    assert not catalogs.different_options(found)
    assert not complaints(found, checks.one_thought)


@SOURCE_TEXTS
def test_the_source_texts_are_well_written_too(domain, source):
    found = source_entries(TRANSLATIONS / f"{domain}.pot")
    assert found
    assert not complaints(found, checks.composed)
    assert not complaints(found, checks.no_bidi_controls)
    assert not complaints(found, checks.edges)
    assert not complaints(found, checks.named_places)
    assert not complaints(found, checks.one_thought)
    assert not complaints(found, checks.readable)
    assert not complaints(found, wording.letters, wording.rules(source))
    assert not complaints(found, wording.address, wording.rules(source))
    assert not catalogs.different_options(found)
