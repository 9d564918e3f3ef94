"""Typed answers are cleaned, skipped and stored as those of the web are."""

from __future__ import annotations

import pytest

from tests.paper.examples import walked


def test_a_whole_paper_counts_as_seen():
    """-1 where the paper sends on, -2 where nothing was ticked; never -5."""
    found = walked("skip_logic", child="no")
    assert found.closed == {"child": "no", "place": "-1", "wait": "-1"}
    assert found.comments == ()
    found = walked("skip_logic", idea="Mehr Bänke")
    assert found.closed == {"child": "-2", "place": "-1", "wait": "-1"}
    assert found.comments == (("idea", "Mehr Bänke"),)


def test_what_was_filled_in_against_the_directions_is_named_and_left_out():
    found = walked("skip_logic", child="no", place="no", wait="yes")
    assert found.off_path == ("place", "wait")
    assert found.closed == {"child": "no", "place": "-1", "wait": "-1"}


def test_whoever_is_screened_out_has_answered_nothing_more():
    found = walked("screened_out", lives="no", like="much")
    assert not found.problems
    assert found.off_path == ("like",)
    assert found.closed["like"] == "-1"


def test_the_fork_is_nothing_on_paper():
    found = walked("fork", core_1="yes", more_1="yes")
    assert found.off_path == ()
    assert "-5" not in found.closed.values()


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"first": "f1 f2 f3 f4"}, ("first", "too_many")),
        ({"first": "f1 none"}, ("first", "not_alone")),
        ({"first": "f9"}, ("first", "unknown_option")),
        (
            {"first": "f1 f2", "order__1": "f1", "order__2": "f1"},
            ("order__2", "ranked_twice"),
        ),
        ({"first": "f1 f2", "order__1": "f3"}, ("order__1", "not_picked")),
        ({"first": "f1 f2", "order__2": "f1"}, ("order__1", "rank_missing")),
        ({"first": "f1 f2", "order": "98"}, ("order", "unknown_option")),
    ],
)
def test_the_web_refuses_the_same(cells: dict[str, str], problem: tuple[str, str]):
    found = walked("pick_and_rank", **cells)
    assert [(one.input, one.code) for one in found.problems] == [problem]


def test_points_are_counted_and_99_prefers_not_to_say():
    found = walked("points", share__bus="٦", share__park="4")
    assert found.closed == {"share__bus": "6", "share__park": "4", "share__course": "0"}
    assert {*walked("points", share="99").closed.values()} == {"-4"}
    found = walked("points", share__bus="6")
    assert [one.code for one in found.problems] == ["points_left"]


def test_all_problems_of_a_sheet_are_found_at_once():
    found = walked("several_questions", age="x", child="y")
    assert [one.input for one in found.problems] == ["age", "child"]


def test_what_a_page_demands_of_its_answers_together_is_checked():
    found = walked("together", money="10", street="8", park="7")
    assert [one.input for one in found.problems] == ["street"]
    assert not walked("together", money="10", street="8", park="2").problems
