"""Keeps the written questionnaires, before and after they are frozen."""

from __future__ import annotations

import sqlalchemy as sa

from survey.storage.engine import reading, writing
from survey.storage.tables import questionnaires, surveys


def save_questionnaire(engine: sa.Engine, slug: str, source_toml: str) -> None:
    """Keep the source under ``slug`` and begin a survey in draft if there is none."""
    with writing(engine) as connection:
        connection.execute(
            sa.text(
                "INSERT INTO questionnaires (slug, source) VALUES (:slug, :source)"
                " ON CONFLICT (slug) DO UPDATE SET source = excluded.source"
            ),
            {"slug": slug, "source": source_toml},
        )
        found = connection.scalar(sa.select(surveys.c.slug).filter_by(slug=slug))
        if found is None:
            connection.execute(
                surveys.insert().values(
                    slug=slug, languages=[], channels=[], groups=[], policy={}
                )
            )


def questionnaire(engine: sa.Engine, slug: str) -> str | None:
    """The source kept under ``slug``, as TOML."""
    with reading(engine) as connection:
        return connection.scalar(
            sa.select(questionnaires.c.source).filter_by(slug=slug)
        )
