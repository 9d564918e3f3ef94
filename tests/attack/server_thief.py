"""The thief as administrator of the PostgreSQL server, with everything on its disk.

After every answer he asks which transaction wrote which row and where it lies,
and reads the tables' files and what was added to the write-ahead log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from survey.storage.store import Connection
from tests import postgres
from tests.attack.thief import Thief
from tests.urn import town

SEGMENT = 16 * 2**20
TABLES = ("codes", "pool", "sent", "lanes", "responses", "comments")
HEAPS = (
    "SELECT pg_relation_filepath(c.oid), pg_relation_filepath(c.reltoastrelid)"
    " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE c.relname = ? AND n.nspname = 'public'"
)
JOIN = (
    "SELECT c.mark, r.answers FROM codes AS c JOIN responses AS r"
    " ON c.xmin = r.xmin WHERE c.used = 1"
)


@dataclass
class ServerThief(Thief):
    """``joined`` holds what the join on the transaction has linked."""

    joined: dict[int, int] = field(default_factory=dict)
    _read: int = 0

    def visit(self, place: town.Place) -> None:
        """Look at everything once more."""
        connection = place.store.driver()
        try:
            self.inspect(connection)
        finally:
            connection.close()

    def inspect(self, connection: Connection) -> None:
        """The same through a connection of his own."""
        log = self._log(connection)
        connection.execute("CHECKPOINT")
        self._search({**log, **_heaps(connection)})
        self._ask(connection)
        self._transactions(connection)
        self._join(connection)
        self.looks += 1

    def _log(self, connection: Connection) -> dict[str, bytes]:
        """What the write-ahead log has gained since the last look."""
        row = connection.execute(
            "SELECT pg_current_wal_insert_lsn() - '0/0'"
        ).fetchone()
        end = int(row[0])
        start, self._read = self._read or end - end % SEGMENT, end
        return {f"log {start:016x}": _logged(start, end)}

    def _transactions(self, connection: Connection) -> None:
        """Which transaction used which code, and which brought which answer."""
        of_person, of_answer = self.further.setdefault("transaction", ({}, {}))
        places = self.further.setdefault("place of the row", ({}, {}))
        used = connection.execute(
            "SELECT mark, xmin::text, ctid::text FROM codes WHERE used = 1"
        )
        numbers = {mark: number for number, mark in enumerate(self.marks)}
        for mark, transaction, place in used:
            person = numbers[bytes(mark)]
            of_person[person], places[0][person] = int(transaction), _number(place)
        found = connection.execute(
            f"SELECT xmin::text, ctid::text, answers FROM {self.table}"  # noqa: S608
        )
        for transaction, place, text in found:
            answer = self.marker.search(text)
            assert answer is not None
            of_answer[int(answer[1])] = int(transaction)
            places[1][int(answer[1])] = _number(place)

    def _join(self, connection: Connection) -> None:
        numbers = {mark: number for number, mark in enumerate(self.marks)}
        for mark, text in connection.execute(JOIN):
            answer = self.marker.search(text)
            assert answer is not None
            self.joined[numbers[bytes(mark)]] = int(answer[1])


def _heaps(connection: Connection) -> dict[str, bytes]:
    data = postgres.server() / "data"
    files: dict[str, bytes] = {}
    for table in TABLES:
        row = connection.execute(HEAPS, (table,)).fetchone()
        for name in filter(None, row or ()):
            files[f"{table} {name}"] = (data / name).read_bytes()
    return files


def _logged(start: int, end: int) -> bytes:
    folder, found = postgres.server() / "data" / "pg_wal", b""
    while start < end:
        number, offset = divmod(start, SEGMENT)
        high, low = divmod(number, 2**32 // SEGMENT)
        until = min(end, (number + 1) * SEGMENT)
        file: Path = folder / f"00000001{high:08X}{low:08X}"
        with file.open("rb") as segment:
            segment.seek(offset)
            found += segment.read(until - start)
        start = until
    return found


def _number(place: str) -> int:
    """A row's place as one number."""
    found = re.fullmatch(r"\((\d+),(\d+)\)", place)
    assert found is not None
    return int(found[1]) * 1000 + int(found[2])
