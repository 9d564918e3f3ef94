"""Keeps what is known of every translation, together with the texts themselves.

A questionnaire and its marks change in one transaction, so a file that is taken in
never half-applies. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from survey.questionnaire.translation import Mark, Marks
from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.questionnaires import keep
from survey.storage.tables import questionnaires
from survey.storage.tables import translations as table


def kept(engine: sa.Engine, slug: str) -> tuple[str | None, Mapping[str, Marks]]:
    """The questionnaire's text and its marks by language, of one moment."""
    with reading(engine) as connection:
        source = connection.scalar(
            sa.select(questionnaires.c.source).filter_by(slug=slug)
        )
        rows = connection.execute(sa.select(table).filter_by(survey=slug))
        marks: dict[str, dict[str, Mark]] = {}
        for row in rows:
            marks.setdefault(row.language, {})[row.key] = _mark(row)
    return source, marks


def _mark(row: sa.Row[Any]) -> Mark:
    return Mark(
        state=row.state,
        source_hash=row.source_hash,
        source=row.source,
        reviewed_by=row.reviewed_by,
        in_file=row.in_file,
    )


def save(
    engine: sa.Engine,
    slug: str,
    source: str,
    marks: Mapping[str, Marks],
    *,
    instead_of: str | None,
) -> None:
    """Keep a questionnaire and all its marks instead of what was read before.

    Raises ``SurveyError`` when somebody else has changed it since, or for a name
    that cannot be used.
    """
    rows = [
        {"survey": slug, "language": language, "key": key, **_values(mark)}
        for language, own in marks.items()
        for key, mark in own.items()
    ]
    with writing(engine) as connection:
        found = connection.scalar(
            sa.select(questionnaires.c.source).filter_by(slug=slug)
        )
        if found != instead_of:
            raise SurveyError(f"{slug} was changed meanwhile; try again")
        keep(connection, slug, source)
        connection.execute(table.delete().where(table.c.survey == slug))
        if rows:
            connection.execute(table.insert(), rows)


def _values(mark: Mark) -> dict[str, str]:
    return {
        "state": mark.state,
        "source_hash": mark.source_hash,
        "source": mark.source,
        "reviewed_by": mark.reviewed_by,
        "in_file": mark.in_file,
    }
