"""Sealed boxes under a key that only the resident's browser has.

Knows nothing of what is inside them, of requests or of where they are kept.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
PURPOSE = b"vielstimmig"
NONCE_BYTES = 12
LENGTH_BYTES = 4
DEFLATED = 1 << 31
"""Set in the length of what had to be deflated to fit."""
STEP = 4096


@dataclass(frozen=True, slots=True)
class Keys:
    """What one browser key yields for one survey.

    ``id_hash`` is under which the draft is kept; the id itself is stored nowhere.
    """

    draft_id: bytes
    box: bytes
    form: bytes
    order: bytes
    id_hash: bytes


def new_key() -> bytes:
    """A fresh key for a browser."""
    return secrets.token_bytes(KEY_BYTES)


def derive(key: bytes, slug: str) -> Keys:
    """The keys of one browser for one survey; different surveys share nothing.

    Keyed BLAKE2b (RFC 7693), because every request asks for them.
    """
    name = slug.encode()
    one = hashlib.blake2b(b"\1" + name, key=key, person=PURPOSE).digest()
    two = hashlib.blake2b(b"\2" + name, key=key, person=PURPOSE).digest()
    draft_id = one[:KEY_BYTES]
    id_hash = hashlib.blake2b(draft_id, digest_size=KEY_BYTES).digest()
    box, form, order = one[KEY_BYTES:], two[:KEY_BYTES], two[KEY_BYTES:]
    return Keys(draft_id, box, form, order, id_hash)


def seal(key: bytes, content: bytes, *, bound_to: bytes) -> bytes:
    """Encrypt; ``bound_to`` must be the same again when it is opened."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unseal(key: bytes, box: bytes, *, bound_to: bytes) -> bytes | None:
    """The content, or ``None`` when it was not sealed so or was changed."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None


def pad(content: bytes, room: int = STEP) -> bytes:
    """Fill up to ``room`` bytes, or a multiple of them where that is too little.

    What does not fit is deflated first; the length stands in front.
    """
    head = len(content)
    if head + LENGTH_BYTES > room:
        content = zlib.compress(content, 1)
        head = len(content) | DEFLATED
    framed = head.to_bytes(LENGTH_BYTES, "big") + content
    return framed + bytes(-len(framed) % room)


def unpad(padded: bytes) -> bytes:
    """What ``pad`` was given."""
    head = int.from_bytes(padded[:LENGTH_BYTES], "big")
    content = padded[LENGTH_BYTES : LENGTH_BYTES + (head & ~DEFLATED)]
    return zlib.decompress(content) if head & DEFLATED else content
