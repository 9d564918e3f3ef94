"""Keeps the end of a survey's data review and the merges fixed after it.

Both are written once: nothing can be excluded after the first table was seen, and
groups once merged stay merged. Knows no answer.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.tables import reviews as table


def end_untouched(engine: sa.Engine, survey: str, *, today: date) -> bool:
    """End the review with nothing excluded; whether it was still open."""
    with writing(engine) as connection:
        if connection.execute(sa.select(table).filter_by(survey=survey)).first():
            return False
        connection.execute(table.insert().values(survey=survey, ended_on=today))
        return True


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
