"""The place that belongs to a key in a survey: one sealed record.

The store it is given sees ciphertext of one size under a hash. Knows nothing of
requests or pages.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from survey.respond import packing, sealing
from survey.respond.draft import Draft, Parked, Receipt, Record, Sent


class Store(Protocol):
    """Where sealed records are kept."""

    def load(self, id_hash: bytes, /) -> bytes | None:
        """The record, or ``None``."""

    def save(self, id_hash: bytes, box: bytes, /) -> None:
        """Keep a record in place of what was there."""

    def save_both(
        self, one: tuple[bytes, bytes], other: tuple[bytes, bytes], /
    ) -> None:
        """Keep two records, both or none."""

    def delete(self, id_hash: bytes, /) -> None:
        """Forget a record."""


class Drawer:
    """The one place that belongs to a key in a survey.

    ``room`` as in ``room_of``: every record of a survey takes the same space.
    """

    def __init__(
        self, store: Store, key: bytes, slug: str, *, room: int = sealing.STEP
    ) -> None:
        self.key = key
        self.keys = sealing.derive(key, slug)
        self._store = store
        self._slug = slug.encode()
        self._room = room

    def read(self) -> Record | None:
        """What lies in it; ``None`` also for what this key cannot open."""
        box = self._store.load(self.keys.id_hash)
        if box is None:
            return None
        padded = sealing.unseal(self.keys.box, box, bound_to=self._slug)
        return None if padded is None else packing.decode(sealing.unpad(padded))

    def write(self, record: Record) -> None:
        """Lay a record in, in place of what was there."""
        self._store.save(*self._sealed(record))

    def keep(self, draft: Draft) -> None:
        """Lay a draft in, and the same where only its words find it."""
        self.write(draft)
        if draft.way_back is not None:
            # the way is found anew, in whatever language somebody goes on
            plain = replace(draft, way=None)
            parked = Parked(draft.touched, plain, self.keys.id_hash)
            self._at(draft.way_back.key).write(parked)

    def empty(self, *, with_copies: bool = False) -> None:
        """Take everything out; with a receipt also what points to it.

        ``with_copies`` also what was laid aside to finish later.
        """
        record = self.read()
        if isinstance(record, Receipt):
            self._store.delete(record.origin)
        if with_copies and isinstance(record, Draft):
            self._forget_way_back(record)
        self._store.delete(self.keys.id_hash)

    def forget(self, id_hash: bytes) -> None:
        """Take out what another browser has kept of the same draft."""
        self._store.delete(id_hash)

    def settle(self, draft: Draft, *, now: datetime, is_certain: bool) -> Drawer:
        """Put the receipt where only its own new key finds it; give its drawer."""
        drawer = self._at(draft.receipt_key)
        origin = self.keys.id_hash
        receipt = Receipt(now, draft.answers, draft.reached, origin, is_certain)
        sent = Sent(draft.receipt_key, now)
        self._store.save_both(drawer._sealed(receipt), self._sealed(sent))
        self._forget_way_back(draft)
        return drawer

    def renew(self, receipt: Receipt) -> Drawer:
        """Lay a receipt under a new key; who comes with the old one is sent there.

        Another key empties what the browser keeps for going back.
        """
        drawer = self._at(sealing.new_key())
        drawer.write(replace(receipt, origin=self.keys.id_hash))
        self._store.delete(receipt.origin)
        self.write(Sent(drawer.key, receipt.touched))
        return drawer

    def _forget_way_back(self, draft: Draft) -> None:
        if draft.way_back is not None:
            self._store.delete(self._at(draft.way_back.key).keys.id_hash)

    def _sealed(self, record: Record) -> tuple[bytes, bytes]:
        """Where a record lies, and the record as nobody else can read it."""
        padded = sealing.pad(packing.encode(record), self._room)
        box = sealing.seal(self.keys.box, padded, bound_to=self._slug)
        return self.keys.id_hash, box

    def _at(self, key: bytes) -> Drawer:
        slug = self._slug.decode()
        return Drawer(self._store, key, slug, room=self._room)
