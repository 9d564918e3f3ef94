"""Keeps unfinished answers as ciphertext only their owner's browser can open.

Knows neither key nor content, and no time: what was not saved since the last
but one sweep is gone. Where the drafts lie is the shelf's affair.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

from survey.storage.connections import Connections, Loan
from survey.storage.engine import Settings, drafts_file, store
from survey.storage.errors import StoreUnavailable
from survey.storage.postgres import PostgresStore
from survey.storage.shelves import CLEAR, GENERATIONS, FileShelf, ServerShelf, Shelf
from survey.storage.store import Connection, failures, told

KEPT_DAYS = 7
"""A draft is kept at least so long after it was last saved, at most twice."""
LOAD = (
    "SELECT box FROM drafts_a WHERE id = :id UNION ALL"
    " SELECT box FROM drafts_b WHERE id = :id LIMIT 1"
)
ASK_SECONDS = 60.0
DELETE = tuple(
    f"DELETE FROM {name} WHERE id = :id"  # noqa: S608 - names of ours
    for name in GENERATIONS
)


def shelf(settings: Settings) -> Shelf:
    """Where an instance keeps its drafts: beside its data."""
    main = store(settings)
    if isinstance(main, PostgresStore):
        return ServerShelf(main)
    return FileShelf(drafts_file(settings))


class Drafts:
    """The store of drafts; safe for threads and across a fork."""

    def __init__(self, place: Path | Shelf) -> None:
        self._shelf = FileShelf(place) if isinstance(place, Path) else place
        self._connections = Connections(self._shelf.open)
        self._generation = 0
        self._asked = -ASK_SECONDS

    def load(self, id_hash: bytes) -> bytes | None:
        """The ciphertext kept under this hash."""
        with self._connection() as connection:
            row = connection.execute(LOAD, {"id": id_hash}).fetchone()
        return None if row is None else bytes(row[0])

    def save(self, id_hash: bytes, box: bytes) -> None:
        """Keep the ciphertext; an earlier one under this hash is overwritten."""
        self._save({"id": id_hash, "box": box}, self._shelf.saving[0])

    def save_both(self, one: tuple[bytes, bytes], other: tuple[bytes, bytes]) -> None:
        """The same for two of different hashes, both or none."""
        values = {"id": one[0], "box": one[1], "other": other[0], "other_box": other[1]}
        self._save(values, self._shelf.saving[1])

    def _save(self, values: dict[str, bytes], statements: Sequence[str]) -> None:
        with self._connection() as connection:
            connection.execute(statements[self._in_use(connection)], values)

    def delete(self, id_hash: bytes) -> None:
        """Forget the draft; nothing happens when there is none."""
        with self._connection() as connection:
            connection.together((statement, {"id": id_hash}) for statement in DELETE)

    def sweep(self) -> None:
        """Drop everything that was not saved since the last sweep but one."""
        with self._transaction() as connection:
            self._turn(connection, self._shelf.number(connection) // 2)

    def clear(self) -> None:
        """Drop every draft: no survey is open any more."""
        with self._connection() as connection:
            connection.together((statement, ()) for statement in CLEAR)

    def sweep_if_due(self, today: date) -> bool:
        """Sweep when ``KEPT_DAYS`` have passed since the last time."""
        with self._transaction() as connection:
            day = today.toordinal()
            last, now = divmod(self._shelf.number(connection, locked=True), 2)
            if not last or day < last:
                self._shelf.remember(connection, day * 2 + now)
                return False
            if day - last < KEPT_DAYS:
                return False
            self._turn(connection, day)
        return True

    def check(self) -> bool:
        """Begin the store anew if it is damaged; ``False`` when it was."""
        try:
            with self._connection() as connection:
                if self._shelf.is_sound(connection):
                    return True
        except StoreUnavailable as error:
            if not self._shelf.is_damage(error.__cause__):
                raise  # locked or out of reach, not damaged
        self.close()
        self._shelf.begin_anew()
        return False

    def close(self) -> None:
        """Close the connections of this process."""
        self._connections.close()

    def _in_use(self, connection: Connection) -> int:
        """Which of the tables is written to, asked for once a minute.

        Whoever writes into the wrong table for a minute after a sweep has a draft
        that is kept for the days it was promised, less that minute.
        """
        now = time.monotonic()
        if now - self._asked > ASK_SECONDS:
            self._generation = self._shelf.number(connection) % 2
            self._asked = now
        return self._generation

    def _turn(self, connection: Connection, day: int) -> None:
        """Write into the other table from now on, which is emptied first.

        Day and table share one number, so that no table holds a day.
        """
        coming = 1 - self._shelf.number(connection) % 2
        connection.execute(CLEAR[coming])
        self._shelf.remember(connection, day * 2 + coming)
        self._asked = -ASK_SECONDS

    def _connection(self) -> _Loan:
        return _Loan(self._connections)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._connection() as connection:
            self._shelf.begin(connection)
            yield connection
            connection.commit()


class _Loan(Loan):
    """A connection whose failures are those of the store of drafts."""

    __slots__ = ()

    def __enter__(self) -> Connection:
        try:
            return super().__enter__()
        except failures() as error:
            raise _refused(error) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if error is not None and isinstance(error, failures()):
            raise _refused(error) from error


def _refused(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(f"the store of drafts refuses: {told(error)}")
