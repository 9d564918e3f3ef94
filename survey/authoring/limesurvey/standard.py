"""The answers that LimeSurvey words itself, in every language we speak.

Knows no question; a language we do not speak is left to its translators.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from survey.language import N_, CatalogError, Registry, registry
from survey.language.standard import DONT_KNOW, PREFER_NOT

YES, NO, UNCERTAIN = N_("Yes"), N_("No"), N_("Uncertain")
INCREASE, DECREASE = N_("Increase"), N_("Decrease")
# Translators: an answer beside "Increase" and "Decrease"
SAME = N_("Same")
FEMALE, MALE = N_("Female"), N_("Male")
# Translators: label of a field for a few words about the answer above it
COMMENT = N_("Comment")


@cache
def spoken() -> Registry | None:
    """The languages we speak; none where no catalogs are compiled."""
    try:
        return registry()
    except CatalogError:  # a check of a file needs no compiled catalogs
        return None


def in_all(message: str, base: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """A message in those languages that we speak; English in the base otherwise."""
    found = {base: message}
    known = spoken()
    if known is None:
        return found
    for code in languages:
        language = known.get(code)
        if language is not None:
            found[code] = known.words(language).gettext(message)
    return found


def alike(text: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """What reads the same in every language, such as a number."""
    return dict.fromkeys(languages, text)


__all__ = [
    "COMMENT",
    "DECREASE",
    "DONT_KNOW",
    "FEMALE",
    "INCREASE",
    "MALE",
    "NO",
    "PREFER_NOT",
    "SAME",
    "UNCERTAIN",
    "YES",
    "alike",
    "in_all",
    "spoken",
]
