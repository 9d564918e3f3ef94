"""HTML becomes words that keep their sense, and every loss is said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring.limesurvey.markup import to_markup, to_plain

FORMATTING = "Formatting is left out."


@pytest.mark.parametrize(
    ("markup", "text", "losses"),
    [
        ("Wo wohnen Sie?", "Wo wohnen Sie?", []),
        ("a\n  b\tc", "a b c", []),
        ("one<br>two<br />three", "one\ntwo\nthree", []),
        ("<p>first</p>\n<p>second</p>", "first\nsecond", []),
        ("<ul><li>buses</li><li>parks</li></ul>", "– buses\n– parks", []),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b", []),
        ("Gr&uuml;&szlig;e &amp;&nbsp;Dank &lt;3", "Grüße & Dank <3", []),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6", []),
        ("<strong>very</strong> good", "very good", [FORMATTING]),
        ('<p style="text-align:center">x</p>', "x", [FORMATTING]),
        ('<a href="https://x.org/a">here</a>', "here (https://x.org/a)", []),
        ('<a href="mailto:a@b.de">a@b.de</a>', "a@b.de", []),
        (
            'see <img src="/up/map.png" alt="the map" />',
            "see the map",
            ["The image map.png is left out."],
        ),
        ("<script>alert({x})</script>Hello", "Hello", ["A script is left out."]),
        ("<!-- note -->Hello", "Hello", []),
        (
            "<table><tr><td>1</td><td>2</td></tr></table>",
            "1 2",
            ["A table became lines."],
        ),
        (
            '<iframe src="x"></iframe>a',
            "a",
            ["A film, a sound or another page is left out."],
        ),
        ("\u200fشكرا\u200f", "شكرا", ["Invisible characters are left out."]),
        (
            "{ not an expression }",
            "( not an expression )",
            ["Braces became round brackets."],
        ),
        (r"a set \{1, 2\}", "a set (1, 2)", ["Braces became round brackets."]),
    ],
)
def test_markup_becomes_words(markup, text, losses):
    found = to_plain(markup)
    assert (found.text, found.losses) == (text, losses)


@pytest.mark.parametrize(
    "insertion",
    [
        "{INSERTANS:77X1X12SQ001}",
        "{TOKEN:FIRSTNAME}",
        "{Q1.shown}",
        '{if(Q1 == "Y", "one}", \'two\')}',
        "{sum(a, b) &gt; 2}",
    ],
)
def test_insertions_become_a_gap_and_are_named(insertion):
    found = to_plain(f"Dear {insertion}, hello")
    assert found.text == "Dear …, hello"
    [loss] = found.losses
    assert loss.endswith("inserts a value, which no text can do here: … stands for it.")
    assert loss.startswith(insertion.replace("&gt;", ">")[:10])


def test_the_name_of_an_image_without_words_is_kept():
    assert to_plain('<img alt="" src="a/fire.png">').images == ["fire.png"]


@given(st.text())
def test_no_text_is_too_strange(text):
    found = to_plain(text)
    assert "{" not in found.text
    assert found.text == found.text.strip()


@given(st.lists(st.text(st.sampled_from("aé ع<>&;\"'{}#")).map(str.strip), max_size=3))
def test_what_we_write_reads_back_except_for_braces_and_spaces(lines):
    text = "\n".join(" ".join(line.split()) for line in lines if line.strip())
    plain = text.replace("{", "(").replace("}", ")")
    assert to_plain(to_markup(text)).text == plain


@pytest.mark.parametrize(
    "piece", ['{"', "<", "<!--", "<a ", "{'", '<a href="', "</a>", "<li>", "&amp;"]
)
def test_no_markup_takes_long(piece):
    start = time.process_time()
    to_plain(piece * 10_000)
    assert time.process_time() - start < 5
