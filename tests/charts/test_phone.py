"""On a telephone every text of a picture is large enough to be read."""

from __future__ import annotations

import re

import pytest

from analysis.charts import lay_out
from analysis.charts.scale import TRACK
from tests.charts import extremes
from tests.charts.examples import ENGLISH, GERMAN, words
from tests.charts.reading import plain
from tests.disclosure import examples as tables

# What a picture has on a screen of 360 px beside the page's margins, in CSS pixels;
# what a note and what a name must at least have there.
SHOWN, SMALLEST, NAME = 328, 10.5, 12.0
UNITS = 500


def sizes(svg: bytes, shown: float) -> dict[str, float]:
    """The size of each text of a file in CSS pixels where it is shown this wide."""
    text = svg.decode()
    found = re.search(r'viewBox="0 0 ([\d.]+) ', text)
    assert found
    unit = shown / float(found[1])
    lines = re.findall(
        r"<!-- (.*?) -->\s*(?:<defs>.*?</defs>\s*)?<g [^>]*scale\(([\d.]+) ",
        text,
        flags=re.DOTALL,
    )
    return {said.strip(): float(scale) * UNITS * unit for said, scale in lines}


def test_the_smallest_text_of_a_page_picture_can_be_read_on_a_telephone(page):
    found = sizes(page.picture.svg, SHOWN)
    assert len(found) == len(set(map(str.strip, page.picture.texts)))
    assert min(found.values()) >= SMALLEST


def test_names_and_numbers_are_as_large_as_text_on_a_telephone(page):
    said = page.words
    names = {*said.items.values(), *said.categories.values(), *said.groups.values()}
    found = sizes(page.picture.svg, SHOWN)
    body = {text: size for text, size in found.items() if text in names or "%" in text}
    assert body
    assert min(body.values()) >= NAME


def test_a_page_picture_is_narrow_and_a_framed_one_wide(case):
    assert case.sheet.width == (504 if case.framed else 300)


@pytest.mark.parametrize("table", [tables.groups, tables.multiple, tables.dots])
def test_names_stand_above_their_tracks_on_a_page(table):
    sheet = lay_out(table(), words(GERMAN), language=GERMAN, framed=False)
    tracks = sorted(
        shape.box.top
        for shape in sheet.shapes
        if shape.look == TRACK and shape.box.width
    )
    said = {*words(GERMAN).categories.values(), *words(GERMAN).groups.values()}
    names = [label for label in sheet.labels if label.block.text in said]
    assert len(tracks) >= 3
    for name, track in zip(names, tracks, strict=False):
        assert name.box.bottom < track
        assert name.box.bottom > track - 30
    assert len({name.box.left for name in names}) == 1


def test_a_long_compound_is_hyphenated_and_stays_whole_in_the_file():
    said = extremes.words(GERMAN)
    sheet = lay_out(extremes.all_tied(), said, language=GERMAN, framed=False)
    label = next(
        each for each in sheet.labels if each.block.text == extremes.LONG["de"]
    )
    assert [line.text for line in label.block.lines] == [
        "Grundstücksverkehrsgenehmi-",
        "gungszuständigkeitsübertragungs-",
        "verordnung und",
        "Nachbarschaftshilfe",
    ]


def test_the_plane_of_a_matrix_is_square_on_a_page():
    sheet = lay_out(tables.matrix(), words(ENGLISH), language=ENGLISH, framed=False)
    plane = max(
        (shape.box for shape in sheet.shapes if shape.kind == "rectangle"),
        key=lambda box: box.width,
    )
    assert plane.width == plane.height
    assert plane.width > 0.8 * sheet.width


@pytest.mark.parametrize("framed", [True, False])
def test_the_words_for_both_shares_of_a_field_are_not_broken(framed):
    said = words(GERMAN)
    sheet = lay_out(tables.matrix(), said, language=GERMAN, framed=framed)
    for key in ("importance", "satisfaction"):
        found = [each for each in sheet.labels if each.block.text == said.legend[key]]
        assert len(found) == (2 if framed else 10)
        assert all(len(label.block.lines) == 1 for label in found)


@pytest.mark.parametrize("framed", [True, False])
def test_ticks_below_the_plane_leave_out_the_same_number_of_steps(framed):
    sheet = lay_out(tables.matrix(), words(ENGLISH), language=ENGLISH, framed=framed)
    foot = max(shape.box.bottom for shape in sheet.shapes if shape.look.dash)
    ticks = [
        int(plain(label.block.text).removesuffix("%"))
        for label in sheet.labels
        if label.block.text.count("%") and 0 < label.box.top - foot < 12
    ]
    assert len(ticks) >= 3
    assert len({b - a for a, b in zip(ticks, ticks[1:], strict=False)}) == 1
