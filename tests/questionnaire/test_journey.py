"""Journeys: which steps a person meets, and what leaves with the answers."""

from __future__ import annotations

import pytest

from survey.questionnaire.journey import JourneyError
from tests.questionnaire.examples import question, walk


def names(journey):
    return [step.name for step in journey.steps]


def test_steps_are_numbered_without_gaps():
    journey = walk("skip_logic", {"child": "no"}, ["child"])
    assert [(step.number, step.name) for step in journey.steps] == [
        (1, "child"),
        (2, "idea"),
    ]


def test_a_condition_opens_and_closes_a_page():
    assert names(walk("skip_logic")) == ["child", "idea"]
    opened = walk("skip_logic", {"child": "yes"}, ["child"])
    assert names(opened) == ["child", "place", "idea"]
    answers = {"child": "yes", "place": "no"}
    deeper = walk("skip_logic", answers, ["child", "place"])
    assert names(deeper) == ["child", "place", "wait", "idea"]


def test_an_answer_counts_only_once_its_page_was_posted():
    assert names(walk("skip_logic", {"child": "yes"})) == ["child", "idea"]


def test_a_closed_page_closes_what_depends_on_it():
    answers = {"child": "no", "place": "no", "wait": "yes"}
    journey = walk("skip_logic", answers, ["child", "place", "wait"])
    assert names(journey) == ["child", "idea"]
    assert journey.answers == {"child": "no"}
    assert journey.closed_answers() == {"child": "no", "place": "-1", "wait": "-1"}


def test_a_change_of_mind_brings_the_answers_back():
    answers = {"child": "yes", "place": "no", "wait": "yes"}
    journey = walk("skip_logic", answers, ["child", "place", "wait"])
    assert journey.closed_answers() == answers


def test_nobody_jumps_over_a_step():
    journey = walk("skip_logic", {"child": "yes"}, ["child"])
    assert journey.furthest == 2
    assert journey.step(1).name == "child"
    assert journey.step(2).name == "place"
    for number in (0, 3, 4, -1):
        with pytest.raises(JourneyError):
            journey.step(number)


def test_a_page_that_opens_behind_somebody_comes_first():
    reached = ["child", "idea"]
    journey = walk("skip_logic", {"child": "yes", "idea": "Parks"}, reached)
    assert journey.furthest == 2
    assert not journey.is_complete
    assert journey.closed_answers()["place"] == "-5"


def test_neighbours_are_found_by_name():
    journey = walk("skip_logic", {"child": "no"}, ["child", "idea"])
    assert journey.number_of("idea") == 2
    assert journey.next_after("child").name == "idea"
    assert journey.next_after("idea") is None
    assert journey.before("idea").name == "child"
    assert journey.before("child") is None
    assert journey.furthest == 2
    assert journey.is_complete
    with pytest.raises(JourneyError):
        journey.number_of("place")


def test_the_fork_stands_between_core_and_more():
    journey = walk("fork")
    assert names(journey) == ["core_1", "core_2", "fork", "more_1"]
    fork = journey.steps[2]
    assert (fork.number, fork.is_fork, fork.page, fork.questions) == (3, True, None, ())
    assert not any(step.is_fork for step in journey.steps if step.name != "fork")


def test_without_further_pages_there_is_no_fork():
    assert names(walk("single")) == ["mood"]


def test_sending_at_the_fork_leaves_the_rest_not_reached():
    reached = ["core_1", "core_2", "fork"]
    journey = walk("fork", {"core_1": "yes"}, reached)
    assert journey.closed_answers() == {
        "core_1": "yes",
        "core_2": "-2",
        "more_1": "-5",
        "more_2": "-5",
    }


def test_what_can_be_decided_is_skipped_and_not_unreached():
    reached = ["core_1", "core_2", "fork", "more_1"]
    journey = walk("fork", {"more_1": "no"}, reached)
    assert journey.closed_answers()["more_2"] == "-1"
    undecided = walk("fork", {}, ["core_1"])
    assert undecided.closed_answers()["more_2"] == "-5"


def test_who_is_screened_out_meets_no_further_step():
    journey = walk("screened_out", {"hello": "yes", "lives": "no"}, ["hello", "lives"])
    assert journey.is_screened_out
    assert names(journey) == ["hello", "lives"]
    assert journey.next_after("lives") is None
    assert journey.is_complete
    assert journey.closed_answers() == {"hello": "yes", "lives": "no", "like": "-1"}
    assert [line.item.name for line in journey.summary()] == ["hello", "lives"]


def test_nobody_is_screened_out_before_the_question_was_asked():
    journey = walk("screened_out", {"hello": "yes", "lives": "no"}, ["hello"])
    assert not journey.is_screened_out
    assert names(journey) == ["hello", "lives", "fork", "like"]


def test_a_follow_up_beside_its_filter_is_always_shown():
    for answers in ({}, {"treated": "no"}, {"treated": "yes"}):
        journey = walk("sensitive_page", answers, ["town", "treated"])
        shown = [asked.name for asked in journey.steps[1].questions]
        assert shown == ["treated", "where", "sought"]


