"""Six words on paper, typed by somebody tired, in any language."""

import pytest

from survey.language import registry
from survey.respond import words

CODE = bytes([0, 7, 64, 128, 200, 255])
RELEASED = [language.catalog for language in registry().released]


@pytest.mark.parametrize("catalog", [*RELEASED, "xx"])
def test_what_is_spelt_is_read_again(catalog):
    spelt = words.spell(CODE, catalog)
    assert len(spelt) == 6
    assert words.read(" ".join(spelt), catalog).code == CODE


def test_every_released_language_has_words_of_its_own():
    assert set(RELEASED) <= set(words._lists())


@pytest.mark.parametrize("catalog", RELEASED)
def test_no_single_slip_makes_another_word(catalog):
    listed = [words.plain(word) for word in words._lists()[catalog]]
    close = [
        (one, other)
        for number, one in enumerate(listed)
        for other in listed[:number]
        if words.is_near(one, other)
    ]
    assert close == []
    assert all(len(word) >= 3 and word.isalpha() for word in listed)


def test_case_commas_and_lines_do_not_matter():
    spelt = words.spell(CODE, "de")
    for typed in (
        ", ".join(spelt).upper(),
        "\n".join(f"– {word}." for word in spelt),
        "  ".join(spelt).replace("ü", "u").replace("ö", "o"),
    ):
        assert words.read(typed, "de").code == CODE


def test_a_note_in_one_language_is_read_on_the_page_of_another():
    typed = " ".join(words.spell(CODE, "ar"))
    assert words.read(typed, "de").code == CODE
    assert words.read(" ".join(words.spell(CODE, "de")), "ar").code == CODE


def test_arabic_words_are_read_without_their_small_signs():
    spelt = words.spell(bytes(range(6)), "ar")
    typed = " ".join(spelt).translate(str.maketrans("أإآة", "اااه"))
    assert words.read(typed, "ar").code == bytes(range(6))
    assert words.read("ـ".join(typed), "ar").code in (None, bytes(range(6)))


def test_numbers_are_read_in_every_script():
    assert words.spell(CODE, "xx") == ("100", "107", "164", "228", "300", "355")
    assert words.read("١٠٠ ١٠٧ ١٦٤ ٢٢٨ ٣٠٠ ٣٥٥", "ar").code == CODE
    assert words.read("100 107 164 228 300 356", "en").code is None


def test_one_wrong_letter_is_forgiven_and_two_are_named():
    spelt = [word.lower() for word in words.spell(CODE, "en")]
    turned = spelt[2][1] + spelt[2][0] + spelt[2][2:]
    slipped = [spelt[0] + spelt[0][-1], spelt[1] + "x", turned]
    assert words.read(" ".join([*slipped, *spelt[3:]]), "en").code == CODE
    reading = words.read(" ".join([*spelt[:5], "rhinoceros"]), "en")
    assert reading == words.Reading(None, ("rhinoceros",))


@pytest.mark.parametrize("typed", ["", " ,; ", "acorn", "acorn " * 7, "\x00" * 99])
def test_anything_else_is_no_code(typed):
    assert words.read(typed, "en").code is None


def test_a_very_long_text_is_cut_off_before_it_costs_anything():
    assert words.read("acorn " * 100_000, "en").code is None


def test_two_codes_are_never_alike():
    assert len({words.draw() for _ in range(1000)}) == 1000
    assert {len(words.draw()) for _ in range(10)} == {6}
