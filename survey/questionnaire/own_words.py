"""Which calculated values could tell somebody's own words or the day of answering.

Such a value must not become a column: own words leave as comments only, and no
time is ever stored with an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from survey.questionnaire import expression
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question, Questionnaire


def _sources(question: Question) -> Iterator[str]:
    """What decides about a value: how it is computed, and whether it is."""
    yield question.calculation
    if question.shown_if:
        yield question.shown_if


def marked(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with ``looks_at_own_words`` set where it is true.

    Its conditions and calculations can be read; a calculation looks back only.
    """
    own_words: set[str] = set()

    def looked_at(question: Question) -> Question:
        if question.calculation:
            is_tainted = any(
                read.looks_at_day or read.names & own_words
                for read in map(expression.compile, _sources(question))
            )
            question = replace(question, looks_at_own_words=is_tainted)
            own_words.update([question.name] if is_tainted else [])
        items = kind_of(question).items(question)
        own_words.update(item.name for item in items if not item.is_closed)
        return question

    pages = tuple(
        replace(page, questions=tuple(map(looked_at, page.questions)))
        for page in questionnaire.pages
    )
    return replace(questionnaire, pages=pages)
