"""Calculated values that could tell somebody's own words, or when they answered."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Question
from survey.questionnaire.own_words import marked
from tests.questionnaire.test_check import ask, single


def reckoned(name, calculation, shown_if=""):
    return Question(name, "calculated", calculation=calculation, shown_if=shown_if)


ASKED = (
    single("plain"),
    single("open", has_other=True),
    Question("words", "text", longest=9),
    Question("short", "short_text", longest=9),
    Question("born", "date", precision="year"),
)


@pytest.mark.parametrize(
    ("calculation", "shown_if", "is_column"),
    [
        ("concat(${plain}, ${open}, ${born})", "", True),
        ("1 + 1", "${plain} = 'yes'", True),
        ("${words}", "", False),
        ("string-length(${short})", "", False),
        ("if(${words} = 'me', 1, 0)", "", False),
        ("${open_other} != ''", "", False),
        ("1", "contains(${words}, 'mayor')", False),
        ("today()", "", False),
        ("int((today() - ${born}) div 365.25)", "", False),
        ("1", "today() > '2026-10-05'", False),
    ],
)
def test_what_becomes_a_column(calculation, shown_if, is_column):
    asked = marked(ask(*ASKED, reckoned("value", calculation, shown_if)))
    assert asked.question("value").looks_at_own_words is not is_column


def test_values_made_of_such_values_are_such_values():
    asked = marked(
        ask(
            *ASKED,
            reckoned("one", "string-length(${words})"),
            reckoned("two", "1", "${one} > 3"),
            reckoned("three", "${two} + 1"),
            reckoned("four", "${plain}"),
        )
    )
    tainted = [q.name for q in asked.questions() if q.looks_at_own_words]
    assert tainted == ["one", "two", "three"]
