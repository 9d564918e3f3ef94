"""Rules for expressions beyond the one wrong questionnaire that each has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.questionnaire.check import check
from survey.questionnaire.model import Option, OptionList, Page, Question, Row
from tests.questionnaire.test_check import WORDS, ask, single

PARTS = ("shown_if", "constraint", "calculation", "choice_filter", "default_from")
PLACES = (
    Option("mill", "yes", properties=(("side", "yes"), ("size", "2"))),
    Option("port", "no", properties=(("side", "no"), ("size", "10"))),
)


def number(name, **parts):
    return Question(name, "number", **parts)


def reckoned(name, calculation, **parts):
    return Question(name, "calculated", calculation=calculation, **parts)


def together(*questions):
    return Page("together", questions, has_title=True)


def expressions(asked):
    """Problems of expressions only: place, caret column, reason, is it a note."""
    return [
        (
            problem.place,
            len(problem.excerpt.split("\n")[-1]) - 3 if problem.excerpt else None,
            problem.reason,
            problem.is_warning,
        )
        for problem in check(asked)
        if problem.place.endswith(PARTS)
    ]


def only(asked):
    [problem] = [found for found in check(asked) if found.place.endswith(PARTS)]
    return problem


@pytest.mark.parametrize("part", PARTS)
def test_every_expression_is_read(part):
    asked = ask(single("q1"), Question("q2", "single", **{part: "${q1} = foo()"}))
    assert (f"q2.{part}", 8, "There is no function foo.", False) in expressions(asked)


@pytest.mark.parametrize("part", PARTS)
def test_every_reference_exists(part):
    asked = ask(single("q1"), Question("q2", "single", **{part: ". = ${q11}"}))
    reasons = [reason for _, _, reason, _ in expressions(asked)]
    assert "There is no question q11." in reasons


@pytest.mark.parametrize("part", PARTS)
def test_every_code_exists(part):
    source = "'ye' = ${q1}"
    asked = ask(single("q1"), Question("q2", "single", **{part: source}))
    wanted = (f"q2.{part}", 0, "q1 has no answer 'ye'.", False)
    assert wanted in expressions(asked)


def demanding(constraint, *questions):
    """Problems of what two questions and others must fulfil together."""
    page = replace(together(single("q1"), number("q2")), constraint=constraint)
    asked = ask(reckoned("r", "1 + 1"), *questions)
    asked = replace(asked, pages=(*asked.pages, page))
    return expressions(asked)


@pytest.mark.parametrize(
    ("constraint", "column", "reason"),
    [
        ("${q1} = foo()", 8, "There is no function foo."),
        ("${q11} = ${q2}", 0, "There is no question q11."),
        ("'ye' = ${q1}", 0, "q1 has no answer 'ye'."),
        ("${q2} > 1 and . > 2", 14, "The constraint of a page has no answer of"),
        ("once(${q2}) > 1", None, "The constraint of a page has no answer of"),
        ("${r} > 1", None, "The constraint looks at no answer of its page."),
        ("1 = 1", None, "The constraint looks at no answer of its page."),
    ],
)
def test_what_a_page_demands_is_checked_like_every_expression(
    constraint, column, reason
):
    [(place, at, said, is_note)] = demanding(constraint)
    assert (place, at, is_note) == ("page.together.constraint", column, False)
    assert said.startswith(reason)


def test_what_a_page_demands_looks_at_it_and_at_those_before():
    assert demanding("${q2} > ${r} and ${q1} != 'yes'") == []


def test_what_a_page_demands_looks_at_no_value_that_is_calculated_from_it():
    asked = ask(single("q1"))
    questions = number("a"), reckoned("b", "${a} + 1")
    page = replace(together(*questions), constraint="${a} > 1 and ${b} > 2")
    [problem] = check_only(replace(asked, pages=(*asked.pages, page)))
    assert problem.reason == "b is known only once the page is left."


def check_only(asked):
    return [found for found in check(asked) if found.place.endswith("constraint")]


def test_the_nearest_name_and_code_are_offered():
    assert only(ask(single("quarter"), single("q2", "${quater} = 'x'"))).remedy == (
        "Write ${quarter}."
    )
    problem = only(ask(single("q1"), single("q2", "${q1} = 'yess'")))
    assert problem.remedy == "Write 'yes', or another of yes, no."


def test_a_note_has_no_answer():
    asked = ask(Question("intro", "note"), single("q2", "${intro} = 'x'"))
    assert expressions(asked) == [("q2.shown_if", 0, "intro has no answer.", False)]


def test_a_constraint_compares_the_answer_with_codes_of_its_own_question():
    asked = ask(replace(single("q1"), constraint=". != 'maybe' and ${q1} != 'ye'"))
    assert expressions(asked) == [
        ("q1.constraint", 5, "q1 has no answer 'maybe'.", False),
        ("q1.constraint", 26, "q1 has no answer 'ye'.", False),
    ]


def test_codes_of_a_shared_list_and_of_own_words_beside_it_are_known():
    shared = (OptionList("places", PLACES),)
    where = Question("q1", "single", options=PLACES, options_from="places")
    for source, is_known in [
        ("${q1} = 'mill'", True),
        ("${q1} = 'other'", False),
        ("${q1} = 'sea'", False),
    ]:
        assert (not expressions(ask(where, single("q2", source), lists=shared))) is (
            is_known
        )
    open_end = replace(where, has_other=True)
    asked = ask(open_end, single("q2", "${q1} = 'other'"), lists=shared)
    assert not expressions(asked)
    asked = ask(open_end, single("q2", "${q1_other} = 'anything'"), lists=shared)
    assert not expressions(asked)


def test_a_long_list_of_codes_is_not_written_out():
    options = tuple(Option(f"c{number}", "yes") for number in range(30))
    asked = ask(
        Question("q1", "select", options=options), single("q2", "${q1} = 'zzz'")
    )
    problem = next(p for p in check(asked) if p.place == "q2.shown_if")
    assert problem.remedy == "Use one of c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, …."


@pytest.mark.parametrize(
    ("source", "place", "reason", "remedy"),
    [
        ("sid = ${q1}", 0, "No option has a property sid.", "Write side."),
        ("x = ${q1}", 0, "No option has a property x.", "Use one of side, size."),
        (
            "side = 'north'",
            7,
            "No option has side = 'north'.",
            "Use one of no, yes.",
        ),
        (". = side", 0, "A filter has no answer of its own to look at.", None),
        ("once(${q1}) = side", None, "A filter has no answer of its own", None),
        ("true()", None, "The filter looks at no answer and at no property.", None),
        ("side = ${q1} or today() > 1", None, "A filter does not look at the", None),
    ],
)
def test_a_choice_filter_looks_at_properties_and_answers(source, place, reason, remedy):
    asked = ask(
        single("q1"),
        Question("q2", "single", options=PLACES, choice_filter=source),
    )
    problem = only(asked)
    assert problem.reason.startswith(reason)
    assert remedy in (None, problem.remedy)
    if place is not None:
        assert problem.excerpt.split("\n")[1] == f"{' ' * (2 + place)}^"


def test_bare_words_are_properties_in_filters_only():
    asked = ask(
        single("q1"),
        Question("q2", "single", options=PLACES, shown_if="side = ${q1}"),
    )
    assert only(asked).reason == "The word side stands alone."


def test_properties_that_nobody_gave_are_explained():
    asked = ask(single("q1"), replace(single("q2"), choice_filter="side = ${q1}"))
    assert only(asked).remedy == (
        "Write 'side' for a code, or give the options such a property."
    )


@pytest.mark.parametrize(
    ("part", "source", "reason"),
    [
        ("calculation", "${q1} + .", "A calculation has no answer of its own"),
        ("default_from", "string-length()", "A default has no answer of its own"),
        ("shown_if", "${q1} = .", "A condition has no answer of its own"),
        ("shown_if", "once(${q1}) = ''", "A condition has no answer of its own"),
        ("shown_if", "1 = 1", "The condition looks at no answer."),
        ("constraint", "1 = 1", "The constraint does not look at the answer."),
    ],
)
def test_only_a_constraint_looks_at_the_answer_being_given(part, source, reason):
    asked = ask(single("q1"), Question("q2", "number", **{part: source}))
    reasons = [r for _, _, r, _ in expressions(asked) if not r.startswith("A quest")]
    assert any(r.startswith(reason) for r in reasons)


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("calculation", "once(${q1} + 1)"),
        ("calculation", "1 + 1"),
        ("default_from", "once(today())"),
        ("constraint", ". < ${q1}"),
        ("constraint", "${q2} < ${q1}"),
        ("constraint", "once(1) < 3"),
    ],
)
def test_what_an_expression_may_look_at(part, source):
    kind = "calculated" if part == "calculation" else "number"
    asked = ask(number("q1"), Question("q2", kind, **{part: source}))
    assert not expressions(asked)


def test_a_circle_over_all_kinds_of_expressions_is_named_whole():
    asked = ask(
        number("q1", constraint=". < ${q5}"),
        single("q2", "${q1} > 1"),
        reckoned("q3", "${q2}"),
        Question("q4", "single", options=PLACES, choice_filter="side = ${q3}"),
        number("q5", default_from="${q4}"),
    )
    assert expressions(asked) == [
        (
            "q1.constraint",
            None,
            "The conditions run in a circle: q1 → q5 → q4 → q3 → q2 → q1.",
            False,
        )
    ]


def test_looking_at_the_answer_by_name_is_no_circle_in_a_constraint():
    assert not expressions(ask(number("q1", constraint="${q1} > 1 and . < 9")))
    for part in ("calculation", "default_from", "shown_if"):
        asked = ask(Question("q1", "number", **{part: "${q1} + 1"}))
        assert "The question decides about itself." in [
            reason for _, _, reason, _ in expressions(asked)
        ]


@pytest.mark.parametrize("part", PARTS)
def test_every_expression_looks_back(part):
    first = Question("q1", "number", **{part: ". or 1 = ${q2}"})
    later = (f"q1.{part}", 9, "q2 is asked only later.", False)
    assert later in expressions(ask(first, number("q2")))


def test_a_calculated_value_stands_anywhere_before_it_is_looked_at():
    value, user = reckoned("sum", "${q1} + 1"), single("q3", "${sum} > 3")
    assert not expressions(ask(number("q1"), value, single("q2"), user))
    asked = ask(number("q1"), user, value)
    assert [reason for _, _, reason, _ in expressions(asked)] == [
        "sum is asked only later."
    ]


@pytest.mark.parametrize("part", ["choice_filter", "default_from"])
def test_what_shapes_a_page_is_answered_on_an_earlier_one(part):
    source = "side = ${q1}" if part == "choice_filter" else "${q1}"
    user = Question("q2", "single", options=PLACES, **{part: source})
    assert not expressions(ask(single("q1"), user))
    asked = ask(together(single("q1"), user))
    place = 7 if part == "choice_filter" else 0
    reason = "q1 is answered on the same page."
    assert expressions(asked) == [(f"q2.{part}", place, reason, False)]


def test_a_calculated_value_hides_no_answer_of_the_same_page():
    source = "side = ${value}"
    user = Question("q2", "single", options=PLACES, choice_filter=source)
    value = reckoned("value", "${q1}")
    assert not expressions(ask(single("q1"), together(value, user)))
    asked = ask(together(single("q1"), value, user))
    assert [reason for _, _, reason, _ in expressions(asked)] == [
        "q1 is answered on the same page."
    ]


def test_a_calculated_value_hides_no_sensitive_answer():
    asked = ask(
        single("q1", is_sensitive=True),
        reckoned("value", "${q1} = 'yes'"),
        reckoned("again", "concat(${value}, '')"),
        single("q2", "${again} = 'true'"),
    )
    reason = "q2 would tell what was answered to q1."
    assert expressions(asked) == [("q2.shown_if", None, reason, False)]


@pytest.mark.parametrize(
    ("source", "reason", "remedy"),
    [
        ("${one} > 3", "No code of one is a number for which this can hold.",
         "Compare a code in quotes, such as 'yes'."),
        ("${one} = 1", "No code of one is a number for which this can hold.", None),
        ("${one} != 1", "No code of one is 1: this always holds.", None),
        ("${one} > 'yes'", "No code of one is a number for which this", None),
        ("${some} = 'yes'", "This holds only when nothing but 'yes' was chosen.",
         "Write selected(${some}, 'yes')."),
        ("${some} != 'yes'", "This fails only when nothing but 'yes' was", None),
        ("${some} >= 2", "some has codes, which are neither more nor less.",
         "Write count-selected(${some}) for how many were chosen."),
        ("${age} = 'yes'", "age is a number, and 'yes' is none.", None),
        ("${age} > 120", "No answer to age is > 120.", None),
        ("${age} = 17", "No answer to age is = 17.", None),
        ("130 = ${age}", "No answer to age is = 130.", None),
        ("${day} > 'May'", "day is a date, and 'May' is none.",
         "Compare it with a date, such as '2026-01-31'."),
    ],
)  # fmt: skip
def test_a_comparison_that_cannot_be_meant_is_noted(source, reason, remedy):
    asked = ask(*ASKED, single("last", f"{source} or ${{plain}} = 'yes'"))
    [problem] = [p for p in check(asked) if p.place == "last.shown_if" and p.excerpt]
    assert problem.is_warning
    assert problem.reason.startswith(reason)
    assert remedy in (None, problem.remedy)
    assert "^" in problem.excerpt


YES_NO = single("plain").options
ASKED = (
    single("plain"),
    single("one"),
    Question("some", "multiple", options=YES_NO),
    number("age", least="18", most="120"),
    Question("day", "date", precision="day"),
    Question("rows", "battery", options=YES_NO, rows=(Row("rows_1", "yes"),)),
    Question("years", "single", options=(Option("1", "yes"), Option("5", "no"))),
    Question("words", "text", longest=9),
)


@pytest.mark.parametrize(
    "source",
    [
        "${one} = 'yes'",
        "${one} = ''",
        "selected(${some}, 'yes') and ${some} != ''",
        "${age} >= 18 and ${age} < 120 and ${age} != 200",
        "${age} = '20'",
        "${day} >= '2026-01-31' and ${day} < 30000",
        "${rows_1} = 'no'",
        "${years} > 3 and ${years} = 5",
        "${words} > 3 and ${words} = 'anything'",
        "${one} = ${some}",
    ],
)
def test_a_comparison_that_can_be_meant_is_not_noted(source):
    assert not expressions(ask(*ASKED, single("last", source)))


def test_the_screen_is_compared_as_well():
    asked = ask(*ASKED, screened_out_if="${some} = 'yes'")
    reasons = {problem.reason: problem.place for problem in check(asked)}
    reason = "This holds only when nothing but 'yes' was chosen."
    assert reasons[reason] == "screened_out_if"


def test_words_of_these_tests_are_those_of_the_others():
    assert {option.text for option in PLACES} <= set(WORDS)


def test_of_hundreds_of_faults_the_first_are_told():
    asked = ask(single("q1", " or ".join(["foo()"] * 300)))
    reasons = [reason for _, _, reason, _ in expressions(asked)]
    assert len(reasons) == 21
    assert reasons[-1] == "There are 280 more faults."


@pytest.mark.parametrize(
    "source",
    [
        " or ".join(f"${{x{number}}} = 'yes'" for number in range(100)),
        " or ".join(f"${{plain}} = 'x{number}'" for number in range(100)),
        " or ".join(f"${{z{number}}} = 'yes'" for number in range(100)),
    ],
)
def test_of_one_expression_ten_problems_are_told(source):
    later = [single(f"z{number}") for number in range(100)]
    asked = ask(single("plain"), single("q1", source), *later)
    assert len([p for p in check(asked) if p.place == "q1.shown_if"]) == 10


def test_expressions_longer_than_anybody_writes_are_not_read():
    source = "${q0} = 'yes' or " * 230 + "foo()"
    asked = ask(single("q0"), *(single(f"q{n}", source) for n in range(1, 60)))
    [problem] = check(asked)
    assert problem.place == "q52.shown_if"
    assert problem.reason == (
        "The expressions up to here have 203,580 characters together."
    )
