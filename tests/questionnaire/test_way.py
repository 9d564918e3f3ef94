"""A way is the same, whether all pages are looked at or only a few of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from survey.questionnaire import expression
from survey.questionnaire.edition import Edition
from survey.questionnaire.expression import Scope
from survey.questionnaire.journey import Journey
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from tests.questionnaire.examples import TODAY

CODES = ("a", "b", "c")
OPTIONS = tuple(
    Option(code, f"text.{code}", properties=(("of", code),)) for code in CODES
)
LANGUAGES = ("de", "ar")
CONDITIONS = (
    "${%s} = 'a'",
    "${%s} != 'b'",
    "'b' = ${%s}",
    "${%s} = ''",
    "${%s} = '-3'",
    "${%s} = 'a b'",
    "selected(${%s}, 'b')",
    "not(${%s} = 'a') or ${%s} = 'c'",
    "${%s} = 'a' or today() >= date('2026-10-06')",
    "true()",
    "false()",
)
CALCULATIONS = ("if(${%s} = 'a', '1', '0')", "${%s}", "'7'")


def made_up(rng: random.Random) -> Edition:
    """Twenty pages of one to three questions that look back at all earlier ones."""
    pages: list[Page] = []
    names: list[str] = []
    for number in range(20):
        asked = []
        for part in range(rng.choice([1, 1, 1, 2, 3])):
            question = one(rng, f"q{number}_{part}", names)
            asked.append(question)
            names.append(question.name)
        pages.append(
            Page(f"page{number}", tuple(asked), "core" if number < 12 else "more")
        )
    screen = f"${{{rng.choice(names)}}} = 'c'" if rng.random() < 0.4 else ""
    empty = MappingProxyType({})
    asked = Questionnaire("made_up", "de", (), tuple(pages), empty, (), screen)
    return Edition(asked, LANGUAGES)


def one(rng: random.Random, name: str, names: list[str]) -> Question:
    question = Question(
        name, rng.choice(["single", "single", "multiple"]), options=OPTIONS
    )
    if not names:
        return question
    source = rng.choice(CONDITIONS)
    if rng.random() < 0.6:
        told = tuple(rng.choice(names) for _ in range(source.count("%s")))
        question = replace(question, shown_if=source % told)
    if rng.random() < 0.15:
        source = rng.choice(CALCULATIONS)
        told = tuple(rng.choice(names) for _ in range(source.count("%s")))
        return replace(
            question, kind="calculated", options=(), calculation=source % told
        )
    if rng.random() < 0.15:
        question = replace(question, choice_filter=f"of != ${{{rng.choice(names)}}}")
    if rng.random() < 0.1:
        question = replace(question, only_in=("de",))
    return question


def person(rng: random.Random, edition: Edition):
    """Answers in no order, of pages that were posted and of others."""
    share, answers = rng.random(), {}
    for question in edition.questionnaire.questions():
        if question.kind == "calculated" or rng.random() > share:
            continue
        several = tuple(rng.sample(CODES, rng.randint(1, 2)))
        many = question.kind == "multiple"
        answers[question.name] = rng.choice(
            [several if many else rng.choice(CODES), "-3"]
        )
    pairs = [*answers.items(), ("of_another_edition", "a")]
    rng.shuffle(pairs)
    names = [page.name for page in edition.questionnaire.pages]
    reached = (
        names[: rng.randint(0, 20)] if rng.random() < 0.6 else rng.sample(names, 9)
    )
    return dict(pairs), reached


class PageByPage:
    """The rules of contracts, applied to every question in turn."""

    def __init__(self, edition, answers, reached, today, language):
        self.given, self.reached, self.today = answers, reached, today
        self.language = language
        self.answers, self.shown, self.states, self.decided = {}, [], {}, set()
        self.is_over = False
        for page in edition.questionnaire.pages:
            if not self.is_over:
                self.visit(page, edition.questionnaire.screened_out_if)

    def scope(self):
        return {"answers": self.answers, "today": self.today}

    def visit(self, page, screen):
        here = {question.name: False for question in page.questions}
        for question in page.questions:
            here[question.name] = self.ask(question, page, here)
        self.shown += [name for name, is_shown in here.items() if is_shown]
        if screen and page.name in self.reached:
            read = expression.compile(screen)
            # it is asked once: on the page of the last answer it looks at
            if read.names & here.keys() and read.names <= self.decided:
                self.is_over = read.is_true(**self.scope())

    def ask(self, question, page, here):
        name = question.name
        if question.only_in and self.language not in question.only_in:
            return self.note(name, "-1", is_decided=True)
        read = expression.compile(question.shown_if or "true()")
        if not read.is_true(**self.scope()):
            self.note(name, "-1", is_decided=read.names <= self.decided)
            near = any(here[other] for other in read.names & here.keys())
            known = [part for part in read.conjuncts if not part.names & here.keys()]
            scope = Scope(self.answers, self.today, None)
            asked = question.kind != "calculated"
            return asked and near and all(part.holds(scope) for part in known)
        if question.calculation:
            return self.calculate(name, expression.compile(question.calculation))
        self.note(name, "-2", is_decided=page.name in self.reached)
        value = self.given.get(name)
        if page.name in self.reached and value is not None:
            value = kind_of(question).settled(question, value, self.answers)
            if value is not None:
                self.answers[name] = value
        return True

    def calculate(self, name, read):
        value = read.evaluate(**self.scope())
        if value not in ("", "NaN"):
            self.answers[name] = value
        return self.note(name, "-2", is_decided=read.names <= self.decided)

    def note(self, name, state, *, is_decided):
        self.states[name] = state if is_decided else "-5"
        if is_decided:
            self.decided.add(name)
        return False


@pytest.mark.parametrize("seed", range(40))
def test_looking_only_at_what_may_have_changed_finds_the_same(seed):
    rng = random.Random(seed)
    edition = made_up(rng)
    for _ in range(25):
        answers, reached = person(rng, edition)
        language = rng.choice(LANGUAGES)
        today = TODAY + timedelta(days=rng.choice([0, 0, 1]))
        journey = Journey(edition, answers, reached, today=today, language=language)
        expected = PageByPage(edition, answers, reached, today, language)
        assert journey.answers == expected.answers
        asked = [question.name for step in journey.steps for question in step.questions]
        assert asked == expected.shown
        assert journey.is_screened_out is expected.is_over
        found = states(edition, journey, expected.answers)
        assert found == {name: expected.states.get(name, "-1") for name in found}


def states(edition, journey, answers):
    """What stands in the columns of questions without an answer."""
    cells = journey.closed_answers()
    found = {}
    for question in edition.questionnaire.questions():
        columns = kind_of(question).columns(question)
        # what a language lacks reads as if it had been passed by: test_where_translated
        if question.name not in answers and columns and not question.only_in:
            [found[question.name]] = {cells[column.name] for column in columns}
    return found


def test_a_condition_on_the_day_is_asked_again_on_the_next():
    first = Question("first", "single", options=OPTIONS)
    late = replace(first, name="late", shown_if="today() >= date('2026-10-06')")
    pages = (Page("first", (first,)), Page("late", (late,)))
    empty = MappingProxyType({})
    edition = Edition(Questionnaire("days", "de", (), pages, empty), ("de",))
    steps = [
        len(Journey(edition, {}, (), today=date(2026, 10, day)).steps)
        for day in (5, 6, 5)
    ]
    assert steps == [1, 2, 1]
