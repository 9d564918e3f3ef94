"""Expressions in other people's names and codes mean the same in ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring.xlsform.choices import ChoiceList
from survey.authoring.xlsform.expressions import translate
from survey.authoring.xlsform.known import Item, Known
from survey.authoring.xlsform.unparse import quoted, written
from survey.questionnaire import expression, syntax
from tests.questionnaire.test_expression import TODAY

TOWNS = ChoiceList("towns", codes={"A&B": ("a_b",), "-9": ("9",)}, columns=("region",))
CODES = {"Yes": ("yes",), "no": ("no",), "1": ("1",), "twin": ("twin_n", "twin_s")}


@pytest.fixture
def known():
    found = Known()
    found.add(Item("Q1", "q1", CODES))
    found.add(Item("many", "many", CODES, is_several=True))
    found.add(Item("town", "town", TOWNS.codes, TOWNS))
    found.add(Item("age", "age"))
    found.drop("place", "No place on a map is asked.")
    found.later.add("end")
    found.meant["today"] = "today()"
    return found


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("${Q1} = 'Yes'", "${q1} = 'yes'"),
        ("${ Q1 }='Yes'", "${q1} = 'yes'"),
        ("'Yes' != ${Q1}", "'yes' != ${q1}"),
        ("${Q1} = 'no'", "${q1} = 'no'"),
        ("${Q1} = ''", "${q1} = ''"),
        ("${Q1} = 1", "${q1} = 1"),
        ("${town} = -9", "${town} = '9'"),
        ("${town} = 'A&B'", "${town} = 'a_b'"),
        ("selected(${Q1}, 'Yes')", "selected(${q1}, 'yes')"),
        ("selected(${town}, -9)", "selected(${town}, '9')"),
        ("selected(${many}, 'twin')", "(selected(${many}, 'twin_n') or "
         "selected(${many}, 'twin_s'))"),
        ("${Q1} = 'twin'", "(${q1} = 'twin_n' or ${q1} = 'twin_s')"),
        ("${Q1} != 'twin'", "(${q1} != 'twin_n' and ${q1} != 'twin_s')"),
        ("${many} = 'Yes no'", "${many} = 'yes no'"),
        ("${age} >= 18 and not(${Q1} = 'Yes')", "${age} >= 18 and not(${q1} = 'yes')"),
        ("(${age} + 1) * 2 = 4 or ${Q1} = 'Yes'",
         "(${age} + 1) * 2 = 4 or ${q1} = 'yes'"),
        ("${age} - (3 - 2) = 1", "${age} - (3 - 2) = 1"),
        ("${Q1} = 'gone' or ${age} > 3", "false() or ${age} > 3"),
        ("${Q1} != 'gone' and ${age} > 3", "true() and ${age} > 3"),
        ("if(${Q1} = 'Yes', 'Yes', \"it's\")", "if(${q1} = 'yes', 'Yes', \"it's\")"),
        ("${age} <= ${today}", "${age} <= today()"),
        ("-(${age} + 1) < 0", "-(${age} + 1) < 0"),
        ("count-selected(${many}) > 1", "count-selected(${many}) > 1"),
    ],
)  # fmt: skip
def test_names_and_codes_become_ours(known, source, ours):
    found = translate(source, known)
    assert not found.faults
    assert found.source == ours


def test_what_needs_no_change_keeps_its_spelling(known):
    source = "${age}>18   and (${age} <20)"
    assert translate(source, known).source == source


def test_typographic_quotes_are_read_and_that_is_said(known):
    found = translate("${Q1} = ‘Yes’", known)
    assert found.source == "${q1} = 'yes'"
    [note] = found.notes
    assert "typographic quotes" in note.reason
    known.keeps_spelling = True
    assert translate("${age} = ‘3’", known).source == "${age} = ‘3’"


@pytest.mark.parametrize(
    ("source", "reason", "caret"),
    [
        ("${age} > 3 and ${gone} = 1", "There is no question gone.", 15),
        ("${place} = 'x'", "place is not taken: No place on a map is asked.", 0),
        ("${end} = 'x'", "end is asked only later.", 0),
        ("${age} > 3 and", "The expression ends too early.", 14),
        ("${age} > uuid()", "There is no function uuid.", 9),
        ("${town} > 3", "The code -9 of town is written otherwise.", 0),
    ],
)
def test_what_cannot_be_evaluated_is_located(known, source, reason, caret):
    found = translate(source, known)
    [fault] = found.faults
    assert fault.reason == reason
    shown, below = fault.excerpt.splitlines()
    assert shown.strip() == source
    assert below.index("^") == caret + 2


def test_a_code_nobody_can_choose_is_said_and_never_holds(known):
    found = translate("${Q1} = 'maybe'", known)
    assert found.source == "false()"
    assert found.names == frozenset()
    [note] = found.notes
    assert note.reason == "Q1 has no choice 'maybe': this part never holds."
    assert note.excerpt.splitlines()[1].index("^") == 10


def test_the_answer_being_given_has_the_codes_of_its_question(known):
    current = known.items["Q1"]
    found = translate(". != 'Yes' and selected(., 'no')", known, current=current)
    assert found.source == ". != 'yes' and selected(., 'no')"
    assert found.looks_at_current


def test_a_filter_tells_which_properties_hold_codes(known):
    source = "region = ${town} and name != 'x'"
    found = translate(source, known, choices=TOWNS)
    assert found.source == source
    assert found.properties == {"region": known.items["town"], "name": None}
    found = translate("size = 3", known, choices=TOWNS)
    [fault] = found.faults
    assert fault.reason == "The list towns has no column size."
    assert fault.remedy == "It has region."


def test_texts_are_quoted_whatever_is_in_them():
    for text in ("a", "it's", 'say "a"', 'it\'s "a"', "''\"\"''"):
        value = expression.compile(quoted(text)).evaluate({}, today=TODAY)
        assert value == text


LEAVES = st.sampled_from(["${a}", "${b}", "'x'", "1", "2.5", "true()", "today()"])


def _grown(parts):
    pair = st.tuples(parts, parts)
    signs = st.sampled_from(
        "= != < <= > >= and or + - * div mod".split()  # noqa: SIM905
    )
    return (
        st.tuples(parts, signs, parts).map(" ".join)
        | parts.map(lambda part: f"({part})")
        | parts.map(lambda part: f"-({part})")
        | pair.map(lambda two: f"coalesce({two[0]}, {two[1]})")
        | parts.map(lambda part: f"not({part})")
    )


@given(st.recursive(LEAVES, _grown, max_leaves=12))
def test_a_tree_written_anew_is_the_same_tree(source):
    tree = syntax.read(source).root
    if tree is None:  # nested too deeply
        return
    again = syntax.read(written(tree, lambda node: None)).root
    assert _shape(again) == _shape(tree)


def _shape(node):
    parts = tuple(map(_shape, node.parts))
    return (node.form, node.value, node.operators, parts)
