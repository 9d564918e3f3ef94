"""Letters, address and terms of the languages: what is right in one and not in all.

The patterns stand in ``translations/wording.toml``, the terms in ``glossary.csv``; the
product holds the texts of every questionnaire against the same rules.
"""

from __future__ import annotations

import re

from survey.language import wording
from survey.questionnaire import translation_checks as product
from survey.questionnaire.language_rules import LanguageRules, Pattern, Patterns
from tests.translations.checks import each
from tests.translations.entries import TRANSLATIONS, Entry

# Words that claim certainty. In surveys open to everybody none may be printed, so a
# translation of the report uses one only where its source does.
CERTAINTY: dict[str, str] = {
    "en": r"(?i)\b(secured|uncertain\w*|sure|margins?|errors?|significan\w*)\b",
    "de": r"(?i)\b((un)?(ge)?sicher|fehler|signifikan|zuverlässig)",
    "ar": r"مؤكد|هامش|خطأ|دلالة|يقين|موثوق",
}


def rules(language: str, source: str = "", domain: str = "") -> LanguageRules:
    """The rules of a language, from the files translators edit."""
    return wording.rules(language, source, domain=domain, folder=TRANSLATIONS)


def letters(found: Entry, language: LanguageRules) -> list[str]:
    """Letters and marks as the language writes them."""
    return each(found, product.letters, language)


def address(found: Entry, language: LanguageRules) -> list[str]:
    """People are addressed politely, and nobody's sex is assumed."""
    return each(found, product.address, language)


def certainty(found: Entry, source: str, language: str) -> list[str]:
    """No more certainty than the source claims."""
    if re.search(CERTAINTY[source], " ".join(found.source)):
        return []
    pattern = Pattern(re.compile(CERTAINTY[language]), "claims certainty")
    return each(found, Patterns((pattern,)).found_in)


def terms(found: Entry, language: LanguageRules) -> list[str]:
    """Where the source uses an approved term, so does the translation."""
    source = " ".join(found.source)
    return [
        said for form in found.target for said in language.glossary.missed(source, form)
    ]
