"""Names authors give languages, in many tongues; unclear ones are asked about."""

from __future__ import annotations

import pytest

from survey.authoring.language_names import code_of, codes_of, endonym


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English (en)", "en"),
        ("english(en)", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("Arabic (ara)", "ar"),
        ("العربية", "ar"),
        ("\u200fالعربية", "ar"),
        ("العربية - Arabic", "ar"),
        ("Deutsch", "de"),
        ("Allemand", "de"),
        ("Deutsch (de-simple)", "de-simple"),
        ("Leichte Sprache", "de-simple"),
        ("French (fr)", "fr"),
        ("FRANÇAIS", "fr"),
        ("English / Anglais", "en"),
        ("українська (uk)", "uk"),
        ("Farsi", "fa"),
        ("فارسی", "fa"),
        ("ትግርኛ", "ti"),
        ("Portuguese (pt-BR)", "pt-br"),
        ("Something (tr)", "tr"),
        ("Turkish (whatever)", "tr"),
    ],
)
def test_a_clear_name_has_one_code(name, code):
    assert codes_of(name) == (code,)


def test_a_name_of_several_languages_has_several_codes():
    assert codes_of("Kurdish") == ("ku", "ckb")
    assert codes_of("Bosnian/Croatian") == ()


@pytest.mark.parametrize(
    "name", ["", "Sprache 2", "default", "label", "xx", "und", "?"]
)
def test_what_is_no_language_has_no_code(name):
    assert codes_of(name) == ()


def test_codes_are_spelled_as_the_registry_does():
    assert code_of("DE_SIMPLE") == "de-simple"
    assert code_of("de-AT") == "de"
    assert code_of("nonsense!") == ""


def test_languages_have_their_own_names():
    assert endonym("ar") == "العربية"
    assert endonym("uk") == "українська"
    assert endonym("de-simple") == "Deutsch"
    assert endonym("xx") == "xx"
