"""Text is measured, wrapped, hyphenated and kept in its direction; fonts are ours."""

from __future__ import annotations

import pytest

from analysis.charts import style
from analysis.charts.fonts import MissingGlyph, faces, require_glyphs, start, width_of
from analysis.charts.likert import spread
from analysis.charts.text import Type
from tests.charts.examples import ARABIC, ENGLISH, GERMAN

LONG = "Antidiskriminierungsberatungsstelle"


def test_lines_are_as_wide_as_measured_and_lose_no_letter():
    kind = Type(GERMAN, 16)
    text = f"Die {LONG} und die Nachbarschaftshilfe in Kita/Schule"
    for width in (60, 90, 140, 250, 400):
        block = kind.fit(text, width)
        assert block.width <= width
        assert all(
            line.width == pytest.approx(kind.width(line.text)) for line in block.lines
        )
        whole = "".join(line.text.removesuffix("-") for line in block.lines)
        assert whole.replace(" ", "") == text.replace(" ", "")


def test_a_german_compound_is_broken_between_syllables():
    block = Type(GERMAN, 16).fit("Nachbarschaftshilfe", 100)
    assert [line.text for line in block.lines] == ["Nachbar-", "schaftshilfe"]


def test_a_word_that_fits_a_line_is_not_broken():
    block = Type(GERMAN, 16).fit("die große Nachbarschaftshilfe", 150)
    assert [line.text for line in block.lines] == ["die große", "Nachbarschaftshilfe"]


def test_what_has_no_syllables_is_cut_rather_than_clipped():
    block = Type(ARABIC, 16).fit("Donaudampfschifffahrt", 60)
    assert block.width <= 60
    assert len(block.lines) > 1


def test_balanced_lines_are_as_few_and_of_much_the_same_length():
    kind = Type(ENGLISH, 16)
    text = "How satisfied are you with housing"
    usual, balanced = kind.fit(text, 220), kind.balanced(text, 220)
    assert len(usual.lines) == len(balanced.lines) == 2
    assert balanced.width < usual.width


def test_every_right_to_left_line_has_its_direction_and_closes_what_it_opens():
    text = "هل أنت راضٍ في \u2068Bad Musterstadt am Neckar\u2069 عن السكن؟"
    block = Type(ARABIC, 16).fit(text, 90)
    assert len(block.lines) > 3
    assert block.text == text
    for line in block.lines:
        assert line.text[0] == "\u2067"
        opened = sum(line.text.count(mark) for mark in "\u2066\u2067\u2068")
        assert opened == line.text.count("\u2069")


def test_marks_of_direction_take_no_room():
    assert width_of("\u206612%\u2069") == pytest.approx(width_of("12%"))


def test_arabic_letters_join():
    joined = width_of("كيف")
    apart = sum(width_of(letter) for letter in "كيف")
    assert joined < apart * 0.9


def test_arabic_runs_from_right_to_left():
    start()
    from analysis.charts.ink import shaped

    letters = shaped("\u2067باب Rathaus\u2069", 400).letters
    places = {}
    for part in letters.split("<use ")[1:]:
        name, place = part.split('"')[1], part.split('"')[3]
        places.setdefault(name.strip("#0123456789abcdef"), []).append(int(place))
    assert min(places["AR"]) > max(places["FSR"])


def test_a_missing_letter_is_named_and_stops_the_drawing():
    with pytest.raises(MissingGlyph, match=r"U\+65E5.*“日本”"):
        Type(GERMAN, 16).fit("Schule 日本", 300)


def test_one_arabic_word_never_mixes_two_fonts():
    require_glyphs("می\u200cخواهم پژوهش گچ")
    almarai_lacks = "\N{ARABIC LETTER NOON WITH RING}"
    require_glyphs(almarai_lacks)
    with pytest.raises(MissingGlyph):
        require_glyphs("ب" + almarai_lacks)


@pytest.mark.parametrize(
    "text",
    [
        "Größe ÄÖÜ – „Zitat“ 12\N{NO-BREAK SPACE}%",
        "șț ăâî",
        "şığüçö İ",
        "ґєії",
        "ъщю",
        "ąęłńóśźż",
        "čćžšđ",
        "ëç",
        "αβγ",
        "کی گچپژ",
    ],
)
def test_the_languages_of_the_registry_have_all_their_letters(text):
    assert width_of(text, 400) > 0
    assert width_of(text, 700) > 0


def test_every_font_is_there_in_both_weights():
    assert sorted((face.family, face.weight) for face in faces()) == [
        ("Almarai", 400),
        ("Almarai", 700),
        ("DejaVu Sans", 400),
        ("DejaVu Sans", 700),
        ("Fira Sans", 400),
        ("Fira Sans", 700),
    ]
    assert all(face.path.is_file() for face in faces())


def test_labels_are_pushed_apart_in_their_order_and_stay_on_the_paper():
    places = spread([1, 2, 3, 98], [20, 20, 20, 20], 100, gap=5)
    assert places == sorted(places)
    assert places[0] == 10
    assert places[-1] == 90
    assert all(b - a >= 20 for a, b in zip(places, places[1:], strict=False))


def test_contrast_is_what_the_guidelines_say():
    assert style.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert style.contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


def test_white_stands_only_on_the_ends_of_the_scale():
    inks = [style.ink_on(colour) for colour in style.SCALE]
    assert inks == [style.WHITE, style.INK, style.INK, style.INK, style.WHITE]
    for colour, ink in zip(style.SCALE, inks, strict=True):
        assert style.contrast(colour, ink) >= 4.5
