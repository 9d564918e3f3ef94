"""The second urn: who wants to be reached, apart from all answers and codes.

Own lane, own key file, own table. The order of a turn is the urn's: lane, locked
row, recovery, open, add and shuffle, write key N+1, commit, destroy key N. It is
opened once the survey is closed, and deleted on the day that people were told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from enum import Enum
from pathlib import Path

from survey.logs import kinds_of
from survey.storage import contacts as store
from survey.storage.contacts import BoxRow, Offer
from survey.storage.engine import Settings
from survey.storage.engine import store as store_of
from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.store import Connection, failures, translated
from survey.urn import box, keys, mixing, place
from survey.urn.box import Place
from survey.urn.contact import Contact, decode, encode, joined
from survey.urn.errors import KeyMissing
from survey.urn.keys import PoolKeys
from survey.urn.lane import Lane
from survey.urn.turn import Hook, no_hook

MOST = 10_000
"""More people than any of our towns invites to a workshop; a flood ends here."""
NAME = "contacts"

log = logging.getLogger("survey.urn")


class Noted(Enum):
    """What became of a contact."""

    NOTED = "noted"
    CLOSED = "closed"
    TRY_AGAIN = "try again"


class StillSealed(StorageError):
    """The box is opened or deleted only after the survey was closed."""


class ContactBox:
    """The contact box of one survey."""

    def __init__(self, settings: Settings, slug: str, *, hooks: Hook = no_hook) -> None:
        self._survey = slug
        self._store = store_of(settings)
        self._folder = settings.keys_dir
        self._lane = settings.lane
        self._hook = hooks

    @property
    def key_file(self) -> Path:
        """Where the keys of this machine's box lie."""
        return self._folder / f"{self._survey}.{self._lane}.{NAME}"

    def add(self, contact: Contact, *, today: date) -> Noted:
        """Put a contact in, durably; the same person twice stays one entry."""
        try:
            with self._locked() as connection:
                return self._add(connection, contact, today)
        except StoreUnavailable as error:
            log.warning("a contact was not noted: %s", kinds_of(error))
            return Noted.TRY_AGAIN

    def count(self) -> int:
        """How many there are, on all machines."""
        return sum(self._counts().values())

    def elsewhere(self) -> tuple[str, ...]:
        """Other lanes that have contacts, which only their machine can open."""
        found = self._counts()
        return tuple(sorted(one for one in found if one != self._lane and found[one]))

    def _counts(self) -> dict[str, int]:
        with translated(), closing(self._store.driver()) as connection:
            return store.counts(connection, self._survey)

    def opened(self, *, today: date) -> list[Contact]:
        """Everybody, in random order; the box stays as it is.

        Raises ``StillSealed`` before the close; after its day the box is deleted.
        """
        with self._locked() as connection:
            offer = self._offer(connection)
            if offer.state != "closed":
                raise StillSealed(
                    f"{self._survey} is {offer.state}; its contact box is opened once "
                    "it is closed"
                )
            is_over = offer.until is not None and offer.until < today
            row = None if is_over else self._box(connection)
            found = [] if row is None else self._contacts(row)
        if is_over:
            self.delete(today=today)
        return mixing.shuffled(found)

    def delete(self, *, today: date) -> int:
        """Destroy box and keys; returns how many contacts there were.

        Raises ``StillSealed`` while the survey is open and its day has not come.
        """
        with self._locked() as connection:
            offer = self._offer(connection)
            is_over = offer.until is not None and offer.until < today
            if offer.state == "open" and not is_over:
                raise StillSealed(
                    f"{self._survey} is open and people are told that contacts are "
                    f"kept until {offer.until}; close it first"
                )
            n = sum(store.counts(connection, self._survey).values())
            store.forget(connection, self._survey)
            connection.commit()
            self._hook("committed")
            keys.destroy_file(self.key_file)
            with suppress(*failures()):
                connection.tidy()
        return n

    def is_left(self) -> bool:
        """Whether contacts, their keys or the form are still there."""
        with translated(), closing(self._store.driver()) as connection:
            offer = store.offer(connection, self._survey)
            found = store.counts(connection, self._survey)
        is_offered = offer is not None and bool(offer.purposes)
        return is_offered or bool(found) or self.key_file.exists()

    def _add(self, connection: Connection, contact: Contact, today: date) -> Noted:
        offer = self._offer(connection)
        is_over = offer.until is None or offer.until < today
        if offer.state != "open" or is_over or not offer.purposes:
            return Noted.CLOSED
        row = self._box(connection) or self._begin(connection)
        with keys.pool_keys(self.key_file) as slots:
            row = self._recover(connection, row, slots)
            known = [decode(slot) for slot in _opened(row, self._place(row), slots)]
            everybody = joined(known, contact)
            if len(everybody) > MOST:
                return Noted.CLOSED
            self._seal(connection, row, slots, [encode(one) for one in everybody])
            connection.commit()
            self._hook("committed")
            slots.destroy(row.epoch % 2)
            self._hook("destroyed")
        return Noted.NOTED

    def _begin(self, connection: Connection) -> BoxRow:
        """An empty box under a first key, in a transaction of its own.

        A lost commit can so never come back under a key that was made anew.
        """
        place.refuse_copies(self._folder)
        keys.create_pool_file(self.key_file)
        with keys.pool_keys(self.key_file) as slots:
            self._write(connection, 0, slots.write(0, 0), [])
        connection.commit()
        self._hook("begun")
        connection.begin()
        return self._row(connection)

    def _recover(self, connection: Connection, row: BoxRow, slots: PoolKeys) -> BoxRow:
        """Destroy the key that a turn which died has left beside the right one."""
        other = slots.read((row.epoch + 1) % 2)
        if other is None:
            return row
        if abs(other.number - row.epoch) != 1:
            raise KeyMissing(f"the keys of {self._survey} are not of this contact box")
        if other.number > row.epoch:
            # a durable write in place of what the lost one may have left in the log
            store.turn_fence(connection, self._survey, self._lane)
            connection.commit()
            connection.begin()
            again = self._row(connection)
            if again.epoch != row.epoch:
                raise StoreUnavailable("the contact box moved while it was locked")
        slots.destroy(other.number % 2)
        self._hook("recovered")
        return row

    def _seal(
        self,
        connection: Connection,
        row: BoxRow,
        slots: PoolKeys,
        everybody: list[bytes],
    ) -> None:
        epoch = row.epoch + 1
        key = slots.write(epoch % 2, epoch)
        self._hook("key-written")
        self._write(connection, epoch, key, mixing.shuffled(everybody))
        self._hook("sealed")

    def _write(
        self, connection: Connection, epoch: int, key: bytes, slots: list[bytes]
    ) -> None:
        row = BoxRow(epoch, b"", len(slots), b"")
        salt, sealed = box.seal(key, self._place(row), slots)
        store.write(
            connection,
            self._survey,
            self._lane,
            BoxRow(epoch, salt, len(slots), sealed),
        )

    def _contacts(self, row: BoxRow) -> list[Contact]:
        with keys.pool_keys(self.key_file) as slots:
            return [decode(slot) for slot in _opened(row, self._place(row), slots)]

    def _box(self, connection: Connection) -> BoxRow | None:
        return store.box(connection, self._survey, self._lane)

    def _row(self, connection: Connection) -> BoxRow:
        row = self._box(connection)
        if row is None:
            raise StoreUnavailable(f"the contact box of {self._survey} is gone")
        return row

    def _offer(self, connection: Connection) -> Offer:
        offer = store.offer(connection, self._survey)
        if offer is None:
            raise StillSealed(f"there is no survey {self._survey}")
        return offer

    def _place(self, row: BoxRow) -> Place:
        return Place(self._survey, self._lane, NAME, row.epoch, 0)

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        """Hold the box's own lane and the database's write lock."""
        with translated():
            folder = self._folder / NAME
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lane = Lane(folder, self._lane)
            with lane.taken(), closing(self._store.driver()) as connection:
                connection.begin()
                self._hook("row")
                yield connection
                if connection.in_transaction:
                    connection.rollback()


def _opened(row: BoxRow, where: Place, slots: PoolKeys) -> list[bytes]:
    found = slots.read(row.epoch % 2)
    if found is None or found.number != row.epoch:
        raise KeyMissing(f"the key of the contact box of {where.survey} is gone")
    opened = box.unseal(found.key, where, row.salt, row.box)
    if len(opened) != row.n:
        raise KeyMissing(f"the contact box of {where.survey} was tampered with")
    return opened


def due(settings: Settings, *, today: date) -> list[str]:
    """Surveys whose contact box has come of its day and is still there."""
    with translated(), closing(store_of(settings).driver()) as connection:
        slugs = store.past(connection, today)
    return [slug for slug in slugs if ContactBox(settings, slug).is_left()]


def delete_due(settings: Settings, *, today: date) -> list[str]:
    """Delete every contact box whose day has passed; names their surveys."""
    slugs = due(settings, today=today)
    for slug in slugs:
        ContactBox(settings, slug).delete(today=today)
    return slugs
