"""Generated expressions, written in ours and in XPath 3.1 for elementpath.

XPath 3.1 converts nothing by itself here: wherever ours turns a text into a
number or a number into a truth, the other side says so with number(), string()
or boolean(), by the rules of XPath 1.0. What the two do differently on purpose
stands in tests/questionnaire/reference/README.md.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from elementpath import XPathContext
from elementpath.xpath31 import XPath31Parser
from hypothesis import strategies as st

NAMES = ("a", "b", "c", "d")
CODES = ("yes", "no", "f1", "f2", "7", "42", "-3.5", "0")


@dataclass(frozen=True, slots=True)
class Both:
    """One expression in both languages; ``gives`` is text, number or boolean."""

    ours: str
    xpath: str
    gives: str


def number(both: Both) -> str:
    return both.xpath if both.gives == "number" else f"number({both.xpath})"


def truth(both: Both) -> str:
    return both.xpath if both.gives == "boolean" else f"boolean({both.xpath})"


def text(both: Both) -> str:
    if both.gives == "text":
        return both.xpath
    if both.gives == "boolean":
        return f"string({both.xpath})"
    # adding 0 makes a negative zero a plain one, which XPath 1.0 writes as 0
    return f"replace(string({both.xpath} + number('0')), 'INF', 'Infinity')"


def evaluated(both: Both, answers: Mapping[str, object]) -> object:
    """What elementpath makes of it, with the answers as an XML instance."""
    root = ET.Element("r")
    for name, value in answers.items():
        words = value if isinstance(value, str) else " ".join(value)
        ET.SubElement(root, name).text = words
    parsed = XPath31Parser().parse(both.xpath)
    found = parsed.evaluate(XPathContext(root))
    return float(found) if both.gives == "number" else found


def _literal(words: str) -> Both:
    return Both(f"'{words}'", f"'{words}'", "text")


def _figure(digits: str) -> Both:
    return Both(digits, f"number('{digits}')", "number")


def _answer(name: str) -> Both:
    return Both(f"${{{name}}}", f"string(/r/{name})", "text")


def _reckon(left: Both, operator: str, right: Both) -> Both:
    ours = f"({left.ours} {operator} {right.ours})"
    one, other = number(left), number(right)
    written = f"({one} {operator} {other})"
    if operator == "mod":  # elementpath gives the remainder the divisor's sign
        positive = f"abs({one}) mod abs({other})"
        written = f"(if ({one} < 0) then -({positive}) else {positive})"
    if operator == "div":  # elementpath makes an infinity of NaN div 0
        written = f"(if ({one} = {one}) then {one} div {other} else number('x'))"
    return Both(ours, written, "number")


def _compare(left: Both, operator: str, right: Both) -> Both:
    convert = number
    if operator in ("=", "!="):
        given = {left.gives, right.gives}
        ranked = (("boolean", truth), ("number", number), ("text", text))
        convert = next(turn for gives, turn in ranked if gives in given)
    written = f"({convert(left)} {operator} {convert(right)})"
    return Both(f"({left.ours} {operator} {right.ours})", written, "boolean")


def _join(left: Both, operator: str, right: Both) -> Both:
    written = f"({truth(left)} {operator} {truth(right)})"
    return Both(f"({left.ours} {operator} {right.ours})", written, "boolean")


def _negative(part: Both) -> Both:
    return Both(f"-{part.ours}", f"(-({number(part)}))", "number")


def _if(condition: Both, then: Both, otherwise: Both) -> Both:
    name, convert = {
        "text": ("string", text),
        "number": ("number", number),
        "boolean": ("boolean", truth),
    }[then.gives]
    ours = f"if({condition.ours}, {then.ours}, {name}({otherwise.ours}))"
    one, other = convert(then), convert(otherwise)
    written = f"(if ({truth(condition)}) then {one} else {other})"
    return Both(ours, written, then.gives)


def _selected(chosen: Both, code: Both) -> Both:
    codes, wanted = f"normalize-space({text(chosen)})", f"normalize-space({text(code)})"
    written = (
        f"(if ({wanted} = '') then ({codes} = '') "
        f"else (tokenize({codes}, ' ') = {wanted}))"
    )
    return Both(f"selected({chosen.ours}, {code.ours})", written, "boolean")


def _count_selected(chosen: Both) -> Both:
    codes = f"normalize-space({text(chosen)})"
    written = f"number(count(tokenize({codes}, ' ')[. != '']))"
    return Both(f"count-selected({chosen.ours})", written, "number")


def _selected_at(chosen: Both, place: int) -> Both:
    codes = f"normalize-space({text(chosen)})"
    written = f"string(tokenize({codes}, ' ')[{place + 1}])"
    return Both(f"selected-at({chosen.ours}, {place})", written, "text")


def _coalesce(first: Both, second: Both) -> Both:
    one, other = text(first), text(second)
    written = f"(if ({one} != '') then {one} else {other})"
    return Both(f"coalesce({first.ours}, {second.ours})", written, "text")


def _called(function, *parts: Both) -> Both:
    """A function that both have under one name."""
    name, convert, gives = function
    ours = f"{name}({', '.join(part.ours for part in parts)})"
    written = f"{name}({', '.join(convert(part) for part in parts)})"
    if name == "string-length":
        written = f"number({written})"
    if name in ("number", "string", "boolean"):
        written = convert(parts[0])
    return Both(ours, written, gives)


def _fits(part: Both, pattern: str) -> Both:
    written = f"matches({text(part)}, '^(?:{pattern})$')"
    return Both(f"regex({part.ours}, '{pattern}')", written, "boolean")


def _over(name, parts):
    """Over figures only: empty answers, which ours leaves out, have no equal."""
    ours = f"{name}({', '.join(part.ours for part in parts)})"
    return Both(ours, f"{name}(({', '.join(map(number, parts))}))", "number")


TEXTS = ("", "yes", "f1", "7", "  x y ", "12.50", "no f2")
RECKONING = ("+", "-", "*", "div", "mod")
COMPARING = ("=", "!=", "<", "<=", ">", ">=")
# name, how its arguments are turned, what it gives
ALIKE = (
    ("normalize-space", text, "text"),
    ("string-length", text, "number"),
    ("not", truth, "boolean"),
    ("floor", number, "number"),
    ("ceiling", number, "number"),
    ("abs", number, "number"),
    ("round", number, "number"),
    ("boolean", truth, "boolean"),
    ("number", number, "number"),
    ("string", text, "text"),
)
ALIKE_PAIRS = (
    ("concat", text, "text"),
    ("contains", text, "boolean"),
    ("starts-with", text, "boolean"),
)


def _leaves():
    return st.one_of(
        st.sampled_from(NAMES).map(_answer),
        st.sampled_from(TEXTS).map(_literal),
        st.sampled_from(("0", "1", "2.5", ".5", "7.", "100")).map(_figure),
        st.sampled_from(("true()", "false()")).map(lambda w: Both(w, w, "boolean")),
    )


def _larger(inner):
    figures = inner.map(partial(_called, ("number", number, "number")))
    return st.one_of(
        st.builds(
            _reckon, inner, st.sampled_from(("+", "-", "*", "div", "mod")), inner
        ),
        st.builds(_compare, inner, st.sampled_from(COMPARING), inner),
        st.builds(_join, inner, st.sampled_from(("and", "or")), inner),
        st.builds(_negative, inner),
        st.builds(_if, inner, inner, inner),
        st.builds(_selected, inner, inner),
        st.builds(_count_selected, inner),
        st.builds(_selected_at, inner, st.integers(0, 2)),
        st.builds(_coalesce, inner, inner),
        st.builds(_called, st.sampled_from(ALIKE), inner),
        st.builds(_called, st.sampled_from(ALIKE_PAIRS), inner, inner),
        st.builds(_fits, inner, st.sampled_from(("[a-z]+", "f[0-9]?", "", ".*7"))),
        st.builds(
            _over,
            st.sampled_from(("sum", "min", "max")),
            st.lists(figures, min_size=1, max_size=3),
        ),
    )


EXPRESSIONS = st.recursive(_leaves(), _larger, max_leaves=8)
ANSWERS = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(
        st.sampled_from(CODES),
        st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(tuple),
    ),
)
