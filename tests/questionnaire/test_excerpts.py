"""Excerpts: the caret stands under the spot in every script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.authoring.intake import Line
from survey.questionnaire.excerpts import excerpt, harmless, visible, width
from survey.questionnaire.problem import Problem

MARK, ISOLATE, END = "\u200e", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("source", "position", "shown", "column"),
    [
        ("${a} == 1", 5, "${a} == 1", 5),
        ("${a}\t== 1", 5, "${a} == 1", 5),
        ("${a}\n\r== 1", 6, "${a}  == 1", 6),
        ("${a} = '漢字' ==", 12, "${a} = '漢字' ==", 14),
        ("＝ ＝", 2, "＝ ＝", 3),
        ("'e\u0301' ==", 5, "'e\u0301' ==", 4),
        ("'e\u0301' ==", 2, "'e\u0301' ==", 1),
        ("'👍🏽' ==", 5, "'👍🏽' ==", 5),
        ("a\u200b ==", 3, "a· ==", 3),
        ("a\x1b[31m", 2, "a·[31m", 2),
        ("\u202ea ==", 3, "·a ==", 3),
        ("a\ud800 b", 3, "a· b", 3),
        ("a\u00a0b", 2, "a b", 2),
        ("", 0, "", 0),
        ("a", 1, "a", 1),
    ],
)
def test_the_caret_stands_under_the_column(source, position, shown, column):
    assert excerpt(source, position) == f"  {shown}\n  {' ' * column}^"


@pytest.mark.parametrize(
    ("source", "position", "shown", "column"),
    [
        ("'نعم' == 1", 6, f"{MARK}'{ISOLATE}نعم{END}' == 1", 6),
        ("نعم = 1", 0, f"{MARK}{ISOLATE}نعم{END} = 1", 0),
        ("${a} > ١٨", 7, f"{MARK}${{a}} > {ISOLATE}١٨{END}", 7),
        ("'א', 'ב'", 5, f"{MARK}'{ISOLATE}א{END}', '{ISOLATE}ב{END}'", 5),
        ("'נָ' =", 5, f"{MARK}'{ISOLATE}נָ{END}' =", 4),
    ],
)
def test_text_from_the_right_moves_nothing_else(source, position, shown, column):
    assert excerpt(source, position) == f"  {shown}\n  {' ' * column}^"


def test_a_long_line_is_cut_around_the_spot():
    source = f"{'a' * 100}b{'c' * 100}"
    shown, caret = excerpt(source, 100).split("\n")
    assert shown == f"  …{'a' * 60}b{'c' * 59}…"
    assert caret == f"{' ' * 63}^"


def test_a_letter_keeps_its_marks_where_a_line_is_cut():
    source = "x" + "e\u0301" * 100
    shown, caret = excerpt(source, 101).split("\n")
    assert shown.startswith("  …e\u0301")
    assert width(shown) == 2 + 1 + 60 + 1
    assert shown[: len(shown)].count("\u0301") == 60
    assert caret == f"{' ' * 33}^"


def test_what_has_no_shape_is_a_dot():
    assert visible("a\x00b\u2066c\ue000d\te") == "a·b·c·d e"
    assert visible("plain") == "plain"


def test_words_of_strangers_move_and_hide_nothing():
    words = "a\x1b[31mb\u202ec\x00d\ud800e\u200bf\tg\u00adh"
    assert harmless(words) == "a·[31mb·c·d·e·f·g·h"
    assert harmless("می\u200cخواهم\nzwei") == "می\u200cخواهم\nzwei"


def test_a_message_is_shown_without_them_and_its_excerpt_as_it_was_made():
    excerpt = "  \u200e'\u2068نعم\u2069\x1b\n  ^"
    problem = Problem("f.toml", "q\x07", "Not \u2066good.", "Mend\r it.")
    assert str(problem) == "f.toml: q·: Not ·good. Mend· it."
    problem = replace(problem, excerpt=excerpt)
    assert str(problem).split("\n", 1)[1] == excerpt.replace("\x1b", "·")
    line = Line("survey\x00", 7, "na\x1bme", "changed", "Why\u202e.", "", "  ab\x9bc")
    assert str(line) == "survey·:7: na·me: changed: Why·.\n  ab·c"
