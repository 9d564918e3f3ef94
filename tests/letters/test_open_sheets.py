from __future__ import annotations

from survey.letters.open_sheets import cards, poster
from tests.letters.conftest import HOST


def test_a_poster_has_one_line_and_one_symbol_for_each_language(invite, read):
    sheets = read(poster(invite("de", "en", "ar")))
    assert len(sheets.texts) == 1
    for line in ("Ihre Meinung zählt", "Your opinion counts", "رأيك", "مهم"):
        assert line in sheets.words
    assert sorted(sheets.symbols()) == [
        f"{HOST}/ar/zusammenleben/?channel=link",
        f"{HOST}/de/zusammenleben/?channel=link",
        f"{HOST}/en/zusammenleben/?channel=link",
    ]
    assert "umfrage.musterstadt.example/s/zusammenleben" in sheets.words


def test_a_symbol_opens_what_the_short_address_leads_to(publish, resident):
    publish("zusammenleben")
    sent = resident.get("/s/zusammenleben/link", headers={"Accept-Language": "ar"})
    assert sent.headers["Location"] == "/ar/zusammenleben/?channel=link"
    assert resident.get(sent.headers["Location"]).status_code == 200


def test_a_named_link_stands_in_symbol_and_address(invite, read):
    sheets = read(poster(invite("de"), channel="school"))
    assert sheets.symbols() == [f"{HOST}/de/zusammenleben/?channel=school"]
    assert "umfrage.musterstadt.example/s/zusammenleben/school" in sheets.words


def test_a_poster_is_accessible_in_each_language(invite, read):
    sheets = read(poster(invite("de", "ar")))
    assert {"de", "ar"} <= sheets.languages
    assert len(sheets.alternatives) == 2
    assert b"pdfuaid:part" in sheets.pdf.root_object["/Metadata"].get_data()


def test_cards_carry_no_code_and_say_who_gets_them(invite, read):
    sheets = read(cards(invite("de", "en", "ar")))
    front, back = sheets.texts
    assert sheets.symbols(0) == sheets.symbols(1) == []
    assert front.count("Haben Sie schon teilgenommen?") == 4
    assert "Wir wissen nicht, wer teilgenommen hat." in sheets.words
    assert "bis 31. Oktober 2026" in sheets.words
    assert "Rathausplatz 1" in back


def test_cards_of_a_survey_without_a_last_day_name_none(invite, read):
    words = read(cards(invite("de", until=None))).words
    assert "Wenn nicht: Es ist noch Zeit." in words


def test_the_same_poster_and_cards_have_the_same_bytes(invite):
    invited = invite("de", "ar")
    assert poster(invited) == poster(invited)
    assert cards(invited) == cards(invited)
