"""What may be done with boxes and keys between the locked row and the commit.

Knows no request and nothing about answers; the order of locks and commit is
the desk's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from survey.storage import urn as store
from survey.storage.shelves import Shelf
from survey.storage.store import Connection, Store
from survey.storage.urn import HOT, LaneRow, PartRow
from survey.urn import box, keys
from survey.urn.box import Place
from survey.urn.errors import KeyMissing
from survey.urn.keys import PERIOD, PoolKeys

STEPS = (
    "lane",
    "row",
    "recovered",
    "opened",
    "key-written",
    "marked",
    "sealed",
    "corrected",
    "committing",
    "committed",
    "settling",
    "destroyed",
    "period-key",
    "done",
)
"""Names a hook is called with, in this order; tests kill the process there."""
CLOSING_STEPS = ("announced", "handed-over")
"""Further ones, when several lanes are closed."""
COLD_NAME_BYTES = 8

Hook = Callable[[str], None]


def no_hook(step: str) -> None:
    """What happens at every step outside of tests: nothing."""


@dataclass(frozen=True, slots=True)
class Where:
    """Whose urn it is and where its files lie."""

    survey: str
    store: Store
    keys_dir: Path
    drafts: Shelf
    lane: str

    @property
    def pool_file(self) -> Path:
        """The pool keys of this lane."""
        return keys.pool_file(self.keys_dir, self.survey, self.lane)

    @property
    def closing_file(self) -> Path:
        """The key that opens what other lanes hand over to this one."""
        return keys.closing_file(self.keys_dir, self.survey, self.lane)

    @property
    def code_file(self) -> Path:
        """The code key of this survey."""
        return keys.code_file(self.keys_dir, self.survey)


class Turn:
    """What may be done between the locked row and the commit."""

    def __init__(
        self,
        where: Where,
        connection: Connection,
        row: LaneRow,
        slots: PoolKeys,
        hook: Hook,
        *,
        alone: bool,
    ) -> None:
        self._is_alone = alone
        self.where = where
        self.connection = connection
        self.row = row
        self.slots = slots
        self.hook = hook
        self.period = row.period
        self.is_sealed = False
        self.is_changed = False
        self.is_last = False

    @property
    def epoch(self) -> int:
        """The epoch that holds once this turn is committed."""
        return self.row.epoch + 1

    def again(self) -> None:
        """Begin anew, with the same locks, after a commit in between."""
        where = self.where
        store.begin(self.connection, where.survey, where.lane, alone=self._is_alone)

    def hot(self) -> list[bytes]:
        """The answers of the hot part; ``KeyMissing`` if it does not open."""
        part = store.hot_part(self.connection, self.where.survey, self.where.lane)
        found = [] if part is None else self.open(part)
        self.hook("opened")
        return found

    def everything(self) -> list[bytes]:
        """The answers of all parts; ``KeyMissing`` if one does not open."""
        found: list[bytes] = []
        for part in self.parts():
            found += self.open(part)
        self.hook("opened")
        return found

    def parts(self) -> list[PartRow]:
        """All boxes of the lane, still sealed."""
        return store.parts(self.connection, self.where.survey, self.where.lane)

    def open(self, part: PartRow) -> list[bytes]:
        """The answers of one box."""
        number, slot = part.period, PERIOD
        if part.part == HOT:
            number, slot = part.epoch, part.epoch % 2
        found = self.slots.read(slot)
        if found is None or found.number != number:
            raise KeyMissing(f"the key of {part.part} of {self.where.survey} is gone")
        answers = box.unseal(found.key, self._place(part), part.salt, part.box)
        if len(answers) != part.n:
            raise KeyMissing(f"{part.part} of {self.where.survey} was tampered with")
        return answers

    def seal(
        self,
        hot: list[bytes],
        cold: list[bytes],
        *,
        marking: Callable[[], None] = lambda: None,
    ) -> None:
        """Write key N+1, let the marks be written, then the boxes.

        ``cold`` goes into a new part under the key of the present period.
        """
        key = self.slots.write(self.epoch % 2, self.epoch)
        self.hook("key-written")
        marking()
        self.hook("marked")
        if cold:
            found = self.slots.read(PERIOD)
            if found is None or found.number != self.row.period:
                raise KeyMissing(f"the period key of {self.where.survey} is gone")
            self._write(os.urandom(COLD_NAME_BYTES).hex(), found.key, cold)
        self._write(HOT, key, hot)
        self.is_sealed = self.is_changed = True
        self.hook("sealed")

    def advance(self, **counts: int) -> None:
        """Set epoch and period and add to the counters of the invariant."""
        store.advance(
            self.connection,
            self.where.survey,
            self.where.lane,
            epoch=self.epoch if self.is_sealed else self.row.epoch,
            period=self.period,
            **counts,
        )
        self.is_changed = True

    def _write(self, name: str, key: bytes, slots: list[bytes]) -> None:
        part = PartRow(name, self.epoch, self.period, b"", len(slots), b"")
        salt, sealed = box.seal(key, self._place(part), slots)
        store.write_part(
            self.connection,
            self.where.survey,
            self.where.lane,
            PartRow(name, part.epoch, part.period, salt, part.n, sealed),
        )

    def _place(self, part: PartRow) -> Place:
        where = self.where
        return Place(where.survey, where.lane, part.part, part.epoch, part.period)
