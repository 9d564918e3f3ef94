"""The sealed part of a backup: lists of codes and the keys they were made with.

One box under the passphrase, bound to the list of all other files: whoever changes
one of those is found out by whoever opens this.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Contents:
    """``code_keys`` by survey; ``tables``: name → (columns, rows)."""

    code_keys: dict[str, bytes]
    tables: dict[str, tuple[list[str], list[list[Any]]]]


def seal(contents: Contents, key: bytes, manifest: bytes) -> bytes:
    """The box: nonce and ciphertext. It is not packed: its length tells only rows."""
    data = {
        "code_keys": {name: key.hex() for name, key in contents.code_keys.items()},
        "tables": {name: list(one) for name, one in contents.tables.items()},
    }
    text = json.dumps(data, sort_keys=True, separators=(",", ":")).encode("utf-8")
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, _bound(manifest))


def unseal(box: bytes, key: bytes, manifest: bytes) -> Contents | None:
    """What is in the box; ``None`` when it or the manifest was changed."""
    nonce, sealed = box[:NONCE_BYTES], box[NONCE_BYTES:]
    try:
        text = AESGCM(key).decrypt(nonce, sealed, _bound(manifest))
    except (InvalidTag, ValueError):
        return None
    data = json.loads(text)
    return Contents(
        {name: bytes.fromhex(one) for name, one in data["code_keys"].items()},
        {name: (one[0], one[1]) for name, one in data["tables"].items()},
    )


def _bound(manifest: bytes) -> bytes:
    return hashlib.sha256(manifest).digest()
