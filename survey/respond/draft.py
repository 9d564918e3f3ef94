"""What is kept for a browser between Start and Send, and shortly after.

One sealed record per browser key and survey. Knows nothing of requests or pages;
the store it is given sees ciphertext of one size under a hash.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from survey.questionnaire.values import Value
from survey.respond import kept_way, sealing
from survey.respond.kept_way import KeptWay
from survey.respond.token import PERSON_BYTES, Claim

# After this a draft is not shown again: the next person may sit at the device.
IDLE = timedelta(minutes=30)
# How long one's own answers can be printed after sending.
RECEIPT = timedelta(minutes=30)

Inputs = Mapping[str, tuple[str, ...]]


class Store(Protocol):
    """Where sealed records are kept."""

    def load(self, id_hash: bytes, /) -> bytes | None:
        """The record, or ``None``."""

    def save(self, id_hash: bytes, box: bytes, /) -> None:
        """Keep a record in place of what was there."""

    def delete(self, id_hash: bytes, /) -> None:
        """Forget a record."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers that have not been sent.

    ``pending`` holds, per page, inputs as they were typed that could not be taken
    as answers; they are shown again, never lost and never sent. ``is_rebuilt``
    until the next page tells that earlier answers had expired. ``way`` may be of
    other answers than these by now, which it knows itself.
    """

    claim: Claim
    receipt_key: bytes
    touched: datetime
    answers: Mapping[str, Value] = field(default_factory=dict)
    reached: tuple[str, ...] = ()
    pending: Mapping[str, Inputs] = field(default_factory=dict)
    is_rebuilt: bool = False
    way: KeptWay | None = None

    def is_idle(self, now: datetime) -> bool:
        """Whether so much time has passed that nobody may simply go on."""
        return now - self.touched > IDLE


@dataclass(frozen=True, slots=True)
class Sent:
    """Left in place of a sent draft: a second click finds the same receipt."""

    receipt_key: bytes
    touched: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """One's own answers after sending; nothing can be sent from it.

    ``is_certain`` is false where a code had admitted an answer before and nobody
    can tell whether it was this one. ``origin`` is the place of the ``Sent``.
    ``has_contact``: whether a contact was left from here, which is kept elsewhere.
    """

    touched: datetime
    answers: Mapping[str, Value]
    reached: tuple[str, ...]
    origin: bytes
    is_certain: bool = True
    has_contact: bool = False


Record = Draft | Sent | Receipt


def begin(*, channel: str, admission: bytes, now: datetime) -> Draft:
    """A new person's empty draft."""
    person = secrets.randbits(8 * PERSON_BYTES)
    return Draft(Claim(person, channel, admission), sealing.new_key(), now)


def rebuild(claim: Claim, now: datetime) -> Draft:
    """An empty draft for somebody whose own has expired while a page was open."""
    return Draft(claim, sealing.new_key(), now, is_rebuilt=True)


def is_over(record: Sent | Receipt, now: datetime) -> bool:
    """Whether the time to look at one's own answers has passed."""
    return now - record.touched > RECEIPT


class Drawer:
    """The one place that belongs to a browser key in a survey.

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
        return None if padded is None else _decode(sealing.unpad(padded))

    def write(self, record: Record) -> None:
        """Lay a record in, in place of what was there."""
        padded = sealing.pad(_encode(record), self._room)
        box = sealing.seal(self.keys.box, padded, bound_to=self._slug)
        self._store.save(self.keys.id_hash, box)

    def empty(self) -> None:
        """Take everything out; with a receipt also what points to it."""
        record = self.read()
        if isinstance(record, Receipt):
            self._store.delete(record.origin)
        self._store.delete(self.keys.id_hash)

    def settle(self, draft: Draft, *, now: datetime, is_certain: bool) -> Drawer:
        """Put the receipt where only its own new key finds it; give its drawer."""
        slug = self._slug.decode()
        drawer = Drawer(self._store, draft.receipt_key, slug, room=self._room)
        origin = self.keys.id_hash
        receipt = Receipt(now, draft.answers, draft.reached, origin, is_certain)
        drawer.write(receipt)
        self.write(Sent(draft.receipt_key, now))
        return drawer

    def renew(self, receipt: Receipt) -> Drawer:
        """Lay a receipt under a new key; who comes with the old one is sent there.

        Another key empties what the browser keeps for going back.
        """
        slug, key = self._slug.decode(), sealing.new_key()
        drawer = Drawer(self._store, key, slug, room=self._room)
        drawer.write(replace(receipt, origin=self.keys.id_hash))
        self._store.delete(receipt.origin)
        self.write(Sent(drawer.key, receipt.touched))
        return drawer


def _encode(record: Record) -> bytes:
    content = {"kind": type(record).__name__, "touched": record.touched.isoformat()}
    return json.dumps(
        {**content, **_plain(record)}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _plain(record: Record) -> dict[str, object]:
    if isinstance(record, Sent):
        return {"receipt_key": record.receipt_key.hex()}
    shared = {"answers": record.answers, "reached": record.reached}
    if isinstance(record, Receipt):
        return {
            **shared,
            "origin": record.origin.hex(),
            "is_certain": record.is_certain,
            "has_contact": record.has_contact,
        }
    claim = record.claim
    return {
        **shared,
        "claim": [claim.person, claim.channel, claim.admission.hex()],
        "receipt_key": record.receipt_key.hex(),
        "pending": record.pending,
        "is_rebuilt": record.is_rebuilt,
        **({"way": kept_way.plain(record.way)} if record.way else {}),
    }


def _decode(content: bytes) -> Record:
    given = json.loads(content)
    touched = datetime.fromisoformat(given["touched"])
    if given["kind"] == "Sent":
        return Sent(bytes.fromhex(given["receipt_key"]), touched)
    answers: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given["answers"].items()
    }
    reached = tuple(given["reached"])
    if given["kind"] == "Receipt":
        origin = bytes.fromhex(given["origin"])
        return Receipt(
            touched,
            answers,
            reached,
            origin,
            given["is_certain"],
            given.get("has_contact", False),
        )
    person, channel, admission = given["claim"]
    way = given.get("way")
    return Draft(
        claim=Claim(person, channel, bytes.fromhex(admission)),
        receipt_key=bytes.fromhex(given["receipt_key"]),
        touched=touched,
        answers=answers,
        reached=reached,
        pending={page: _inputs(typed) for page, typed in given["pending"].items()},
        is_rebuilt=given["is_rebuilt"],
        way=kept_way.read(way, answers, reached) if way else None,
    )


def _inputs(typed: Mapping[str, list[str]]) -> Inputs:
    return {name: tuple(values) for name, values in typed.items()}
