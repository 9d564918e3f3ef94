"""How long a part of a questionnaire takes, as announced before people begin.

Counts what is read and what is done; knows nothing of anybody's real times, which
are never measured.
"""

from __future__ import annotations

import math
from functools import lru_cache

from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Page, Question

# Reading silently on a screen (Brysbaert 2019 finds 238 words a minute in English;
# people with little practice read about two thirds of it).
WORDS_A_MINUTE = 160
SECONDS_PER_ITEM = 4
SECONDS_PER_TEXT = 45
SECONDS_PER_PAGE = 2


@lru_cache(maxsize=256)
def minutes(edition: Edition, *, part: str) -> int:
    """Whole minutes for all pages of a part; 0 when there are none."""
    pages = [page for page in edition.questionnaire.pages if page.part == part]
    return math.ceil(sum(_seconds(edition, page) for page in pages) / 60)


def _seconds(edition: Edition, page: Page) -> float:
    return SECONDS_PER_PAGE + sum(
        _question_seconds(edition, question) for question in page.questions
    )


def _question_seconds(edition: Edition, question: Question) -> float:
    keys = [question.key("label")]
    keys += [question.key("hint")] if question.has_hint else []
    keys += [row.text for row in question.rows]
    # a scale is read once, however many rows share it
    keys += [option.text for option in question.options]
    language = (question.only_in or edition.languages)[0]
    words = sum(len(edition.text(key, language).split()) for key in keys)
    kind = kind_of(question)
    doing = sum(
        SECONDS_PER_ITEM if item.is_closed else SECONDS_PER_TEXT
        for item in kind.items(question)
    )
    return words * 60 / WORDS_A_MINUTE + doing
