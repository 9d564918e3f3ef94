"""Questions that are asked only where they are translated, by the state of their texts.

A town's own question never costs a language: where it is not ready it is left out.
Knows nothing of how an edition leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from survey.questionnaire.model import Page, Question, Questionnaire
from survey.questionnaire.texts import text_keys


def left_out(questionnaire: Questionnaire, not_ready: set[str]) -> tuple[str, ...]:
    """Names of the questions that a language does without.

    ``not_ready`` are the keys of texts that cannot be shown in it.
    """
    return tuple(
        question.name
        for page in questionnaire.pages
        for question in page.questions
        if question.is_asked_where_translated
        and not not_ready.isdisjoint(_keys_of(questionnaire, page, question))
    )


def _keys_of(questionnaire: Questionnaire, page: Page, question: Question) -> set[str]:
    used = tuple(
        found for found in questionnaire.lists if found.name == question.options_from
    )
    alone = (replace(page, questions=(question,)),)
    only = replace(questionnaire, pages=alone, lists=used, fields=(), cross_cutting=())
    return {entry.key for entry in text_keys(only)} - {"title"}


def without_words(
    questionnaire: Questionnaire, language: str, names: Sequence[str]
) -> Questionnaire:
    """The questionnaire without the words that some questions begin with there.

    What is not ready is then left out instead of shown.
    """
    if not names:
        return questionnaire
    labels = {questionnaire.question(name).key("label") for name in names}
    own = questionnaire.texts.get(language, {})
    kept = {key: words for key, words in own.items() if key not in labels}
    texts = {**questionnaire.texts, language: MappingProxyType(kept)}
    return replace(questionnaire, texts=MappingProxyType(texts))
