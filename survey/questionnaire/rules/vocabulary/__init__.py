"""What the rules know of languages: words that join, deny, rate or touch.

Only German and English are known; what is written in another language is not judged
by its words. Knows no questionnaire.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey.questionnaire.rules.vocabulary.english import ENGLISH
from survey.questionnaire.rules.vocabulary.german import GERMAN
from survey.questionnaire.rules.vocabulary.words import Pattern, Vocabulary

KNOWN: Mapping[str, Vocabulary] = MappingProxyType({"de": GERMAN, "en": ENGLISH})


def of(language: str) -> Vocabulary | None:
    """The words of a language, plain and regional variants included."""
    return KNOWN.get(language.partition("-")[0])


__all__ = ["KNOWN", "Pattern", "Vocabulary", "of"]
