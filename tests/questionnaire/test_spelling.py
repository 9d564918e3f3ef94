"""Expressions as word processors, web pages and other languages write them."""

from __future__ import annotations

from datetime import date

import pytest

from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError

TODAY = date(2026, 10, 5)
TYPOGRAPHIC = "There are typographic quotes here."
ESCAPED = "A sign is written as on web pages here."
SPACE = "There is an unusual space here."
INVISIBLE = "There is an invisible character here."
BETWEEN = "Between two values stands an operator such as = or and."
QUOTE = "A text that holds ' stands in \"…\", one that holds \" in '…'."
HIDDEN = "There is an invisible character in this text."


def notes(source):
    return [(n.position, n.reason) for n in expression.compile(source).warnings]


def errors(source):
    with pytest.raises(ExpressionError) as caught:
        expression.compile(source)
    faults = [fault for fault in caught.value.faults if not fault.is_warning]
    return [(fault.position, fault.remedy) for fault in faults]


@pytest.mark.parametrize(
    ("source", "plain", "noted"),
    [
        ("${a} = ‹yes›", "${a} = 'yes'", [(7, TYPOGRAPHIC)]),
        ("${a} = `yes´", "${a} = 'yes'", [(7, TYPOGRAPHIC)]),
        ("${a} = ″yes″", '${a} = "yes"', [(7, TYPOGRAPHIC)]),
        ("${a} = ‘no’ or ${a} = “yes”", "${a} = 'yes'", [(7, TYPOGRAPHIC)]),
        ("${n} &gt; 5", "${n} > 5", [(5, ESCAPED)]),
        ("${n} &gt;= 7 and ${n} &lt;= 7", "${n} = 7", [(5, ESCAPED)]),
        ("${n} &amp;gt; 5", "${n} > 5", [(5, ESCAPED)]),
        ("${n}&nbsp;&#62;&#160;5", "${n} > 5", [(4, ESCAPED)]),
        ("${a} = &quot;yes&quot;", "${a} = 'yes'", [(7, ESCAPED)]),
        ("${a} = &apos;yes&#39; or 1", "1", None),
        ("${a} = &#39;yes&#39;", "${a} = 'yes'", [(7, ESCAPED)]),
        ("${n}\u00a0>\u20095", "${n} > 5", [(4, SPACE)]),
        ("${n} >\u3000\u20285", "${n} > 5", [(6, SPACE)]),
        ("\ufeff${n} > 5", "${n} > 5", [(0, INVISIBLE)]),
        ("selec\u00adted(${a}, 'yes')", "selected(${a}, 'yes')", [(5, INVISIBLE)]),
        ("${\u200bn\u200e} > 5", "${n} > 5", [(0, INVISIBLE)]),
        ("${\u00a0n } > 5", "${n} > 5", []),
    ],
)
def test_what_was_meant_is_read_and_noted(source, plain, noted):
    answers = {"a": "yes", "n": "7"}
    if noted is None:
        assert errors(source)
        return
    read, meant = expression.compile(source), expression.compile(plain)
    for known in (answers, {}, {"a": "x", "n": "5"}):
        assert read.is_true(known, today=TODAY) is meant.is_true(known, today=TODAY)
    assert notes(source) == noted
    assert all(note.remedy for note in read.warnings)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('"l’eau"', "l’eau"),
        ("'“x”'", "“x”"),
        ("'a &amp; b'", "a &amp; b"),
        ("'a\u00a0b'", "a\u00a0b"),
        ("'a == b && c'", "a == b && c"),
        ("'１８ ١٨ 1e3'", "１８ ١٨ 1e3"),
        ("'A AND B'", "A AND B"),
        ('‘say "x"’', 'say "x"'),
        ("“it's”", "it's"),
    ],
)
def test_what_stands_in_quotes_stays_as_it_is(source, text):
    assert expression.compile(source).evaluate({}, today=TODAY) == text


