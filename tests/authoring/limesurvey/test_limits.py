"""Limits and checks of answers come along, or are said not to."""

from __future__ import annotations

import pytest

from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, errors, line, taken


def constraint(*asked, **how) -> str:
    return list(taken(*asked, **how).questionnaire.questions())[-1].constraint


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"em_validation_q": "this >= 18"}, ". >= 18"),
        ({"em_validation_q": "Q1.NAOK > 3 and self < 9"}, ". > 3 and . < 9"),
        ({"em_validation_q": "is_empty(Q1) or 77X1X2000 > 3"}, ". = '' or . > 3"),
        ({"min_num_value_n": "Age"}, "${age} = '' or . >= ${age}"),
        ({"max_num_value_n": "{Age.NAOK}"}, "${age} = '' or . <= ${age}"),
        ({"min_num_value_n": "floor(Age)"}, ". >= round(coalesce(${age}, 0) - 0.5)"),
        (
            {"min_num_value_n": "Age", "em_validation_q": "this != 7"},
            "(${age} = '' or . >= ${age}) and . != 7",
        ),
    ],
)
def test_checks_of_a_number_become_conditions(settings, expected):
    assert constraint(Q("Age", "N"), Q("Q1", "N", settings=settings)) == expected


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        (r"/^\d{5}$/", r"regex(., '\d{5}')"),
        (r"/[A-Z]{2}/", r"regex(., '[\s\S]*(?:[A-Z]{2})[\s\S]*')"),
        (r"#^a/b$#", "regex(., 'a/b')"),
        (r"/^a\/b$/", "regex(., 'a/b')"),
    ],
)
def test_patterns_are_checked_as_a_whole(written, pattern):
    assert constraint(Q("Q1", "S", preg=written)) == pattern


def test_a_text_with_a_pattern_is_as_short_as_patterns_can_look():
    intake = taken(Q("Q1", "T", preg="/^a+$/"))
    assert intake.questionnaire.question("q1").longest == 1000
    assert line(intake, "Q1", "questions").reason == (
        "With its pattern it has at most 1000 characters."
    )


@pytest.mark.parametrize("written", ["/a/i", "/(?<x>a)/", "abc", "//", "/", "/[/"])
def test_a_pattern_that_cannot_be_checked_is_said(written):
    intake = taken(Q("Q1", "S", preg=written))
    found = line(intake, "Q1", "questions")
    assert found.reason.startswith("Its pattern is not checked: ")
    assert intake.questionnaire.question("q1").longest == 200


def test_how_many_are_chosen_is_checked():
    asked = Q("Q1", "M", subs=AREAS, settings={"min_answers": "2", "max_answers": "2"})
    found = taken(asked).questionnaire.question("q1")
    assert (found.kind, found.at_most, found.constraint) == (
        "pick",
        2,
        "count-selected(.) >= 2",
    )
    other = Q("Q1", "M", subs=AREAS, settings={"max_answers": "Most"})
    assert constraint(Q("Most", "N"), other) == (
        "${most} = '' or count-selected(.) <= ${most}"
    )


def test_what_is_said_of_a_wrong_answer_comes_along():
    settings = {
        "em_validation_q": "this > 3",
        ("em_validation_q_tip", "de"): "Mehr als 3",
        ("em_validation_q_tip", "en"): "More than 3",
    }
    intake = taken(Q("Q1", "N", settings=settings), languages=("de", "en"))
    assert intake.questionnaire.question("q1").has_constraint_message
    texts = intake.questionnaire.texts
    assert texts["en"]["q1.constraint_message"] == "More than 3"
    assert not errors(intake)


def test_a_check_that_cannot_be_said_is_refused_with_a_caret():
    intake = taken(Q("Q1", "N", settings={"em_validation_q": "this > rand(1, 6)"}))
    found = line(intake, "Q1.em_validation_q")
    assert found.verdict == "refused"
    assert found.excerpt == "  this > rand(1, 6)\n         ^"
    assert intake.questionnaire.question("q1").constraint == ""


def test_each_of_several_fields_is_checked():
    settings = {"em_validation_sq": "this > 3"}
    intake = taken(Q("Q1", "K", subs=AREAS[:2], settings=settings))
    found = [question.constraint for question in intake.questionnaire.questions()]
    assert found == [". > 3", ". > 3"]


@pytest.mark.parametrize(
    ("settings", "least", "most", "expected"),
    [
        ({"date_min": "2000-02-03"}, "2000-02-03", "", ""),
        ({"date_max": "2010"}, "", "2010-12-31", ""),
        ({"date_max": "now"}, "", "", ". <= today()"),
        ({"date_min": "Born"}, "", "", "${born} = '' or . >= ${born}"),
    ],
)
def test_days_have_limits(settings, least, most, expected):
    intake = taken(Q("Born", "D"), Q("Q1", "D", settings=settings))
    found = intake.questionnaire.question("q1")
    assert (found.least, found.most, found.constraint) == (least, most, expected)
    assert not errors(intake)


@pytest.mark.parametrize(
    ("asked", "name", "verdict", "reason"),
    [
        (
            Q("Q1", "T", settings={"cssclass": "b"}),
            "cssclass",
            "refused",
            "It is about how the question looks; questions look alike here."
            " It says 'b'.",
        ),
        (
            Q("Q1", "T", settings={"time_limit": "60"}),
            "time_limit",
            "refused",
            "There is no time limit here, as nobody is rushed. It says '60'.",
        ),
        (Q("Q1", "T", settings={"scale_export": "0"}), "scale_export", "taken", ""),
        (
            Q("Q1", "T", settings={"display_columns": "1"}),
            "display_columns",
            "taken",
            "",
        ),
        (
            Q("Q1", "T", settings={"from_a_plugin": "x"}),
            "from_a_plugin",
            "refused",
            "The setting from_a_plugin is not known here. It says 'x'.",
        ),
        (
            Q("Q1", "T", settings={"array_filter": "Q0"}),
            "array_filter",
            "refused",
            "This question has no parts that could be filtered. It says 'Q0'.",
        ),
        (
            Q("Q1", "F", subs=AREAS, answers=YES_NO, settings={"random_order": "1"}),
            "random_order",
            "refused",
            "Rows keep one order, so that answers can be compared.",
        ),
        (
            Q("Q1", "T", settings={"maximum_chars": "90000"}),
            "maximum_chars",
            "changed",
            "Texts have 1 to 5000 characters: it became 2000.",
        ),
        (
            Q("Q1", "T", settings={"random_group": "a"}),
            "random_group",
            "refused",
            "Questions keep their order: orders at random are for options only. "
            "It says 'a'.",
        ),
    ],
)
def test_every_setting_has_a_verdict(asked, name, verdict, reason):
    found = line(taken(asked), f"Q1.{name}")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_settings_of_old_versions_are_known_by_their_old_names():
    settings = {"dropdown_dates_year_min": "1950", "other_replace_text": "Anderes"}
    intake = taken(
        Q("Q1", "D", settings=settings),
        Q("Q2", "L", answers=YES_NO, other="Y", settings=settings),
        languages=("de", "en"),
        layout="old",
    )
    assert intake.questionnaire.question("q1").least == "1950-01-01"
    texts = intake.questionnaire.texts
    assert [texts[code]["q2.other"] for code in ("de", "en")] == ["Anderes"] * 2
