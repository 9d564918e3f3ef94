"""Our expressions in LimeSurvey's words, and what it has none for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring.limesurvey.logic import Translator
from survey.authoring.limesurvey.out.saying import Name, Sayer, Unsayable
from survey.authoring.limesurvey.variables import Variable, Variables
from survey.questionnaire import expression

NAMES = {
    "q1": Name("q1", {"yes": "A1", "no": "no", "other": "-oth-"}),
    "q2": Name("q2", {"a": "a", "b": "b"}, {"a": "q2_a.NAOK", "b": "q2_b.NAOK"}),
    "q3_x": Name("q3_1", {"good": "g"}, refusals=("dk",)),
    "age": Name("age"),
    "kids": Name("kids"),
    "word": Name("word"),
    "order": Name("order", {"a": "a", "b": "b"}, places=2),
}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("${q1} = 'yes'", 'q1.NAOK == "A1"'),
        ("'other' != ${q1}", 'q1.NAOK != "-oth-"'),
        ("${q1} = ''", "is_empty(q1.NAOK)"),
        ("${q1} != ''", "!(is_empty(q1.NAOK))"),
        ("selected(${q2}, 'a') and not(selected(${q2}, 'b'))",
         '(q2_a.NAOK == "Y" and !(q2_b.NAOK == "Y"))'),
        ("count-selected(${q2}) >= 2", "count(q2_a.NAOK, q2_b.NAOK) >= 2"),
        ("${q2} = ''", "count(q2_a.NAOK, q2_b.NAOK) == 0"),
        ("count(${q1}, ${age}) >= 2", "count(q1.NAOK, age.NAOK) >= 2"),
        ("selected(${q1}, 'no')", 'q1.NAOK == "no"'),
        ("${q3_x} = 'good'", 'q3_1.NAOK == "g"'),
        ("${q3_x} = ''", '(is_empty(q3_1.NAOK) or q3_1.NAOK == "dk")'),
        ("${age} >= 18 or ${kids} < 2", "(age.NAOK >= 18 or kids.NAOK < 2)"),
        ("${age} + 1 > ${kids}",
         "(!is_empty(age.NAOK) and (age.NAOK + 1) > kids.NAOK)"),
        ("${age} div 2 != 3", "(is_empty(age.NAOK) or (age.NAOK / 2) != 3)"),
        ("coalesce(${age}, 0) = 0", "if(is_empty(age.NAOK), 0, age.NAOK) == 0"),
        ("regex(${word}, '[a-z]/x')", r'regexMatch("/^(?:[a-z]\/x)$/u", word.NAOK)'),
        ("string-length(${word}) > 3", "strlen(word.NAOK) > 3"),
        ("selected-at(${order}, 1) = 'a'", 'order_2.NAOK == "a"'),
        ("count-selected(${order}) = 2", "count(order_1.NAOK, order_2.NAOK) == 2"),
        ("${order} = ''", "is_empty(order_1.NAOK)"),
        ("today() > '2020-01-31'", 'date("Y-m-d") > "2020-01-31"'),
        ("if(${age} > 3, 'a', 'b') = 'a'", 'if(age.NAOK > 3, "a", "b") == "a"'),
    ],
)  # fmt: skip
def test_an_expression_is_said(ours, theirs):
    assert Sayer(NAMES).condition(ours) == theirs


@pytest.mark.parametrize(
    "ours",
    [
        "${q9} = 'a'",
        "${age} mod 2 = 1",
        "selected-at(${q2}, 0) = 'a'",
        "${q2} = 'a'",
        "${q1} = 'maybe'",
        "${q1} > 1",
        "min(${age}, ${kids}) > 3",
        "once('a') = 'a'",
        "regex(${word}, '\"')",
        "${word} = 'back\\slash'",
        "selected(${q2}, ${word})",
    ],
)
def test_what_has_no_words_there_is_not_said(ours):
    with pytest.raises(Unsayable):
        Sayer(NAMES).condition(ours)


COMPARED = st.sampled_from(
    [
        "${q1} = 'yes'",
        "${q1} != 'no'",
        "${q1} = ''",
        "selected(${q2}, 'a')",
        "count-selected(${q2}) > 1",
        "${age} > 18",
        "${age} != 40",
        "${age} + ${kids} >= 41",
        "coalesce(${kids}, 0) < 2",
        "${word} = 'cat'",
        "regex(${word}, '[a-c]+t')",
        "${word} != ''",
    ]
)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.builds("not({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
    ),
    max_leaves=6,
)
PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "q1": st.sampled_from(["yes", "no", "other", "-3"]),
        "q2": st.sampled_from([("a",), ("b",), ("a", "b"), "-4"]),
        "age": st.sampled_from(["0", "17", "40", "-2"]),
        "kids": st.sampled_from(["0", "1", "3"]),
        "word": st.sampled_from(["cat", "dog", "bat"]),
    },
)


def variables() -> Variables:
    known = Variables({})
    codes = {theirs: ours for ours, theirs in NAMES["q1"].codes.items()}
    known.add("q1", "q1", Variable(item="q1", question="q1", codes=codes))
    for code in "ab":
        chosen = Variable(item="q2", question="q2", code=code)
        known.add("q2", f"q2_{code}", chosen)
    for name in ("age", "kids", "word"):
        is_number = name != "word"
        variable = Variable(item=name, question=name, is_number=is_number)
        known.add(name, name, variable)
    return known


@given(CONDITIONS, PEOPLE)
def test_what_is_said_and_read_back_is_true_for_the_same_people(ours, person):
    theirs = Sayer(NAMES).condition(ours)
    again = Translator(variables(), {}).condition(theirs)
    found = [
        expression.compile(source).is_true(person, today=date(2026, 10, 5))
        for source in (ours, again)
    ]
    assert found[0] == found[1], (ours, theirs, again)
