"""The rules a survey is bound to from its opening on, as data for the package.

Frozen when the survey opens, so that nobody can loosen them once answers exist.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.privacy import OTHER_LANGUAGE, language_groups

__all__ = [
    "LEAST_K",
    "OTHER_LANGUAGE",
    "grouped",
    "groups_after",
    "language_groups",
    "policy_of",
]

LEAST_K = {"standard": 10, "village": 5}
"""Smallest number of answers that are mixed, by privacy profile (privacy.md)."""


def policy_of(questionnaire: Questionnaire, *, k: int) -> dict[str, Any]:
    """Content of ``policy.json`` for a survey that opens now."""
    settings = questionnaire.settings
    return {
        "k": k,
        "group_base": settings.group_base,
        "sensitive": [q.name for q in questionnaire.questions() if q.is_sensitive],
        "groups": list(settings.groups),
        "strata": {},
        "three_way": list(settings.three_way),
        "interim": settings.interim,
        "privacy_profile": settings.privacy_profile,
        "language_groups": list(language_groups(questionnaire)),
        "release_hour": settings.release_hour,
        "review_rules": list(settings.review_rules),
    }


def grouped(language: str, groups: Collection[str]) -> str:
    """The form language as it may be stored."""
    return language if language in groups else OTHER_LANGUAGE


def groups_after(
    groups: Collection[str], before: Collection[str], added: Collection[str]
) -> tuple[str, ...]:
    """Form languages that may be told apart once languages were added.

    A language that came later would date its answers, and so would "other" if
    nobody's language was other before: then no language is told apart any more.
    """
    told = tuple(code for code in groups if code in before)
    is_other_new = set(before) <= set(told) and bool(set(added) - set(told))
    return () if is_other_new else told
