"""Keeps the end of a survey's data review and the merges fixed after it.

Both are written once: nothing can be excluded after the first table was seen, and
groups once merged stay merged. Knows no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.tables import reviews as table


@dataclass(frozen=True, slots=True)
class Review:
    """A review that has ended."""

    ended_on: date
    rules: tuple[str, ...]
    witness: str


def end_untouched(engine: sa.Engine, survey: str, *, today: date) -> bool:
    """End the review with nothing excluded; whether it was still open."""
    return _ended(engine, survey, today=today, rules=(), witness="")


def end(
    engine: sa.Engine, survey: str, *, rules: Sequence[str], witness: str, today: date
) -> None:
    """End the review: answers that the rules find are left out from now on.

    Raises ``SurveyError`` when it has ended before: tables were made since, and
    what leaves out after a look at them would choose an outcome.
    """
    if not _ended(engine, survey, today=today, rules=rules, witness=witness):
        raise SurveyError(
            f"the review of {survey} has ended; nothing can be left out any more"
        )


def _ended(
    engine: sa.Engine, survey: str, *, today: date, rules: Sequence[str], witness: str
) -> bool:
    with writing(engine) as connection:
        if connection.execute(sa.select(table).filter_by(survey=survey)).first():
            return False
        row = {"ended_on": today, "rules": " ".join(rules), "witness": witness}
        connection.execute(table.insert().values(survey=survey, **row))
        return True


def ended(engine: sa.Engine, survey: str) -> Review | None:
    """The review of a survey, or ``None`` while it has not ended."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(table).filter_by(survey=survey)).first()
    if row is None:
        return None
    return Review(row.ended_on, tuple((row.rules or "").split()), row.witness or "")


def keep_merges(engine: sa.Engine, survey: str, merges: str) -> None:
    """Fix the merges of a reviewed survey.

    Raises ``SurveyError`` when other merges were fixed before: what was published
    under them could be told apart from what would be published now.
    """
    with writing(engine) as connection:
        row = connection.execute(sa.select(table).filter_by(survey=survey)).first()
        if row is None:
            raise SurveyError(f"the review of {survey} has not ended")
        if row.merges not in (None, merges):
            raise SurveyError(f"the merged groups of {survey} are fixed already")
        connection.execute(
            table.update().where(table.c.survey == survey).values(merges=merges)
        )


def merges(engine: sa.Engine, survey: str) -> str | None:
    """The merges as JSON, or ``None`` before the first report."""
    with reading(engine) as connection:
        found = connection.scalar(sa.select(table.c.merges).filter_by(survey=survey))
    return None if found is None else str(found)
