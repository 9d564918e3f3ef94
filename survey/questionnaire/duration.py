"""How long a part of a questionnaire takes, as announced before people begin.

Counts what is read and what is done; knows nothing of anybody's real times, which
are never measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Page, Question, Questionnaire

if TYPE_CHECKING:
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.kinds.base import Kind

# Reading silently on a screen (Brysbaert 2019 finds 238 words a minute in English;
# people with little practice read about two thirds of it).
WORDS_A_MINUTE = 160
SECONDS_PER_ITEM = 4
SECONDS_PER_LINE = 15
SECONDS_PER_TEXT = 45
SECONDS_PER_PAGE = 2
# In a longer list nobody reads on, they look for theirs.
MOST_OPTIONS_READ = 30
LONGEST_LINE = 200


@lru_cache(maxsize=256)
def minutes(edition: Edition, *, part: str) -> int:
    """Whole minutes for all pages of a part of an edition; 0 when there are none."""
    return minutes_of(edition.questionnaire, edition.languages[0], part=part)


def minutes_of(questionnaire: Questionnaire, language: str, *, part: str) -> int:
    """Whole minutes for all pages of a part, in a language, if nothing is skipped."""
    words = questionnaire.texts.get(language, {})
    pages = [page for page in questionnaire.pages if page.part == part]
    return math.ceil(sum(_seconds(page, words) for page in pages) / 60)


def _seconds(page: Page, words: Mapping[str, str]) -> float:
    asked = [
        _question_seconds(question, kind, words)
        for question in page.questions
        if (kind := KINDS.get(question.kind)) and kind.is_asked
    ]
    return SECONDS_PER_PAGE + sum(asked) if asked else 0


def _question_seconds(
    question: Question, kind: Kind, wordings: Mapping[str, str]
) -> float:
    keys = [question.key("label")]
    keys += [question.key("hint")] if question.has_hint else []
    keys += [row.text for row in question.rows]
    # a scale is read once, however many rows share it
    keys += [option.text for option in question.options[:MOST_OPTIONS_READ]]
    words = sum(len(wordings.get(key, "").split()) for key in keys)
    return words * 60 / WORDS_A_MINUTE + _doing(question, kind)


def _doing(question: Question, kind: Kind) -> float:
    """Choosing and typing; own words beside options are rare and not counted."""
    items = kind.items(question)
    closed = [item for item in items if item.is_closed]
    if closed:
        fields = max(
            len(closed), len(kind.typed(question)) - (len(items) - len(closed))
        )
        return SECONDS_PER_ITEM * fields
    return sum(
        SECONDS_PER_LINE if item.longest <= LONGEST_LINE else SECONDS_PER_TEXT
        for item in items
    )
