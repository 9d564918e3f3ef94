"""Labels and codes from a hostile package do no harm in any file of a report."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import html5lib
import pytest

from analysis.codebook import codebook_of
from analysis.disclosure import Publication
from analysis.report import compose, write
from analysis.report.folder import figures_csv
from analysis.report.plain import plain
from tests.disclosure.examples import Sheet
from tests.report import example
from tests.report.saying import LANGUAGES

OVERRIDE, ISOLATE, CLOSE = "\u202e", "\u2067", "\u2069"
ATTACKS = (
    '<script>alert("x")</script>',
    "--><svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "=HYPERLINK(\"http://a.example\",'x')",
    "{{ 7 * 7 }} %(share)s %s {item}",
    f"{OVERRIDE}txet{ISOLATE}",
    "two\nlines\x00\x1b",
    "]]> &amp; &#x3c;",
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A report whose every label is an attack."""
    about = example.about()
    book = about.codebook
    texts = {
        key: f"{ATTACKS[place % len(ATTACKS)]} {place}"
        for place, key in enumerate(book.texts)
    }
    hostile = codebook_of(
        book.items, fields=book.fields, languages=book.languages, texts=texts
    )
    contents = compose(
        example.publication(), replace(about, codebook=hostile), LANGUAGES[1:2]
    )
    folder = tmp_path_factory.mktemp("hostile") / "report"
    write(contents, folder)
    return contents, folder


def elements(folder):
    page = (folder / "en" / "index.html").read_text(encoding="utf-8")
    return html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False).iter()


def test_no_label_becomes_an_element_or_an_attribute_of_the_page(attacked):
    _, folder = attacked
    for element in elements(folder):
        assert str(element.tag).rpartition("}")[2] not in {"script", "hyperlink"}
        assert not [name for name in element.attrib if str(name).startswith("on")]


def test_labels_arrive_in_the_page_as_they_are_written(attacked):
    _, folder = attacked
    heads = [e.text for e in elements(folder) if e.tag == "th"]
    assert any(text and text.startswith("<script>") for text in heads)
    assert any(text and "{{ 7 * 7 }} %(share)s %s {item}" in text for text in heads)


def test_pictures_hold_no_script_and_stay_well_formed(attacked):
    _, folder = attacked
    for path in folder.rglob("*.svg"):
        tree = ElementTree.parse(path)  # noqa: S314 - a file of our own
        tags = {element.tag for element in tree.iter()}
        assert not [tag for tag in tags if tag.endswith("script")]


def test_report_json_holds_the_labels_as_data(attacked):
    contents, folder = attacked
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert content == json.loads(json.dumps(contents.as_json(), default=dict))


def test_no_label_turns_what_stands_behind_it(attacked):
    contents, _ = attacked
    for chart in contents.charts:
        words = chart.words
        labels = [*words.items.values(), *words.categories.values()]
        for text in (*labels, words.headline, words.base_line, words.subtitle):
            assert OVERRIDE not in text
            assert text.count(ISOLATE) == text.count(CLOSE)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\tb", "a b"),
        (f"{OVERRIDE}abc", "abc"),
        (f"x {ISOLATE}abc", f"x {ISOLATE}abc{CLOSE}"),
        (f"abc{CLOSE} d", "abc d"),
        (f"{ISOLATE}abc{CLOSE}", f"{ISOLATE}abc{CLOSE}"),
        ("half \ud800 pair", "half   pair"),
    ],
)
def test_texts_are_made_plain(given, kept):
    assert plain(given) == kept


def channels(*codes):
    sheet = Sheet("participation", "random")
    for code in codes:
        sheet.add("", "completed", channel=code, n=300)
    sheet.add("", "missing", category="-3", n=5)
    return sheet.protected("participation", (), base=600)


def test_no_cell_of_figures_csv_is_a_formula_and_no_answers_keep_their_codes():
    table = channels("=1+1", "@sum", "+link", "-cmd", "poster")
    rows = list(csv.DictReader(io.StringIO(figures_csv(Publication((table,))))))
    found = [row["channel"] for row in rows]
    assert found[:5] == ["'=1+1", "'@sum", "'+link", "'-cmd", "poster"]
    assert rows[5]["category"] == "-3"


def test_a_channel_of_any_name_is_shown_by_its_name():
    table = channels('<b>"', f"{OVERRIDE}link")
    contents = compose(Publication((table,)), example.about(), LANGUAGES[1:2])
    heads = [head for head, _ in contents.charts[0].display.rows]
    assert heads == ['sent – <b>"', "sent – link"]


def test_words_stand_in_the_same_order_whatever_the_order_of_a_set():
    table = channels("poster", "code", "bulletin", "school")
    contents = compose(Publication((table,)), example.about(), LANGUAGES[1:2])
    met = [
        name
        for name in contents.charts[0].words.groups
        if name in {"poster", "code", "bulletin", "school"}
    ]
    assert met == ["bulletin", "code", "poster", "school"]
