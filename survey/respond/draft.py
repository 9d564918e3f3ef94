"""What is kept for a browser between Start and Send, and shortly after.

Knows nothing of requests, of pages or of where it is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from survey.questionnaire.values import Value
from survey.respond import sealing
from survey.respond.kept_way import KeptWay
from survey.respond.token import PERSON_BYTES, Claim

# After this a draft is not shown again: the next person may sit at the device.
IDLE = timedelta(minutes=30)
# What people are told; the store sweeps by weeks and cannot be more exact.
LIFE = timedelta(days=14)
# How long one's own answers can be printed after sending.
RECEIPT = timedelta(minutes=30)

Inputs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class WayBack:
    """The words somebody noted to finish later, and what they open.

    ``key`` opens the second copy of the draft; ``admission`` stands for the person
    wherever they go on, so that one answer is stored however they came.
    """

    words: bytes
    key: bytes
    admission: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers that have not been sent.

    ``pending`` holds, per page, inputs as they were typed that could not be taken
    as answers; they are shown again, never lost and never sent. ``is_rebuilt``
    until the next page tells that earlier answers had expired. ``way`` may be of
    other answers than these by now, which it knows itself. ``way_back`` is there
    for those who asked to finish later.
    """

    claim: Claim
    receipt_key: bytes
    touched: datetime
    answers: Mapping[str, Value] = field(default_factory=dict)
    reached: tuple[str, ...] = ()
    pending: Mapping[str, Inputs] = field(default_factory=dict)
    is_rebuilt: bool = False
    way: KeptWay | None = None
    way_back: WayBack | None = None

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


@dataclass(frozen=True, slots=True)
class Parked:
    """A draft that only the words noted for it can open.

    ``origin`` is where the copy of the browser lies that was used last.
    """

    touched: datetime
    draft: Draft
    origin: bytes

    def is_over(self, now: datetime) -> bool:
        """Whether it has lain longer than people were told."""
        return now - self.touched > LIFE


Record = Draft | Sent | Receipt | Parked


def begin(
    *, channel: str, admission: bytes, now: datetime, is_trapped: bool = False
) -> Draft:
    """A new person's empty draft."""
    person = secrets.randbits(8 * PERSON_BYTES)
    begun = int(now.timestamp())
    claim = Claim(person, channel, admission, begun, is_trapped)
    return Draft(claim, sealing.new_key(), now)


def resume(parked: Parked, now: datetime) -> Draft:
    """The draft as it goes on in another browser."""
    draft, way_back = parked.draft, parked.draft.way_back
    admission = way_back.admission if way_back else draft.claim.admission
    claim = replace(draft.claim, admission=admission)
    return replace(draft, claim=claim, touched=now)


def rebuild(claim: Claim, now: datetime) -> Draft:
    """An empty draft for somebody whose own has expired while a page was open."""
    return Draft(claim, sealing.new_key(), now, is_rebuilt=True)


def is_over(record: Sent | Receipt, now: datetime) -> bool:
    """Whether the time to look at one's own answers has passed."""
    return now - record.touched > RECEIPT
