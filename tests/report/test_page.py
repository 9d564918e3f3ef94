"""The page of a report needs nothing beside itself and can be read by everybody."""

from __future__ import annotations

import re

import html5lib
import pytest

from analysis.report import write
from analysis.report.drawings import Drawings
from tests.report.conftest import composed
from tests.report.saying import LANGUAGES

SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="50pt" viewBox="0 0 9 9">
 <defs>
  <style type="text/css">*{{stroke-linejoin: round}}</style>
 </defs>
 <g id="figure_1"><path style="fill: url(#h1)" clip-path="url(#p1)"/></g>
 <defs><pattern id="h1"></pattern></defs>
<!-- 12 % -->
<defs><path id="F1" d="{outline}"/><path id="F2" d="m1 1z"/></defs>
<g><use xlink:href="#F1" x="0"/></g>
</svg>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("page") / "report"
    write(composed("random"), place)
    return place


def page(folder, language):
    text = (folder / language / "index.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    tree = parser.parse(text)
    return text, list(tree.iter()), parser.errors


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_page_is_in_its_language_and_direction(folder, language):
    _, elements, _ = page(folder, language.code)
    root = elements[0]
    assert (root.attrib["lang"], root.attrib["dir"]) == (
        language.html,
        language.direction,
    )
    assert sum(element.tag == "h1" for element in elements) == 1


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_page_names_no_address_but_places_on_itself(folder, language):
    _, elements, _ = page(folder, language)
    for element in elements:
        for name, value in element.attrib.items():
            if str(name).rpartition("}")[2] in {"href", "src"}:
                assert value.startswith("#")


def test_every_place_that_is_named_is_there_once(folder):
    _, elements, _ = page(folder, "de")
    names = [e.attrib["id"] for e in elements if "id" in e.attrib]
    assert len(names) == len(set(names))
    targets = {
        value[1:]
        for element in elements
        for name, value in element.attrib.items()
        if str(name).rpartition("}")[2] == "href"
    }
    assert targets <= set(names)


def test_a_page_is_valid_but_for_names_of_drawings(folder):
    _, _, errors = page(folder, "ar")
    assert not [code for _, code, _ in errors if "xlink" not in code]


def test_every_picture_is_named_and_every_table_has_heads(folder):
    contents = composed("random")
    _, elements, _ = page(folder, "en")
    drawings = [e for e in elements if e.attrib.get("role") == "img"]
    english = [c for c in contents.charts if c.language.code == "en"]
    said = {e.attrib["aria-label"] for e in drawings}
    assert said == {c.alternative for c in english}
    heads = [e for e in elements if e.tag == "th"]
    assert heads
    assert all(e.attrib["scope"] in {"col", "row"} for e in heads)


def test_letters_stand_once_for_all_pictures_and_nothing_else_is_lost(folder):
    text, _, _ = page(folder, "de")
    outlines = re.findall(r'<path id="([^"]+)"', text)
    assert len(outlines) == len(set(outlines))
    shapes = sum(
        path.read_text("utf-8").count("<use ")
        for path in folder.glob("pictures/*.de.svg")
    )
    assert text.count("<use ") == shapes
    assert "<!--" not in text


def test_a_page_is_lighter_than_its_pictures(folder):
    weight = sum(path.stat().st_size for path in folder.glob("pictures/*.de.svg"))
    assert (folder / "de" / "index.html").stat().st_size < weight


def test_pictures_on_one_page_keep_their_patterns_apart():
    drawings = Drawings()
    first = drawings.put(SVG.format(outline="m0 0z").encode(), "one")
    second = drawings.put(SVG.format(outline="m0 0z").encode(), 'two "quoted"')
    assert 'id="h1-1"' in first
    assert "url(#h1-1)" in first
    assert 'id="h1-2"' in second
    assert "url(#p1-2)" in second
    assert 'aria-label="two &#34;quoted&#34;"' in second
    assert drawings.letters.count("<path") == 2


def test_two_letters_of_one_name_are_kept_apart():
    drawings = Drawings()
    drawings.put(SVG.format(outline="m0 0z").encode(), "one")
    other = drawings.put(SVG.format(outline="m5 5z").encode(), "two")
    assert other.startswith('<img src="data:image/svg+xml;base64,')
    assert drawings.letters.count("<path") == 2
