"""Keeps the written questionnaires, before and after they are frozen."""

from __future__ import annotations

import re

import sqlalchemy as sa

from survey.storage.engine import reading, writing
from survey.storage.errors import SurveyError
from survey.storage.tables import questionnaires, surveys

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def save_questionnaire(engine: sa.Engine, slug: str, source: str) -> None:
    """Keep the source under ``slug`` and begin a survey in draft if there is none.

    Raises ``SurveyError`` for a name that cannot stand in addresses and file names.
    """
    with writing(engine) as connection:
        keep(connection, slug, source)


def keep(connection: sa.Connection, slug: str, source: str) -> None:
    """The same inside a transaction that keeps more."""
    if not SLUG.fullmatch(slug):
        raise SurveyError(
            f"{slug!r} cannot be the name of a survey: use a-z, 0-9, - and _"
        )
    connection.execute(
        sa.text(
            "INSERT INTO questionnaires (slug, source) VALUES (:slug, :source)"
            " ON CONFLICT (slug) DO UPDATE SET source = excluded.source"
        ),
        {"slug": slug, "source": source},
    )
    found = connection.scalar(sa.select(surveys.c.slug).filter_by(slug=slug))
    if found is None:
        connection.execute(
            surveys.insert().values(
                slug=slug, languages=[], channels=[], groups=[], policy={}
            )
        )


def questionnaire(engine: sa.Engine, slug: str) -> str | None:
    """What is kept under ``slug``, as text that ``authoring.stored`` reads."""
    with reading(engine) as connection:
        return connection.scalar(
            sa.select(questionnaires.c.source).filter_by(slug=slug)
        )
