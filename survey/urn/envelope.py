"""Seals answers so that only the lane can open them that closes the survey.

A sealed box: a key pair made for this one message, X25519 with the closing
lane's public key, HKDF, AES-GCM. What it belongs to is authenticated with it.
Knows no storage; the private key never leaves the machine it was made on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from survey.urn.box import KEY_BYTES, NONCE_BYTES, packed, unpacked
from survey.urn.errors import KeyMissing

PUBLIC_BYTES = 32
PURPOSE = b"sealed urn, remainder of a lane, version 1"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose answers they are, and at which epoch of the lane."""

    survey: str
    lane: str
    epoch: int

    def bound(self) -> bytes:
        """The sender as bytes that are authenticated with the answers."""
        return json.dumps([self.survey, self.lane, self.epoch]).encode()


def public_of(private: bytes) -> bytes:
    """The public key to a private one."""
    key = X25519PrivateKey.from_private_bytes(private)
    return key.public_key().public_bytes_raw()


def seal(public: bytes, sender: Sender, slots: Sequence[bytes]) -> bytes:
    """The answers, readable only with the private key to ``public``."""
    own = X25519PrivateKey.generate()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    ours, nonce = own.public_key().public_bytes_raw(), os.urandom(NONCE_BYTES)
    cipher = _cipher(shared, ours, public)
    return ours + nonce + cipher.encrypt(nonce, packed(slots), sender.bound())


def unseal(private: bytes, sender: Sender, sealed: bytes) -> list[bytes]:
    """The answers; ``KeyMissing`` if key or sender are not the right ones."""
    theirs, rest = sealed[:PUBLIC_BYTES], sealed[PUBLIC_BYTES:]
    nonce, box = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        shared = key.exchange(X25519PublicKey.from_public_bytes(theirs))
        cipher = _cipher(shared, theirs, public_of(private))
        return unpacked(cipher.decrypt(nonce, box, sender.bound()))
    except (InvalidTag, ValueError) as error:
        raise KeyMissing(
            f"what lane {sender.lane} of {sender.survey} handed over does not open"
        ) from error


def _cipher(shared: bytes, theirs: bytes, public: bytes) -> AESGCM:
    derived = HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=theirs + public, info=PURPOSE
    )
    return AESGCM(derived.derive(shared))
