"""What answers must fulfil: each by itself, and those of one page together.

Knows no form; what is told in numbers is decided here, the words belong to the forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from survey.questionnaire import bounds, expression
from survey.questionnaire.bounds import CHOSEN, GIVEN, ITSELF, SUM, Exceeded
from survey.questionnaire.functions import Scope
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    is_no_answer,
)
from survey.questionnaire.model import Page, Question
from survey.questionnaire.values import Value

Told = tuple[str, dict[str, int | str]]
_TOGETHER: Mapping[tuple[str, str], tuple[str, str]] = {
    # what is counted, how it must stand → code, and what the limit is called
    (GIVEN, ">="): ("given_few", "at_least"),
    (GIVEN, "<="): ("given_many", "at_most"),
    (SUM, ">="): ("sum_small", "least"),
    (SUM, "<="): ("sum_large", "most"),
    (SUM, "="): ("sum_other", "total"),
}


def of_question(
    question: Question, cleaned: Cleaned, answers: Answers, today: date
) -> Iterator[AnswerProblem]:
    """Answers that the author's own constraint does not let pass.

    It is about each row of a battery, and never about own words beside options.
    """
    if not question.constraint:
        return
    kind = kind_of(question)
    constraint = expression.compile(question.constraint)
    key = question.key("constraint_message") if question.has_constraint_message else ""
    for item in kind.items(question):
        value = cleaned.values.get(item.name)
        is_beside = item.row is None and item.name != question.name
        if is_beside or is_no_answer(value):
            continue
        if not constraint.is_true(answers, today=today, current=value):
            scope = Scope(answers, today, value)
            found = bounds.exceeded(question.constraint, scope)
            code, params = _of_one(question, found, value)
            field = _field(question, item.name)
            yield AnswerProblem(item.name, field, code, params, text_key=key)


def _field(question: Question, item: str) -> str:
    """The input that stands for an item; of several that are typed into the first."""
    return item if item != question.name else kind_of(question).inputs(question)[0]


def _of_one(question: Question, found: Exceeded | None, value: Value | None) -> Told:
    """How many, and how much, can be told; of others only that they are wrong."""
    if found is None or found.sign == "=":
        return "constraint", {}
    is_least = found.sign == ">="
    if found.what == CHOSEN and isinstance(value, tuple):
        amount, limit = int(found.amount), int(found.limit)
        if is_least:
            return "too_few", {"at_least": limit}
        return "too_many", {"at_most": limit, "chosen": amount}
    if found.what == ITSELF and kind_of(question).written_as == "number":
        code, limit_is = ("too_small", "least") if is_least else ("too_large", "most")
        return code, {limit_is: found.limit}
    return "constraint", {}


def of_page(
    page: Page,
    asked: Sequence[Question],
    answers: Answers,
    problems: Collection[AnswerProblem],
    today: date,
) -> Iterator[AnswerProblem]:
    """That the answers of a page do not fit together.

    Looked at once one of those it names was answered, so that an empty page always
    passes; and once each of them can be read.
    """
    if not page.constraint:
        return
    constraint = expression.compile(page.constraint)
    known = _shown(asked, answers, today)
    named = {n: q for n, q in _items(asked).items() if n in constraint.names}
    wrong = {problem.item for problem in problems}
    is_answered = any(not is_no_answer(known.get(name)) for name in named)
    if not is_answered or wrong & named.keys():
        return
    if not constraint.is_true(known, today=today):
        found = bounds.exceeded(page.constraint, Scope(known, today, None))
        code, params = _of_several(found, _items(page.questions))
        item, question = next(iter(named.items()))
        key = page.key("constraint_message") if page.has_constraint_message else ""
        yield AnswerProblem(item, _field(question, item), code, params, text_key=key)


def _shown(asked: Sequence[Question], answers: Answers, today: date) -> Answers:
    """Without answers to follow-ups whose condition the same page has ended."""
    known = dict(answers)
    for question in asked:
        condition = expression.compile(question.shown_if or "true()")
        if not condition.is_true(known, today=today):
            for item in kind_of(question).items(question):
                known.pop(item.name, None)
    return known


def _items(questions: Iterable[Question]) -> dict[str, Question]:
    """Every item of these questions, and the question it belongs to."""
    return {item.name: q for q in questions for item in kind_of(q).items(q)}


def _of_several(found: Exceeded | None, here: Collection[str]) -> Told:
    """A limit in numbers, where all that is counted stands on the page."""
    if found is None or not found.names <= set(here):
        return "together", {}
    code, limit = _TOGETHER.get((found.what, found.sign), ("together", ""))
    if not limit:
        return code, {}
    if found.what == GIVEN:
        return code, {limit: int(found.limit), "given": int(found.amount)}
    return code, {limit: found.limit, "sum": found.amount}
