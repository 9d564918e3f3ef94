"""Equations mean here what they mean in LimeSurvey; what cannot, is refused."""

from __future__ import annotations

from datetime import date

import pytest

from survey.questionnaire import expression
from tests.authoring.limesurvey.files import AREAS, YES_NO, Q, line, taken

ASKED = (
    Q("Q1", "L", answers=[("A1", "Ja"), ("A2", "Nein")], other="Y"),
    Q("Q2", "M", subs=AREAS, other="Y"),
    Q("Q3", "F", subs=AREAS, answers=[("1", "gut"), ("2", "schlecht")]),
    Q("Age", "N"),
    Q("Kids", "N"),
    Q("Word", "S"),
    Q("Born", "D"),
    Q("Rank", "R", answers=AREAS),
    Q("Yes", "Y"),
    Q("Note", "X"),
    Q("Dual", "1", subs=[("SQ1", "a")], answers=YES_NO, second=YES_NO),
    Q("Comm", "O", answers=YES_NO),
    Q("Ten", "5"),
)


def translated(equation: str, *asked: Q) -> str:
    """What an equation became, on the last question of a file."""
    intake = taken(*(asked or ASKED), Q("Last", "T", relevance=equation))
    found = line(intake, "Last", "questions")
    assert found.verdict != "refused", str(found)
    return intake.questionnaire.question("last").shown_if


@pytest.mark.parametrize(
    ("equation", "ours"),
    [
        ('Q1.NAOK == "A1"', "${q1} = 'a1'"),
        ('"A2" != Q1.NAOK', "${q1} != 'a2'"),
        ("Q1.NAOK == '-oth-'", "${q1} = 'other'"),
        ("is_empty(Q1.NAOK)", "${q1} = ''"),
        ("!is_empty(Q1)", "${q1} != ''"),
        ('Q1_other.NAOK == "x"', "${q1_other} = 'x'"),
        ('Q2_SQ1.NAOK == "Y"', "selected(${q2}, 'sq1')"),
        ('Q2_SQ1.NAOK != "Y"', "not(selected(${q2}, 'sq1'))"),
        ('Q2_SQ1.NAOK == ""', "not(selected(${q2}, 'sq1'))"),
        (
            "Q2_SQ1 and !Q2_SQ2",
            "selected(${q2}, 'sq1') and not(selected(${q2}, 'sq2'))",
        ),
        ("count(that.Q2.NAOK) >= 2", "count-selected(${q2}) >= 2"),
        (
            "count(Q2_SQ1, Age) gt 1",
            "count(if(selected(${q2}, 'sq1'), 1, ''), ${age}) > 1",
        ),
        ('Q3_SQ2.NAOK == "1"', "${q3_sq2} = '1'"),
        ("Q3_SQ2.NAOK > 1", "${q3_sq2} > 1"),
        ("count(Q3_SQ1, Age) == 2", "count(${q3_sq1}, ${age}) = 2"),
        (
            'countif("1", that.Q3) > 1',
            "count(if(${q3_sq1} = '1', 1, ''), if(${q3_sq2} = '1', 1, ''), "
            "if(${q3_sq3} = '1', 1, '')) > 1",
        ),
        ("Age >= 18 and Age lt 65", "${age} >= 18 and ${age} < 65"),
        ('Age == "18"', "${age} = 18"),
        ("18 < Age", "${age} > 18"),
        ("Age > Kids", "${age} > ${kids}"),
        ("Age + Kids > 20", "coalesce(${age}, 0) + coalesce(${kids}, 0) > 20"),
        (
            "Age - (Kids - 1) > 2",
            "coalesce(${age}, 0) - (coalesce(${kids}, 0) - 1) > 2",
        ),
        ("Age / 2 > 3", "coalesce(${age}, 0) div 2 > 3"),
        ("sum(Age, Kids) > 3", "sum(${age}, ${kids}) > 3"),
        ("max(Age.NAOK, Kids.NAOK) > 3", "max(${age}, ${kids}) > 3"),
        ("intval(Age) == 3", "int(coalesce(${age}, 0)) = 3"),
        ("floor(Age) == 3", "round(coalesce(${age}, 0) - 0.5) = 3"),
        ('if(Age > 3, "a", "b") == "a"', "if(${age} > 3, 'a', 'b') = 'a'"),
        ("strlen(Word) > 3", "string-length(${word}) > 3"),
        ('regexMatch("/^[0-9]{5}$/", Word)', "regex(${word}, '[0-9]{5}')"),
        (
            'regexMatch("/cat|dog/", Word)',
            r"regex(${word}, '[\s\S]*(?:cat|dog)[\s\S]*')",
        ),
        ('regexMatch("/^a|b$/", Word)', r"regex(${word}, '[\s\S]*(?:^a|b$)[\s\S]*')"),
        ('in_array(Q1, "A1", "A2")', "${q1} = 'a1' or ${q1} = 'a2'"),
        ('Born > "2000-01-31"', "${born} > '2000-01-31'"),
        ('Born >= "2000-01-31 00:00"', "${born} >= '2000-01-31'"),
        ('date("Y-m-d") > Born', "${born} < today()"),
        ('Rank_1 == "SQ2"', "selected-at(${rank}, 0) = 'sq2'"),
        ('Yes == "N"', "${yes} = 'no'"),
        ("Dual_SQ1_1 == 'A1'", "${dual_sq1_1} = 'a1'"),
        ("77X1X11000SQ1#0 == 'A1'", "${dual_sq1_0} = 'a1'"),
        ("!is_empty(Comm_comment)", "${comm_comment} != ''"),
        ("Ten >= 4", "${ten} >= 4"),
        ("77X1X1000.NAOK == 'A1'", "${q1} = 'a1'"),
        ("77X1X2000SQ1.NAOK == 'Y'", "selected(${q2}, 'sq1')"),
        ("is_numeric(Word)", "number(${word}) = number(${word})"),
        ("!(Age > 3 or Kids > 3)", "not(${age} > 3 or ${kids} > 3)"),
        (
            "Age > 3 and (Kids > 1 or Kids == 0)",
            "${age} > 3 and (${kids} > 1 or ${kids} = 0)",
        ),
        ("unique(Age, Kids)", "(${age} = '' or ${age} != ${kids})"),
        ("1", ""),
        ("", ""),
        ("1 == 1", ""),
    ],
)
def test_an_equation_becomes_an_expression(equation, ours):
    assert translated(equation) == ours


