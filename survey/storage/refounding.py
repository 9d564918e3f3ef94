"""An empty database of an older version, for rows that come from one.

Throws tables away, so it refuses where a single row stands in one.
"""

from __future__ import annotations

from survey.storage import migrate, travel
from survey.storage.engine import Settings, connect, reading, writing
from survey.storage.errors import StorageError


def filled(settings: Settings) -> list[str]:
    """Names of the tables that hold something; none where there is no database."""
    engine = connect(settings)
    try:
        with reading(engine) as connection:
            return travel.filled(connection)
    finally:
        engine.dispose()


def found(settings: Settings, revision: str) -> None:
    """Make the empty database one of this version. Raises ``StorageError``."""
    engine = connect(settings)
    try:
        with writing(engine) as connection:
            if travel.filled(connection):
                raise StorageError("the database is not empty")
            travel.described(connection).drop_all(connection)
    finally:
        engine.dispose()
    migrate.migrate(settings, to=revision)
