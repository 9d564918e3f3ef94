"""Cleans and keeps answers; knows nothing of forms or of what is sent.

An item nobody touched has no entry; don't know and prefer not to say are kept
as ``-3`` and ``-4``; the other kinds of no answer follow from the journey.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from survey.questionnaire import expression, values
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Posted,
    is_no_answer,
)
from survey.questionnaire.model import Question
from survey.questionnaire.values import Value

_LEAST_CHOSEN = re.compile(r"\s*count-selected\(\s*\.\s*\)\s*>=\s*([0-9]{1,3})\s*")


def clean_page(
    questions: Iterable[Question], posted: Posted, answers: Answers, *, today: date
) -> Cleaned:
    """All answers of one page; ``answers`` are those given before."""
    taken: dict[str, Value] = {}
    problems: list[AnswerProblem] = []
    for question in questions:
        known = {**answers, **taken}
        cleaned = kind_of(question).clean(question, posted, known)
        taken.update(cleaned.values)
        problems.extend(cleaned.problems)
        problems.extend(_broken(question, cleaned, {**known, **taken}, today))
    return Cleaned(taken, tuple(problems))


def _broken(
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
            field = kind.inputs(question)[0] if item.row is None else item.name
            code, params = _what_is_wrong(question.constraint, value)
            yield AnswerProblem(item.name, field, code, params, text_key=key)


def _what_is_wrong(
    constraint: str, value: Value | None
) -> tuple[str, dict[str, int | str]]:
    """The commonest constraint can be told in words; of others only that they are."""
    least = _LEAST_CHOSEN.fullmatch(constraint)
    if least and isinstance(value, tuple) and len(value) < int(least[1]):
        return "too_few", {"at_least": int(least[1])}
    return "constraint", {}


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
    names = {item.name for q in questions for item in kind_of(q).items(q)}
    kept = {name: value for name, value in answers.items() if name not in names}
    return {**kept, **cleaned.values}


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
