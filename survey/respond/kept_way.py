"""The way of somebody's answers, kept beside them so that it is not sought again.

Knows neither requests nor where drafts are kept. A kept way is a shortcut for
showing pages: what is sent in the end finds its way anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaire.answers import Answers
from survey.questionnaire.values import Value
from survey.questionnaire.way import Way


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


def plain(kept: KeptWay) -> list[object]:
    """What has to be written beside the answers themselves."""
    way, given = kept.way, kept.answers
    off: list[str] = []
    other: dict[str, Value] = {}
    if way.answers != given:
        off = [name for name in given if name not in way.answers]
        other = {n: value for n, value in way.answers.items() if given.get(n) != value}
    bits = f"{way.holds:x}", f"{way.shown:x}"
    return [kept.of, *bits, way.page_count, way.is_screened_out, off, other]


def read(written: Sequence[Any], answers: Answers, reached: Sequence[str]) -> KeptWay:
    """The inverse, given the answers again."""
    of, holds, shown, page_count, is_screened_out, off, other = written
    on_path = answers
    if off or other:
        on_path = {name: value for name, value in answers.items() if name not in off}
        for name, value in other.items():
            on_path[name] = tuple(value) if isinstance(value, list) else value
    way = Way(on_path, int(holds, 16), int(shown, 16), page_count, is_screened_out)
    return KeptWay(of, way, answers, reached)
