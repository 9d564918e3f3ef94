"""Which calculated values could hold somebody's own words.

Such a value must not become a column: own words leave as comments only.
"""

from __future__ import annotations

from dataclasses import replace

from survey.questionnaire import expression
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question, Questionnaire


def marked(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with ``looks_at_own_words`` set where it is true.

    Its conditions and calculations can be read; a calculation looks back only.
    """
    own_words: set[str] = set()

    def looked_at(question: Question) -> Question:
        if question.calculation:
            names = expression.compile(question.calculation).names
            is_tainted = bool(names & own_words)
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
