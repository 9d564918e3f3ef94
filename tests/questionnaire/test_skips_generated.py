"""Who follows the paper meets exactly the questions that the journey shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire import expression, skips
from survey.questionnaire.edition import Edition
from survey.questionnaire.journey import Journey
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Option, Page, Question, Questionnaire, Row
from survey.questionnaire.values import text_of
from tests.questionnaire.on_paper import filled_in

TODAY = date(2026, 10, 5)
CODES = ("a", "b", "c", "d")
OPTIONS = tuple(Option(code, f"text.{code}") for code in CODES)
WITH_NONE = (*OPTIONS, Option("none", "text.none", exclusive=True))
OF_CODES = (
    "${%s} = 'a'",
    "${%s} != 'b'",
    "${%s} = ''",
    "selected(${%s}, 'b')",
    "not(selected(${%s}, 'a'))",
    "(${%s} = 'a' or 'c' = ${%s})",
    "string-length(${%s}) = 1",
)
OF_SEVERAL = (
    "selected(${%s}, 'none')",
    "count-selected(${%s}) >= 2",
    "count-selected(${%s}) < 2",
    "(selected(${%s}, 'a') and selected(${%s}, 'b'))",
    "selected-at(${%s}, 0) = 'a'",
)
OF_NUMBERS = (
    "${%s} >= 18",
    "not(${%s} < 65)",
    "${%s} != 7",
    "${%s} = ''",
    "${%s} + 1 > 9",
)
OF_WORDS = ("${%s} != ''", "contains(${%s}, 'x')")
CONDITIONS = {
    "single": OF_CODES,
    "multiple": (*OF_CODES, *OF_SEVERAL),
    "battery": OF_CODES,
    "number": OF_NUMBERS,
    "text": OF_WORDS,
    "calculated": ("${%s} = 'a'", "${%s} > 9", "${%s} != ''"),
}
KINDS = (*CONDITIONS, "note", "single", "single", "multiple")


@st.composite
def conditions(draw, items):
    """One to three parts about items asked before."""
    parts = []
    for name, kind in draw(st.lists(st.sampled_from(items), min_size=1, max_size=3)):
        part = draw(st.sampled_from(CONDITIONS[kind]))
        parts.append(part.replace("%s", name))
    joints = [draw(st.sampled_from([" and ", " or "])) for _ in parts[1:]]
    source = parts[0]
    for joint, part in zip(joints, parts[1:], strict=True):
        source = f"{source}{joint}{part}"
    return f"not({source})" if draw(st.integers(0, 5)) == 0 else source


@st.composite
def questions(draw, name, items):
    """One question that may look at items asked before."""
    asked = Question(name, draw(st.sampled_from(KINDS)))
    if items and draw(st.booleans()):
        asked = replace(asked, shown_if=draw(conditions(items)))
    if draw(st.integers(0, 9)) == 0:
        asked = replace(asked, only_in=("de",))
    if asked.kind == "battery":
        rows = tuple(Row(f"{name}_{row}", f"text.{row}") for row in (1, 2))
        return replace(asked, options=OPTIONS, rows=rows)
    if asked.kind == "multiple":
        return replace(asked, options=WITH_NONE, has_prefer_not=True)
    if asked.kind == "single":
        return replace(asked, options=OPTIONS, has_dont_know=True)
    if asked.kind == "calculated":
        source = " + ".join(f"${{{n}}}" for n, _ in items[-2:]) or "1"
        if draw(st.booleans()) and items:
            source = f"if({draw(conditions(items))}, 'a', '')"
        return replace(asked, calculation=source)
    return replace(asked, longest=20 if asked.kind == "text" else 0)


@st.composite
def editions(draw):
    pages, items = [], []
    for number in range(draw(st.integers(1, 6))):
        asked = []
        for part in range(draw(st.integers(1, 2))):
            question = draw(questions(f"q{10 * number + part}", list(items)))
            asked.append(question)
            found = kind_of(question).items(question)
            items += [(item.name, question.kind) for item in found]
        pages.append(Page(f"page_{number}", tuple(asked)))
    screen = ""
    if items and draw(st.integers(0, 2)) == 0:
        screen = draw(conditions(items))
    empty = MappingProxyType({})
    made = Questionnaire("made_up", "de", (), tuple(pages), empty, (), screen)
    return Edition(made, ("de", "en"))


def values(asked):
    several = st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True)
    sets = several.map(sorted).map(tuple)
    return {
        "single": st.sampled_from([*CODES, "-3"]),
        "battery": st.sampled_from(CODES),
        "multiple": st.one_of(sets, st.just(("none",)), st.just("-4")),
        "number": st.sampled_from(["0", "7", "8", "9", "17", "18", "64", "65", "100"]),
        "text": st.sampled_from(["words", "x"]),
    }[asked.kind]


@st.composite
def situations(draw):
    edition = draw(editions())
    answers = {}
    for stop in edition.route.stops.values():
        for item in stop.items if stop.kind.is_asked else ():
            if draw(st.integers(0, 3)):
                answers[item.name] = draw(values(stop.question))
    return edition, draw(st.sampled_from(["de", "en"])), answers


def shown(edition, language, answers):
    """What a journey to the end asks, in its order."""
    pages = [page.page.name for page in edition.route.pages]
    journey = Journey(edition, answers, pages, today=TODAY, language=language)
    found = []
    for step in journey.steps:
        for question in step.questions:
            source = question.shown_if or "true()"
            if expression.compile(source).is_true(journey.answers, today=TODAY):
                found.append(question.name)
    return found


def whether(edition):
    """Whether a condition holds, for sentences that paper cannot list."""

    def holds(name, given):
        asked = edition.questionnaire
        source = asked.question(name).shown_if if name else asked.screened_out_if
        known = dict(given)
        for stop in edition.route.stops.values():
            if stop.calculation is None:
                continue
            if stop.condition is None or stop.condition.is_true(known, today=TODAY):
                value = stop.calculation.evaluate(known, today=TODAY)
                text = text_of(value)
                if text not in ("", "NaN"):
                    known[stop.question.name] = text
        return expression.compile(source).is_true(known, today=TODAY)

    return holds


@settings(max_examples=300)
@given(situations())
def test_who_follows_the_paper_meets_what_the_journey_shows(situation):
    edition, language, answers = situation
    plan = skips.plan(edition, language)
    met, _ = filled_in(plan, answers, whether(edition))
    assert met == shown(edition, language, answers), written(situation)


def written(situation):
    """The situation in a few lines."""
    edition, language, answers = situation
    lines = [f"{language}: {answers}, screen {edition.questionnaire.screened_out_if!r}"]
    for page in edition.questionnaire.pages:
        lines.append(page.name)
        lines += [
            f"  {q.name} {q.kind} {q.shown_if!r} {q.calculation!r} {q.only_in}"
            for q in page.questions
        ]
    return "\n".join([*lines, *map(str, skips.plan(edition, language).ways)])
