"""The rules of languages, also of those the interface does not speak yet."""

from __future__ import annotations

import tomllib

import pytest

from survey.language.registry import registry, unlisted
from survey.language.script import letters_of, script_of
from survey.questionnaire import translation_checks as checks
from tests.translations import wording
from tests.translations.entries import TRANSLATIONS


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ro", "Cât de des mergeţi cu autobuzul?"),
        ("ro", "Oraşul"),
        ("fa", "آيا در اينجا زندگى مي كنيد؟"),
        ("fa", "آیا می کنید؟"),
        ("fa", "اتوبوس ها"),
        ("fa", "آیا اینجا زندگی می‌کنید?"),
        ("fa", "۱۸ سال"),
        ("uk", "Как часто вы ездите?"),
        ("ru", "Як часто Ви їздите?"),
        ("bg", "Как вы живёте?"),
        ("fr", "Habitez-vous ici ?"),
        ("fr", "Habitez-vous ici?"),
        ("tr", "{place}'da yaşıyor musunuz?"),
        ("tr", "{place}de"),
        ("hu", "{place}-ban"),
    ],
)
def test_what_a_language_never_writes_is_found(language, text):
    assert checks.letters(text, wording.rules(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ro", "Cât de des mergeți cu autobuzul în orașul acesta?"),
        ("fa", "آیا در اینجا زندگی می‌کنید؟ اتوبوس‌ها، بله"),
        ("uk", "Як часто Ви їздите автобусом? Під'їзд, ґанок"),
        ("ru", "Как часто Вы ездите? Подъезд, объявление"),
        ("bg", "Колко често пътувате с автобус?"),
        ("fr", "Habitez-vous à {place}\u202f? L’idée\u00a0: un bus"),
        ("tr", "{place} içinde mi yaşıyorsunuz?"),
        ("hu", "{place} területén lakik?"),
        ("ti", "ትግርኛ"),
    ],
)
def test_what_a_language_writes_is_fine(language, text):
    assert not checks.letters(text, wording.rules(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Quelle est ton idée ?"),
        ("it", "Qual è la tua idea?"),
        ("pl", "Jaki jest twój pomysł?"),
        ("ro", "Care este ideea tale?"),
        ("hr", "Koja je tvoja ideja?"),
        ("sq", "Cila është ideja jote dhe a je ti këtu?"),
        ("tr", "Senin fikrin nedir?"),
        ("bg", "Каква е твоята идея?"),
        ("uk", "Яка твоя ідея?"),
        ("ru", "Какая твоя идея?"),
        ("fa", "فکر تو چیست؟"),
    ],
)
def test_familiar_address_is_found(language, text):
    assert checks.address(text, wording.rules(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Quelle est votre idée ?"),
        ("it", "Qual è la Sua idea?"),
        ("pl", "Jaki jest Państwa pomysł?"),
        ("ro", "Care este ideea dumneavoastră?"),
        ("hr", "Koja je Vaša ideja? Ti autobusi"),
        ("tr", "Sizin fikriniz nedir?"),
        ("uk", "Яка Ваша ідея?"),
        ("ru", "Какая Ваша идея?"),
    ],
)
def test_polite_address_is_fine(language, text):
    assert not checks.address(text, wording.rules(language))


def test_every_rule_of_the_file_is_of_a_known_sort_and_says_why():
    text = (TRANSLATIONS / "wording.toml").read_text(encoding="utf-8")
    for rules in tomllib.loads(text).values():
        assert rules.keys() <= {"letters", "address", "glued"}
        assert all(why for pairs in rules.values() for _, why in pairs)


@pytest.mark.parametrize(
    ("code", "script", "letters", "direction"),
    [
        ("uk", "Cyrl", "CYRILLIC", "ltr"),
        ("fa", "Arab", "ARABIC", "rtl"),
        ("prs", "Arab", "ARABIC", "rtl"),
        ("ti", "Ethi", "ETHIOPIC", "ltr"),
        ("he", "Hebr", "HEBREW", "rtl"),
        ("kmr", "Latn", "", "ltr"),
        ("ku-arab", "Arab", "ARABIC", "rtl"),
        ("sr-latn", "Latn", "", "ltr"),
        ("de-simple", "Latn", "", "ltr"),
        ("zz", "Latn", "", "ltr"),
    ],
)
def test_script_and_direction_of_languages_nobody_has_listed(
    code, script, letters, direction
):
    assert script_of(code) == script
    assert letters_of(code) == letters
    assert unlisted(code).direction == direction
    assert not unlisted(code).is_released


def test_what_is_listed_comes_from_the_list():
    assert registry().described("ar").plural.startswith("nplurals=6;")
    assert registry().described("uk").endonym == "українська"