def test_what_nobody_sees_in_a_text_is_noted_and_kept():
    assert notes("${a} = 'yes\u200b'") == [(11, HIDDEN)]
    assert notes("${a} = ‘yes\u2060’") == [(7, TYPOGRAPHIC), (11, HIDDEN)]
    assert notes("${a} = 'می\u200cخواهم'") == []
    read = expression.compile("${a} = 'yes\u200b'")
    assert not read.is_true({"a": "yes"}, today=TODAY)


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("${a} AND ${b}", "and"),
        ("${a} Or ${b}", "or"),
        ("7 DIV 2 = ${a}", "div"),
        ("7 Mod 2 = ${a}", "mod"),
        ("Selected(${a}, 'x')", "selected"),
        ("COUNT-SELECTED (${a}) > 1", "count-selected"),
        ("${a} < Today()", "today"),
    ],
)
def test_capitals_are_read_and_noted(source, small):
    [note] = expression.compile(source).warnings
    assert note.remedy == f"It is read as {small}; write {small} to be safe."
    plain = source.replace(source[note.position :][: len(small)], small)
    assert not expression.compile(plain).warnings


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("${a} == 1", [(5, "Write =.")]),
        ("${a} === 1", [(5, "Write =.")]),
        ("${a} !== 1", [(5, "Write !=.")]),
        ("${a} <> 1", [(5, "Write !=.")]),
        ("${a} =! 1", [(5, "Write !=.")]),
        ("${a} ≠ 1", [(5, "Write !=.")]),
        ("${a} => 1", [(5, "Write >=.")]),
        ("${a} =< 1", [(5, "Write <=.")]),
        ("${a} ≤ 1", [(5, "Write <=.")]),
        ("${a} ≥ 1", [(5, "Write >=.")]),
        ("${a} > = 1", [(7, "Write <=, >= or != in one piece, and = once.")]),
        ("${a} && ${b}", [(5, "Write and.")]),
        ("${a}&${b}", [(4, "Write and.")]),
        ("${a} || ${b}", [(5, "Write or.")]),
        ("${a} und ${b}", [(5, "Write and.")]),
        ("${a} oder ${b}", [(5, "Write or.")]),
        ("${a} eq 1", [(5, "Write =.")]),
        ("!${a}", [(0, "Write not(…).")]),
        ("not ${a}", [(0, "Write not(…) around a condition.")]),
        ("2 × 3", [(2, "Write *.")]),
        ("6 ÷ 3", [(2, "Write div.")]),
        ("6/3", [(1, "Write div to divide.")]),
        ("6 − 3", [(2, "Write -.")]),
        ("6 – 3", [(2, "Write -.")]),
        ("6 % 3", [(2, "Write mod for the remainder, div 100 for a percentage.")]),
        ("2 ^ 3", [(2, "Multiply, such as ${a} * ${a}.")]),
        ("/data/b/a = 1", [(0, "Write ${a} for an answer.")]),
        ("../a = 1", [(0, "Write ${a} for an answer.")]),
        ("${a}[1]", [(4, "Write ${name} for an answer.")]),
        ("${a} ? 1 : 2", [(5, "Write if(condition, a, b).")]),
        ("selected(${a}; 'x')", [(13, "Write a comma between arguments.")]),
        ("selected(${a}، 'x')", [(13, "Write a comma between arguments.")]),
        ("not（${a}）", [(3, "Write (."), (8, "Write ).")]),
        ("＄｛ａ｝ > 1", [(0, "Write ${a}.")]),
        ("${a} > １８", [(7, "Write 18.")]),
        ("${a} > ١٨", [(7, "Write 18.")]),
        ("${a} > ३", [(7, "Write 3.")]),
        ("${a} > ١٫٥", [(7, "Write 1.5.")]),
        ("${a} > 1,5", [(8, "Write a point in a number, such as 1.5.")]),
        ("${a} > 1e3", [(7, "Write 1000.")]),
        ("${a} > 2.5E-1", [(7, "Write 0.25.")]),
        ("${a} > 1e999999999", [(7, "Write the number out.")]),
        ("${a} = 16_24", [(7, "Write '16_24' for a code.")]),
        ("${a} = 2nd", [(7, "Write '2nd' for a code.")]),
        ("${a} = 'it''s'", [(11, QUOTE)]),
        ("(1 = 1))", [(7, "Leave it out, or open a bracket before it.")]),
        ("not(1 = )", [(8, "Write a value before it.")]),
        ("1, 2", [(1, "Commas stand between the arguments of a function.")]),
        ("selected(${a} 'x')", [(14, f"{BETWEEN[:-1]}, or a comma.")]),
        ("a\x00b = 1", [(1, BETWEEN)]),
    ],
)
def test_what_to_write_instead_is_said_at_the_spot(source, found):
    assert errors(source) == found


def test_every_wrong_sign_is_found_at_once_and_reading_goes_on():
    source = "${a} == 'x' && ${b} <> foo() || !${c} ≤ ‘y’"
    assert [place for place, _ in errors(source)] == [5, 12, 20, 29, 32, 38, 23]


def test_places_are_those_of_the_original_when_something_was_read_over():
    source = "\ufeff${a} &gt;= 5 &amp;&amp; foo(1)"
    assert errors(source) == [
        (14, "Write and."),
        (25, f"Use one of {', '.join(expression.FUNCTIONS)}."),
    ]
    read = expression.compile("${a} &lt; 1 or ${b} = 'x'")
    assert read.positions == {"a": 0, "b": 15}
    assert read.compared == (("b", "x", 22),)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("18 < ${a} < 65", 12),
        ("${a} = 'x' or 'y'", 14),
        ("'x' and ${a} = 'y'", 0),
        ("${a} = '${b}'", 8),
    ],
)
def test_what_is_hardly_ever_meant_is_noted(source, place):
    [note] = expression.compile(source).warnings
    assert note.position == place
    assert note.remedy
