"""Where drafts lie: in a file of their own, or in two tables of the server.

Neither is ever synced nor backed up; a damaged file is begun anew, and the
server empties unlogged tables itself when it has crashed. Knows no statement
about a single draft.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from survey.storage import store
from survey.storage.postgres import PostgresStore
from survey.storage.sqlite import SqliteConnection
from survey.storage.store import Connection

GENERATIONS = ("drafts_a", "drafts_b")
CREATE = "CREATE TABLE IF NOT EXISTS {} (id BLOB PRIMARY KEY, box BLOB) WITHOUT ROWID"
CLEAR = tuple(f"DELETE FROM {name}" for name in GENERATIONS)  # noqa: S608 - ours
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)
_INSERT = (
    "INSERT INTO {} (id, box) VALUES {}"
    " ON CONFLICT (id) DO UPDATE SET box = excluded.box"
)
_ONE, _TWO = "(:id, :box)", "(:id, :box), (:other, :other_box)"
_OTHERS = tuple(zip(GENERATIONS, reversed(GENERATIONS), strict=True))
# a record lies in one of the tables: what is laid into one leaves the other
IN_FILE = tuple(
    tuple(_INSERT.format(name, places) for name in GENERATIONS)
    for places in (_ONE, _TWO)
)
MOVE = (
    "CREATE TRIGGER IF NOT EXISTS {0}_moved AFTER INSERT ON {0}"
    " BEGIN DELETE FROM {1} WHERE id = new.id; END"
)
ON_SERVER = tuple(
    tuple(
        f"WITH moved AS (DELETE FROM {other} WHERE id IN ({ids}))"  # noqa: S608 - names of ours
        f" {_INSERT.format(name, places)}"
        for name, other in _OTHERS
    )
    for places, ids in ((_ONE, ":id"), (_TWO, ":id, :other"))
)
PAUSE_SECONDS = 0.02
NUMBER = "SELECT number FROM drafts_swept"
REMEMBER = (
    "INSERT INTO drafts_swept (name, number) VALUES ('drafts', ?)"
    " ON CONFLICT (name) DO UPDATE SET number = excluded.number"
)


class Shelf(Protocol):
    """What the store of drafts needs of the place where it lies."""

    @property
    def saving(self) -> Sequence[Sequence[str]]:
        """The one statement that lays one record, or two, into each of the tables."""

    def open(self) -> Connection:
        """A new connection; both tables are there."""

    def begin(self, connection: Connection) -> None:
        """Begin to write."""

    def number(self, connection: Connection, *, locked: bool = False) -> int:
        """Twice the day of the last sweep, plus 1 while the second table is in use.

        ``locked``: nobody else changes it until the end of the transaction.
        """

    def remember(self, connection: Connection, number: int) -> None:
        """Keep that number."""

    def is_sound(self, connection: Connection) -> bool:
        """Whether everything can be read."""

    def is_damage(self, cause: BaseException | None) -> bool:
        """Whether an error means damage, rather than a store out of reach."""

    def begin_anew(self) -> None:
        """Throw away what is damaged."""


@dataclass(frozen=True, slots=True)
class FileShelf:
    """One SQLite file; the number stands in its head."""

    path: Path
    saving: ClassVar[Sequence[Sequence[str]]] = IN_FILE

    def open(self) -> SqliteConnection:
        """A new connection; the file is made if need be, for its owner only."""
        if not self.path.exists():
            with suppress(OSError):
                self.path.touch(mode=0o600)
        connection = sqlite3.connect(
            self.path,
            timeout=store.PATIENCE_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # lent to one thread at a time
            factory=SqliteConnection,
        )
        deadline = time.monotonic() + store.PATIENCE_SECONDS
        while True:
            try:
                _set_up(connection)
            except sqlite3.OperationalError as error:
                # SQLite itself does not wait for others who make the same file
                is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > deadline:
                    connection.close()
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return connection

    def begin(self, connection: Connection) -> None:
        """Take the file's only write lock."""
        connection.begin()

    def number(self, connection: Connection, *, locked: bool = False) -> int:  # noqa: ARG002 - the whole file is
        """The number in the file's head."""
        return int(connection.execute("PRAGMA user_version").fetchone()[0])

    def remember(self, connection: Connection, number: int) -> None:
        """Write it into the file's head."""
        connection.execute(f"PRAGMA user_version = {int(number)}")

    def is_sound(self, connection: Connection) -> bool:
        """What SQLite's quick check says."""
        found = connection.execute("PRAGMA quick_check").fetchone()
        return bool(found == ("ok",))

    def is_damage(self, cause: BaseException | None) -> bool:
        """Everything but a file that is locked or cannot be opened."""
        return not isinstance(cause, sqlite3.OperationalError)

    def begin_anew(self) -> None:
        """Remove the file with its log and index."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)


def _set_up(connection: SqliteConnection) -> None:
    """Both tables in a file that waits for no disk; again, if it is so already."""
    for pragma in PRAGMAS:
        connection.execute(pragma)
    for name in GENERATIONS:
        connection.execute(CREATE.format(name))
    for names in _OTHERS:
        connection.execute(MOVE.format(*names))


@dataclass(frozen=True, slots=True)
class ServerShelf:
    """Unlogged tables: no write-ahead log, no replica and no archive holds them."""

    main: PostgresStore
    saving: ClassVar[Sequence[Sequence[str]]] = ON_SERVER

    def open(self) -> Connection:
        """A new connection whose commits wait for no disk."""
        connection = self.main.brief()
        connection.execute("SET synchronous_commit = off")
        return connection

    def begin(self, connection: Connection) -> None:
        """Begin; whoever saves another draft goes on beside."""
        connection.execute("BEGIN")

    def number(self, connection: Connection, *, locked: bool = False) -> int:
        """The number in its table; 0 after a crash has emptied it."""
        row = connection.execute(
            NUMBER + (connection.locking if locked else "")
        ).fetchone()
        return 0 if row is None else int(row[0])

    def remember(self, connection: Connection, number: int) -> None:
        """Write it into its table."""
        connection.execute(REMEMBER, (number,))

    def is_sound(self, connection: Connection) -> bool:
        """Whether the tables are there; the server answers for the rest."""
        self.number(connection)
        return True

    def is_damage(self, cause: BaseException | None) -> bool:  # noqa: ARG002 - never
        """Never: an error means that the server is out of reach."""
        return False

    def begin_anew(self) -> None:
        """Nothing: the server has emptied the tables itself."""
