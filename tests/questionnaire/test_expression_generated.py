"""Generated expressions: they are read or refused, and evaluating never fails."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.functions import FUNCTIONS

TODAY = date(2026, 10, 5)
OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod"]
CODES = st.sampled_from(["", "yes", "7", "-3", "2024-02-30", "a b", "٣", "9" * 400])
VALUES = st.one_of(CODES, st.lists(CODES, max_size=3).map(tuple))
ANSWERS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3)


def calls(inner):
    def written(name, parts):
        function = FUNCTIONS[name]
        parts = parts[: max(function.least, min(len(parts), function.most))]
        if name == "regex":
            parts = [parts[0], "'[a-z ]*7?'"]
        return f"{name}({', '.join(parts)})"

    parts = st.lists(inner, min_size=3, max_size=4)
    return st.builds(written, st.sampled_from(sorted(FUNCTIONS)), parts)


LEAVES = st.sampled_from(
    ["${a}", "${b}", "${c}", ".", "'yes'", "''", "'7'", "7", "0", ".5", "1000000000"]
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
        calls(inner),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS, ANSWERS, st.one_of(st.none(), VALUES))
def test_a_well_formed_expression_has_a_value(source, answers, current):
    read = expression.compile(source)
    value = read.evaluate(answers, today=TODAY, current=current)
    assert isinstance(value, str | float | bool)
    assert read.is_true(answers, today=TODAY, current=current) in (True, False)
    assert read.names <= {"a", "b", "c"}


@given(EXPRESSIONS, EXPRESSIONS, ANSWERS)
def test_logic_is_the_logic_of_python(left, right, answers):
    def truth(source):
        return expression.compile(source).is_true(answers, today=TODAY)

    both, either = truth(f"({left}) and ({right})"), truth(f"({left}) or ({right})")
    assert both is (truth(left) and truth(right))
    assert either is (truth(left) or truth(right))
    assert truth(f"not({left})") is not truth(left)


@given(EXPRESSIONS, ANSWERS)
def test_only_named_answers_matter(source, answers):
    read = expression.compile(source)
    named = {name: value for name, value in answers.items() if name in read.names}
    found = [read.evaluate(known, today=TODAY) for known in (answers, named)]
    assert repr(found[0]) == repr(found[1])


@given(EXPRESSIONS, ANSWERS)
def test_the_joined_parts_decide_as_the_whole(source, answers):
    read = expression.compile(f"({source}) and (${{a}} = '' or ${{b}} = 'yes')")
    whole = read.is_true(answers, today=TODAY)
    scope = expression.Scope(answers, TODAY, None)
    assert all(part.holds(scope) for part in read.conjuncts) is whole


@given(st.text(alphabet="${}abc.()'\"‘’“,=<>!+-*&divmodandornt 01[]", max_size=40))
def test_any_text_is_read_or_refused_with_a_place(source):
    for fault in faults_of(source):
        assert 0 <= fault.position <= len(source)
        assert fault.reason
        assert fault.remedy


def faults_of(source):
    try:
        expression.compile(source)
    except ExpressionError as error:
        return error.faults
    return ()
