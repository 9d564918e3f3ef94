"""What questionnaires are told about letters is what the charts can really draw."""

from __future__ import annotations

import pytest

from analysis.charts import fonts
from analysis.charts.words import ChartError
from survey.language import glyphs

DRAWN = (
    "Grüße aus Ștefănești, Łódź, Đakovo, Şişli",
    "Дякую, спасибо, благодаря",
    "هل مكان سكنك في البلدية؟ لا، نعم",
    "می‌کنید، پرسش‌نامه، گزینه",
    "18–24 €, 50 %, …",
)
UNDRAWN = ("ትግርኛ", "ڕێگا", "中文", "🙂")


def draws(text: str) -> bool:
    try:
        fonts.require_glyphs(text)
    except ChartError:
        return False
    return True


def test_both_packages_look_into_the_same_fonts():
    ours = {file.rpartition("/")[2] for _, file in glyphs.FONTS}
    theirs = {face.path.name for face in fonts.faces() if face.weight == fonts.REGULAR}
    assert ours == theirs


@pytest.mark.parametrize("text", DRAWN)
def test_what_the_charts_draw_is_let_through(text):
    assert draws(text)
    assert glyphs.undrawable(text) == ""


@pytest.mark.parametrize("text", UNDRAWN)
def test_what_they_cannot_draw_is_named(text):
    assert not draws(text)
    assert "U+" in glyphs.undrawable(f"Text {text}")


def test_every_letter_of_the_common_scripts_is_judged_alike():
    letters = [
        chr(code)
        for first, last in ((0xA1, 0x530), (0x600, 0x700), (0x2010, 0x2050))
        for code in range(first, last)
        if chr(code).isprintable()
    ]
    differing = [
        sign for sign in letters if draws(sign) == bool(glyphs.undrawable(sign))
    ]
    assert differing == []
