"""The rules that texts of one questionnaire are held against, all put together."""

from __future__ import annotations

from dataclasses import replace

from survey.authoring.damage import damage
from survey.language import wording
from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.model import Questionnaire


def rules_for(questionnaire: Questionnaire, language: str) -> LanguageRules:
    """Letters, address, terms and fonts of a language, and what encodings destroy."""
    found = wording.rules(
        language, questionnaire.source_language, domain=questionnaire.name
    )
    return replace(found, damage=damage)
