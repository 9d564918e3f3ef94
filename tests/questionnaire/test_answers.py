"""Cleaning what was posted: values, problems, and what nobody touched."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.answers import Cleaned, clean_page, replace_page
from survey.questionnaire.kinds import KINDS, kind_of
from survey.questionnaire.kinds.base import Column, is_no_answer
from survey.questionnaire.model import Question
from tests.questionnaire.examples import NAMES, question, questionnaire

TODAY = date(2026, 10, 5)
MOOD = question("single", "mood")
WAYS = question("multiple", "ways")
FIRST = question("pick_and_rank", "first")
ORDER = question("pick_and_rank", "order")
CONTENT = question("battery", "content")
IDEA = question("text", "idea")
PICKED = {"first": ("f1", "f3", "f4")}


def clean(asked, answers=None, **posted):
    return clean_page([asked], posted, answers or {}, today=TODAY)


def problem(cleaned):
    [found] = cleaned.problems
    assert not cleaned.values
    return found.item, found.input, found.code, dict(found.params)


@pytest.mark.parametrize(
    ("asked", "posted", "values"),
    [
        (MOOD, {}, {}),
        (MOOD, {"mood": [""]}, {}),
        (MOOD, {"mood": ["bad"]}, {"mood": "bad"}),
        (MOOD, {"mood": ["bad", "bad"]}, {"mood": "bad"}),
        (MOOD, {"mood": ["-3"]}, {"mood": "-3"}),
        (MOOD, {"mood": ["-4"]}, {"mood": "-4"}),
        (WAYS, {}, {}),
        (WAYS, {"ways": ["car", "foot"]}, {"ways": ("foot", "car")}),
        (WAYS, {"ways": ["none"]}, {"ways": ("none",)}),
        (WAYS, {"ways": ["-4"]}, {"ways": "-4"}),
        (FIRST, {"first": ["f4", "f1", "f3"]}, {"first": ("f1", "f3", "f4")}),
        (FIRST, {"first": ["none"]}, {"first": ("none",)}),
        (CONTENT, {}, {}),
        (
            CONTENT,
            {"content_f1": ["content"], "content_f3": ["-3"], "other": ["x"]},
            {"content_f1": "content", "content_f3": "-3"},
        ),
        (IDEA, {"idea": ["  \r\n "]}, {}),
        (IDEA, {"idea": [" a\r\nb\rc\x00\x1b "]}, {"idea": "a\nb\nc"}),
        (IDEA, {"idea": ["u\u0308ber"]}, {"idea": "über"}),
        (IDEA, {"idea": ["x" * 40]}, {"idea": "x" * 40}),
        (IDEA, {"idea": ["a\ud800b", "second"]}, {"idea": "ab"}),
        (IDEA, {"idea": ["\U0001f333" * 20]}, {"idea": "\U0001f333" * 20}),
        (IDEA, {"idea": ["-3"]}, {"idea": "-3"}),
    ],
)
def test_what_can_be_kept_is_kept(asked, posted, values):
    assert clean(asked, **posted) == Cleaned(values)


@pytest.mark.parametrize(
    ("asked", "posted", "expected"),
    [
        (MOOD, {"mood": ["great"]}, ("mood", "mood", "unknown_option", {})),
        (MOOD, {"mood": ["-2"]}, ("mood", "mood", "unknown_option", {})),
        (MOOD, {"mood": ["good", "bad"]}, ("mood", "mood", "one_only", {})),
        (WAYS, {"ways": ["bus", "tram"]}, ("ways", "ways", "unknown_option", {})),
        (WAYS, {"ways": ["-3"]}, ("ways", "ways", "unknown_option", {})),
        (WAYS, {"ways": ["bus", "none"]}, ("ways", "ways", "not_alone", {})),
        (WAYS, {"ways": ["bus", "-4"]}, ("ways", "ways", "not_alone", {})),
        (
            FIRST,
            {"first": ["f1", "f2", "f3", "f4"]},
            ("first", "first", "too_many", {"at_most": 3, "chosen": 4}),
        ),
        (
            IDEA,
            {"idea": ["x" * 41]},
            ("idea", "idea", "too_long", {"longest": 40, "length": 41}),
        ),
        (
            IDEA,
            {"idea": ["\U0001f333" * 21]},
            ("idea", "idea", "too_long", {"longest": 40, "length": 42}),
        ),
    ],
)
def test_what_cannot_be_kept_is_named(asked, posted, expected):
    assert problem(clean(asked, **posted)) == expected


def test_a_wrong_row_of_a_battery_leaves_the_others_alone():
    cleaned = clean(CONTENT, content_f1=["content"], content_f2=["x"])
    assert cleaned.values == {"content_f1": "content"}
    [found] = cleaned.problems
    assert (found.item, found.code) == ("content_f2", "unknown_option")


def test_a_refusal_that_is_not_offered_is_unknown():
    assert problem(clean(CONTENT, content_f1=["-4"]))[2] == "unknown_option"


@pytest.mark.parametrize(
    ("posted", "value"),
    [
        ({}, None),
        ({"order__1": ["f3"]}, ("f3",)),
        ({"order__1": ["f3"], "order__2": ["f1"]}, ("f3", "f1")),
        ({"order__1": [""], "order__2": [""], "order__3": [""]}, None),
        ({"order": ["-4"]}, "-4"),
    ],
)
def test_a_ranking_is_kept_in_its_order(posted, value):
    expected = {} if value is None else {"order": value}
    assert clean(ORDER, PICKED, **posted) == Cleaned(expected)


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"order__1": ["x"]}, ("order__1", "unknown_option", {})),
        ({"order__1": ["f2"]}, ("order__1", "not_picked", {"rank": 1})),
        (
            {"order__1": ["f1"], "order__2": ["f1"]},
            ("order__2", "ranked_twice", {"rank": 2}),
        ),
        (
            {"order__1": ["f1"], "order__3": ["f3"]},
            ("order__2", "rank_missing", {"rank": 2}),
        ),
        ({"order__2": ["f3"]}, ("order__1", "rank_missing", {"rank": 1})),
        ({"order": ["-3"]}, ("order", "unknown_option", {})),
        ({"order": ["-4"], "order__1": ["f1"]}, ("order", "not_alone", {})),
    ],
)
def test_a_ranking_that_cannot_be_kept_is_named(posted, expected):
    assert problem(clean(ORDER, PICKED, **posted))[1:] == expected


def test_every_fault_of_a_ranking_is_named():
    posted = {"order__1": ["f2"], "order__2": ["f1"], "order__3": ["f1"]}
    cleaned = clean(ORDER, PICKED, **posted)
    assert [found.code for found in cleaned.problems] == ["not_picked", "ranked_twice"]


def test_nothing_can_be_ranked_when_nothing_was_picked():
    for answers in ({}, {"first": "-4"}):
        assert kind_of(ORDER).offered(ORDER, answers) == ()
        assert problem(clean(ORDER, answers, order__1=["f1"]))[2] == "not_picked"


def test_form_inputs_have_the_documented_names():
    assert kind_of(MOOD).inputs(MOOD) == ("mood",)
    assert kind_of(ORDER).inputs(ORDER) == ("order__1", "order__2", "order__3", "order")
    rows = ("content_f1", "content_f2", "content_f3")
    assert kind_of(CONTENT).inputs(CONTENT) == rows


def test_a_rank_without_a_limit_has_one_input_per_option():
    unlimited = Question("order", "rank", options=FIRST.options[:2], picks_from="first")
    assert kind_of(unlimited).inputs(unlimited) == ("order__1", "order__2")
    assert kind_of(unlimited).categories(unlimited) == ("", "1", "2")


def test_columns_and_cells_follow_the_data_package():
    ways = kind_of(WAYS)
    assert ways.columns(WAYS)[0] == Column("ways__foot", "ways", "foot")
    assert ways.cells(WAYS, "ways", ("bus",), "-2") == {
        "ways__foot": "0",
        "ways__bus": "1",
        "ways__car": "0",
        "ways__none": "0",
    }
    assert set(ways.cells(WAYS, "ways", None, "-1").values()) == {"-1"}
    assert set(ways.cells(WAYS, "ways", "-4", "-2").values()) == {"-4"}
    order = kind_of(ORDER)
    assert [column.name for column in order.columns(ORDER)] == [
        "order__f1",
        "order__f2",
        "order__f3",
        "order__f4",
    ]
    assert order.cells(ORDER, "order", ("f4", "f1"), "-2") == {
        "order__f1": "2",
        "order__f2": "",
        "order__f3": "",
        "order__f4": "1",
    }
    assert set(order.cells(ORDER, "order", None, "-5").values()) == {"-5"}
    content = kind_of(CONTENT)
    assert content.columns(CONTENT)[1] == Column("content_f2", "content_f2")
    assert content.cells(CONTENT, "content_f2", "partly", "-2") == {
        "content_f2": "partly"
    }
    assert kind_of(MOOD).cells(MOOD, "mood", None, "-2") == {"mood": "-2"}
    assert kind_of(IDEA).columns(IDEA) == ()
    assert kind_of(IDEA).cells(IDEA, "idea", "text", "-2") == {}


def test_categories_are_in_the_order_shown():
    assert kind_of(MOOD).categories(MOOD) == ("good", "medium", "bad")
    assert kind_of(WAYS).categories(WAYS) == ("0", "1")
    assert kind_of(ORDER).categories(ORDER) == ("", "1", "2", "3")
    assert kind_of(CONTENT).categories(CONTENT) == ("content", "partly", "not_content")
    assert kind_of(IDEA).categories(IDEA) == ()


def test_a_page_takes_what_its_earlier_questions_picked():
    posted = {"first": ["f1", "f2"], "order__1": ["f2"]}
    cleaned = clean_page([FIRST, ORDER], posted, {}, today=TODAY)
    assert cleaned == Cleaned({"first": ("f1", "f2"), "order": ("f2",)})


def test_a_page_replaces_its_own_answers_only():
    before = {"mood": "good", "content_f1": "content", "content_f2": "partly"}
    after = replace_page([CONTENT], Cleaned({"content_f2": "-3"}), before)
    assert after == {"mood": "good", "content_f2": "-3"}


def test_no_answer_is_told_from_an_answer():
    assert is_no_answer(None)
    assert is_no_answer("-2")
    assert not is_no_answer("yes")
    assert not is_no_answer(("f1",))


EVERY_QUESTION = [
    asked
    for name in (*NAMES, "zusammenleben")
    for asked in questionnaire(name).questions()
]


@pytest.mark.parametrize("asked", EVERY_QUESTION, ids=lambda asked: asked.name)
def test_made_up_answers_survive_posting_and_cleaning(asked):
    kind = kind_of(asked)
    rng = random.Random(5)
    answers = {asked.picks_from: tuple(option.code for option in asked.options)}
    for _ in range(20):
        offered = kind.offered(asked, answers)
        made_up = kind.sampled(asked, offered, rng, lambda _, codes: [1.0] * len(codes))
        posted = kind.posted(asked, made_up)
        assert set(posted) <= set(kind.inputs(asked))
        cleaned = kind.clean(asked, posted, answers)
        assert cleaned == Cleaned(made_up)


def test_made_up_answers_follow_their_weights():
    rng = random.Random(5)
    only_bus = {"foot": 0.0, "bus": 1.0, "car": 0.0, "none": 0.0}
    made_up = kind_of(WAYS).sampled(
        WAYS, WAYS.options, rng, lambda _, codes: [only_bus[code] for code in codes]
    )
    assert made_up == {"ways": ("bus",)}


def test_a_refused_ranking_is_posted_under_the_item():
    assert kind_of(ORDER).posted(ORDER, {"order": "-4"}) == {"order": ("-4",)}


@given(
    st.sampled_from(EVERY_QUESTION),
    st.data(),
)
def test_whatever_is_posted_only_known_codes_are_kept(asked, data):
    kind = kind_of(asked)
    known = [option.code for option in asked.options]
    code = st.sampled_from([*known, "-1", "-3", "-4", "", "x", "__"])
    inputs = (*kind.inputs(asked), asked.name)
    posted = data.draw(
        st.dictionaries(st.sampled_from(inputs), st.lists(code, max_size=4))
    )
    cleaned = kind.clean(asked, posted, {asked.picks_from: tuple(known)})
    items = {item.name for item in kind.items(asked)}
    assert cleaned.values.keys() <= items
    assert {found.item for found in cleaned.problems} <= items
    for item, value in cleaned.values.items():
        cells = kind.cells(asked, item, value, "-2")
        assert set(cells.values()) <= {*kind.categories(asked), "-3", "-4"}


def test_there_is_one_list_of_kinds():
    assert all(name == kind.name for name, kind in KINDS.items())
    with pytest.raises(KeyError):
        kind_of(Question("q", "hologram"))


def test_a_constraint_is_about_the_answer_and_not_about_own_words_beside_it():
    asked = replace(question("other", "way"), constraint="selected(., 'other')")
    assert not clean(asked, way=["other"], way_other=["Pferd"]).problems
    [found] = clean(asked, way=["bus"]).problems
    assert (found.item, found.code) == ("way", "constraint")


def test_a_constraint_is_about_each_row_of_a_battery():
    code, rows = CONTENT.options[0].code, [row.name for row in CONTENT.rows]
    posted = {name: [code] for name in rows}
    asked = replace(CONTENT, constraint=f". = '{code}'")
    assert not clean(asked, **posted).problems
    asked = replace(CONTENT, constraint=f". != '{code}'")
    assert [found.item for found in clean(asked, **posted).problems] == rows
