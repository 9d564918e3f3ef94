"""What a privacy profile decides about people: languages told apart, dates, tables.

Knows the questionnaire; nothing of answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from survey.questionnaire.model import Questionnaire

OTHER_LANGUAGE = "other"
"""What is stored for a form language that may not be told apart."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One privacy profile.

    ``largest_table`` is how many answers of a person one table crosses at most;
    ``refused_precisions`` are those of a date that are too fine.
    """

    largest_table: int
    refused_precisions: frozenset[str] = frozenset()


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        # An item by one or two groups.
        "standard": Profile(largest_table=3),
        # An item by one group. A day, of birth or of arrival, is rarely shared by
        # five people of a village.
        "village": Profile(2, frozenset({"day"})),
    }
)


def profile_of(questionnaire: Questionnaire) -> Profile:
    """The profile; the coarser one where there is none of that name."""
    name = questionnaire.settings.privacy_profile
    return PROFILES.get(name, PROFILES["village"])


def language_groups(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Form languages stored as themselves; every other one is stored as other.

    In the village profile that is the questionnaire's own language alone.
    """
    if questionnaire.settings.privacy_profile == "village":
        return (questionnaire.source_language,)
    return tuple(questionnaire.settings.language_groups)


def divided_group(
    apart: Collection[str], asked: Iterable[str], offered: Sequence[str]
) -> tuple[str, ...]:
    """The languages stored together of which only some are asked something.

    ``apart`` are stored as themselves. Empty when there are none: a gap in the
    answers would tell these apart.
    """
    together = [code for code in offered if code not in apart]
    if set(together) - set(asked) and set(together) & set(asked):
        return tuple(together)
    return ()
