"""Keeps unfinished answers as ciphertext only their owner's browser can open.

Knows neither key nor content, and no time: what was not saved since the last
but one sweep is gone. Where the drafts lie is the shelf's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from survey.storage.connections import Connections
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
SAVE = tuple(
    f"INSERT INTO {name} (id, box) VALUES (:id, :box)"  # noqa: S608 - names of ours
    " ON CONFLICT (id) DO UPDATE SET box = excluded.box"
    for name in GENERATIONS
)
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

    def load(self, id_hash: bytes) -> bytes | None:
        """The ciphertext kept under this hash."""
        with self._connection() as connection:
            row = connection.execute(LOAD, {"id": id_hash}).fetchone()
        return None if row is None else bytes(row[0])

    def save(self, id_hash: bytes, box: bytes) -> None:
        """Keep the ciphertext; an earlier one under this hash is overwritten."""
        values = {"id": id_hash, "box": box}
        with self._connection() as connection:
            now = self._shelf.generation(connection)
            # always in this order, so that no two wait for each other
            connection.together(
                (SAVE[at] if at == now else delete, values)
                for at, delete in enumerate(DELETE)
            )

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

    def _turn(self, connection: Connection, day: int) -> None:
        """Write into the other table from now on, which is emptied first.

        Day and table share one number, so that no table holds a day.
        """
        coming = 1 - self._shelf.number(connection) % 2
        connection.execute(CLEAR[coming])
        self._shelf.remember(connection, day * 2 + coming)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._connections.lent() as connection:
                yield connection
        except failures() as error:
            reason = f"the store of drafts refuses: {told(error)}"
            raise StoreUnavailable(reason) from error

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._connection() as connection:
            self._shelf.begin(connection)
            yield connection
            connection.commit()
