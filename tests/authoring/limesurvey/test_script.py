"""Equations of LimeSurvey: read as it reads them, faults with their place."""

from __future__ import annotations

import pytest

from survey.authoring.limesurvey.script import ScriptError, parse, plain_source


def told(node) -> str:
    """The tree with all its brackets."""
    if node.form in ("either", "both"):
        sign = " or " if node.form == "either" else " and "
        return f"({sign.join(told(part) for part in node.parts)})"
    if node.form == "chain":
        left, right = (told(part) for part in node.parts)
        return f"({left} {node.operators[0]} {right})"
    if node.form in ("negation", "negative"):
        return f"{'!' if node.form == 'negation' else '-'}{told(node.parts[0])}"
    if node.form == "call":
        return f"{node.value}({', '.join(told(part) for part in node.parts)})"
    return repr(node.value) if node.form == "text" else node.value


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ('Q1.NAOK == "Y"', "(Q1.NAOK = 'Y')"),
        ("a eq 1 AND b ne 2 || c", "(((a = 1) and (b != 2)) or c)"),
        ("!a && !is_empty(b)", "(!a and !is_empty(b))"),
        ("a gt 1 and b le 2", "((a > 1) and (b <= 2))"),
        ("1 + 2 * 3 - -4", "((1 + (2 * 3)) - -4)"),
        ("a - b - c", "((a - b) - c)"),
        ("77X1X12SQ1.NAOK != ''", "(77X1X12SQ1.NAOK != '')"),
        ("INSERTANS:77X1X12 > 3", "(INSERTANS:77X1X12 > 3)"),
        ("Q1_SQ1#0 == 1", "(Q1_SQ1#0 = 1)"),
        ("count(that.Q1.NAOK) >= 2", "(count(that.Q1.NAOK) >= 2)"),
        (r"""if(a, "say \"hi\"", 'it')""", "if(a, 'say \"hi\"', 'it')"),
        ("android == order", "(android = order)"),
        ("a = 1", "(a := 1)"),
    ],
)
def test_equations_are_read_with_their_precedence(source, tree):
    assert told(parse(source)) == tree


@pytest.mark.parametrize(
    ("written", "source"),
    [("{Q1 > 2}", "Q1 > 2"), ("a &gt; 1 &amp;&amp; b", "a > 1 && b"), (" 1 ", "1")],
)
def test_braces_and_entities_around_an_equation_are_nothing(written, source):
    assert plain_source(written) == source


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("a ==", 4),
        ("(a", 2),
        ("a b", 2),
        ("a == 'open", 5),
        ("f(,)", 2),
        ("", 0),
        ("ä == 1", 0),
        ("a, b", 1),
    ],
)
def test_faults_have_their_place(source, position):
    with pytest.raises(ScriptError) as caught:
        parse(source)
    assert caught.value.fault.position == position
    assert caught.value.fault.remedy


@pytest.mark.parametrize(
    "source", ["(" * 3_000 + "a" + ")" * 3_000, "!" * 3_000 + "a", "a+" * 1_900 + "a"]
)
def test_depth_is_bounded(source):
    with pytest.raises(ScriptError, match="characters|levels"):
        parse(source)
