"""The way of somebody's answers, kept beside them so that it is not sought again.

Knows neither requests nor where drafts are kept. A kept way is a shortcut for
showing pages: what is sent in the end finds its way anew. It is kept only where
every answer counts, so that it takes the same small space whatever was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaire.answers import Answers
from survey.questionnaire.edition import Edition
from survey.questionnaire.way import Way

AROUND = 96
"""Bytes for the edition, language and day, and for what stands around the bits."""


@dataclass(frozen=True, slots=True)
class KeptWay:
    """``way`` is that of exactly these objects, under the edition, … of ``of``."""

    of: str
    way: Way
    answers: Answers
    reached: Sequence[str]

    def still_leads(self, of: str, answers: Answers, reached: Sequence[str]) -> bool:
        """Whether nothing has been put in place of what it was found for."""
        is_same = self.answers is answers and self.reached is reached
        return is_same and self.of == of


def most_bytes(edition: Edition) -> int:
    """What has to be written at most; nothing for editions that keep no way."""
    route = edition.route
    return AROUND + len(route.stops) // 2 if route.is_winding else 0


def keep(of: str, way: Way, answers: Answers, reached: Sequence[str]) -> KeptWay | None:
    """The way to be kept, if every answer counts and nothing else does."""
    return KeptWay(of, way, answers, reached) if way.answers == answers else None


def plain(kept: KeptWay) -> list[object]:
    """What has to be written beside the answers themselves."""
    way = kept.way
    bits = f"{way.holds:x}", f"{way.shown:x}"
    return [kept.of, *bits, way.page_count, way.is_screened_out]


def read(written: Sequence[Any], answers: Answers, reached: Sequence[str]) -> KeptWay:
    """The inverse, given the answers again."""
    of, holds, shown, page_count, is_screened_out = written
    way = Way(answers, int(holds, 16), int(shown, 16), page_count, is_screened_out)
    return KeptWay(of, way, answers, reached)
