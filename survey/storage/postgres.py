"""The main database on a PostgreSQL server, for several machines if need be.

Says each statement in the server's way and takes the locks that SQLite's one
writer makes needless; knows no table. The driver is loaded when it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event

from survey.storage import server, store
from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.store import Cursor, Values

if TYPE_CHECKING:
    from psycopg import Connection as Real

OFFICE, STRUCTURE = 0x56530001, 0x56530002
"""Numbers of the server's advisory locks: acts of the office, and migrations."""
MIGRATION_SECONDS = 600
CONNECT_SECONDS = 5
LIMITS = (
    "SET lock_timeout = '{patience:.0f}ms';"
    "SET idle_in_transaction_session_timeout = '15s';"
    "SET default_transaction_isolation = 'read committed'"
)
KEEPALIVES: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A connection whose other end is gone is found out after half a minute."""
MISSING = (
    "database_url names PostgreSQL, whose driver is not installed here. Run"
    " `make install-postgres`, or: pip install --require-hashes -r"
    " requirements-postgres.txt"
)
PLACE = re.compile(r"\?|(?<![:\w]):([a-z_]+)")


class PostgresConnection:
    """A plain connection that takes SQLite's words for places of values."""

    locking = " FOR UPDATE"

    def __init__(self, real: Real) -> None:
        self._real = real

    @property
    def in_transaction(self) -> bool:
        """Whether something began that was neither committed nor undone."""
        return bool(self._real.info.transaction_status)

    @property
    def is_lost(self) -> bool:
        """Whether the server, or the way to it, is gone."""
        return self._real.closed

    def execute(self, statement: str, values: Values = (), /) -> Cursor:
        """Run one statement; its rows are here when this returns."""
        return self._real.execute(said(statement), values)

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Cursor:
        """Run one statement with row after row, without waiting for each."""
        cursor = self._real.cursor()
        cursor.executemany(said(statement), rows)
        return cursor

    def together(self, statements: Iterable[tuple[str, Values]]) -> None:
        """Sent at once and waited for once; what is sent so is one transaction."""
        with self._real.pipeline():
            for statement, values in statements:
                self._real.execute(said(statement), values)

    def begin(self, *, alone: bool = True) -> None:
        """Begin; batches of all lanes go side by side, acts of the office do not.

        The lock is always the first that is taken, so that nobody waits in a ring.
        """
        shared = "" if alone else "_shared"
        self._real.execute(
            f"BEGIN; SELECT pg_advisory_xact_lock{shared}({OFFICE})".encode()
        )

    def look(self) -> None:
        """Begin to read one state of all tables."""
        self._real.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        """Commit; a server that answers with anything else has undone it."""
        if self._real.execute("COMMIT").statusmessage != "COMMIT":
            raise StoreUnavailable("the database has undone what was written")

    def rollback(self) -> None:
        """Undo what was written; nothing happens if nothing began."""
        if self.in_transaction:
            self._real.execute("ROLLBACK")

    def tidy(self) -> None:
        """Free the space of boxes that were written over; their keys are gone."""
        self.sweep()

    def sweep(self) -> None:
        """Every batch leaves a dead copy of its box behind."""
        self._real.execute("VACUUM pool")

    def close(self) -> None:
        """Close; an unfinished transaction is undone by the server."""
        self._real.close()


class BriefConnection(PostgresConnection):
    """For one short statement at a time, whose rows are read before the next.

    One cursor serves all of them, and bytes come as they are, not as digits.
    """

    def __init__(self, real: Real) -> None:
        super().__init__(real)
        self._cursor = real.cursor(binary=True)

    def execute(self, statement: str, values: Values = (), /) -> Cursor:
        """Run one statement; forgets the rows of the one before."""
        return self._cursor.execute(said(statement), values)


@dataclass(frozen=True, slots=True)
class PostgresStore:
    """A database on a server; the address may hold a password."""

    url: str = field(repr=False)

    def driver(self) -> PostgresConnection:
        """A new connection in autocommit, with our limits."""
        real = self.connect(autocommit=True)
        _read_as_sqlite_does(real)
        return PostgresConnection(real)

    def brief(self) -> BriefConnection:
        """The same for one short statement after the other."""
        return BriefConnection(self.connect(autocommit=True))

    def connect(self, *, autocommit: bool = False) -> Real:
        """The driver's own connection. Raises ``StoreUnavailable``."""
        kind, error_kind = _driver()
        try:
            real = kind.connect(
                self.url,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                application_name="survey",
                **KEEPALIVES,
            )
            limits = LIMITS.format(patience=store.PATIENCE_SECONDS * 1000)
            real.execute(limits.encode())
            real.autocommit = autocommit
        except error_kind as error:
            raise StoreUnavailable(f"the database cannot be opened: {error}") from error
        return real

    def engine(self) -> sa.Engine:
        """A writing transaction holds off batches and other acts of the office.

        So what was read inside it is still true when it writes.
        """
        _driver()  # SQLAlchemy would load it without our words for its absence
        engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=self.connect,
            pool_pre_ping=True,
            hide_parameters=True,  # an error must not quote a row
        )
        event.listen(engine, "begin", _on_begin)
        return engine

    def exists(self) -> bool:
        """Always: a database that is not there is one that cannot be reached."""
        return True

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Hold a lock of the server; it lets go of it with the connection."""
        connection = self.connect(autocommit=True)
        try:
            connection.execute(f"SET lock_timeout = '{MIGRATION_SECONDS}s'".encode())
            connection.execute(f"SELECT pg_advisory_lock({STRUCTURE})".encode())
            yield
        finally:
            connection.close()

    def faults(self) -> tuple[str, ...]:
        """Settings of the server that would break a promise, with the fix."""
        connection = self.driver()
        try:
            return server.faults(connection)
        finally:
            connection.close()


@lru_cache(512)
def said(statement: str) -> bytes:
    """The statement in the driver's words."""
    return PLACE.sub(_place, statement.replace("%", "%%")).encode()


def _place(found: re.Match[str]) -> str:
    return f"%({found[1]})s" if found[1] else "%s"


@cache
def _driver() -> tuple[type[Real], type[Exception]]:
    """The driver's connections and errors."""
    try:
        import psycopg
    except ImportError as error:
        raise StorageError(MISSING) from error

    class Quiet(psycopg.Connection[Any]):
        """Leaves it to the library below to close what was forgotten.

        That one looks whether the connection came from before a fork: closing
        it there would end it for the parent process.
        """

        def __del__(self, *_: Any) -> None:
            """Say nothing."""

    return Quiet, psycopg.Error


def _read_as_sqlite_does(real: Real) -> None:
    """Give documents and days as the text they are written as."""
    from psycopg.types.string import TextLoader

    for name in ("json", "date"):
        real.adapters.register_loader(name, TextLoader)


def _on_begin(connection: sa.Connection) -> None:
    if not connection.get_execution_options().get("survey_reading", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OFFICE})")
