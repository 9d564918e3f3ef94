"""Destroyed texts are recognised, and real ones of many languages are not."""

from __future__ import annotations

import pytest
from babel import Locale

from survey.authoring.damage import damage

LOST = "Letters were lost: question marks stand in their place."
TWICE = "The text was encoded twice: UTF-8 was read as another encoding."
LANGUAGES = (
    "ar bg cs da de el es et fa fi fr hr hu it lt lv nl pl pt ro ru sk sl so sq sr sv "
    "ti tr uk ur vi zh"
)
PAGE = "The text was read in a wrong code page."


@pytest.mark.parametrize(
    "text",
    ["????", "?????? ?????", "Name ?????", "??? ??? ???", "M?nchen", "Stra?e"],
)
def test_question_marks_in_place_of_letters(text):
    assert damage(text) == LOST


def test_the_sign_for_lost_letters():
    assert damage("M\ufffdnchen").startswith("Letters were lost: \ufffd")


@pytest.mark.parametrize(
    "text",
    ["für", "Ärger", "schön", "it’s", "„Hallo“", "السلام عليكم", "Привіт", "20 °C"],
)
def test_utf8_read_as_western_letters(text):
    assert damage(text) == ""
    assert damage(text.encode().decode("cp1252", "replace")) in (
        TWICE,
        damage("\ufffd"),
    )
    assert damage(text.encode().decode("latin-1")) in (TWICE, PAGE)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("السلام عليكم", "cp1256", "cp1252"),
        ("Привіт усім", "cp1251", "cp1252"),
        ("Bevölkerung", "cp1252", "cp1256"),
        ("München", "cp850", "latin-1"),
    ],
)
def test_a_wrong_code_page(text, written, read):
    assert damage(text.encode(written).decode(read)) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "Why?",
        "Pourquoi ???",
        "What?!",
        "„MENÜ“",
        "»MENÜ«",
        "«CAFÉ»",
        "été",
        "Älä",
        "ÄÖÜ",
        "À «l’école»",
        "مرحبا؟ الWhatsApp",
        "https://example.org/?a=b",
        "Çalışıyor musunuz?",
        "Tiếng Việt có dấu",
        "¿Qué?",
    ],
)
def test_what_reads_well_is_left_alone(text):
    assert damage(text) == ""


@pytest.mark.parametrize("code", LANGUAGES.split())
def test_names_of_languages_and_countries_read_well(code):
    locale = Locale.parse(code)
    names = [*locale.languages.values(), *locale.territories.values()]
    assert [name for name in names if damage(name)] == []