@pytest.mark.parametrize(
    ("equation", "reason", "at"),
    [
        ("Q9 == 1", "There is no question Q9.", "Q9"),
        ('Q2_SQ9 == "Y"', "Q2 has no part SQ9.", "Q2_SQ9"),
        ('Q1 == "A7"', "There is no answer 'A7'.", '"A7"'),
        ('Q1 = "A1"', "A single = gives a value instead of comparing.", "Q1"),
        ('Q1.shown == "Ja"', ".shown is about how a question looks", "Q1"),
        ('Q2_SQ1 == "N"', "A choice is 'Y' or empty.", '"N"'),
        ("strpos(Word, 'a') > 1", "The function strpos is not known here.", "strpos"),
        ("TOKEN:ATTRIBUTE_1 == 3", "Nothing is known of a person here", "TOKEN"),
        ('Word > "abc"', "'abc' is neither a number nor a day.", '"abc"'),
        ("Q1 > 1", "Codes that are called otherwise here cannot be put in order.", "1"),
        ('regexMatch("/a/i", Word)', "The pattern has the flag 'i'.", ""),
        ('regexMatch("/(?=a)/", Word)', "Looking ahead or behind", "/(?="),
        ("count(that.Q2.sq_SQ1) > 1", ".sq_SQ1 picks parts of a question", "that"),
        ("Note == 1", "Note has no answer.", "Note"),
        ("Age ++ 1", "'+ ' cannot", ""),
        ("0", "The condition looks at no answer, so nobody would be asked.", "0"),
        ("Last == 1", "Last is asked only later, or was not taken.", "Last"),
        ("if(Age, 1, 2, 3)", "if has 4 arguments.", "if"),
        ("Word == 'it\\'s \"x\"'", "The text holds both kinds of quotes.", "'it"),
    ],
)
def test_what_cannot_be_said_refuses_the_question_and_shows_where(equation, reason, at):
    if reason == "'+ ' cannot":
        equation, reason = "Age > > 1", "'>' cannot stand here."
    intake = taken(*ASKED, Q("Last", "T", relevance=equation))
    found = line(intake, "Last", "questions")
    assert found.verdict == "refused"
    assert found.reason.startswith(f"Its condition cannot be taken: {reason}")
    source, caret = found.excerpt.split("\n")
    assert source.strip() == equation.strip()
    if at:
        assert source[caret.index("^") :].startswith(at)
    assert "last" not in [q.name for q in intake.questionnaire.questions()]


