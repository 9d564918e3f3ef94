"""What the answers of one page must fulfil together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.questionnaire.answers import clean_page
from survey.questionnaire.model import Option, Page, Question, Row
from tests.questionnaire.examples import questionnaire

TODAY = date(2026, 10, 5)
_, SHARES, YEARS = questionnaire("together").pages


def clean(page, posted, before=None):
    found = {name: [text] for name, text in posted.items()}
    return clean_page(page.questions, found, before or {}, today=TODAY, page=page)


def told(page, posted, before=None):
    return [
        (p.item, p.input, p.code, dict(p.params), p.text_key)
        for p in clean(page, posted, before).problems
    ]


def numbers(*names, constraint):
    questions = tuple(Question(name, "number", decimals=2) for name in names)
    return Page("p", questions, has_title=True, constraint=constraint)


def test_an_empty_page_always_passes():
    assert clean(SHARES, {}).problems == ()
    assert clean(SHARES, {"street": " "}, {"street": "90", "money": "5"}).values == {}


def test_answers_that_fit_are_kept():
    cleaned = clean(SHARES, {"street": "2,5", "park": "2.5"}, {"money": "5"})
    assert cleaned.problems == ()
    assert cleaned.values == {"street": "2.5", "park": "2.5"}


def test_answers_that_do_not_fit_are_told_with_numbers_at_the_first_of_them():
    few = told(SHARES, {"park": "2"}, {"money": "5"})
    assert few == [("street", "street", "given_few", {"at_least": 2, "given": 1}, "")]
    large = told(SHARES, {"street": "2.5", "park": "3"}, {"money": "5"})
    assert large == [("street", "street", "sum_large", {"most": "5", "sum": "5.5"}, "")]


def test_words_of_its_own_take_the_place_of_ours():
    found = told(YEARS, {"since": "2000", "until": "1999"})
    key = "page.years.constraint_message"
    assert found == [("since", "since", "together", {}, key)]


def test_what_somebody_is_not_asked_still_belongs_to_the_page():
    page = numbers("a", "b", "c", constraint="count(${a}, ${b}, ${c}) >= 2")
    asked = page.questions[:2]
    [found] = clean_page(asked, {"b": ["1"]}, {}, today=TODAY, page=page).problems
    assert (found.item, found.code) == ("a", "given_few")


@pytest.mark.parametrize(
    ("kind", "constraint", "posted", "expected"),
    [
        ("number", ". >= ${n}", "1", ("too_small", {"least": "2.5"})),
        ("number", "${n} = '' or . <= ${n} - 1", "7", ("too_large", {"most": "1.5"})),
        ("number", ". <= 9 and . != 7", "7", ("constraint", {})),
        ("number", ". > ${n}", "2", ("constraint", {})),
        ("short_text", ". >= ${n}", "1", ("constraint", {})),
    ],
)
def test_a_limit_that_another_answer_sets_is_told(kind, constraint, posted, expected):
    asked = Question("q", kind, longest=9, constraint=constraint)
    [found] = clean_page([asked], {"q": [posted]}, {"n": "2.5"}, today=TODAY).problems
    assert (found.code, dict(found.params)) == expected


def test_what_cannot_be_read_is_told_first():
    found = told(YEARS, {"since": "2000", "until": "soon"})
    assert [code for _, _, code, _, _ in found] == ["no_number"]


def test_a_mistake_elsewhere_hides_nothing():
    page = replace(
        numbers("a", "b", "c", constraint="${a} < ${b}"),
    )
    found = told(page, {"a": "2", "b": "1", "c": "x"})
    assert [(item, code) for item, _, code, _, _ in found] == [
        ("c", "no_number"),
        ("a", "together"),
    ]


def test_an_answer_just_taken_back_counts_no_more():
    page = numbers("a", "b", constraint="${a} = '' or ${a} < ${b}")
    assert told(page, {"b": "1"}, {"a": "2", "b": "3"}) == []


def test_a_limit_nobody_gave_is_none_where_the_author_says_so():
    page = numbers("a", "b", constraint="${n} = '' or count(${a}, ${b}) >= ${n}")
    assert told(page, {"a": "1"}) == []
    found = told(page, {"a": "1"}, {"n": "2"})
    assert found == [("a", "a", "given_few", {"at_least": 2, "given": 1}, "")]


@pytest.mark.parametrize(
    ("constraint", "posted", "expected"),
    [
        ("count(${a}, ${b}) <= 1", {"a": "1", "b": "2"}, ("given_many", 1, 2)),
        ("1 >= count(${a}, ${b})", {"a": "1", "b": "2"}, ("given_many", 1, 2)),
        ("sum(${a}, ${b}) >= 10", {"a": "1", "b": "2"}, ("sum_small", "10", "3")),
        ("sum(${a}, ${b}) = 10", {"a": "0.1", "b": "0.2"}, ("sum_other", "10", "0.3")),
        ("round(sum(${a}, ${b}), 4) = 4", {"a": "1"}, ("sum_other", "4", "1")),
    ],
)
def test_limits_are_told_however_they_are_written(constraint, posted, expected):
    [(_, _, code, params, _)] = told(numbers("a", "b", constraint=constraint), posted)
    assert (code, *params.values()) == expected


@pytest.mark.parametrize(
    "constraint",
    [
        "count(${a}, ${earlier}) >= 3",  # what it counts stands elsewhere, too
        "count(${a}, ${b}) >= 2.5",
        "count(if(${a} != '' and ${b} != '', 1, '')) >= 1",
        "sum(${a}, ${b}) < 0",
        "sum(${a}, ${b}) = ${never}",
        "count-selected(${a}) >= 2",
        "not(count(${a}) = 1)",
    ],
)
def test_what_is_no_plain_limit_has_general_words(constraint):
    found = told(numbers("a", "b", constraint=constraint), {"a": "1"})
    assert [(code, params) for _, _, code, params, _ in found] == [("together", {})]


def test_a_row_or_a_choice_is_told_at_its_own_input():
    options = (Option("yes", "o.yes"), Option("no", "o.no"))
    rows = (Row("r1", "r1.label"), Row("r2", "r2.label"))
    battery = Question("r", "battery", options, rows)
    points = Question("p", "points", options, total=2)
    page = Page("x", (battery, points), constraint="${r2} = ${r1} and ${r2} != 'no'")
    assert [(i, f) for i, f, *_ in told(page, {"r2": "no"})] == [("r1", "r1")]
    shared = replace(page, constraint="${p} = 'x'")
    found = told(shared, {"p__yes": "1", "p__no": "1"})
    assert [(i, f) for i, f, *_ in found] == [("p", "p__yes")]


def test_a_number_beside_what_is_no_answer_is_told_at_its_field():
    page = numbers("a", "b", constraint="${a} > 5")
    questions = tuple(replace(q, has_dont_know=True) for q in page.questions)
    [found] = clean_page(
        questions,
        {"a__number": ["1"]},
        {},
        today=TODAY,
        page=replace(page, questions=questions),
    ).problems
    assert (found.item, found.input) == ("a", "a__number")


def test_a_follow_up_whose_condition_fell_does_not_count():
    follow_up = Question("b", "number", shown_if="${a} = 1")
    page = Page("x", (Question("a", "number"), follow_up), constraint="${b} < 5")
    assert [c for _, _, c, *_ in told(page, {"a": "1", "b": "9"})] == ["together"]
    assert told(replace(page, constraint="${b} < 5 or ${a} = 2"), {"a": "2"}) == []
    assert told(replace(page, constraint="${b} = '' or ${b} < 5"), {"b": "9"}) == []


def test_refusing_is_no_answer():
    page = numbers("a", "b", constraint="${a} > 5")
    questions = tuple(replace(q, has_dont_know=True) for q in page.questions)
    assert told(replace(page, questions=questions), {"a": "-3"}) == []
