"""Expressions mean what an independent XPath evaluator makes of them."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from datetime import date
from functools import cache

import pytest
from elementpath import XPath2Parser, XPathContext
from elementpath.xpath31 import XPath31Parser
from hypothesis import assume, given, settings
from pyxform.xls2xform import convert

from survey.questionnaire import expression
from tests.questionnaire import oracle

TODAY = date(2026, 10, 5)


def is_same(ours, theirs):
    if isinstance(theirs, float):
        if math.isnan(theirs) or math.isinf(theirs):
            return repr(ours) == repr(theirs)
        return ours == theirs
    return type(ours) is type(theirs) and ours == theirs


@settings(max_examples=400)
@given(oracle.EXPRESSIONS, oracle.ANSWERS)
def test_a_generated_expression_has_the_value_that_elementpath_finds(both, answers):
    theirs = oracle.evaluated(both, answers)
    assume(not (isinstance(theirs, str) and "E" in theirs))
    ours = expression.compile(both.ours).evaluate(answers, today=TODAY)
    assert is_same(ours, theirs), (both.ours, both.xpath, ours, theirs)


DAYS = ("1984-02-29", "2000-01-01", "2026-10-05", "2027-12-31")


def days(day):
    return f"days-from-duration(xs:date('{day}') - xs:date('1970-01-01'))"


@pytest.mark.parametrize("first", DAYS)
@pytest.mark.parametrize("second", DAYS)
def test_days_are_reckoned_with_as_elementpath_reckons(first, second):
    between = f"{days(TODAY)} - {days(first)}"
    written = {
        "${a} - ${b}": f"{days(first)} - {days(second)}",
        "${a} + 1 - ${b}": f"{days(first)} + 1 - {days(second)}",
        "int((today() - ${a}) div 365.25)": f"({between}) idiv 365.25",
        "${a} < ${b}": f"xs:date('{first}') lt xs:date('{second}')",
        "${a} >= today()": f"xs:date('{first}') ge xs:date('{TODAY}')",
        "${a} = ${b}": f"xs:date('{first}') eq xs:date('{second}')",
    }
    for ours, theirs in written.items():
        found = expression.compile(ours).evaluate(
            {"a": first, "b": second}, today=TODAY
        )
        assert found == XPath31Parser().parse(theirs).evaluate(
            XPathContext(ET.Element("r"))
        )


# as authors of forms write them; pyxform resolves ${…} to paths of its own
CONDITIONS = (
    "${work} = 'yes'",
    "${work}='yes' or ${work}  =  'part'",
    "${work} != '' and not(${work} = 'no')",
    "selected(${picked}, 'f1')",
    "selected( ${picked} , 'other' ) or ${age} >= 65",
    "not(selected(${picked}, 'none')) and count-selected(${picked}) > 1",
    "count-selected(${picked}) <= 2",
    "${age} > 17 and ${age} <= 120",
    "(${age} div 10) mod 2 = 1",
    "${age} * 2 - 10 > 50",
    "string-length(${work}) = 2",
    "regex(${work}, '[a-z]{2,3}')",
    "coalesce(${work}, 'yes') = 'yes'",
    "true()",
    "${age} = 42",
    "'42' = ${age}",
    "floor(${age} div 7) = 6",
    "concat(${work}, '-', ${age}) = 'yes-42'",
    "contains(${picked}, 'f') and starts-with(${work}, 'y')",
)
PEOPLE = (
    {},
    {"work": "yes", "age": "42", "picked": ("f1", "f3")},
    {"work": "no", "age": "70", "picked": ("other",)},
    {"work": "part", "age": "17", "picked": ("none",)},
    {"age": "35"},
)


@cache
def paths():
    """What pyxform makes of every condition."""
    asked = [
        {"type": "text", "name": "work", "label": "Work?"},
        {"type": "integer", "name": "age", "label": "Age?"},
        {"type": "text", "name": "picked", "label": "Which?"},
    ]
    for place, source in enumerate(CONDITIONS):
        note = {"type": "note", "name": f"n{place}", "label": "!", "relevant": source}
        asked.append(note)
    form = convert({"survey": asked}, validate=False).xform
    model = "{http://www.w3.org/2002/xforms}bind"
    binds = {bind.get("nodeset"): bind for bind in ET.XML(form).iter(model)}
    return [binds[f"/data/n{p}"].get("relevant") for p in range(len(CONDITIONS))]


def parser():
    """elementpath as XPath 1.0 would have it, with what ODK adds."""
    made = XPath2Parser(compatibility_mode=True)
    for name, function in {
        "selected": lambda chosen, code: code in words(chosen).split(),
        "count-selected": lambda chosen: len(words(chosen).split()),
        "coalesce": lambda one, other: words(one) or other,
        "regex": lambda text, pattern: bool(re.fullmatch(pattern, words(text))),
    }.items():
        made.external_function(function, name)
    return made


def words(value):
    nodes = value if isinstance(value, list) else [value]
    return "".join(getattr(node, "string_value", node) or "" for node in nodes)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("place", range(len(CONDITIONS)))
def test_a_condition_holds_where_the_form_of_pyxform_says(place, person):
    data = ET.Element("data")
    for name, value in person.items():
        said = value if isinstance(value, str) else " ".join(value)
        ET.SubElement(data, name).text = said
    theirs = parser().parse(paths()[place]).evaluate(XPathContext(data))
    ours = expression.compile(CONDITIONS[place])
    assert ours.is_true(person, today=TODAY) is bool(theirs)
