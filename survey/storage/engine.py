"""Where an instance keeps its data, and connections for SQLAlchemy.

Chooses the store; what is particular to one of them stands in its own module.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import event, exc

from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.postgres import PostgresStore
from survey.storage.sqlite import SqliteStore, driver
from survey.storage.store import Store, told

__all__ = [
    "Settings",
    "check_server",
    "connect",
    "database",
    "driver",
    "drafts_file",
    "reading",
    "store",
    "writing",
]

POSTGRES = ("postgresql://", "postgres://")


class Settings(Protocol):
    """The settings that say where the data lie."""

    @property
    def instance(self) -> Path:
        """Folder of everything that is written at run time."""

    @property
    def database_url(self) -> str:
        """Empty: SQLite inside the instance folder."""

    @property
    def keys_dir(self) -> Path:
        """Folder of the urn's key files."""

    @property
    def lane(self) -> str:
        """Name of this machine among those that share a database."""


def store(settings: Settings) -> Store:
    """The main database. Raises ``StorageError`` for an address of another kind."""
    if not settings.database_url:
        return SqliteStore(database(settings))
    if settings.database_url.startswith(POSTGRES):
        return PostgresStore(settings.database_url)
    raise StorageError(
        "database_url: leave it empty for SQLite, or give the address of a"
        " PostgreSQL database as postgresql://user@host/name"
    )


def database(settings: Settings) -> Path:
    """File of the main database of an instance that keeps its data in SQLite."""
    return Path(settings.instance) / "survey.sqlite"


def drafts_file(settings: Settings) -> Path:
    """File of the unfinished answers of such an instance."""
    return Path(settings.instance) / "drafts.sqlite"


def check_server(settings: Settings) -> None:
    """Raise ``StorageError`` with everything that is wrong about the server."""
    faults = store(settings).faults()
    if faults:
        raise StorageError("\n".join(faults))


def connect(settings: Settings) -> sa.Engine:
    """Engine of the main database for everything that is not urn or draft."""
    engine = store(settings).engine()
    event.listen(engine, "connect", _note_process)
    event.listen(engine, "checkout", _on_checkout)
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Connection for reading; takes no write lock."""
    with _translated(), engine.connect() as connection:
        yield connection.execution_options(survey_reading=True)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Connection inside one write transaction, committed at the end."""
    with _translated(), engine.begin() as connection:
        yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError) as error:
        raise StoreUnavailable(f"the database refuses: {told(error.orig)}") from error


_inherited: list[Any] = []


def _note_process(connection: Any, record: Any) -> None:
    record.info["pid"] = os.getpid()


def _on_checkout(connection: Any, record: Any, proxy: Any) -> None:
    """A connection never crosses a fork: its locks would not hold."""
    if record.info["pid"] != os.getpid():
        # closing what the parent process opened would disturb it
        _inherited.append(record.dbapi_connection)
        record.dbapi_connection = proxy.dbapi_connection = None
        raise exc.DisconnectionError("this connection belongs to another process")
