"""The old table of conditions: or on one answer and across scenarios, else and."""

from __future__ import annotations

import pytest

from survey.authoring.limesurvey.conditions import as_equation
from survey.authoring.limesurvey.document import Row
from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, line, taken

TYPES = {"1": "L", "2": "M", "3": "N"}


def rows(*found) -> list[Row]:
    names = ("scenario", "cqid", "cfieldname", "method", "value")
    return [
        Row("conditions", number, 1, dict(zip(names, cells, strict=True)))
        for number, cells in enumerate(found, start=1)
    ]


@pytest.mark.parametrize(
    ("conditions", "equation"),
    [
        ([("1", "1", "7X1X1", "==", "A1")], '((7X1X1.NAOK == "A1"))'),
        (
            [("1", "1", "7X1X1", "==", "A1"), ("1", "1", "7X1X1", "==", "A2")],
            '((7X1X1.NAOK == "A1" or 7X1X1.NAOK == "A2"))',
        ),
        (
            [("1", "1", "7X1X1", "==", "A1"), ("1", "3", "7X1X3", ">", "3")],
            '((7X1X1.NAOK == "A1") and (7X1X3.NAOK > "3"))',
        ),
        (
            [("1", "1", "7X1X1", "==", "A1"), ("2", "3", "7X1X3", "<=", "3")],
            '((7X1X1.NAOK == "A1")) or ((7X1X3.NAOK <= "3"))',
        ),
        (
            [("1", "2", "7X1X2", "==", "SQ1"), ("1", "2", "7X1X2", "==", "SQ2")],
            '((7X1X2SQ1.NAOK == "Y" or 7X1X2SQ2.NAOK == "Y"))',
        ),
        (
            [("1", "2", "+7X1X2SQ1", "!=", "Y"), ("1", "2", "+7X1X2SQ2", "==", "Y")],
            '((7X1X2SQ1.NAOK != "Y") and (7X1X2SQ2.NAOK == "Y"))',
        ),
        ([("1", "1", "7X1X1", "==", " ")], "((is_empty(7X1X1.NAOK)))"),
        ([("1", "1", "7X1X1", "!=", "")], "((!is_empty(7X1X1.NAOK)))"),
        ([("1", "3", "7X1X3", "<", "@7X1X4@")], "((7X1X3.NAOK < 7X1X4.NAOK))"),
        ([("1", "1", "7X1X1", "RX", "^a")], '((regexMatch("/^a/", 7X1X1.NAOK)))'),
        (
            [("1", "0", "{TOKEN:ATTRIBUTE_1}", "==", "x")],
            '((TOKEN:ATTRIBUTE_1 == "x"))',
        ),
    ],
)
def test_conditions_become_one_equation(conditions, equation):
    assert as_equation(rows(*conditions), TYPES) == equation


def condition(qid, cqid, field, value, scenario="1", method="=="):
    return {
        "cid": 1,
        "qid": qid,
        "cqid": cqid,
        "cfieldname": field,
        "method": method,
        "value": value,
        "scenario": scenario,
    }


ASKED = (
    Q("Q1", "L", answers=YES_NO),
    Q("Q2", "M", subs=AREAS),
    Q("Q3", "T", relevance=""),
)


@pytest.mark.parametrize("layout", ["old", "new"])
def test_a_question_is_shown_under_its_conditions(layout):
    table = [
        condition(3000, 1000, "77X1X1000", "A1"),
        condition(3000, 2000, "77X1X2000", "SQ1"),
        condition(3000, 2000, "77X1X2000", "SQ2"),
        condition(3000, 1000, "77X1X1000", "A2", scenario="2"),
    ]
    intake = taken(*ASKED, layout=layout, conditions=table)
    assert intake.questionnaire.question("q3").shown_if == (
        "${q1} = 'a1' and (selected(${q2}, 'sq1') or selected(${q2}, 'sq2'))"
        " or ${q1} = 'a2'"
    )
    verdicts = {one.verdict for one in intake.lines if one.place == "conditions"}
    assert verdicts == {"taken"}


def test_an_equation_that_is_there_wins_over_the_table():
    table = [condition(3000, 1000, "77X1X1000", "A1")]
    last = Q("Q3", "T", relevance='Q1 == "A2"')
    intake = taken(*ASKED[:2], last, conditions=table)
    assert intake.questionnaire.question("q3").shown_if == "${q1} = 'a2'"


def test_a_condition_that_cannot_be_said_refuses_the_question():
    table = [condition(3000, 9000, "77X1X9000", "A1"), condition(8, 1, "x", "y")]
    intake = taken(*ASKED, conditions=table)
    found = line(intake, "Q3", "questions")
    assert found.verdict == "refused"
    assert found.excerpt == '  ((77X1X9000.NAOK == "A1"))\n    ^'
    dangling = [one for one in intake.lines if one.place == "conditions"][1]
    assert dangling.reason == "Its question '8' is missing."
