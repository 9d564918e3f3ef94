"""Whether a question can be asked, held against journeys with every answer there is."""

from __future__ import annotations

from datetime import date
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.edition import Edition
from survey.questionnaire.journey import Journey
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from survey.questionnaire.reach import Search

TODAY = date(2026, 10, 5)
ABC = tuple(Option(code, code) for code in "abc")
KINDS = {
    "one": Question("one", "single", options=ABC),
    "some": Question("some", "multiple", options=ABC),
    "many": Question("many", "number", least="0", most="4"),
    "said": Question("said", "short_text", longest=20),
}
EVERYTHING = {
    "one": (None, "a", "b", "c"),
    "some": (
        *(None, ("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c")),
        ("a", "b", "c"),
    ),
    "many": (None, "0", "1", "2", "3", "4"),
    "said": (None, "a", "b", "zz"),
}
ATOMS = {
    "one": ("${one} = 'a'", "${one} != 'b'", "${one}", "selected(${one}, 'c')"),
    "some": (
        *("selected(${some}, 'a')", "not(selected(${some}, 'b'))", "${some} = ''"),
        *("count-selected(${some}) >= 2", "count-selected(${some}) = 4"),
    ),
    "many": ("${many} > 2", "${many} <= 0", "${many} = 5", "2.5 < ${many}", "${many}"),
    "said": ("${said} = 'a'", "${said} != ''"),
    "sum": ("${sum} = 'x'", "${sum} != 'x'"),
}


def asking(*questions, screen=""):
    """One page for each question."""
    pages = tuple(Page(question.name, (question,)) for question in questions)
    texts = MappingProxyType({"de": MappingProxyType({})})
    return Questionnaire("made_up", "de", (), pages, texts, screened_out_if=screen)


def single(name, shown_if="", **parts):
    return Question(name, "single", options=ABC, shown_if=shown_if, **parts)


def decided(*questions, screen=""):
    """Whether the last question's condition can be true, and whether false."""
    search = Search(asking(*questions, screen=screen))
    last = questions[-1]
    return tuple(
        search.can_be(last.shown_if, before=last, wanted=wanted)
        for wanted in (True, False)
    )


@st.composite
def conditions(draw, names):
    """Two or three comparisons, joined."""
    atoms = [atom for name in names for atom in ATOMS[name]]
    parts = draw(st.lists(st.sampled_from(atoms), min_size=1, max_size=3))
    return draw(st.sampled_from([" and ", " or "])).join(parts)


@st.composite
def questionnaires(draw):
    """Questions of every sort, some under a condition, a screen, and a last one."""
    names = draw(st.permutations(list(KINDS)))
    asked, seen = [], []
    for name in names:
        shown_if = draw(conditions(seen)) if seen and draw(st.booleans()) else ""
        made = KINDS[name]
        parts = {key: getattr(made, key) for key in ("options", "least", "most")}
        asked.append(
            Question(
                made.name, made.kind, shown_if=shown_if, longest=made.longest, **parts
            )
        )
        seen.append(name)
    if draw(st.booleans()):
        calculation = draw(
            st.sampled_from(
                ["if(${one} = 'a', 'x', 'y')", "if(selected(${some}, 'b'), 'x', '')"]
            )
        )
        asked.append(Question("sum", "calculated", calculation=calculation))
        seen.append("sum")
    screen = draw(conditions(seen)) if draw(st.booleans()) else ""
    asked.append(single("last", draw(conditions(seen))))
    return asking(*asked, screen=screen)


def tried(asked):
    """What really happens: some are asked the last question, some are not."""
    edition = Edition(asked, ("de",))
    reached = [page.name for page in asked.pages]
    found = set()
    for values in product(*EVERYTHING.values()):
        answers = {n: v for n, v in zip(EVERYTHING, values, strict=True) if v}
        journey = Journey(edition, answers, reached, today=TODAY)
        if not journey.is_screened_out:
            found.add(journey.closed_answers()["last"] != "-1")
    return True in found, False in found


@settings(max_examples=60)
@given(questionnaires())
def test_what_is_decided_agrees_with_every_journey(asked):
    search = Search(asked)
    last = asked.question("last")
    wanted = [
        search.can_be(last.shown_if, before=last, wanted=wanted)
        for wanted in (True, False)
    ]
    assert None not in wanted
    assert tuple(wanted) == tried(asked)


def test_a_condition_that_no_answer_fulfils_is_found():
    last = single("last", "${q1} = 'a' and ${q1} = 'b'")
    assert decided(single("q1"), last) == (False, True)


