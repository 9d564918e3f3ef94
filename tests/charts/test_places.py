"""Nothing is clipped, nothing overlaps, Arabic is mirrored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts import lay_out
from analysis.charts.sheet import Box
from tests.charts.examples import ENGLISH, words
from tests.charts.ink_boxes import collisions, outside
from tests.disclosure import examples as tables

MIRRORED = replace(ENGLISH, direction="rtl")


def test_no_two_lines_of_text_overlap(case):
    assert collisions(case.sheet) == []


def test_no_text_leaves_the_paper(case):
    assert outside(case.sheet) == []


def test_no_shape_leaves_the_paper(case):
    sheet = case.sheet
    for shape in sheet.shapes:
        left, right = sorted((shape.box.left, shape.box.right))
        reach = shape.look.thickness / 2
        assert left - reach >= 0, shape
        assert right + reach <= sheet.width, shape
        assert shape.box.top >= 0, shape
        assert max(shape.box.top, shape.box.bottom) <= sheet.height, shape


def test_the_boxes_used_for_placing_hold_the_width_of_the_ink():
    sheet = lay_out(tables.matrix(), words(ENGLISH), language=ENGLISH, framed=True)
    assert not sheet.is_free(Box(0, sheet.margin, 400, 20))
    assert sheet.is_free(Box(0, sheet.height - 10, 400, 5))


@pytest.mark.parametrize("table", tables.every_kind(), ids=lambda table: table.table)
@pytest.mark.parametrize("framed", [True, False])
def test_every_shape_has_its_mirror_image_in_a_right_to_left_chart(table, framed):
    left, right = (
        lay_out(table, words(ENGLISH), language=language, framed=framed)
        for language in (ENGLISH, MIRRORED)
    )

    def across(sheet, *, turned):
        places = []
        for shape in sheet.shapes:
            sides = sorted((shape.box.left, shape.box.right))
            if turned:
                sides = sorted(sheet.width - side for side in sides)
            places.append((shape.kind, shape.look, *sides))
        return places

    pairs = list(
        zip(across(left, turned=False), across(right, turned=True), strict=True)
    )
    assert all(first[:2] == second[:2] for first, second in pairs)
    assert all(first[2:] == pytest.approx(second[2:]) for first, second in pairs)
    assert across(left, turned=False) != across(right, turned=False)


@pytest.mark.parametrize("table", tables.every_kind(), ids=lambda table: table.table)
def test_labels_begin_where_reading_begins(table):
    sheet = lay_out(table, words(MIRRORED), language=MIRRORED, framed=True)
    headline = sheet.labels[0]
    assert headline.block.text == words(MIRRORED).headline
    assert round(headline.box.right, 3) == sheet.width - sheet.margin
