"""Seals many answers into one box and opens it again.

A box is bound to its place: survey, lane, part, epoch and period are
authenticated, so that a box cannot be moved or exchanged unnoticed.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from survey.urn.errors import KeyMissing

KEY_BYTES = 32
SALT_BYTES = 32
NONCE_BYTES = 12
HEAD = struct.Struct(">I")
PURPOSE = b"sealed urn, box, version 1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box belongs."""

    survey: str
    lane: str
    part: str
    epoch: int
    period: int

    def bound(self) -> bytes:
        """The place as bytes that are authenticated with the box."""
        parts = [self.survey, self.lane, self.part, self.epoch, self.period]
        return json.dumps(parts).encode()


def seal(key: bytes, place: Place, slots: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Salt and box of these answers, all padded to the longest of them."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    plain = packed(slots)
    return salt, nonce + _cipher(key, salt).encrypt(nonce, plain, place.bound())


def unseal(key: bytes, place: Place, salt: bytes, box: bytes) -> list[bytes]:
    """The answers in a box; ``KeyMissing`` if key, place or box are not right."""
    nonce, sealed = box[:NONCE_BYTES], memoryview(box)[NONCE_BYTES:]
    try:
        plain = _cipher(key, salt).decrypt(nonce, sealed, place.bound())
    except InvalidTag as error:
        raise KeyMissing(
            f"the box {place.part} of {place.survey} does not open with its key"
        ) from error
    return unpacked(plain)


def packed(slots: Sequence[bytes]) -> bytes:
    """Answers one after the other, all padded to the longest of them."""
    size = max(map(len, slots), default=0)
    # at once: what is sealed may be long
    return b"".join((HEAD.pack(size), *(slot.ljust(size, b"\0") for slot in slots)))


def unpacked(plain: bytes) -> list[bytes]:
    """The answers again."""
    (size,) = HEAD.unpack_from(plain)
    return [plain[at : at + size] for at in range(HEAD.size, len(plain), size or 1)]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=PURPOSE)
    return AESGCM(derived.derive(key))
