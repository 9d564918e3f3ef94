"""What both stores have in common, so that every statement is written once.

A value's place in a statement is ``?`` or ``:name``; no statement uses a word
that only one of the two understands. Knows no table and loads no driver.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import sqlalchemy as sa

from survey.storage.errors import Overtaken, StoreUnavailable

PATIENCE_SECONDS = 5.0
"""How long a statement waits for another writer before it gives up."""
SERIALIZATION, DEADLOCK = "40001", "40P01"
CONFLICTS = (SERIALIZATION, DEADLOCK)

Values = Sequence[Any] | Mapping[str, Any]


class Cursor(Protocol):
    """Rows a statement has found, or how many it has changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row, or ``None``."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows one by one."""


class Connection(Protocol):
    """A plain driver's connection; every statement is durable unless it began."""

    locking: str
    """What a SELECT ends with whose rows stay as they are until the end."""

    @property
    def in_transaction(self) -> bool:
        """Whether something began that was neither committed nor undone."""

    @property
    def is_lost(self) -> bool:
        """Whether its other end is gone, so that only a new one can help."""

    def execute(self, statement: str, values: Values = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Cursor:
        """Run one statement with row after row, in their order."""

    def together(self, statements: Iterable[tuple[str, Values]]) -> None:
        """Run several statements that count all or none."""

    def begin(self, *, alone: bool = True) -> None:
        """Begin to write; ``alone`` until the end, or beside other lanes' batches."""

    def look(self) -> None:
        """Begin to read, everything as it is at this moment."""

    def commit(self) -> None:
        """Make durable what was written; an error leaves the outcome unknown."""

    def rollback(self) -> None:
        """Undo what was written."""

    def tidy(self) -> None:
        """Let go of what earlier states of the tables have left behind."""

    def sweep(self) -> None:
        """The same now and then between batches, where it grows without end."""

    def close(self) -> None:
        """Close; an unfinished transaction is undone."""


class Store(Protocol):
    """Where the main database is."""

    def driver(self) -> Connection:
        """A new plain connection; ``StoreUnavailable`` if there is none to be had."""

    def engine(self) -> sa.Engine:
        """An engine for everything that is not urn or draft."""

    def exists(self) -> bool:
        """Whether there is a database that could be of this version."""

    def migrating(self) -> AbstractContextManager[None]:
        """Hold off whoever else wants to change the structure."""

    def faults(self) -> tuple[str, ...]:
        """What about the database's server would break a promise, with the fix."""


def failures() -> tuple[type[Exception], ...]:
    """What the drivers in use raise; one that was never loaded raises nothing."""
    postgres = sys.modules.get("psycopg")
    return (sqlite3.Error,) if postgres is None else (sqlite3.Error, postgres.Error)


@contextmanager
def translated() -> Iterator[None]:
    """Failures of the store and of the key files, as one kind of error."""
    try:
        yield
    except failures() as error:
        if getattr(error, "sqlstate", None) in CONFLICTS:
            raise Overtaken(f"another lane was faster: {told(error)}") from error
        raise StoreUnavailable(f"the database refuses: {told(error)}") from error
    except OSError as error:
        raise StoreUnavailable(f"a file cannot be written: {error.strerror}") from error


def told(error: BaseException | None) -> str:
    """What a driver's error says, without the values a server may quote in it."""
    diagnosis = getattr(error, "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error)


@contextmanager
def looking(connection: Connection) -> Iterator[None]:
    """Read several things as they are at one moment."""
    connection.look()
    try:
        yield
    finally:
        connection.rollback()
