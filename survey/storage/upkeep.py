"""When an instance was last looked after; days of the office, nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from survey.storage.engine import reading
from survey.storage.tables import schedule, surveys


@dataclass(frozen=True, slots=True)
class Act:
    """A survey's state, the day it opened, and the day of its last daily act."""

    survey: str
    state: str
    opened_on: date | None
    done_on: date | None


def acts(engine: sa.Engine) -> list[Act]:
    """The last acts of all surveys, sorted by name."""
    statement = (
        sa.select(
            surveys.c.slug, surveys.c.state, surveys.c.opened_on, schedule.c.done_on
        )
        .outerjoin(schedule, schedule.c.survey == surveys.c.slug)
        .order_by(surveys.c.slug)
    )
    with reading(engine) as connection:
        return [Act(*row) for row in connection.execute(statement)]
