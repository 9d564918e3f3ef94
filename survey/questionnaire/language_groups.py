"""Which form languages may be told apart in what is stored, and which may not.

Knows nothing of where answers are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from survey.questionnaire.model import Questionnaire

OTHER_LANGUAGE = "other"
"""What is stored for a form language that may not be told apart."""


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
