"""In which languages a question is asked that is left out where it is not translated.

Knows the languages of one edition; what each of them meets is decided by its texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.privacy import divided_group, language_groups
from survey.questionnaire.problem import Problem

Asked = Mapping[str, Questionnaire]
"""The questionnaire as each language of an edition meets it."""


def told(questionnaire: Questionnaire, asked: Asked) -> Questionnaire:
    """The questionnaire with ``only_in`` set where not every language has it."""
    names = _names(asked)

    def marked(question: Question) -> Question:
        found = tuple(code for code, own in names.items() if question.name in own)
        return replace(question, only_in=() if len(found) == len(names) else found)

    pages = tuple(
        replace(page, questions=tuple(map(marked, page.questions)))
        for page in questionnaire.pages
    )
    return replace(questionnaire, pages=pages)


def _names(asked: Asked) -> Mapping[str, frozenset[str]]:
    return {
        language: frozenset(question.name for question in own.questions())
        for language, own in asked.items()
    }


def problems(questionnaire: Questionnaire, asked: Asked) -> Iterator[Problem]:
    """Questions that nobody is asked, and gaps that would tell a language."""
    file = f"{questionnaire.name}.toml"
    names = _names(asked)
    for question in questionnaire.questions():
        if not question.is_asked_where_translated:
            continue
        place = f"{question.name}.where_translated"
        found = tuple(code for code, own in names.items() if question.name in own)
        if asked and not found:
            reason = f"It has every text in none of {', '.join(asked)}."
            yield Problem(file, place, reason, "Translate it, or leave it out.")
        apart = language_groups(questionnaire)
        together = divided_group(apart, found, tuple(asked))
        if together:
            lacking = ", ".join(code for code in together if code not in found)
            reason = (
                f"It has every text in {', '.join(found)}, not in {lacking}. Answers "
                f"in {', '.join(together)} are kept without their language, and a gap "
                "would tell it."
            )
            remedy = (
                f"Translate it into {lacking}, or name the languages that have it in "
                "language_groups of [settings]."
            )
            yield Problem(file, place, reason, remedy)