def test_a_name_without_naok_counts_only_while_it_is_shown():
    asked = (
        Q("A", "Y"),
        Q("B", "Y", relevance='A.NAOK == "Y"'),
        Q("C", "Y", relevance='A.NAOK == "Y"'),
    )
    assert translated('B != "Y"', *asked) == "(${a} = 'yes') and ${b} != 'yes'"
    assert translated('B.NAOK != "Y"', *asked) == "${b} != 'yes'"
    assert translated('B == "Y"', *asked) == "${b} = 'yes'"
    assert translated('is_empty(B) and C == "N"', *asked) == (
        "(${a} = 'yes') and ${b} = '' and ${c} = 'no'"
    )


PEOPLE = [
    {},
    {"age": "17", "kids": "0", "q1": "a1", "q2": ("sq1",), "word": "cat"},
    {"age": "40", "kids": "2", "q1": "a2", "q2": ("sq1", "sq2"), "word": "hot dog"},
    {"age": "70", "q1": "other", "q2": ("sq3", "other"), "word": "12345"},
]


@pytest.mark.parametrize(
    ("equation", "truths"),
    [
        # worked out by hand from LimeSurvey's manual
        ("Age > 18", [False, False, True, True]),
        ("Age < 18", [False, True, False, False]),
        ("Age != 17", [True, False, True, True]),
        ("!(Age >= 18)", [True, True, False, False]),
        ("Kids", [False, False, True, False]),
        ("Age + Kids == 42", [False, False, True, False]),
        ("Age + Kids == 70", [False, False, False, True]),
        ("sum(Age, Kids) == 0", [True, False, False, False]),
        ('Q1 == "A1" or Q2_SQ2 == "Y"', [False, True, True, False]),
        ('Q1 != "A1"', [True, False, True, True]),
        ("count(that.Q2) == 2", [False, False, True, True]),
        ("is_empty(Q2_SQ1)", [True, False, False, True]),
        ('regexMatch("/dog/", Word)', [False, False, True, False]),
        ('regexMatch("/^[0-9]+$/", Word)', [False, False, False, True]),
        ("floor(Age / 20) == 2", [False, False, True, False]),
        ("ceil(Age / 20) == 1", [False, True, False, False]),
        ("abs(Age - 50) == 10", [False, False, True, False]),
        ('if(Age > 18, "x", "y") == "y"', [True, True, False, False]),
        ("is_numeric(Word)", [False, False, False, True]),
        ('countif("Y", that.Q2) == 1', [False, True, False, False]),
    ],
)
def test_a_translated_equation_is_true_when_limesurvey_says_so(equation, truths):
    read = expression.compile(translated(equation))
    found = [read.is_true(person, today=date(2026, 10, 5)) for person in PEOPLE]
    assert found == truths


def test_a_group_that_cannot_be_asked_rightly_is_not_asked():
    intake = taken(
        Q("A", "Y"),
        Q("B", "Y", group=2),
        groups=[{"title": "eins"}, {"title": "zwei", "relevance": 'Z9 == "Y"'}],
    )
    assert [q.name for q in intake.questionnaire.questions()] == ["a"]
    assert line(intake, "B", "questions").reason == (
        "The condition of its group cannot be taken."
    )
    refused = [one for one in intake.lines if one.place == "groups"][1]
    assert refused.reason == ("Its condition cannot be taken: There is no question Z9.")


def test_the_condition_of_a_group_joins_those_of_its_questions():
    intake = taken(
        Q("A", "Y"),
        Q("B", "N", group=2, relevance="A == 'Y' or A == 'N'"),
        groups=[{}, {"relevance": "!is_empty(A)"}],
    )
    assert intake.questionnaire.question("b").shown_if == (
        "${a} != '' and (${a} = 'yes' or ${a} = 'no')"
    )


def test_questions_that_look_at_a_refused_one_are_refused_too():
    intake = taken(Q("A", "|"), Q("B", "T", relevance="!is_empty(A)"), Q("C", "T"))
    assert line(intake, "B", "questions").reason == (
        "Its condition cannot be taken: A was not taken."
    )
    assert [q.name for q in intake.questionnaire.questions()] == ["c"]
