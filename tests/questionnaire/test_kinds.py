"""Kinds of answers that are typed or shared out: what is kept, what is told, cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.answers import clean_page, filled_in
from survey.questionnaire.kinds import KINDS, kind_of
from survey.questionnaire.kinds.number import read_number, spelled
from survey.questionnaire.kinds.words import in_latin_digits
from survey.questionnaire.model import Question
from tests.questionnaire.examples import edition, question, walk

TODAY = date(2026, 10, 5)
DIGITS = (
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "０１２３４５６７８９",
)


@pytest.mark.parametrize(
    ("text", "decimals", "number"),
    [
        ("12", 0, "12"),
        ("+12", 0, "12"),
        ("1.234", 0, "1234"),
        ("1,234", 2, "1234"),
        ("1,234", 3, "1.234"),
        ("1.234.567", 0, "1234567"),
        ("1.234,5", 1, "1234.5"),
        ("1,234.5", 1, "1234.5"),
        ("12 500", 0, "12500"),
        ("12\u202f500", 0, "12500"),
        ("12'500", 0, "12500"),
        ("١٬٢٣٤٫٥", 1, "1234.5"),
        ("\u22125", 0, "-5"),
        ("7,50", 2, "7.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, decimals, number):
    assert read_number(text, decimals) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "zwei", "1 2", "--1", "1,2,3", "0x1F", "1e9", "½"]
)
def test_what_is_no_number_is_none(text):
    assert read_number(text, 2) is None


@given(st.integers(0, 10**9), st.sampled_from(DIGITS))
def test_digits_of_every_script_are_the_same_number(number, script):
    written = "".join(script[int(digit)] for digit in str(number))
    assert in_latin_digits(written) == str(number)
    assert read_number(written, 0) == number


@given(st.decimals(0, 10**8, places=4))
def test_a_number_is_kept_in_one_form_that_reads_back(number):
    text = spelled(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not (text.endswith("0") and "." in text)


def test_numbers_below_zero_would_read_as_no_answer_and_are_refused():
    asked = Question("n", "number", least="-5")
    [complaint] = KINDS["number"].complaints(asked, None)
    assert complaint.part == "least"
    found = clean_page([Question("n", "number")], {"n": ["-3"]}, {}, today=TODAY)
    assert [(p.code, p.params) for p in found.problems] == [
        ("too_small", {"least": "0"})
    ]


@given(st.dates(date(2020, 1, 1), date(2026, 10, 5)))
def test_every_day_within_the_limits_is_kept_as_iso_8601_writes_it(day):
    posted = {
        "day__day": [str(day.day)],
        "day__month": [f"{day.month:02}"],
        "day__year": [str(day.year)],
    }
    found = clean_page([question("date", "day")], posted, {}, today=TODAY)
    assert found.values == {"day": day.isoformat()}
    again = kind_of(question("date", "day")).posted(
        question("date", "day"), found.values
    )
    assert again["day__year"] == (str(day.year),)


def test_a_month_holds_no_day_in_any_file():
    asked = question("date", "month")
    found = clean_page(
        [asked], {"month__month": ["2"], "month__year": ["2024"]}, {}, today=TODAY
    )
    assert found.values == {"month": "2024-02"}
    assert kind_of(asked).widest(asked) == len("2024-02")


def test_points_fill_one_column_per_option():
    asked = question("points", "share")
    posted = {"share__bus": ["7"], "share__course": ["3"]}
    found = clean_page([asked], posted, {}, today=TODAY)
    kind = kind_of(asked)
    assert kind.cells(asked, "share", found.values["share"], "-2") == {
        "share__bus": "7",
        "share__park": "0",
        "share__course": "3",
    }
    assert kind.cells(asked, "share", None, "-5") == dict.fromkeys(
        ["share__bus", "share__park", "share__course"], "-5"
    )
    assert kind.posted(asked, found.values) == {
        "share__bus": ("7",),
        "share__course": ("3",),
    }


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_only_points_that_make_up_the_total_are_kept(points):
    asked = question("points", "share")
    names = ("share__bus", "share__park", "share__course")
    posted = {name: [str(n)] for name, n in zip(names, points, strict=True)}
    found = clean_page([asked], posted, {}, today=TODAY)
    if sum(points) == 10:
        assert not found.problems
        return
    [problem] = found.problems
    assert problem.params["left"] == abs(10 - sum(points))
    assert problem.code == ("points_over" if sum(points) > 10 else "points_left")


def test_own_words_leave_as_a_comment_and_their_choice_as_a_code():
    journey = walk("other", {"way": "other", "way_other": "Pferd"}, ["way", "news"])
    cells = journey.closed_answers()
    assert cells["way"] == "other"
    assert "way_other" not in cells
    assert journey.comments() == (("way_other", "Pferd"),)


def test_a_changed_filter_takes_what_it_no_longer_shows_off_the_path():
    answers = {"part": "north", "home": "mill", "liked": ("market", "mill")}
    pages = ["part", "home", "liked", "work"]
    assert walk("cascade", answers, pages).answers["home"] == "mill"
    moved = walk("cascade", {**answers, "part": "south"}, pages)
    assert moved.answers == {"part": "south"}
    away = walk("cascade", {**answers, "part": "east"}, pages)
    assert away.closed_answers()["home"] == "-1"


def test_a_calculated_value_is_known_where_its_sources_are():
    before = walk("reckoned", {}, [])
    assert before.closed_answers()["all"] == "-5"
    after = walk("reckoned", {"adults": "2", "children": "3"}, ["household"])
    assert after.closed_answers()["all"] == "5"
    assert "many" in [q.name for step in after.steps for q in step.questions]


def test_a_calculated_value_that_looks_at_own_words_is_no_column():
    frozen = edition("reckoned")
    assert frozen.questionnaire.question("echo").looks_at_own_words
    assert "echo" not in walk("reckoned", {"nickname": "x"}, []).closed_answers()
    assert not frozen.questionnaire.question("all").looks_at_own_words


def test_what_is_filled_in_beforehand_counts_only_when_sent():
    asked = [question("reckoned", "adults"), question("reckoned", "rooms")]
    assert filled_in(asked, {}, today=TODAY) == {"adults": "2"}
    known = {"all": "4"}
    assert filled_in(asked, known, today=TODAY) == {"adults": "2", "rooms": "3"}
    assert "adults" not in walk("reckoned", {}, []).answers


def test_a_constraint_on_how_many_says_how_many():
    asked = replace(question("other", "news"), constraint="count-selected(.) >= 2")
    found = clean_page([asked], {"news": ["paper"]}, {}, today=TODAY)
    assert [(p.code, p.params) for p in found.problems] == [
        ("too_few", {"at_least": 2})
    ]
    assert not clean_page([asked], {}, {}, today=TODAY).problems
    two = {"news": ["paper", "board"]}
    assert not clean_page([asked], two, {}, today=TODAY).problems
