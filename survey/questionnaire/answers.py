"""Cleans and keeps answers; knows nothing of forms or of what is sent.

An item nobody touched has no entry; don't know and prefer not to say are kept
as ``-3`` and ``-4``; the other kinds of no answer follow from the journey.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from survey.questionnaire import constraints, expression, values
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Posted,
    is_no_answer,
)
from survey.questionnaire.model import Page, Question
from survey.questionnaire.values import Value


def clean_page(
    questions: Iterable[Question],
    posted: Posted,
    answers: Answers,
    *,
    today: date,
    page: Page | None = None,
) -> Cleaned:
    """All answers of one page; ``answers`` are those given before.

    ``page`` says what they must fulfil together; ``questions`` are those of it
    that a person is asked.
    """
    asked = tuple(questions)
    known = _without(asked, answers)
    taken: dict[str, Value] = {}
    problems: list[AnswerProblem] = []
    for question in asked:
        cleaned = kind_of(question).clean(question, posted, known)
        taken.update(cleaned.values)
        problems.extend(cleaned.problems)
        known.update(cleaned.values)
        problems.extend(constraints.of_question(question, cleaned, known, today))
    if page is not None:
        problems.extend(constraints.of_page(page, asked, known, problems, today))
    return Cleaned(taken, tuple(problems))


def filled_in(
    questions: Iterable[Question], answers: Answers, *, today: date
) -> dict[str, Value]:
    """What questions are filled in with before anybody answers them."""
    found: dict[str, Value] = {}
    for question in questions:
        text = question.default
        if question.default_from:
            source = expression.compile(question.default_from)
            result = values.text_of(source.evaluate(answers, today=today))
            text = "" if result == values.NO_NUMBER else result
        value = kind_of(question).literal(question, text) if text else None
        if value is not None:
            found[question.name] = value
    return found


def replace_page(
    questions: Iterable[Question], cleaned: Cleaned, answers: Answers
) -> dict[str, Value]:
    """All answers with those of one page replaced by what was cleaned.

    What depends on them is settled by the journey, so a later change of mind
    brings it back; nothing else changes.
    """
    return {**_without(questions, answers), **cleaned.values}


def _without(questions: Iterable[Question], answers: Answers) -> dict[str, Value]:
    names = {item.name for q in questions for item in kind_of(q).items(q)}
    return {name: value for name, value in answers.items() if name not in names}


__all__ = [
    "AnswerProblem",
    "Answers",
    "Cleaned",
    "Posted",
    "Value",
    "clean_page",
    "is_no_answer",
    "replace_page",
]
