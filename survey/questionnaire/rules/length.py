"""Advice on the length of the whole: who is kept too long leaves in the middle."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.duration import minutes_of
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import advice

# What is announced on the first page: a core everybody answers, then a fork.
CORE_MINUTES = 5
ALL_MINUTES = 15
_PLACE = "pages"


def parts_take_few_minutes(questionnaire: Questionnaire) -> Iterator[Problem]:
    """At most 5 minutes before the fork, 15 in all."""
    language = questionnaire.source_language
    core = minutes_of(questionnaire, language, part="core")
    whole = core + minutes_of(questionnaire, language, part="more")
    if core > CORE_MINUTES:
        reason = f"The core takes about {core} minutes."
        remedy = (
            f'Move pages to part = "more", so that it takes at most {CORE_MINUTES}.'
        )
        yield advice(_PLACE, reason, remedy)
    if whole > ALL_MINUTES:
        reason = f"The whole takes about {whole} minutes."
        yield advice(
            _PLACE, reason, f"Leave out what you will not use; {ALL_MINUTES} are a lot."
        )
