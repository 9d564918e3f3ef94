"""Brings the main database to the newest structure; knows no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from survey.storage.engine import Settings, connect, reading, store

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0007"
"""The structure this version works with; a web worker need not load Alembic."""

_version = sa.table("alembic_version", sa.column("version_num"))


def migrate(settings: Settings, *, to: str = "head") -> None:
    """Run every migration that is still missing, one transaction each.

    Of two who start at once the second waits and finds nothing left to do.
    """
    from alembic import command

    config = _config()
    with store(settings).migrating():
        engine = connect(settings)
        try:
            with engine.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, to)
        finally:
            engine.dispose()


def is_current(settings: Settings) -> bool:
    """Whether the database exists and has the newest structure."""
    if not store(settings).exists():
        return False
    engine = connect(settings)
    try:
        with reading(engine) as connection:
            if not sa.inspect(connection).has_table(_version.name):
                return False
            found = connection.scalar(sa.select(_version.c.version_num))
    finally:
        engine.dispose()
    return found == NEWEST


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "survey.storage:migrations")
    return config
