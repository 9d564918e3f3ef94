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
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
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
    """The keys of one browser for one survey; different surveys share nothing."""
    size = 4 * KEY_BYTES
    info = b"vielstimmig draft " + slug.encode()
    material = HKDF(algorithm=SHA256(), length=size, salt=None, info=info).derive(key)
    draft_id, box, form, order = (
        material[at : at + KEY_BYTES] for at in range(0, size, KEY_BYTES)
    )
    return Keys(draft_id, box, form, order, hashlib.sha256(draft_id).digest())


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
