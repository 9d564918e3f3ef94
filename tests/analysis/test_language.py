"""The registry of languages, their texts, numbers and dates."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.language import Language, LanguageError, read_registry, registry, texts

GERMAN = Language("de", "de", "Deutsch", "ltr", "de", "de")
ENGLISH = Language("en", "en", "English", "ltr", "en", "en_GB")
ARABIC = Language("ar", "ar", "العربية", "rtl", "ar", "ar")
TURKISH = Language("tr", "tr", "Türkçe", "ltr", "tr", "tr", "draft")
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def test_percent_is_written_as_each_language_does_with_latin_digits():
    assert GERMAN.percent(0.12) == f"12{NBSP}%"
    assert ENGLISH.percent(0.12) == "12%"
    assert TURKISH.percent(0.12) == "%12"
    assert ARABIC.percent(0.12) == "12%"
    assert GERMAN.percent(0) == f"0{NBSP}%"
    assert GERMAN.percent(1) == f"100{NBSP}%"


def test_numbers_are_grouped_and_rounded_as_each_language_does():
    assert GERMAN.number(46000) == "46.000"
    assert ENGLISH.number(46000) == "46,000"
    assert ARABIC.number(46000) == "46,000"
    assert GERMAN.number(1234.56, 1) == "1.234,6"
    assert ENGLISH.number(-0.5, 2) == f"{MINUS}0.50"


def test_a_sign_stands_before_every_number_but_zero():
    assert GERMAN.signed(12) == "+12"
    assert GERMAN.signed(-8) == f"{MINUS}8"
    assert GERMAN.signed(0.4) == "0"
    assert GERMAN.signed(-0.4) == "0"


def test_days_are_written_in_words():
    assert GERMAN.date(date(2026, 9, 1)) == "1. September 2026"
    assert ENGLISH.date(date(2026, 9, 1)) == "1 September 2026"
    assert ARABIC.date(date(2026, 9, 1)) == "1 سبتمبر 2026"


def test_only_right_to_left_languages_isolate_numbers():
    assert GERMAN.isolate("12") == "12"
    assert ARABIC.isolate("12") == "\u206612\u2069"


def test_the_registry_offers_what_is_complete_in_its_order(tmp_path):
    path = tmp_path / "languages.toml"
    path.write_text(
        '[[language]]\ncode = "de"\nendonym = "Deutsch"\nstatus = "reviewed"\n'
        '[[language]]\ncode = "ti"\nendonym = "ትግርኛ"\nstatus = "draft"\n'
        '[[language]]\ncode = "ar"\nendonym = "العربية"\ndirection = "rtl"\n'
        'locale = "ar"\nstatus = "complete"\n',
        encoding="utf-8",
    )
    known = read_registry(path)
    assert [each.code for each in known.languages] == ["de", "ti", "ar"]
    assert [each.code for each in known.released] == ["de", "ar"]
    assert [each.code for each in known.choose(())] == ["de", "ar"]
    assert [each.code for each in known.choose(["ar"])] == ["ar"]
    assert known.get("ar").is_right_to_left
    assert not known.get("de").is_right_to_left


def test_an_unknown_language_is_refused_with_those_that_are_known():
    with pytest.raises(LanguageError, match=r"“xx”; registered are: .*de"):
        registry().get("xx")


def test_the_registry_of_this_installation_holds_the_first_three_languages():
    assert {"de", "en", "ar"} <= {each.code for each in registry().released}


def test_missing_catalogs_stop_the_work_instead_of_mixing_languages(tmp_path):
    with pytest.raises(LanguageError, match="make catalogs"):
        texts("de", tmp_path)
    with pytest.raises(LanguageError, match="make catalogs"):
        read_registry(tmp_path / "languages.toml")


def test_the_source_language_needs_no_catalog(tmp_path):
    assert texts("en", tmp_path).gettext("Base") == "Base"
    assert ENGLISH.ngettext("one answer", "many answers", 2) == "many answers"
    assert ENGLISH.gettext("Base") == "Base"


@pytest.mark.parametrize("language", [GERMAN, ARABIC])
def test_a_text_nobody_translated_stops_the_work(language):
    with pytest.raises(LanguageError, match="Nobody wrote this"):
        language.gettext("Nobody wrote this")
    with pytest.raises(LanguageError, match="One of these"):
        language.ngettext("One of these", "Many of these", 3)
