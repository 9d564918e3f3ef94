"""Until when a survey's answers are kept, and the deletion when that day has come.

The days are a promise to residents: once given, they may only come sooner. They
stand in the survey's policy, so that packages carry them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.tables import comments, deletions, metadata, surveys

if TYPE_CHECKING:
    from survey.storage.store import Connection

POLICY = "retention"
ANSWERS, COMMENTS = MATTERS = ("answers", "comments")
TABLES: Mapping[str, tuple[str, ...]] = {
    ANSWERS: ("responses",),
    COMMENTS: ("comments",),
}
MOST_TRACES = 64
"""Rows per table that are searched for after their deletion."""
SHORTEST_TEXT = 40
TENS = 10


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose day has come; ``state`` is that of its survey."""

    survey: str
    matter: str
    day: date
    state: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """The record of what was deleted; ``about`` rows, in full tens."""

    survey: str
    matter: str
    done_on: date
    about: int
    files: int


def as_policy(days: Mapping[str, date]) -> dict[str, str]:
    """The days as they stand in a policy. Raises ``SurveyError``."""
    for matter in set(days) - set(MATTERS):
        raise SurveyError(f"{matter} is none of {', '.join(MATTERS)}")
    return {matter: day.isoformat() for matter, day in sorted(days.items())}


def days_of(policy: Mapping[str, Any]) -> dict[str, date]:
    """Until when what is kept, by matter."""
    given = policy.get(POLICY, {})
    return {matter: date.fromisoformat(day) for matter, day in given.items()}


def promise(engine: sa.Engine, survey: str, days: Mapping[str, date]) -> None:
    """Give days, or bring them forward; later ones raise ``SurveyError``."""
    with writing(engine) as connection:
        row = connection.execute(sa.select(surveys).filter_by(slug=survey)).first()
        if row is None or row.state not in ("open", "closed"):
            raise SurveyError(f"{survey} is not open yet; give the days when it opens")
        known = days_of(row.policy)
        for matter, day in days.items():
            if matter in known and day > known[matter]:
                raise SurveyError(
                    f"people were told that the {matter} of {survey} are deleted on "
                    f"{known[matter]}; that day can only come sooner"
                )
        policy = {**row.policy, POLICY: as_policy({**known, **days})}
        connection.execute(
            surveys.update().where(surveys.c.slug == survey).values(policy=policy)
        )


def due(engine: sa.Engine, today: date) -> list[Due]:
    """Everything whose day has come and that was not deleted yet, sorted."""
    with reading(engine) as connection:
        done = {(one.survey, one.matter) for one in _done(connection)}
        rows = connection.execute(sa.select(surveys).order_by(surveys.c.slug))
        return [
            Due(row.slug, matter, day, row.state)
            for row in rows
            for matter, day in sorted(days_of(row.policy).items())
            if day <= today and (row.slug, matter) not in done
        ]


def done(engine: sa.Engine) -> list[Deletion]:
    """What was deleted by date so far."""
    with reading(engine) as connection:
        return list(_done(connection))


def count(engine: sa.Engine, survey: str, matter: str) -> int:
    """How many rows a deletion would take, in full tens."""
    with reading(engine) as connection:
        return _count(connection, survey, matter) // TENS * TENS


def delete(
    engine: sa.Engine, survey: str, matter: str, *, today: date, files: int
) -> tuple[Deletion, list[bytes]]:
    """Delete in one transaction; the record, and traces that must not be found."""
    with writing(engine) as connection:
        about = _count(connection, survey, matter) // TENS * TENS
        traces: list[bytes] = []
        for table in _tables(matter):
            traces += _ids(connection, table, survey)
        texts = _texts(connection, survey) if matter == COMMENTS else []
        for table in _tables(matter):
            connection.execute(table.delete().where(table.c.survey == survey))
        traces += _gone(connection, texts)
        record = Deletion(survey, matter, today, about, files)
        values = {"done_on": today, "about": about, "files": files}
        connection.execute(
            deletions.insert().values(survey=survey, matter=matter, **values)
        )
    return record, traces


def has_gone(connection: Connection, survey: str) -> bool:
    """Whether the released answers of a survey were deleted by date."""
    row = connection.execute(
        "SELECT 1 FROM deletions WHERE survey = ? AND matter = ?", (survey, ANSWERS)
    ).fetchone()
    return row is not None


def _done(connection: sa.Connection) -> Iterator[Deletion]:
    statement = sa.select(deletions).order_by(deletions.c.survey, deletions.c.matter)
    for row in connection.execute(statement):
        yield Deletion(**row._mapping)


def _tables(matter: str) -> list[sa.Table]:
    return [metadata.tables[name] for name in TABLES[matter]]


def _count(connection: sa.Connection, survey: str, matter: str) -> int:
    return sum(
        connection.scalar(
            sa.select(sa.func.count()).select_from(table).filter_by(survey=survey)
        )
        or 0
        for table in _tables(matter)
    )


def _ids(connection: sa.Connection, table: sa.Table, survey: str) -> list[bytes]:
    statement = sa.select(table.c.id).filter_by(survey=survey).order_by(table.c.id)
    found = [bytes(one) for one in connection.scalars(statement)]
    return found[:: max(1, len(found) // MOST_TRACES)]


def _texts(connection: sa.Connection, survey: str) -> list[str]:
    """The ends of the longest texts: they lie on pages of their own."""
    statement = (
        sa.select(comments.c.text)
        .where(comments.c.survey == survey)
        .where(sa.func.length(comments.c.text) >= SHORTEST_TEXT)
        .order_by(sa.func.length(comments.c.text).desc())
        .limit(MOST_TRACES)
    )
    return [text[-SHORTEST_TEXT:] for text in connection.scalars(statement)]


def _gone(connection: sa.Connection, texts: Sequence[str]) -> list[bytes]:
    """Those that nobody of another survey wrote as well."""
    found = []
    for text in texts:
        others = comments.c.text.contains(text, autoescape=True)
        if connection.execute(sa.select(comments.c.id).where(others)).first() is None:
            found.append(text.encode("utf-8"))
    return found
