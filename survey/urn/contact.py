"""How somebody wants to be reached, and for what; as bytes of one fixed size.

Knows nothing of answers or codes; the bytes are only ever written inside a box.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

PURPOSES = ("workshop", "raffle", "results")
"""What a town may ask people to be reached for; pages have words for each."""
LONGEST_NAME, LONGEST_REACH = 100, 120
"""In units of UTF-16, as browsers count; with three bytes each they fit a slot."""
SLOT = 768
LENGTH = struct.Struct(">H")


@dataclass(frozen=True, slots=True)
class Contact:
    """Mail address or telephone number, a name perhaps, and what it is for."""

    reach: str
    purposes: tuple[str, ...]
    name: str = ""

    @property
    def same(self) -> str:
        """What is alike for one person however they type it."""
        plain = "".join(self.reach.split()).casefold()
        return plain if "@" in plain else "".join(filter(str.isdigit, plain))


def encode(contact: Contact) -> bytes:
    """The contact as ``SLOT`` bytes; ``ValueError`` for one that does not fit."""
    content = [contact.reach, contact.name, *contact.purposes]
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if LENGTH.size + len(body) > SLOT:
        raise ValueError("a contact is longer than its slot")
    return (LENGTH.pack(len(body)) + body).ljust(SLOT, b"\0")


def decode(slot: bytes) -> Contact:
    """The contact from its bytes."""
    (length,) = LENGTH.unpack_from(slot)
    reach, name, *purposes = json.loads(slot[LENGTH.size : LENGTH.size + length])
    return Contact(reach, tuple(purposes), name)


def joined(contacts: Iterable[Contact], new: Contact) -> list[Contact]:
    """All contacts with a new one: the same person again is one entry."""
    return list(_joined(contacts, new))


def _joined(contacts: Iterable[Contact], new: Contact) -> Iterator[Contact]:
    is_new = True
    for one in contacts:
        if one.same != new.same:
            yield one
            continue
        is_new = False
        wanted = {*one.purposes, *new.purposes}
        purposes = tuple(purpose for purpose in PURPOSES if purpose in wanted)
        yield replace(one, purposes=purposes, name=one.name or new.name)
    if is_new:
        yield new
