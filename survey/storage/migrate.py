"""Brings the main database to the newest structure; knows no data."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from survey.storage.engine import Settings, connect, database, reading


def migrate(settings: Settings, *, to: str = "head") -> None:
    """Run every migration that is still missing, one transaction each."""
    engine = connect(settings)
    config = _config()
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        engine.dispose()


def is_current(settings: Settings) -> bool:
    """Whether the database exists and has the newest structure."""
    if not database(settings).exists():
        return False
    engine = connect(settings)
    try:
        with reading(engine) as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "survey.storage:migrations")
    return config
