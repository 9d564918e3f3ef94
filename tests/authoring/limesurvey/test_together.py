"""Checks over several fields of a question become what their page demands."""

from __future__ import annotations

import pytest

from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, errors, line, taken

WHOLE = {"num_value_int_only": "1"}
TWO = [("a", "A"), ("b", "B")]
COLUMNS = [("x", "X"), ("y", "Y")]


def sums(count):
    """An equation of so many times 99 numbers."""
    return f"sum({', '.join(['sum(' + ', '.join(['N'] * 99) + ')'] * count)})"


def demands(*asked, **how):
    """What each page demands, the last question's first page last but some."""
    intake = taken(*asked, **how)
    assert not errors(intake)
    return [page.constraint for page in intake.questionnaire.pages]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"min_answers": "2"}, "count(${q1_a}, ${q1_b}) >= 2"),
        ({"max_answers": "1"}, "count(${q1_a}, ${q1_b}) <= 1"),
        ({"min_answers": "0", "max_answers": "0"}, ""),
        ({"max_answers": "2"}, ""),
        (
            {"min_answers": "N"},
            "${n} = '' or count(${q1_a}, ${q1_b}) >= ${n}",
        ),
        (
            {"max_answers": "{N.NAOK + 1}"},
            "count(${q1_a}, ${q1_b}) <= coalesce(${n}, 0) + 1",
        ),
        ({"min_num_value": "10"}, "sum(${q1_a}, ${q1_b}) >= 10"),
        ({"max_num_value": "20.50"}, "sum(${q1_a}, ${q1_b}) <= 20.5"),
        (
            {"equals_num_value": "N * 2"},
            "sum(${q1_a}, ${q1_b}) = coalesce(${n}, 0) * 2",
        ),
        (
            {"min_num_value_sgqa": "N"},
            "${n} = '' or sum(${q1_a}, ${q1_b}) >= ${n}",
        ),
        (
            {"max_num_value_sgqa": "77X1X1000"},
            "${n} = '' or sum(${q1_a}, ${q1_b}) <= ${n}",
        ),
        (
            {"num_value_equals_sgqa": "N"},
            "${n} = '' or sum(${q1_a}, ${q1_b}) = ${n}",
        ),
        ({"em_validation_q": "sum(self) < 5"}, "sum(${q1_a}, ${q1_b}) < 5"),
        ({"em_validation_q": "count(that.Q1) == 2"}, "count(${q1_a}, ${q1_b}) = 2"),
        ({"em_validation_q": "Q1_a.NAOK < Q1_b.NAOK"}, "${q1_a} < ${q1_b}"),
        (
            {"em_validation_q": "unique(self.NAOK)", "min_answers": "2"},
            "count(${q1_a}, ${q1_b}) >= 2 and ((${q1_a} = '' or ${q1_a} != ${q1_b}))",
        ),
    ],
)
def test_checks_over_several_numbers_are_taken(settings, expected):
    asked = Q("N", "N"), Q("Q1", "K", subs=TWO, settings=WHOLE | settings)
    assert demands(*asked) == ["", expected]
    intake = taken(*asked)
    for name in settings:
        assert line(intake, f"Q1.{name}").verdict == "taken"


def test_sums_of_decimals_are_compared_without_what_computers_add():
    settings = {"equals_num_value": "N + M", "min_num_value": "0.3"}
    asked = Q("N", "N"), Q("M", "N"), Q("Q1", "K", subs=TWO, settings=settings)
    assert demands(*asked)[-1] == (
        "round(sum(${q1_a}, ${q1_b}), 4) >= 0.3 and round(sum(${q1_a}, ${q1_b}), 4) = "
        "round(coalesce(${n}, 0) + coalesce(${m}, 0), 4)"
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Q("Q1", "Q", subs=TWO), "count(${q1_a}, ${q1_b}) >= 1"),
        (Q("Q1", "A", subs=TWO), "count(${q1_a}, ${q1_b}) >= 1"),
        (Q("Q1", "F", subs=TWO, answers=YES_NO), "count(${q1_a}, ${q1_b}) >= 1"),
        (
            Q("Q1", ":", subs=TWO, columns=COLUMNS),
            "count-selected(${q1_a}) + count-selected(${q1_b}) >= 1",
        ),
    ],
)
def test_rows_and_boxes_are_counted_like_fields(asked, expected):
    asked.settings = {"min_answers": "1"}
    if asked.type == ":":
        asked.settings["multiflexible_checkbox"] = "1"
    assert demands(asked) == [expected]