def test_more_picks_than_are_allowed_never_happen():
    pick = Question("q1", "pick", options=ABC, at_most=2)
    assert decided(pick, single("last", "count-selected(${q1}) > 2")) == (False, True)
    assert decided(pick, single("last", "count-selected(${q1}) > 1")) == (True, True)


def test_an_option_that_stands_alone_is_never_chosen_with_others():
    alone = (*ABC, Option("none", "none", exclusive=True))
    several = Question("q1", "multiple", options=alone)
    both = single("last", "selected(${q1}, 'none') and selected(${q1}, 'a')")
    assert decided(several, both) == (False, True)


def test_numbers_outside_their_limits_never_happen():
    age = Question("age", "number", least="16", most="99")
    assert decided(age, single("last", "${age} < 16")) == (False, True)
    assert decided(age, single("last", "${age} >= 99")) == (True, True)
    assert decided(age, single("last", "${age} > 17.5 and ${age} < 18")) == (
        False,
        True,
    )


def test_decimal_places_are_looked_between():
    rent = Question("rent", "number", decimals=2)
    between = single("last", "${rent} > 1.5 and ${rent} < 1.52")
    assert decided(rent, between) == (True, True)


def test_whoever_was_sent_to_the_end_is_asked_nothing_more():
    last = single("last", "${q1} = 'a'")
    assert decided(single("q1"), last, screen="${q1} = 'a'") == (False, True)
    last = single("last", "${q1} != 'a'")
    assert decided(single("q1"), last, screen="${q1} = 'a'") == (True, False)


def test_a_question_before_the_screen_is_met_by_everybody():
    middle = single("q2", "${q1} = 'a'")
    asked = asking(single("q1"), middle, single("q3"), screen="${q3} = 'a'")
    assert Search(asked).can_be("${q1} = 'a'", before=middle, wanted=True) is True


@pytest.mark.parametrize(
    "source",
    [
        "today() > '2026-01-01' and ${q1} = 'a'",
        "regex(${words}, '[0-9]+')",
        "string-length(${words}) > 3",
        "${day} > '2026-01-01'",
        "selected(${order}, 'a')",
        "${q1} = 'no such code'",
        "${nothing} = 'a'",
        "${later} = 'a'",
        "${q1} = ",
        ". = 'a'",
        "true()",
    ],
)
def test_what_cannot_be_told_is_left_undecided(source):
    questions = [
        single("q1"),
        Question("words", "short_text", longest=20),
        Question("day", "date", precision="day"),
        Question("order", "rank", options=ABC),
    ]
    last = single("last", source)
    asked = asking(*questions, last, single("later"))
    assert Search(asked).can_be(source, before=last, wanted=True) is None


def test_a_search_ends_when_there_are_too_many_answers_to_try():
    many = [Question(f"q{at}", "multiple", options=ABC) for at in range(30)]
    names = [f"${{{question.name}}}" for question in many]
    never = " and ".join(f"count-selected({name}) > 3" for name in names)
    reached = " + ".join(f"count-selected({name})" for name in names)
    assert decided(*many, single("last", f"{reached} > 90")) == (None, True)
    assert decided(*many, single("last", never))[0] in (None, False)


def test_all_searches_together_end_soon():
    many = [Question(f"q{at}", "multiple", options=ABC) for at in range(20)]
    joined = " + ".join(f"count-selected(${{{q.name}}})" for q in many)
    last = [single(f"last{at}", f"{joined} > {60 + at}") for at in range(200)]
    search = Search(asking(*many, *last))
    found = {search.can_be(q.shown_if, before=q, wanted=True) for q in last}
    assert found == {None}


def test_hostile_conditions_are_given_up_soon():
    options = tuple(Option(f"c{at}", f"c{at}") for at in range(200))
    many = [Question(f"q{at}", "multiple", options=options) for at in range(40)]
    counted = " + ".join(f"count-selected(${{{q.name}}})" for q in many)
    picked = " and ".join(f"selected(${{{q.name}}}, 'c1')" for q in many)
    hostile = [f"{counted} > {9000 + at}" for at in range(50)]
    hostile += [f"{picked} and ${{q0}} = '' and {at} = {at}" for at in range(50)]
    last = [single(f"last{at}", source) for at, source in enumerate(hostile)]
    search = Search(asking(*many, *last))
    # all together end within seconds; without bounds it would be days
    for question in last:
        found = search.can_be(question.shown_if, before=question, wanted=True)
        assert found is not True
