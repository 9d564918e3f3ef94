from __future__ import annotations

import pytest

from survey.letters import LettersError
from survey.letters.coded import letters, slips
from survey.letters.open_sheets import cards, poster
from survey.letters.sender import line

CODE = ["4539148803436467"]
MARKUP = '#panic("x") *a* _b_ $c$ <d> @e `f` \\ // [g] "h" {i} %s %(j)s = k'


def test_what_is_not_set_is_refused_all_at_once_by_name(invite):
    with pytest.raises(LettersError) as refused:
        invite("de", town="", telephone=" ", hours="", address="")
    for name in ("town", "telephone", "hours", "address"):
        assert f"{name}: is not set." in str(refused.value)


def test_markup_in_the_settings_is_only_text(invite, read):
    given = {
        "town": MARKUP,
        "address": MARKUP,
        "hours": MARKUP,
        "represented_by": MARKUP,
        "data_protection_officer": MARKUP,
    }
    invited = invite("de", "ar", **given)
    for content in (letters(invited, CODE), poster(invited), cards(invited)):
        assert MARKUP in read(content).words


@pytest.mark.parametrize("make", [letters, lambda x, y: slips(x, y, per_sheet=20)])
def test_a_long_name_of_a_town_is_written_smaller(invite, read, make):
    name = "Verwaltungsgemeinschaft Bad Neustadt an der oberen Saale mit Umland"
    sheets = read(make(invite("de", town=name), CODE))
    assert len(sheets.texts) == 1
    assert sheets.symbols() == [
        f"https://umfrage.musterstadt.example/s/zusammenleben#{CODE[0]}"
    ]


def test_a_name_without_end_is_refused_and_nothing_is_drawn(invite):
    invited = invite("de", town="Sankt " * 400)
    with pytest.raises(LettersError, match="too much text for the sheet: town"):
        letters(invited, CODE)


def test_an_address_of_many_lines_is_refused_by_its_name(invite):
    invited = invite("de", address="Zeile\n" * 60)
    with pytest.raises(LettersError, match="address"):
        letters(invited, CODE)


def test_a_town_with_an_arabic_name_is_written_from_the_right(invite, read):
    sheets = read(letters(invite("de", town="مدينة النور"), CODE))
    assert "مدينة" in sheets.words
    assert line("مدينة النور").dir == "rtl"
    assert line("12 مدينة").dir == "rtl"
    assert line("Neustadt مدينة").dir == "ltr"
    assert line("030 123").dir == "ltr"


@pytest.mark.parametrize(
    ("name", "value", "sign"),
    [
        ("town", "Muster\x07stadt", "U+0007"),
        ("town", "\u202eMusterstadt", "U+202E"),
        ("hours", "9–12\u2069", "U+2069"),
        ("represented_by", "A\x00B", "U+0000"),
    ],
)
def test_signs_that_nobody_sees_are_refused_by_the_settings_name(
    invite, name, value, sign
):
    with pytest.raises(LettersError, match=rf"{name}: holds .*{sign[2:]}"):
        invite("de", **{name: value})


def test_a_letter_that_no_font_has_is_refused_by_the_settings_name(invite):
    with pytest.raises(LettersError, match=r"town: no font has “好”"):
        invite("de", town="好 Stadt")
    with pytest.raises(LettersError, match="represented_by: no font has"):
        invite("de", town="Musterstadt", represented_by="🏛")


def test_letters_that_only_this_machine_could_open_are_refused(invite):
    with pytest.raises(LettersError, match="public_url: .* only this machine"):
        invite("de", public_url="http://127.0.0.1:8000")
    assert invite("de", public_url="http://127.0.0.1:8000", demo=True)


def test_a_very_long_address_of_the_server_still_fits(invite, read):
    host = f"https://{'umfrage-der-verwaltungsgemeinschaft.' * 2}musterstadt.example"
    sheets = read(letters(invite("de", public_url=host), CODE))
    assert sheets.symbols() == [f"{host}/s/zusammenleben#{CODE[0]}"]
