"""The rules of each chart: what is drawn, what must not be drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.charts import KINDS, LEGEND_KEYS, ChartError, lay_out, style
from analysis.charts.fields import FILLED, HOLLOW
from analysis.charts.likert import MARK
from analysis.charts.matrix import ERROR
from analysis.charts.scale import DOT, TRACK, WHISKER
from tests.charts import extremes
from tests.charts.examples import ENGLISH, GERMAN, words
from tests.charts.ink_boxes import ink_of
from tests.disclosure import examples as tables

BOTH = pytest.mark.parametrize("framed", [True, False])


def sheet_of(table, said=None, language=ENGLISH, *, framed=False):
    return lay_out(table, said or words(language), language=language, framed=framed)


def looks(sheet):
    return [shape.look for shape in sheet.shapes]


@pytest.mark.parametrize("table", [tables.dots, tables.multiple, tables.groups])
def test_an_open_survey_has_no_whiskers(table):
    assert WHISKER in looks(sheet_of(table("random")))
    assert WHISKER not in looks(sheet_of(table("open")))
    texts = [label.block.text for label in sheet_of(table("open")).labels]
    assert words(ENGLISH).legend["interval"] not in texts


def test_an_open_survey_has_no_error_boxes():
    assert looks(sheet_of(tables.matrix("random"))).count(ERROR) == 9 + 1
    assert ERROR not in looks(sheet_of(tables.matrix("open")))


@BOTH
def test_dots_stand_between_0_and_100_percent(framed):
    sheet = sheet_of(tables.multiple(), framed=framed)
    dots = [shape.box for shape in sheet.shapes if shape.look == DOT]
    middles = [box.left + box.width / 2 for box in dots]
    zero = middles[-1]
    unit = (middles[1] - zero) / 0.58
    expected = [zero + share * unit for share in (0.45, 0.58, 0.35, 0.17, 0.0)]
    assert middles == pytest.approx(expected)
    assert zero + unit <= sheet.width


def test_one_axis_serves_all_lines_of_a_chart(case):
    sheet = case.sheet
    if case.table.kind not in ("groups", "participation"):
        return
    tracks = [shape.box for shape in sheet.shapes if shape.look == TRACK]
    ends = {(round(box.left, 3), round(box.right, 3)) for box in tracks}
    assert len(ends) <= 1


@BOTH
def test_shares_of_one_digit_leave_no_more_room_to_their_line(framed):
    said = extremes.words(ENGLISH)
    sheet = sheet_of(extremes.firsts_by_groups(), said, framed=framed)
    tracks = [shape.box for shape in sheet.shapes if shape.look == TRACK]
    assert len({box.width for box in tracks}) == 1


@BOTH
def test_a_field_that_cannot_be_decided_is_hollow(framed):
    sheet = sheet_of(tables.matrix(), framed=framed)
    undecided = {"4", "5", "8", "9"}
    for label in sheet.labels:
        if label.block.text in "123456789":
            ink = style.ACTION if label.block.text in undecided else style.WHITE
            assert label.colour == ink
    circles = [shape.look for shape in sheet.shapes if shape.box.width == 24]
    assert circles.count(HOLLOW) == 2 * len(undecided)
    assert circles.count(FILLED) == 2 * 5


@BOTH
def test_circles_of_a_crowded_matrix_never_overlap(framed):
    said = extremes.words(ENGLISH)
    sheet = sheet_of(extremes.crowded_matrix(), said, framed=framed)
    circles = [
        shape.box
        for shape in sheet.shapes
        if shape.look in (FILLED, HOLLOW) and shape.box.width == 24
    ]
    assert len(circles) == 14 + 15
    for place, circle in enumerate(circles):
        for other in circles[place + 1 :]:
            across = circle.left - other.left
            down = circle.top - other.top
            assert across**2 + down**2 > circle.width**2


@BOTH
def test_a_secured_difference_is_bold_and_others_are_not(framed):
    sheet = sheet_of(tables.groups(), framed=framed)
    weight = {label.block.text: label.block.weight for label in sheet.labels}
    assert weight["immigrated themselves"] == 700
    assert weight["23%"] == 700
    assert weight["parents immigrated"] == 400
    assert weight["55%"] == 400
    assert weight[words(ENGLISH).legend["secured"]] == 700


@BOTH
def test_a_bar_is_as_long_as_its_own_sum_and_100_percent_is_marked(framed):
    sheet = sheet_of(tables.agreement(), framed=framed)
    bars = [
        shape.box
        for shape in sheet.shapes
        if shape.look.fill in style.SCALE and shape.box.height == 32
    ]
    first = bars[0]
    tops = sorted({box.top for box in bars})
    ends = [max(box.right for box in bars if box.top == top) for top in tops[:6]]
    marks = {
        round(shape.box.left, 3)
        for shape in sheet.shapes
        if shape.kind == "line" and shape.box.height == 40
    }
    assert len(marks) == 1
    unit = marks.pop() - first.left
    sums = [1.01, 0.99, 1.0, 0.99, 1.0, 1.0]
    cut = 2
    expected = [first.left + total * unit - cut for total in sums]
    assert ends == pytest.approx(expected)


def marked(shares):
    """One statement with these shares, and where its mark and its numbers stand."""
    paper = tables.Sheet("q04", "random")
    for category, share in zip(tables.SATISFACTION, shares, strict=True):
        n = round(share * 80) * 5
        paper.add("q04_f1", "share", category=category, n=n, base=400, share=share)
    sheet = sheet_of(paper.protected("agreement", ("q04_f1",), base=400))
    texts = {f"{share * 100:.0f}%" for share in shares}
    numbers = [label.box for label in sheet.labels if label.block.text in texts]
    marks = [shape.box for shape in sheet.shapes if shape.look == MARK]
    return max(marks, key=lambda box: box.height), numbers  # the other: the legend's


@pytest.mark.parametrize(
    "shares",
    [
        (0.14, 0.27, 0.27, 0.22, 0.12),
        (0.14, 0.27, 0.27, 0.21, 0.13),
        (0.21, 0.21, 0.21, 0.21, 0.21),
        (0.23, 0.23, 0.23, 0.18, 0.18),
    ],
)
def test_the_mark_at_100_percent_crosses_no_number(shares):
    mark, numbers = marked(shares)
    assert len(numbers) == 5
    assert not [box for box in numbers if box.meets(mark, gap=2)]


def test_no_line_of_a_chart_crosses_a_number_of_a_bar(case):
    marks = [shape.box for shape in case.sheet.shapes if shape.look == MARK]
    inked = [box for label in case.sheet.labels for box in ink_of(label)]
    assert not [box for box in inked for mark in marks if box.meets(mark)]


def test_the_unfavourable_side_is_hatched_whatever_side_comes_first():
    usual = sheet_of(tables.agreement())
    swatches = [shape.look for shape in usual.shapes if shape.box.height == 14][:5]
    assert [look.fill for look in swatches] == list(reversed(style.SCALE))
    assert [bool(look.hatch[0]) for look in swatches] == [False] * 3 + [True] * 2

    turned = sheet_of(extremes.seven_steps(), extremes.words(ENGLISH))
    swatches = [shape.look for shape in turned.shapes if shape.box.height == 14][:7]
    assert [bool(look.hatch[0]) for look in swatches] == [True] * 3 + [False] * 4


def test_numbers_can_be_read_on_their_ground(case):
    sheet = case.sheet
    for label in sheet.labels:
        middle = (
            label.box.left + label.box.width / 2,
            label.box.top + label.box.height / 2,
        )
        ground = style.WHITE
        for shape in sorted(sheet.shapes, key=lambda each: each.look.layer):
            box = shape.box
            holds = (
                shape.kind != "line"
                and box.left <= middle[0] <= box.right
                and box.top <= middle[1] <= box.bottom
            )
            if holds and shape.look.fill:
                ground = shape.look.fill
        assert style.contrast(label.colour, ground) >= 4.5, label.block.text


def dotted_cells(sheet, height):
    dotted = [
        shape.box
        for shape in sheet.shapes
        if shape.look.dash and shape.look.dash[0] < 0.1
    ]
    return [
        shape.box
        for shape in sheet.shapes
        if shape.look.edge == style.RULE
        and shape.box.height == height
        and any(shape.box.meets(dots) for dots in dotted)
    ]


def test_don_t_know_is_a_column_of_white_cells_with_dots_on_a_framed_picture():
    cells = dotted_cells(sheet_of(tables.agreement(), framed=True), 32)
    assert len(cells) == 8
    assert len({cell.left for cell in cells}) == 1
    assert cells[0].left > 340


def test_don_t_know_stands_below_its_bar_on_a_page():
    sheet = sheet_of(tables.agreement())
    cells = dotted_cells(sheet, 24)
    bars = [
        shape.box
        for shape in sheet.shapes
        if shape.look.fill in style.SCALE and shape.box.height == 32
    ]
    assert len(cells) == 8
    for cell, top in zip(cells, sorted({bar.top for bar in bars}), strict=False):
        assert cell.top > top + 32
        assert round(cell.right, 3) == sheet.width - sheet.margin


def test_ties_share_a_band():
    sheet = sheet_of(tables.ranks())
    bands = [shape for shape in sheet.shapes if shape.look.layer == 0]
    assert len(bands) == 1
    inside = [
        label.block.text
        for label in sheet.labels
        if bands[0].box.top < label.box.top < bands[0].box.bottom
    ]
    assert {"Language and education", "Mobility and public places"} <= set(inside)
    assert inside.count("3") == 2


def test_participation_shows_steps_as_plain_bars():
    sheet = sheet_of(tables.participation())
    bars = [
        round(shape.box.width, 1)
        for shape in sheet.shapes
        if shape.look.fill == style.ACTION and shape.kind == "rectangle"
    ]
    whole = bars[0]
    assert bars == pytest.approx(
        [whole, whole * 10 / 800, whole * 655 / 800, whole * 600 / 800], abs=0.1
    )


def test_a_survey_of_too_few_answers_says_so():
    sheet = sheet_of(extremes.nothing())
    assert [label.block.text for label in sheet.labels] == [
        "Too few answers: no figures are published."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_without_figures_is_a_sentence_and_not_a_mistake(kind):
    sheet = sheet_of(extremes.empty(kind))
    assert [label.block.text for label in sheet.labels] == [
        "Too few answers: no figures are published."
    ]
    assert sheet.height > 0


def test_ranks_by_groups_show_what_was_put_first():
    said = extremes.words(ENGLISH)
    texts = [
        label.block.text for label in sheet_of(extremes.firsts_by_groups(), said).labels
    ]
    assert texts[0] == "put first"
    assert [text for text in texts if text in {"0%", "10%", "20%"}] == [
        "0%",
        *("0%", "0%"),
        *("10%", "10%"),
        *("20%", "20%"),
    ]


def test_a_missing_word_is_named():
    said = replace(words(GERMAN), items={})
    with pytest.raises(ChartError, match="q04_f1"):
        lay_out(tables.agreement(), said, language=GERMAN, framed=True)


@pytest.mark.parametrize("table", tables.every_kind(), ids=lambda table: table.table)
def test_a_chart_asks_only_for_the_words_its_kind_lists(table):
    said = words(ENGLISH)
    keys = LEGEND_KEYS[table.kind]
    fewer = replace(said, legend={key: said.legend[key] for key in keys})
    assert sheet_of(table, fewer).labels
