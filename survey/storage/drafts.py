"""Keeps unfinished answers as ciphertext only their owner's browser can open.

Knows neither key nor content, and no time: what was not saved since the last
but one sweep is gone. The file need not survive a power cut, so it is never
synced and begun anew when damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from survey.storage.connections import Connections
from survey.storage.errors import StoreUnavailable

KEPT_DAYS = 7
"""A draft is kept at least so long after it was last saved, at most twice."""
PATIENCE_SECONDS = 5.0
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)
GENERATIONS = ("drafts_a", "drafts_b")
CREATE = "CREATE TABLE IF NOT EXISTS {} (id BLOB PRIMARY KEY, box BLOB) WITHOUT ROWID"
LOAD = (
    "SELECT box FROM drafts_a WHERE id = ?1 UNION ALL"
    " SELECT box FROM drafts_b WHERE id = ?1 LIMIT 1"
)
SAVE = tuple(
    f"INSERT INTO {name} (id, box) VALUES (?, ?)"  # noqa: S608 - names above
    " ON CONFLICT (id) DO UPDATE SET box = excluded.box"
    for name in GENERATIONS
)
DELETE = tuple(f"DELETE FROM {name} WHERE id = ?" for name in GENERATIONS)  # noqa: S608
CLEAR = tuple(f"DELETE FROM {name}" for name in GENERATIONS)  # noqa: S608


class Drafts:
    """The store of drafts in one file; safe for threads and across a fork."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._connections = Connections(self._open)

    def load(self, id_hash: bytes) -> bytes | None:
        """The ciphertext kept under this hash."""
        with self._connection() as connection:
            row = connection.execute(LOAD, (id_hash,)).fetchone()
        return None if row is None else bytes(row[0])

    def save(self, id_hash: bytes, box: bytes) -> None:
        """Keep the ciphertext; an earlier one under this hash is overwritten."""
        with self._transaction() as connection:
            now = _generation(connection)
            connection.execute(SAVE[now], (id_hash, box))
            connection.execute(DELETE[1 - now], (id_hash,))

    def delete(self, id_hash: bytes) -> None:
        """Forget the draft; nothing happens when there is none."""
        with self._transaction() as connection:
            for statement in DELETE:
                connection.execute(statement, (id_hash,))

    def sweep(self) -> None:
        """Drop everything that was not saved since the last sweep but one."""
        with self._transaction() as connection:
            _turn(connection, _swept(connection))

    def clear(self) -> None:
        """Drop every draft: no survey is open any more."""
        with self._transaction() as connection:
            for statement in CLEAR:
                connection.execute(statement)

    def sweep_if_due(self, today: date) -> bool:
        """Sweep when ``KEPT_DAYS`` have passed since the last time."""
        with self._transaction() as connection:
            day, last = today.toordinal(), _swept(connection)
            if not last or day < last:
                _remember(connection, day, _generation(connection))
                return False
            if day - last < KEPT_DAYS:
                return False
            _turn(connection, day)
        return True

    def check(self) -> bool:
        """Begin the file anew if it is damaged; ``False`` when it was."""
        try:
            with self._connection() as connection:
                found = connection.execute("PRAGMA quick_check").fetchone()
                if found == ("ok",):
                    return True
        except StoreUnavailable as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):
                raise  # locked or out of reach, not damaged
        self.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        return False

    def close(self) -> None:
        """Close the connections of this process."""
        self._connections.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connections.lent() as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreUnavailable(f"the store of drafts refuses: {error}") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        if not self._path.exists():
            with suppress(OSError):
                self._path.touch(mode=0o600)
        connection = sqlite3.connect(
            self._path,
            timeout=PATIENCE_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # lent to one thread at a time
        )
        for pragma in PRAGMAS:
            connection.execute(pragma)
        for name in GENERATIONS:
            connection.execute(CREATE.format(name))
        return connection


# The day of the last sweep and the table that is written to share the one
# number SQLite keeps in the file's head, so that no table holds a day.


def _generation(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) % 2


def _swept(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) // 2


def _remember(connection: sqlite3.Connection, day: int, generation: int) -> None:
    connection.execute(f"PRAGMA user_version = {int(day) * 2 + int(generation)}")


def _turn(connection: sqlite3.Connection, day: int) -> None:
    coming = 1 - _generation(connection)
    connection.execute(CLEAR[coming])
    _remember(connection, day, coming)
