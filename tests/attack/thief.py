"""A motivated thief: copies of every file but the keys', the codes and their key.

He opens each copy as the program would, asks it in SQL who has used a code and
which answers are readable, and searches the bytes of every file for places
where an answer shows. What he makes of it stands in `linking`.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from survey.storage.store import Connection
from survey.urn import codes as urn_codes
from tests.urn import town

DATABASE = "survey.sqlite"
DRAFTS = "drafts.sqlite"
Files = Mapping[str, bytes]
Asked = sqlite3.Connection | Connection


def copied(instance: Path) -> dict[str, bytes]:
    """What a copy of all files outside the folder of keys holds at this moment."""
    return {
        str(file.relative_to(instance)): file.read_bytes()
        for file in sorted(instance.rglob("*"))
        if file.is_file() and file.relative_to(instance).parts[0] != "keys"
    }


@contextmanager
def opened(files: Files, database: str) -> Iterator[sqlite3.Connection]:
    """A copied database with its log, as its program would open it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (database, f"{database}-wal"):
            if name in files:
                (Path(folder) / name).write_bytes(files[name])
        connection = sqlite3.connect(Path(folder) / database)
        try:
            yield connection
        finally:
            connection.close()


@dataclass(frozen=True)
class Release:
    """What became readable between two copies: answers, and how many were mixed."""

    look: int
    answers: tuple[int, ...]
    mixed: int


@dataclass
class Thief:
    """Looks at one copy after the other and remembers what changed.

    ``marker`` recognises an answer in bytes and text; he has not the slightest
    idea whose it is. ``marks`` are those of the code list, in its order; ``table``
    is where what he is after ends up.
    """

    marker: re.Pattern[str]
    marks: Sequence[bytes] = ()
    table: str = "responses"
    looks: int = 0
    senders: list[tuple[int, int]] = field(default_factory=list)
    """Who sent (number in the code list) and the copy that first showed it."""
    releases: list[Release] = field(default_factory=list)
    first_byte: dict[int, tuple[int, str, int]] = field(default_factory=dict)
    last_byte: dict[int, tuple[str, int]] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)
    """Bytes of the drafts that were written while a person sent."""
    lengths: dict[int, int] = field(default_factory=dict)
    """Characters of what was released with an answer in its row."""
    further: dict[str, tuple[dict[int, int], dict[int, int]]] = field(
        default_factory=dict
    )
    """Other orders of persons and of answers that a store lets him see."""
    rows: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)
    _drafts: set[bytes] = field(default_factory=set)

    @classmethod
    def with_codes(
        cls,
        marker: re.Pattern[str],
        codes: Sequence[str],
        key: bytes,
        table: str = "responses",
    ) -> Thief:
        """One who holds the list of codes and the key of their marks."""
        return cls(marker, [urn_codes.mark(key, code) for code in codes], table)

    def visit(self, place: town.Place) -> None:
        """Take one more copy."""
        self.look(copied(place.instance))

    def look(self, files: Files) -> None:
        """One more copy."""
        self._search(files)
        with opened(files, DATABASE) as connection:
            arrived = self._ask(connection)
        if DRAFTS in files:
            with opened(files, DRAFTS) as connection:
                self._weigh(connection, arrived)
        self.looks += 1

    def _search(self, files: Files) -> None:
        pattern = re.compile(self.marker.pattern.encode())
        self.last_byte.clear()
        for name, data in files.items():
            for found in pattern.finditer(data):
                answer = int(found[1])
                self.first_byte.setdefault(answer, (self.looks, name, found.start()))
                self.last_byte[answer] = (name, found.start())

    def _weigh(self, connection: sqlite3.Connection, arrived: Sequence[int]) -> None:
        boxes = {
            bytes(box)
            for name in ("drafts_a", "drafts_b")
            for (box,) in connection.execute(f"SELECT box FROM {name}")  # noqa: S608
        }
        weight = sum(map(len, boxes - self._drafts))
        self._drafts = boxes
        self.weights.update(dict.fromkeys(arrived, weight))

    def _ask(self, connection: Asked) -> list[int]:
        used = {
            bytes(mark)
            for (mark,) in connection.execute("SELECT mark FROM codes WHERE used = 1")
        }
        known = {person for person, _ in self.senders}
        arrived = [
            person
            for person, mark in enumerate(self.marks)
            if mark in used and person not in known
        ]
        self.senders += [(person, self.looks) for person in arrived]
        waiting = connection.execute("SELECT coalesce(sum(n), 0) FROM pool").fetchone()
        everything = f"SELECT * FROM {self.table}"  # noqa: S608 - a name of ours
        self.rows = self._answers(connection, everything)
        self.ids = self._answers(connection, f"{everything} ORDER BY id")
        fresh = tuple(answer for answer in self.rows if answer not in self._seen)
        if fresh:
            mixed = len(fresh) + int(waiting[0])
            self.releases.append(Release(self.looks, fresh, mixed))
            self._seen.update(fresh)
        return arrived

    def _answers(self, connection: Asked, statement: str) -> list[int]:
        answers = []
        for row in connection.execute(statement):
            if found := self._find(row):
                answers.append(int(found[1]))
                self.lengths[answers[-1]] = len(found.string)
        return answers

    def _find(self, row: tuple[object, ...]) -> re.Match[str] | None:
        for cell in row:
            if isinstance(cell, str) and (found := self.marker.search(cell)):
                return found
        return None
