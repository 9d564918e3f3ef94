"""Expressions: what they mean, what they refuse, and how they say so."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path

import pytest

from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.problem import errors_only

TODAY = date(2026, 10, 5)
REFERENCE = Path(__file__).parent / "reference" / "xpath.csv"
ANSWERS = {
    "yes": "yes",
    "age": "42",
    "picked": ("f1", "f3", "f9"),
    "alone": ("none",),
    "skipped": "-1",
    "empty": "-2",
    "unknown": "-3",
    "refused": "-4",
    "unreached": "-5",
    "text": "  some   words ",
    "born": "1984-02-29",
}


def value(source, current=None):
    return expression.compile(source).evaluate(ANSWERS, today=TODAY, current=current)


def faults(source):
    with pytest.raises(ExpressionError) as caught:
        expression.compile(source)
    return caught.value.problems


def reference():
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines)]


def test_expressions_mean_what_a_browser_makes_of_them():
    wrong = []
    for source, gives, text in reference():
        found = value(source)
        expected = {"number": float, "boolean": "true".__eq__, "text": str}[gives](text)
        is_nan = isinstance(expected, float) and math.isnan(expected)
        same = math.isnan(found) if is_nan else found == expected
        if not (same and type(found) is type(expected)):
            wrong.append((source, text, found))
    assert not wrong


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${yes} = 'yes'", True),
        ('${yes} = "no"', False),
        ("${ yes } = 'yes'", True),
        ("${age} >= 18 and ${age} < 65", True),
        ("${age} + 1", 43.0),
        ("${absent} = ''", True),
        ("${absent} + 1 > 0", False),
        ("${absent} or ${yes}", True),
        ("selected(${picked}, 'f3')", True),
        ("selected(${picked}, 'f')", False),
        ("selected(${picked}, concat('f', 9))", True),
        ("selected(${yes}, 'yes')", True),
        ("selected('a b c', 'b')", True),
        ("selected(${absent}, '')", True),
        ("selected(${picked}, '')", False),
        ("selected-at(${picked}, 1)", "f3"),
        ("selected-at(${picked}, 3)", ""),
        ("selected-at(${picked}, -1)", ""),
        ("selected-at(${picked}, 0.5)", ""),
        ("selected-at(${picked}, 'x')", ""),
        ("selected-at('a b', 0)", "a"),
        ("count-selected(${picked})", 3.0),
        ("count-selected(${absent})", 0.0),
        ("count-selected('a b')", 2.0),
        ("${picked}", "f1 f3 f9"),
        ("not(selected(${alone}, 'none'))", False),
        ("if(${age} > 40, 'old', 'young')", "old"),
        ("if(${age} > 50, 1, 0)", 0.0),
        ("if(true(), 1, 'x') = '1.0'", True),
        ("if(true(), 1, 'x') = true()", True),
        ("if(false(), 1, 'x') != 'x'", False),
        ("coalesce(${absent}, ${empty}, 'rest')", "rest"),
        ("coalesce(${yes}, 'rest')", "yes"),
        ("coalesce('', '')", ""),
        ("concat('a', 1, true())", "a1true"),
        ("concat(1 div 3, '')", "0.3333333333333333"),
        ("concat(1 div 1000000, '')", "0.000001"),
        ("concat(10000000000 * 10000000000 * 10, '')", "1000000000000000000000"),
        ("normalize-space(${text})", "some words"),
        ("string-length(normalize-space(${text}))", 10.0),
        ("regex(${age}, '[0-9]{2}')", True),
        ("regex(${age}, '[0-9]')", False),
        ("number('12')", 12.0),
        ("int(2.9)", 2.0),
        ("int(-2.9)", -2.0),
        ("int(1 div 0)", math.inf),
        ("round(2.345, 2)", 2.35),
        ("round(-2.5, 0)", -2.0),
        ("round(1234.5, -2)", 1200.0),
        ("round(1 div 0, 2)", math.inf),
        ("sum(1, ${age}, ${absent}, 2)", 45.0),
        ("sum(${absent})", 0.0),
        ("min(3, '1', ${empty})", 1.0),
        ("max(3, '1', ${empty})", 3.0),
        ("count(${yes}, ${absent}, ${picked}, ${unknown})", 2.0),
        ("position()", 1.0),
        ("position(..)", 1.0),
        ("today()", "2026-10-05"),
        ("today() > '2026-10-04'", True),
        ("today() - ${born} > 40 * 365", True),
        ("'2026-13-01' < today()", False),
        ("number('1970-01-02')", 1.0),
        ("true() and not(false())", True),
        ("string(${age} + 1)", "43"),
        ("boolean(${absent})", False),
        ("boolean('false')", True),
        ("contains(${text}, 'me  ')", True),
        ("contains(${text}, '')", True),
        ("starts-with(${born}, '1984')", True),
        ("floor(-2.5)", -3.0),
        ("ceiling(2.1)", 3.0),
        ("floor(1 div 0)", math.inf),
        ("abs(-7.5)", 7.5),
        ("date('2026-01-31')", "2026-01-31"),
        ("date('2026-01-31T10:00:00')", "2026-01-31"),
        ("date('2026-01')", "2026-01-01"),
        ("date('2026-13')", ""),
        ("date(1)", "1970-01-02"),
        ("'2026-02' - '2026-01'", 31.0),
        ("'2026-01' < '2026-01-15'", True),
        ("date('1.9')", "1970-01-02"),
        ("date('2026-02-30')", ""),
        ("date('soon')", ""),
        ("date('20000     x')", ""),
        ("date(1 div 0)", ""),
        ("date(9999999999)", ""),
        ("today() >= date('2026-10-05')", True),
        ("int((today() - ${born}) div 365.25)", 42.0),
        ("round((today() - ${born}) div 365.25, 2)", 42.6),
        ("-${age} + .5", -41.5),
        ("--${age}", 42.0),
        ("${age}=''\nor\t${age}\r\n> 40", True),
        ("selected (${picked}, 'f1')", True),
        ("coalesce(coalesce(${absent}, ''), coalesce(${yes}, 'x'))", "yes"),
        ("if(${age} > 40, if(${yes} = 'yes', 'a', 'b'), 'c')", "a"),
    ],
)
def test_functions_and_answers(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "max(${absent})",
        "min('x')",
        "sum(1, 'x')",
        "round(1, 'x')",
        "0 mod 0",
        "(1 div 0) mod 2",
    ],
)
def test_what_is_no_number_is_said_to_be_none(source):
    assert math.isnan(value(source))


@pytest.mark.parametrize(
    "name", ["skipped", "empty", "unknown", "refused", "unreached"]
)
def test_every_kind_of_no_answer_reads_as_empty(name):
    assert value(f"${{{name}}} = ''") is True
    assert value(f"count-selected(${{{name}}})") == 0.0


def test_a_point_is_the_answer_being_given():
    assert value(". > 5", current="7") is True
    assert value(". > 5", current="-2") is False
    assert value("string-length()", current="abc") == 3.0
    assert value("normalize-space()", current=" a ") == "a"
    assert value("number()", current="7") == 7.0
    assert value("string()", current=("a", "b")) == "a b"
    assert value("count-selected(.) <= 1", current=("a", "b")) is False
    assert value("not(selected(., 'a'))", current=("a", "b")) is False
    assert value("regex(., '[a-z]+')", current=None) is False


def test_once_keeps_what_was_there():
    assert value("once(today())", current="2025-01-01") == "2025-01-01"
    assert value("once(today())", current=None) == "2026-10-05"


def test_an_expression_knows_what_it_looks_at():
    read = expression.compile("${b} = 'x' and selected(${a}, 'y') and ${b} != 'z'")
    assert read.names == {"a", "b"}
    assert read.positions == {"b": 0, "a": 24}
    assert read.compared == (("b", "x", 7), ("a", "y", 30), ("b", "z", 47))
    assert [sorted(part.names) for part in read.conjuncts] == [["b"], ["a"], ["b"]]
    assert not read.uses_current
    for source in (". > 1", "once('x')", "string-length() > 3"):
        assert expression.compile(source).uses_current


def test_an_expression_knows_what_it_compares_with_literals():
    read = expression.compile("${a} = 'x' or 18 <= . and selected(${b}, 'y') or .<-1")
    found = [(c.name, c.operator, c.literal, c.position) for c in read.comparisons]
    assert found == [
        ("a", "=", "x", 7),
        (".", ">=", "18", 14),
        ("b", "selected", "y", 41),
        (".", "<", "-1", 51),
    ]
    assert [c.is_number for c in read.comparisons] == [False, True, False, True]
    read = expression.compile("'n' = side and ${a} = side", filters_options=True)
    [only] = read.comparisons
    assert (only.form, only.name, only.literal) == ("word", "side", "n")
    assert read.words == {"side": 6}


@pytest.mark.parametrize(
    ("source", "place"),
    [("${a} > 1 and . > 2", 13), ("1 + string-length()", 4), ("once('a')", -1)],
)
def test_an_expression_knows_where_it_looks_at_the_answer_being_given(source, place):
    assert expression.compile(source).own_answer_at == place


def test_truth_of_a_whole_expression_is_xpath_truth():
    for source, expected in [("''", False), ("'0'", True), ("0", False), ("-1", True)]:
        read = expression.compile(source)
        assert read.is_true({}, today=TODAY) is expected
    assert not expression.compile("0 div 0").is_true({}, today=TODAY)


@pytest.mark.parametrize(
    "source",
    [
        "${yes} = ‘yes’",
        "${yes} = ’yes’",
        "${yes} = “yes”",
        "${yes} = „yes“",
        "${yes} = »yes«",
        "${yes} = ‘yes'",
    ],
)
def test_typographic_quotes_are_read_and_reported(source):
    assert value(source) is True
    [note] = expression.compile(source).warnings
    assert note.is_warning
    assert note.position == 9


def test_an_apostrophe_inside_straight_quotes_is_no_typographic_quote():
    read = expression.compile('${yes} = "l’eau"')
    assert not read.warnings
    assert read.evaluate({"yes": "l’eau"}, today=TODAY) is True


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ("", 0, "The expression is empty."),
        ("   ", 0, "The expression is empty."),
        ("${a} =", 6, "The expression ends too early."),
        ("${a} and", 8, "The expression ends too early."),
        ("not(${a}", 8, "A bracket is never closed."),
        ("yes", 0, "The word yes stands alone."),
        ("${a} = yes", 7, "The word yes stands alone."),
        ("yes = ${a}", 0, "The word yes stands alone."),
        ("${a} = 'x", 7, "A quote is never closed."),
        ("${a} = “x", 7, "A quote is never closed."),
        ("$a = 1", 0, "A $ stands alone."),
        ("${a = 1", 0, "A $ stands alone."),
        ("${a} == 1", 5, "== is no operator here."),
        ("${a} 1", 5, "1 cannot stand here."),
        ("1 or2", 2, "or2 cannot stand here."),
        (") = 1", 0, ") cannot stand here."),
        ("& 1", 0, "& is no operator here."),
        ("and ${a}", 0, "and cannot stand here."),
        ("${} = 1", 0, "This answer has no name."),
        ("not(..)", 0, ".. cannot stand here."),
        ("foo(1)", 0, "There is no function foo."),
        ("1 + Count_Selected(${a})", 4, "There is no function Count_Selected."),
        ("not()", 0, "not has 0 arguments."),
        ("selected(${a})", 0, "selected has 1 argument."),
        ("round(1, 2, 3)", 0, "round has 3 arguments."),
        ("regex(., ${a})", 9, "The pattern of regex is not a quoted text."),
        ("regex(., '[a')", 10, "This bracket is never closed."),
        ("regex(., '(?=a)b')", 10, "Looking ahead or behind"),
    ],
)
def test_a_fault_is_located_and_named(source, position, reason):
    [problem] = errors_only(faults(source))
    assert problem.reason.startswith(reason)
    assert problem.remedy
    shown, caret = problem.excerpt.split("\n")
    assert shown == f"  {source}"
    assert caret == " " * (position + 2) + "^"


def test_all_faults_of_an_expression_are_reported_together():
    source = "foo() = 1 and not(1, 2) or regex(., '*') or selectd(., bar()) = “x”"
    reasons = [problem.reason for problem in faults(source)]
    assert reasons == [
        "There are typographic quotes here.",
        "There is no function foo.",
        "not has 2 arguments.",
        "There is nothing to repeat here.",
        "There is no function selectd.",
        "There is no function bar.",
    ]


def test_a_misspelt_function_is_recognised():
    [problem] = faults("count_selected(${a}) > 1")
    assert problem.remedy == "Write count-selected()."


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("now", "Write today(): no time of day is known."),
        ("is_empty", "Write ${name} = ''."),
        ("jr:choice-name", "Compare the code: which words people read depends on "
         "their language."),
        ("Pulldata", "Ask for it, or make a choice filter of it: no other file "
         "is read."),
    ],
)  # fmt: skip
def test_what_to_write_for_functions_of_other_programs_is_said(name, remedy):
    [problem] = faults(f"{name}(${{a}}) > 1")
    assert problem.remedy == remedy


def test_the_patterns_of_an_expression_are_small_together():
    source = " or ".join(["regex(., '(a?b?){250}')"] * 3)
    [problem] = faults(source)
    assert problem.reason == "The patterns of this expression are too large together."
    assert problem.excerpt.endswith(" " * 56 + "^")


def test_the_excerpt_of_a_long_expression_shows_the_spot():
    source = " or ".join(["${a} = 'x'"] * 40) + " or yes" + " or ${a} = 'y'" * 20
    [problem] = faults(source)
    shown, caret = problem.excerpt.split("\n")
    assert len(shown) < 130
    assert shown[len(caret) - 1 :].startswith("yes")


def test_an_expression_over_the_length_is_refused_unread():
    [problem] = faults("(" * 4001)
    assert problem.reason == "The expression has 4001 characters."


@pytest.mark.parametrize(
    "source",
    [
        "-" * 300 + "1",
        "not(" * 200 + "1" + ")" * 200,
        "if(1, " * 200 + "1" + ", 0)" * 200,
        "1 = " * 200 + "1",
    ],
)
def test_an_expression_nested_too_deeply_is_refused(source):
    [problem] = faults(source)
    assert problem.reason.startswith("The expression is nested")


def test_brackets_and_long_chains_are_not_nesting():
    assert value("(" * 900 + "1" + ")" * 900) == 1.0
    assert value("+".join(["1"] * 1500)) == 1500.0
    assert value("*".join(["1"] * 1500)) == 1.0
    assert value(" or ".join(["false()"] * 300)) is False