def test_a_row_of_two_scales_counts_once_it_has_both_answers():
    asked = Q("Q1", "1", subs=TWO, answers=YES_NO, second=YES_NO)
    asked.settings = {"min_answers": "1"}
    both = ", ".join(
        f"if(${{q1_{row}_0}} != '' and ${{q1_{row}_1}} != '', 1, '')" for row in "ab"
    )
    assert demands(asked) == ["", f"count({both}) >= 1"]


def test_a_table_is_counted_page_by_page():
    asked = Q("Q1", ";", subs=TWO, columns=COLUMNS)
    asked.settings = {"min_answers": "2", "max_answers": "3"}
    first = "${q1_a_x}, ${q1_a_y}"
    cells = f"count({first}, ${{q1_b_x}}, ${{q1_b_y}})"
    assert demands(asked) == ["", f"{cells} >= 2 and {cells} <= 3"]


def test_a_table_whose_rows_may_be_hidden_is_enough_as_long_as_it_can_be():
    asked = Q("Q1", ";", subs=AREAS[:2], columns=COLUMNS)
    asked.settings = {"min_answers": "2", "array_filter": "M"}
    first, last = demands(Q("M", "M", subs=AREAS), asked)[1:]
    cells = "${q1_sq1_x}, ${q1_sq1_y}"
    assert first == f"count({cells}) + if(selected(${{m}}, 'sq2'), 2, 0) >= 2"
    assert last == f"count({cells}, ${{q1_sq2_x}}, ${{q1_sq2_y}}) >= 2"


def test_what_is_said_when_fields_do_not_fit_comes_along():
    settings = {
        "em_validation_q": "Q1_a < Q1_b",
        ("em_validation_q_tip", "de"): "A ist kleiner.",
        ("em_validation_q_tip", "en"): "A is less.",
    }
    intake = taken(Q("Q1", "K", subs=TWO, settings=settings), languages=("de", "en"))
    [page] = intake.questionnaire.pages
    assert page.has_constraint_message
    assert intake.questionnaire.texts["en"]["page.q1_a.constraint_message"] == (
        "A is less."
    )
    assert not errors(intake)


@pytest.mark.parametrize(
    ("asked", "setting", "reason"),
    [
        (
            Q("Q1", "K", subs=TWO, settings={"min_answers": "rand(1, 2)"}),
            "min_answers",
            "The function rand is not known here.",
        ),
        (
            Q("Q1", "K", subs=TWO, settings={"min_answers": "²"}),
            "min_answers",
            "'²' cannot stand here.",
        ),
        (
            Q("Q1", "K", subs=TWO, settings={"em_validation_q": "this > 1"}),
            "em_validation_q",
            "There is no question this.",
        ),
        (
            Q(
                "Q1",
                "K",
                subs=TWO,
                settings={"equals_num_value": "10", "min_answers": "2"},
            ),
            "min_answers",
            "Whoever gives points gives them to as many parts as they like.",
        ),
        (
            Q("Q1", "L", answers=YES_NO, settings={"min_answers": "2"}),
            "min_answers",
            "This check does not fit the kind of question it became. It says '2'.",
        ),
        (
            Q("Q1", "K", subs=TWO, settings={"max_answers": sums(8)}),
            "max_answers",
            "It has 4795 characters when written out here.",
        ),
    ],
)
def test_what_cannot_be_checked_is_refused_with_its_reason(asked, setting, reason):
    intake = taken(Q("N", "N"), asked)
    found = line(intake, f"Q1.{setting}")
    assert (found.verdict, found.reason) == ("refused", reason)
    assert not any(page.constraint for page in intake.questionnaire.pages)
    assert not errors(intake)


def test_checks_that_are_too_long_together_are_taken_as_far_as_they_fit():
    settings = {"min_answers": sums(4), "max_answers": sums(4)}
    intake = taken(Q("N", "N"), Q("Q1", "K", subs=TWO, settings=settings))
    assert line(intake, "Q1.min_answers").verdict == "taken"
    found = line(intake, "Q1.max_answers")
    assert (found.verdict, found.reason) == (
        "refused",
        "Written out here it has over 4000 characters.",
    )
    assert intake.questionnaire.pages[-1].constraint.startswith("count(${q1_a}, ")
    assert not errors(intake)


def test_an_equation_over_pages_that_may_be_hidden_is_refused():
    settings = {"array_filter": "M", "em_validation_q": "sum(self) > 1"}
    asked = Q("Q1", ":", subs=AREAS[:2], columns=COLUMNS, settings=settings)
    intake = taken(Q("M", "M", subs=AREAS), asked)
    assert line(intake, "Q1.em_validation_q").reason == (
        "It looks at several pages, the last of which not everybody sees."
    )