def test_a_follow_up_beside_its_filter_leaves_only_when_it_applies():
    answers = {"treated": "no", "where": ("work",), "sought": "yes"}
    journey = walk("sensitive_page", answers, ["town", "treated"])
    closed = journey.closed_answers()
    assert closed["treated"] == "no"
    assert {closed["where__work"], closed["where__office"], closed["sought"]} == {"-1"}
    summary = [line.item.name for line in journey.summary()]
    assert summary == ["town", "treated"]
    answers["treated"] = "yes"
    journey = walk("sensitive_page", answers, ["town", "treated"])
    closed = journey.closed_answers()
    assert (closed["where__work"], closed["sought"]) == ("1", "yes")


def test_a_filter_left_empty_skips_its_follow_ups():
    closed = walk("sensitive_page", {}, ["town", "treated"]).closed_answers()
    assert closed["treated"] == "-2"
    assert closed["sought"] == "-1"


def test_the_check_page_lists_every_item_with_its_state():
    journey = walk("fork", {"core_1": "yes"}, ["core_1", "core_2"])
    assert [
        (line.item.name, line.value, line.state, line.step.number)
        for line in journey.summary()
    ] == [
        ("core_1", "yes", "answered", 1),
        ("core_2", None, "empty", 2),
        ("more_1", None, "not_reached", 4),
    ]


def test_rows_of_a_battery_are_lines_of_their_own():
    journey = walk("battery", {"content_f2": "-3"}, ["content"])
    assert [(line.item.name, line.state) for line in journey.summary()] == [
        ("content_f1", "empty"),
        ("content_f2", "answered"),
        ("content_f3", "empty"),
    ]
    assert journey.closed_answers() == {
        "content_f1": "-2",
        "content_f2": "-3",
        "content_f3": "-2",
    }


def test_a_rank_offers_only_what_was_picked():
    asked = question("pick_and_rank", "order")
    journey = walk("pick_and_rank", {"first": ("f1", "f4")}, ["first"])
    assert [option.code for option in journey.visible_options(asked)] == ["f1", "f4"]
    assert names(journey) == ["first", "order"]
    assert names(walk("pick_and_rank", {"first": ("none",)}, ["first"])) == ["first"]


def test_a_ranking_falls_when_what_it_ranks_is_picked_no_more():
    reached = ["first", "order"]
    answers = {"first": ("f1", "f3"), "order": ("f3", "f1")}
    assert walk("pick_and_rank", answers, reached).answers == answers
    answers["first"] = ("f1", "f2")
    journey = walk("pick_and_rank", answers, reached)
    assert journey.answers == {"first": ("f1", "f2")}
    assert journey.closed_answers()["order__f1"] == "-2"


def test_a_refused_ranking_stands():
    answers = {"first": ("f1", "f2"), "order": "-4"}
    closed = walk("pick_and_rank", answers, ["first", "order"]).closed_answers()
    assert {closed["order__f1"], closed["order__f4"]} == {"-4"}


def test_options_are_drawn_once_per_person_and_question():
    asked = question("random_order", "fruit")
    journey = walk("random_order")
    orders = {
        tuple(option.code for option in journey.option_order(asked, bytes([seed])))
        for seed in range(200)
    }
    assert len(orders) > 80
    assert {tuple(sorted(order)) for order in orders} == {("a", "b", "c", "d", "e")}
    firsts = {order[0] for order in orders}
    assert firsts == {"a", "b", "c", "d", "e"}
    again = journey.option_order(asked, b"\x07"), journey.option_order(asked, b"\x07")
    assert again[0] == again[1]


def test_exclusive_options_stay_last_and_a_rank_keeps_the_order_of_its_picks():
    first, order = (question("pick_and_rank", name) for name in ("first", "order"))
    journey = walk("pick_and_rank", {"first": ("f1", "f2", "f4")}, ["first"])
    for seed in range(30):
        shown = [o.code for o in journey.option_order(first, bytes([seed]))]
        assert shown[-1] == "none"
        ranked = [o.code for o in journey.option_order(order, bytes([seed]))]
        assert ranked == [code for code in shown if code in ("f1", "f2", "f4")]


def test_without_random_order_options_stand_as_written():
    asked = question("single", "mood")
    shown = walk("single").option_order(asked, b"seed")
    assert [option.code for option in shown] == ["good", "medium", "bad"]


def test_comments_leave_apart_from_the_closed_answers():
    answers = {"child": "no", "idea": "Mehr Bänke"}
    journey = walk("skip_logic", answers, ["child", "idea"])
    assert journey.comments() == (("idea", "Mehr Bänke"),)
    assert "idea" not in journey.closed_answers()
    assert walk("skip_logic", answers, ["child"]).comments() == ()


def test_the_reference_questionnaire_begins_with_its_core():
    journey = walk("zusammenleben")
    assert names(journey)[:7] == [
        "q01",
        "q02",
        "q05",
        "q04",
        "q23",
        "about_you",
        "fork",
    ]
    picked = walk("zusammenleben", {"q05": ("f1", "f9")}, ["q01", "q02", "q05"])
    assert names(picked)[3] == "q06"
    screened = walk("zusammenleben", {"q01": "no"}, ["q01"])
    assert screened.is_screened_out
    closed = screened.closed_answers()
    assert closed.pop("q01") == "no"
    assert set(closed.values()) == {"-1"}
