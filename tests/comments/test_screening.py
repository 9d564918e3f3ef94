"""What could name somebody is marked; what cannot is left alone."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comments.screening import LONGEST, hidden, report, screen


def kinds(text):
    return [mark.kind for mark in screen(text)]


def found(text, kind):
    return [text[m.start : m.end] for m in screen(text) if m.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "Schreiben Sie an anna.beispiel+rat@post.example.org bitte",
        "anna (at) beispiel.de",
        "anna[at]beispiel.de",
        "ANNA@BEISPIEL.DE",
        "anna at beispiel dot".replace(" dot", ".de"),
    ],
)
def test_mail_addresses_are_marked_as_people_write_them(text):
    assert "email" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ruft mich an: 030 23125 000",
        "0171/39200 00",
        "+49 (0)30 23125-000",
        "0049 30 23125000",
        "+44 20 7946 0123",
        "هاتفي ٠٣٠ ٢٣١٢٥٠٠٠",
        "тел. +7 495 123-45-67",
    ],
)
def test_telephone_numbers_are_marked_in_the_digits_of_any_script(text):
    assert "telephone" in kinds(text)


def test_an_iban_is_known_by_its_check_digits():
    text = "Spenden an DE89 3704 0044 0532 0130 00 oder GB82WEST12345698765432."
    assert found(text, "iban") == [
        "DE89 3704 0044 0532 0130 00",
        "GB82WEST12345698765432",
    ]
    assert "telephone" not in kinds(text)
    assert "iban" not in kinds("DE00 3704 0044 0532 0130 00")


@pytest.mark.parametrize(
    "text",
    [
        "Mühlweg 3",
        "in der Karl-Marx-Straße 12a wohnt er",
        "Hauptstr. 5",
        "HAUPTSTRASSE 17 B",
        "Am Markt 4",
        "12 houses in Mill Lane 4",
        "Atatürk caddesi 8",
        "ul. Długa 5",
        "улица Ленина, 5".replace(",", ""),
    ],
)
def test_a_street_with_its_number_is_marked(text):
    assert "street" in kinds(text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Herr Müller vom Amt", "Herr Müller"),
        ("mit Herrn Dr. Öztürk", "Herrn Dr. Öztürk"),
        ("Frau Meier-Schulz war nett", "Frau Meier-Schulz"),
        ("Mrs O’Neill", "Mrs O’Neill"),
        ("Bürgermeisterin Kaya", "Bürgermeisterin Kaya"),
        ("قال السيد أحمد ذلك", "السيد أحمد"),
        ("Пані Коваль", "Пані Коваль"),
    ],
)
def test_a_name_behind_a_title_is_marked(text, marked):
    assert found(text, "name") == [marked]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Bus fährt zu selten, seit 2019 nur alle 60 Minuten.",
        "Am 12.03.2024 war das Amt zu, am 2024-03-12 auch.",
        "Eine Frau im Amt und ein Herr mit Hut",
        "Mein Weg zur Arbeit dauert 40 Minuten",
        "Die Miete stieg von 450,50 auf 1.200,75 Euro",
        "1. Schule 2. Bus 3. Rad",
        "Ich bin 34 und wohne seit 5 Jahren hier",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert kinds(text) == []


def test_everything_marked_can_be_hidden_at_once():
    text = "Frau Meier, Mühlweg 3, meier@example.org, 030 23125 000: nie da!"
    marks = screen(text)
    assert hidden(text, marks, "<{}>".format) == "<name>, <street>, <email>, " + (
        "<telephone>: nie da!"
    )


def test_a_report_counts_and_repeats_no_text():
    comments = pd.DataFrame(
        {"text": ["Frau Meier war nett", "gut", "a@b.example.org und c@d.example.org"]}
    )
    screening = report(comments)
    assert screening.counts["email"] == 2
    assert screening.counts["iban"] == 0
    assert screening.lines()[0] == "2 of 3 comments hold something to look at."
    assert screening.marks["comment"].tolist() == [0, 2, 2]
    assert set(screening.marks.columns) == {"comment", "kind", "start", "end"}


@pytest.mark.parametrize(
    "part", ["a", "1 ", "a.", "Herr ", "a@", "Straße ", "DE89 ", "+", "- ", "﷽"]
)
def test_of_a_hostile_comment_only_the_beginning_is_looked_at(part):
    marks = screen(part * 50_000)
    assert marks[-1].kind == "too_long"
    assert marks[-1].start == LONGEST


@given(st.text(max_size=200))
def test_every_mark_is_a_place_in_the_text(text):
    for mark in screen(text):
        assert 0 <= mark.start < mark.end <= len(text)
