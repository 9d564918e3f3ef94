"""What a log in front of us knows of an answer as well: its language and its pages.

Knows nothing of what was answered, but for the gaps that tell the way somebody took.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from survey.questionnaire import telling
from survey.questionnaire.model import NOT_REACHED, SKIPPED
from survey.questionnaire.telling import Asked
from survey.storage import editions, shapes
from survey.storage.store import Connection
from survey.urn.ballot import Ballot

TYPED = frozenset({"paper", "assisted"})
"""Ways in that no log in front of us sees: the office typed these answers."""
MET, PASSED, AHEAD = "+", "-", "."


class Look(NamedTuple):
    """What a log and a released row both tell; ``pages`` has one sign per page."""

    channel: str
    language: str
    pages: str


@dataclass(frozen=True)
class Ways:
    """The questions of a survey, to see an answer's way in its gaps."""

    questions: tuple[Asked, ...]

    @cached_property
    def _pages(self) -> tuple[tuple[str, ...], ...]:
        """Columns of each page with closed answers."""
        found: dict[int, list[str]] = {}
        for asked in self.questions:
            if asked.page is not None:
                found.setdefault(asked.page, []).extend(asked.columns)
        return tuple(tuple(columns) for columns in found.values())

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Place of a page among those with closed answers."""
        numbers = dict.fromkeys(a.page for a in self.questions if a.page is not None)
        return {number: at for at, number in enumerate(numbers)}

    def pages(self, closed: Mapping[str, str]) -> str:
        """Of every page whether it was met, passed by, or still ahead."""
        return "".join(
            _sign([closed[column] for column in columns]) for columns in self._pages
        )

    def look(self, ballot: Ballot) -> Look:
        """What a log may know of it; typed answers have all the same look."""
        if ballot.channel in TYPED:
            return Look(ballot.channel, "", "")
        return Look(ballot.channel, ballot.form_language, self.pages(ballot.closed))


def _sign(cells: Sequence[str]) -> str:
    if any(cell not in (SKIPPED, NOT_REACHED) for cell in cells):
        return MET
    return AHEAD if NOT_REACHED in cells else PASSED


def ways(connection: Connection, survey: str) -> Ways:
    """The ways through what the survey asks now; a correction changes none."""
    edition = editions.in_force(connection, survey)
    if edition is not None:
        return Ways(telling.questions(edition.route))
    columns = shapes.read(connection, survey)[-1].columns
    return Ways(telling.one_by_one(columns))
