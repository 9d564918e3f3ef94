"""Rules for what each kind of expression may look at beside other answers."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.expression import Expression
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import problem
from survey.questionnaire.rules.sources import (
    CONSTRAINT,
    FILTER,
    SCREEN,
    TOGETHER,
    Source,
    items,
    readable,
)

_CONDITIONS = ("shown_if", SCREEN)
_NAMES = {
    "calculation": "A calculation",
    "default_from": "A default",
    FILTER: "A filter",
    TOGETHER: "The constraint of a page",
}
_KEEPS = ("calculation", "default_from")  # once() finds nothing there and gives a


def conditions_look_at_answers(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A condition without any answer is no condition; ``.`` has no answer yet."""
    for source, read in readable(questionnaire):
        if source.part == CONSTRAINT:
            continue
        if read.own_answer_at >= 0:
            reason = f"{_named(source)} has no answer of its own to look at."
            remedy = "Write ${name} instead of . to look at another answer."
            yield source.problem(read.own_answer_at, reason, remedy)
        elif read.uses_current and source.part not in _KEEPS:
            reason = f"{_named(source)} has no answer of its own to look at."
            yield problem(
                source.place, reason, "Leave out once(): write what is in it."
            )
        elif source.part in _CONDITIONS and not read.names:
            reason = "The condition looks at no answer."
            yield problem(
                source.place, reason, "Name one with ${name}, or leave it out."
            )


def _named(source: Source) -> str:
    return _NAMES.get(source.part, "A condition")


def constraints_look_at_the_answer(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A constraint is about the answer that is being given."""
    known = items(questionnaire)
    for source, read in readable(questionnaire):
        if source.part == CONSTRAINT and not _looks_at_own(source, read, known):
            reason = "The constraint does not look at the answer."
            remedy = "Write . for the answer, such as . >= 18."
            yield source.problem(0, reason, remedy, is_warning=True)


def _looks_at_own(source: Source, read: Expression, known: dict[str, Item]) -> bool:
    own = {name for name, item in known.items() if item.question is source.question}
    return read.uses_current or bool(own & read.names)


def page_constraints_look_at_the_page(
    questionnaire: Questionnaire,
) -> Iterator[Problem]:
    """What answers must fulfil together is looked at once one of them is given."""
    known = items(questionnaire)
    for source, read in readable(questionnaire):
        if source.page is None or read.own_answer_at >= 0:
            continue
        own = {question.name: question for question in source.page.questions}
        named = {known[name].question.name for name in read.names if name in known}
        here = [name for name in own if name in named]
        is_known = read.names <= known.keys()  # what is not has a rule of its own
        if is_known and not any(_is_asked(own[name]) for name in here):
            reason = "The constraint looks at no answer of its page."
            remedy = "Name one with ${name}, or put it on the page of those it names."
            yield problem(source.place, reason, remedy)
        for name in here:
            if own[name].calculation:
                reason = f"{name} is known only once the page is left."
                remedy = "Write its calculation here instead."
                yield problem(source.place, reason, remedy)


def _is_asked(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return kind is None or kind.is_asked


def filters_look_at_properties(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A filter depends on answers and properties, never on the day."""
    for source, read in readable(questionnaire):
        if source.part != FILTER:
            continue
        if read.looks_at_day:
            reason = "A filter does not look at the day."
            remedy = "Calculate it in a question of its own, or leave it out."
            yield problem(source.place, reason, remedy)
        elif not read.names and not read.words:
            reason = "The filter looks at no answer and at no property."
            remedy = "Write it such as district = ${q6}, or leave it out."
            yield problem(source.place, reason, remedy)
