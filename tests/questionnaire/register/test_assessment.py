"""What is seen together, which limits hold, and which answers are taken together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.model import Option, Page, Question, Row, SurveySettings
from survey.questionnaire.register import assess, variables
from survey.questionnaire.register.questions import TABLES, TOGETHER, seen_together
from survey.questionnaire.register.table import Register
from survey.questionnaire.register.variables import Variable, not_assessed
from tests.questionnaire.examples import questionnaire
from tests.questionnaire.register.towns import counts, simulated
from tests.questionnaire.test_advice import ask

REFERENCE = questionnaire("zusammenleben")
SHARES = {
    "d1": (0.13, 0.33, 0.32, 0.22),
    "d2": (0.50, 0.49, 0.01),
    "d3": (0.15, 0.10, 0.75),
    "d4": (0.10, 0.25, 0.65),
    "d5": (0.35, 0.65),
    "form_language": (0.86, 0.14),
}


def asking(*questions, profile="standard", groups=(), languages=("de",)):
    settings = SurveySettings(
        privacy_profile=profile, groups=groups, language_groups=languages
    )
    asked = ask(Question("q1", "text"), {"de": {}}, settings=settings)
    pages = tuple(Page(question.name, (question,)) for question in questions)
    return replace(asked, pages=pages)


def chosen(name, *codes, **parts):
    options = tuple(Option(code, code) for code in codes)
    given = {"kind": "single", "role": "demographic", "options": options, **parts}
    return Question(name, **given)


def register(total, asked=REFERENCE, shares=SHARES):
    found = {
        variable.name: counts(total, shares[variable.name], variable.categories)
        for variable in variables(asked)
    }
    return Register(total, found)


def village(asked=REFERENCE):
    return replace(asked, settings=replace(asked.settings, privacy_profile="village"))


def proposed(assessed):
    return {found.variable: str(found) for found in assessed.proposals}


def test_what_describes_people_is_found_in_the_questionnaire():
    found = {variable.name: variable for variable in variables(REFERENCE)}
    assert list(found) == ["d1", "d2", "d3", "d4", "d5", "form_language"]
    assert [name for name in found if found[name].is_ordered] == ["d1", "d4"]
    released = [name for name in found if found[name].is_released]
    assert released == ["d1", "d2", "d3", "form_language"]
    assert found["form_language"].categories == ("de", "other")


def test_the_district_numbers_and_rows_describe_people_too():
    rows = (Row("b_1", "one"), Row("b_2", "two"))
    asked = asking(
        chosen("d6", "north", "south", kind="district", role="other"),
        Question("age", "number", role="demographic"),
        chosen("b", "yes", "no", kind="battery", rows=rows, scale="yes2"),
        chosen("own", "yes", has_other=True),
        chosen("speaks", "de", "tr", kind="multiple"),
        Question("why", "short_text", role="demographic", longest=10),
        Question("sum", "calculated", role="demographic", calculation="1"),
        languages=(),
    )
    found = {v.name: v.categories for v in variables(asked)}
    assert found == {
        "d6": ("north", "south"),
        "age": (),
        "b_1": ("yes", "no"),
        "b_2": ("yes", "no"),
        "own": ("yes", "other"),
    }
    assert not_assessed(asked) == ("speaks",)


def test_tables_cross_any_answer_with_released_ones():
    known = [
        Variable("a", ("1", "2"), is_ordered=False, is_released=True),
        Variable("b", ("1", "2"), is_ordered=False, is_released=True),
        Variable("c", ("1", "2"), is_ordered=False),
        Variable("d", ("1", "2"), is_ordered=False),
    ]
    pairs = seen_together(known, largest_table=2)
    assert [seen.names for seen in pairs if seen.is_table] == [
        *(("a",), ("b",), ("c",), ("d",)),
        *(("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")),
    ]
    triples = seen_together(known, largest_table=3)
    assert [seen.names for seen in triples if len(seen.names) == 3] == [
        ("a", "b", "c"),
        ("a", "b", "d"),
    ]
    assert [seen.names for seen in pairs if not seen.is_table] == [tuple("abcd")]


@pytest.mark.parametrize(
    ("profile", "largest"), [("village", 2), ("standard", 3), ("unknown", 2)]
)
def test_the_privacy_profile_says_how_large_tables_are(profile, largest):
    asked = replace(
        REFERENCE, settings=replace(REFERENCE.settings, privacy_profile=profile)
    )
    sizes = {
        len(found.seen.names)
        for found in assess(asked, register(46_000)).findings
        if found.seen.is_table
    }
    assert max(sizes) == largest


def test_a_town_of_46000_may_ask_what_the_reference_questionnaire_asks():
    assessed = assess(REFERENCE, register(46_000))
    assert assessed.is_within
    assert assessed.proposals == ()


def test_a_village_may_not_and_is_told_what_to_take_together(rng):
    total = register(700)
    assessed = assess(village(), total)
    assert not assessed.is_within
    [found] = [found for found in assessed.findings if not found.is_within]
    assert not found.seen.is_table
    assert found.is_repaired
    unique, few = simulated(total, list(total.margins), 200, rng)
    assert found.before.unique == pytest.approx(unique, abs=0.005)
    assert found.before.under_five == pytest.approx(few, abs=0.005)
    merged = _merged(total, assessed.proposals)
    unique, few = simulated(merged, list(merged.margins), 200, rng)
    assert found.after.unique == pytest.approx(unique, abs=0.003)
    assert found.after.under_five == pytest.approx(few, abs=0.005)
    assert unique < TOGETHER.unique
    assert few < TOGETHER.under_five


def _merged(total, proposals):
    """The register after what is proposed, added up by hand."""
    margins = dict(total.margins)
    for found in proposals:
        own = margins.pop(found.variable)
        if not found.leaves_out:
            margins[found.variable] = {
                group[0]: sum(own[category] for category in group)
                for group in found.groups
            }
    return Register(total.total, margins)


def test_many_home_languages_become_one_other():
    """The tables of a village of 700 with twelve home languages are too fine."""
    codes = ("de", "tr", "ar", "ro", "pl", "uk", "ti")
    shares = {"age": (3, 5, 4), "form_language": (86, 6, 4, 2, 1, 0.6, 0.4, 0.1)}
    asked = asking(
        chosen("age", "16_29", "30_59", "60_up"), groups=("age",), languages=codes
    )
    total = register(700, asked, shares)
    assessed = assess(asked, total)
    assert proposed(assessed).keys() == {"form_language"}
    [merged] = assessed.proposals
    assert "de" in [group[0] for group in merged.groups if len(group) == 1]
    assert "other" in merged.groups[-1] or "other" in merged.groups[1]
    assert all(found.is_repaired for found in assessed.findings)


def test_a_tiny_category_of_a_table_joins_its_neighbour():
    asked = asking(chosen("age", "a_1", "b_2", "c_3", "d_4"), languages=())
    total = Register(1000, {"age": {"a_1": 400, "b_2": 300, "c_3": 299, "d_4": 1}})
    assessed = assess(asked, total)
    # one of a thousand is within the limit of a table; one of 900 is not
    assert assessed.is_within
    total = Register(900, {"age": {"a_1": 300, "b_2": 300, "c_3": 299, "d_4": 1}})
    assessed = assess(asked, total)
    assert proposed(assessed) == {"age": "a_1 | b_2 | c_3 + d_4"}
    assert all(found.is_repaired for found in assessed.findings)


def test_whoever_is_neither_woman_nor_man_is_never_counted_among_them():
    asked = asking(
        chosen("sex", "female", "male", "diverse"),
        chosen("age", "a_1", "b_2"),
        groups=("sex", "age"),
        languages=(),
    )
    total = Register(
        300,
        {
            "sex": {"female": 148, "male": 148, "diverse": 4},
            "age": {"a_1": 150, "b_2": 150},
        },
    )
    assessed = assess(asked, total)
    tables = [found for found in assessed.findings if found.seen.is_table]
    # no table shows them apart, so none is too fine
    assert all(found.before.under_five < 0.0005 for found in tables)
    together = assessed.findings[-1]
    assert together.before.under_five == pytest.approx(4 / 300, abs=1e-4)
    total = Register(
        60,
        {
            "sex": {"female": 28, "male": 28, "diverse": 4},
            "age": {"a_1": 30, "b_2": 30},
        },
    )
    assert proposed(assess(asked, total)) == {"sex": "leave it out"}


def test_questions_to_keep_are_left_as_they_are():
    total = register(700)
    assert "d3" in proposed(assess(REFERENCE, total))
    kept = assess(REFERENCE, total, keep=["d3"])
    assert "d3" not in proposed(kept)
    assert all(found.is_repaired for found in kept.findings)


def test_when_nothing_may_be_taken_together_it_is_said():
    names = [variable.name for variable in variables(REFERENCE)]
    assessed = assess(REFERENCE, register(700), keep=names)
    assert assessed.proposals == ()
    assert not all(found.is_repaired for found in assessed.findings)


def test_years_become_bands_and_stay_in_order():
    asked = asking(Question("age", "number", role="demographic"), languages=())
    ages = {str(age): 1 + age % 3 for age in range(99, 15, -1)}
    assessed = assess(asked, Register(sum(ages.values()), {"age": ages}))
    [merged] = assessed.proposals
    flat = [int(age) for group in merged.groups for age in group]
    assert flat == sorted(flat)
    assert all(found.is_repaired for found in assessed.findings)


def test_what_the_register_does_not_know_is_named():
    total = register(46_000)
    margins = {name: total.margins[name] for name in ("d1", "d2")}
    found = Register(46_000, margins, missing=("d3", "d4", "d5", "form_language"))
    assessed = assess(REFERENCE, found)
    assert assessed.missing == ("d3", "d4", "d5", "form_language")
    assert not assessed.is_within


def test_answers_that_go_together_expose_otherwise_than_unrelated_ones():
    asked = asking(
        chosen("a", "x", "y"), chosen("b", "u", "v"), groups=("a", "b"), languages=()
    )
    margins = {"a": {"x": 50, "y": 50}, "b": {"u": 50, "v": 50}}
    joint = {("x", "u"): 49, ("x", "v"): 1, ("y", "u"): 1, ("y", "v"): 49}
    assert assess(asked, Register(100, margins)).is_within
    assert not assess(asked, Register(100, margins, {("a", "b"): joint})).is_within


@st.composite
def situations(draw):
    total = draw(st.integers(60, 4000))
    names = draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True))
    asked, margins = [], {}
    for name in names:
        count = draw(st.integers(2, 5))
        is_ordered = draw(st.booleans())
        codes = [f"{name}{at}" if is_ordered else "vwxyz"[at] for at in range(count)]
        asked.append(chosen(name, *codes))
        shares = draw(st.lists(st.integers(1, 99), min_size=count, max_size=count))
        margins[name] = counts(total, shares, codes)
    groups = tuple(draw(st.lists(st.sampled_from(names), unique=True)))
    profile = draw(st.sampled_from(["standard", "village"]))
    made = asking(*asked, profile=profile, groups=groups, languages=())
    return made, Register(total, margins)


@settings(max_examples=60)
@given(situations())
def test_what_is_proposed_always_repairs_and_never_exposes_more(situation):
    asked, total = situation
    assessed = assess(asked, total)
    for found in assessed.findings:
        assert found.is_repaired
        assert found.after.under_five <= found.before.under_five + 1e-9
        limits = TABLES if found.seen.is_table else TOGETHER
        assert found.after.unique <= limits.unique
    known = {variable.name: variable for variable in variables(asked)}
    for merge in assessed.proposals:
        flat = [category for group in merge.groups for category in group]
        categories = known[merge.variable].categories
        assert sorted(flat) == sorted(categories)
        if known[merge.variable].is_ordered:
            assert tuple(flat) == categories
