"""Connections to the main database, for SQLAlchemy and for the plain driver.

Sets what the anonymity of a file on disk rests on (secure_delete, no
temporary files, durable commits); knows no table.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import event, exc

from survey.storage.errors import StorageError, StoreUnavailable

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA foreign_keys=ON",
)
PATIENCE_SECONDS = 5.0
"""How long a statement waits for another writer before it gives up."""


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


def database(settings: Settings) -> Path:
    """Path of the main database.

    Raises ``StorageError`` for a ``database_url`` this version cannot serve.
    """
    if settings.database_url:
        raise StorageError(
            "database_url: this version keeps its data in SQLite;"
            " leave the setting empty"
        )
    return Path(settings.instance) / "survey.sqlite"


def drafts_file(settings: Settings) -> Path:
    """Path of the store of unfinished answers."""
    return Path(settings.instance) / "drafts.sqlite"


def driver(path: Path, *, patience: float = PATIENCE_SECONDS) -> sqlite3.Connection:
    """Open a plain driver connection in autocommit, with the urn's pragmas.

    Never makes a file: an empty database in place of one that is not mounted
    would lose answers. Raises ``StoreUnavailable`` when it cannot be opened.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,  # lent to one thread at a time
        )
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database cannot be opened: {error}") from error
    return connection


def connect(settings: Settings) -> sa.Engine:
    """Engine of the main database for everything that is not urn or draft.

    A transaction begins with ``BEGIN IMMEDIATE``, so that what was read inside
    it is still true when it writes.
    """
    path = database(settings)
    make_private(path)
    engine = sa.create_engine(
        f"sqlite:///{path}", connect_args={"timeout": PATIENCE_SECONDS}
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "checkout", _on_checkout)
    event.listen(engine, "begin", _on_begin)
    return engine


def make_private(path: Path) -> None:
    """Make an empty database file only its owner can read, if there is none.

    SQLite gives its log and index the permissions of the database.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


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
    except exc.OperationalError as error:
        raise StoreUnavailable(f"the database refuses: {error.orig}") from error


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)
    record.info["pid"] = os.getpid()


def _on_checkout(connection: Any, record: Any, proxy: Any) -> None:
    """A connection never crosses a fork: SQLite's locks would not hold."""
    if record.info["pid"] != os.getpid():
        record.dbapi_connection = proxy.dbapi_connection = None
        raise exc.DisconnectionError("this connection belongs to another process")


def _on_begin(connection: sa.Connection) -> None:
    is_reading = connection.get_execution_options().get("survey_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
