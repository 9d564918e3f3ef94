"""The main database in one SQLite file beside the settings.

Sets what the anonymity of a file on disk rests on (secure_delete, no
temporary files, durable commits); knows no table.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from survey.storage import store
from survey.storage.errors import StoreUnavailable
from survey.storage.store import Values

PRAGMAS = (
    # of a database that is made anew: a box of the urn fills some eighty small pages
    "PRAGMA page_size=16384",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA foreign_keys=ON",
)

MIGRATING = "migrate.lock"
"""A file beside the database; whoever changes the structure holds a lock on it."""


class SqliteConnection(sqlite3.Connection):
    """SQLite's own connection: one writer at a time, whoever it is."""

    locking = ""
    is_lost = False

    def together(self, statements: Iterable[tuple[str, Values]]) -> None:
        """One short transaction."""
        self.begin()
        for statement, values in statements:
            self.execute(statement, values)
        self.commit()

    def begin(self, *, alone: bool = True) -> None:  # noqa: ARG002 - always alone
        """Take the database's only write lock, so that every row is locked."""
        self.execute("BEGIN IMMEDIATE")

    def look(self) -> None:
        """Begin to read; the first statement decides which state is seen."""
        self.execute("BEGIN")

    def tidy(self) -> None:
        """Empty the write-ahead log, which remembers the order of its pages.

        A log in use is emptied the next time.
        """
        with suppress(sqlite3.Error):
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def sweep(self) -> None:
        """Nothing: the log is written over from its beginning again and again."""


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """One file, with its log and index beside it."""

    path: Path

    def driver(self) -> SqliteConnection:
        """A new connection in autocommit, with the urn's pragmas."""
        return driver(self.path)

    def engine(self) -> sa.Engine:
        """A transaction begins with ``BEGIN IMMEDIATE``.

        So what was read inside it is still true when it writes.
        """
        make_private(self.path)
        engine = sa.create_engine(
            f"sqlite:///{self.path}",
            connect_args={"timeout": store.PATIENCE_SECONDS},
            hide_parameters=True,  # an error must not quote a row
        )
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine

    def exists(self) -> bool:
        """Whether the file is there."""
        return self.path.exists()

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold a lock on a file beside the database; a dead process lets go of it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(self.path.with_name(MIGRATING), flags, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def faults(self) -> tuple[str, ...]:
        """None: every connection sets what it needs."""
        return ()


def driver(path: Path, *, patience: float | None = None) -> SqliteConnection:
    """Open a plain driver connection in autocommit, with the urn's pragmas.

    Never makes a file: an empty database in place of one that is not mounted
    would lose answers. Raises ``StoreUnavailable`` when it cannot be opened.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=store.PATIENCE_SECONDS if patience is None else patience,
            isolation_level=None,
            check_same_thread=False,  # lent to one thread at a time
            factory=SqliteConnection,
        )
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database cannot be opened: {error}") from error
    return connection


def make_private(path: Path) -> None:
    """Make an empty database file only its owner can read, if there is none.

    SQLite gives its log and index the permissions of the database.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: sa.Connection) -> None:
    is_reading = connection.get_execution_options().get("survey_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
