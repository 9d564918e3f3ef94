from __future__ import annotations

import pytest

from survey.letters import LettersError
from survey.letters.coded import letters, shuffled, volumes
from survey.urn import codes
from tests.letters.conftest import HOST

MADE = ["4539148803436467", "0412249656942005", "5603354991706897"]
MM = 3.0 * 72 / 25.4
"""Points of a picture (scale 3) to a millimetre."""


@pytest.fixture
def german(invite, read):
    return read(letters(invite("de"), MADE))


def test_there_is_one_page_for_each_code(german):
    assert len(german.texts) == 3
    for code, text in zip(MADE, german.texts, strict=True):
        found = [other for other in MADE if codes.group(other) in text]
        assert found == [code]
        assert text.count(codes.group(code)) == 1


def test_the_symbol_of_each_page_opens_the_survey_with_the_code_of_that_page(german):
    for page, code in enumerate(MADE):
        assert german.symbols(page) == [f"{HOST}/s/zusammenleben#{code}"]


def test_the_code_stands_in_groups_and_in_the_symbol_and_nowhere_else(german):
    assert not any(code in text for code in MADE for text in german.texts)
    assert not any(code[:4] in alt for code in MADE for alt in german.alternatives)
    assert not any("/Annots" in page for page in german.pdf.pages)
    assert not any(code[:4] in str(german.pdf.metadata) for code in MADE)


def test_the_letter_says_how_to_take_part_and_what_the_code_does(german):
    text = " ".join(german.texts[0].split()).replace("\u2068", "").replace("\u2069", "")
    for words in (
        "Online, am Telefon, auf Papier",
        "Zusammenleben in Musterstadt",
        "Wer gefragt wird, wurde ausgelost",
        "Sie können bis 31. Oktober 2026 teilnehmen.",
        "Mit diesem Code können Sie einmal teilnehmen.",
        "Er sagt nichts über Sie aus: Es gibt keine Liste, wer welchen Code bekommen "
        "hat.",
        "Gespeichert wird nur, dass er benutzt wurde, nie, mit welchen Antworten; auch "
        "das wird vernichtet, wenn die Befragung endet.",
        "Wir führen kein Protokoll der Besuche auf diesen Seiten.",
        "umfrage.musterstadt.example/s/zusammenleben",
        "umfrage.musterstadt.example/de/privacy",
    ):
        assert words in text


def test_the_town_and_how_to_reach_it_come_from_the_settings(invite, read):
    given = {
        "represented_by": "Erste Bürgermeisterin",
        "data_protection_officer": "Datenschutz\ndsb@musterstadt.example",
        "upstream_logs": "days:3",
    }
    words = read(letters(invite("de", **given), MADE[:1])).words
    for expected in (
        "Rathausplatz 1",
        "07031 123-0",
        "Mo–Fr 9–12 Uhr",
        "umfrage@musterstadt.example",
        "Mit freundlichen Grüßen Erste Bürgermeisterin",
        "Datenschutz, dsb@musterstadt.example",
        "3 Tage lang ein Protokoll",
    ):
        assert expected in words


def test_the_letter_names_no_day_when_the_survey_has_none(invite, read):
    words = read(letters(invite("de", until=None), MADE[:1])).words
    assert "Die Teilnahme ist freiwillig." in words
    assert "Sie können bis" not in words


def test_the_window_and_the_margins_stay_empty(german):
    picture = german.picture()
    window = picture.crop(tuple(int(x * MM) for x in (20, 45, 105, 90)))
    assert window.getextrema() == (255, 255)


def test_the_first_line_has_fourteen_and_the_code_sixteen_points(german):
    sizes = {}

    def visit(text, _matrix, matrix, _font, size):
        if text.strip():
            sizes.setdefault(text.strip()[:12], round(size * abs(matrix[3])))

    german.pdf.pages[0].extract_text(visitor_text=visit)
    assert sizes["Online, am T"] == 14
    assert sizes[codes.group(MADE[0])[:12]] == 16


def test_the_symbol_stands_at_the_same_place_and_its_corner_is_marked(german):
    for page in range(3):
        picture = german.picture(page)
        # finder patterns: black in the middle of three corners
        for x, y in ((145.5, 249.5), (172.5, 249.5), (145.5, 276.5)):
            assert picture.getpixel((int(x * MM), int(y * MM))) < 60
        corner = picture.crop(tuple(int(x * MM) for x in (200, 287, 210, 297)))
        assert corner.getextrema()[0] < 200


def test_the_file_is_accessible_to_everybody(german):
    root = german.pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert german.pdf.metadata.title == "Zusammenleben in Musterstadt"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert (
        german.alternatives
        == ["QR-Code, der die Befragung mit Ihrem Zugangscode öffnet"] * 3
    )


def test_two_languages_stand_side_by_side_each_with_its_tag(invite, read):
    sheets = read(letters(invite("de", "ar"), MADE))
    assert len(sheets.texts) == 3
    assert {"de", "ar"} <= sheets.languages
    for code, text in zip(MADE, sheets.texts, strict=True):
        assert text.count(codes.group(code)) == 1


def test_further_languages_stand_on_the_back_of_the_same_sheet(invite, read):
    sheets = read(letters(invite("de", "en", "ar"), MADE))
    assert len(sheets.texts) == 6
    for number, code in enumerate(MADE):
        front, back = sheets.texts[2 * number : 2 * number + 2]
        assert codes.group(code) in front
        assert "Dear resident," in front
        assert not any(codes.group(other) in back for other in MADE)
    assert {"de", "en", "ar"} <= sheets.languages


def test_the_first_language_named_comes_first(invite, read):
    sheets = read(letters(invite("ar", "de"), MADE[:1]))
    assert sheets.pdf.root_object["/Lang"] == "ar"


def test_the_same_codes_give_the_same_bytes(invite):
    invited = invite("de", "ar")
    assert letters(invited, MADE) == letters(invited, MADE)


def test_nothing_tells_when_the_letters_were_made(german):
    assert not any("Date" in name for name in german.pdf.metadata)


def test_a_language_the_survey_does_not_speak_is_refused(invite):
    with pytest.raises(LettersError, match="does not speak fr, only"):
        invite("de", "fr")


def test_an_order_that_nobody_knows_keeps_every_code():
    made = codes.generate(200)
    first, second = shuffled(made), shuffled(made)
    assert sorted(first) == sorted(second) == sorted(made)
    assert first != made
    assert first != second


@pytest.mark.parametrize(
    ("languages", "sizes"),
    [(1, [1000, 1000, 300]), (3, [1000, 1000, 300]), (6, [500] * 4 + [300])],
)
def test_many_letters_come_in_volumes(languages, sizes):
    made = [f"{number:016d}" for number in range(2300)]
    portions = list(volumes(made, languages))
    assert [len(portion) for portion in portions] == sizes
    assert [code for portion in portions for code in portion] == made


def test_arabic_is_written_from_the_right_and_can_be_read_out(invite, read):
    sheets = read(letters(invite("ar"), MADE[:1]))
    for word in ("بالهاتف", "الورق", "طوعية", "الرمز", "واحدة", "التحيات"):
        assert word in sheets.words
    # a short line, the greeting: ink at the right edge of the column, none at its left
    picture = sheets.picture()
    line = picture.crop(tuple(int(x * MM) for x in (20, 112, 190, 118)))
    width, height = line.size
    assert line.crop((width - 30, 0, width, height)).getextrema()[0] < 128
    assert line.crop((0, 0, width // 2, height)).getextrema() == (255, 255)
