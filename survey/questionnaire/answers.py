"""Cleans and keeps answers; knows nothing of forms or of what is sent.

An item nobody touched has no entry; don't know and prefer not to say are kept
as ``-3`` and ``-4``; the other kinds of no answer follow from the journey.
"""

from __future__ import annotations

from collections.abc import Iterable

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


def clean_page(
    questions: Iterable[Question], posted: Posted, answers: Answers
) -> Cleaned:
    """All answers of one page; ``answers`` are those given before."""
    values: dict[str, Value] = {}
    problems: list[AnswerProblem] = []
    for question in questions:
        cleaned = kind_of(question).clean(question, posted, {**answers, **values})
        values.update(cleaned.values)
        problems.extend(cleaned.problems)
    return Cleaned(values, tuple(problems))


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
