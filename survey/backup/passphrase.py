"""From words a person types to the key of a backup's sealed part.

Knows nothing of what is sealed. argon2id makes every guess cost memory and time;
the parameters lie beside the file's salt, so that later versions may raise them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.backup.errors import BackupError

SALT_BYTES = 16
KEY_BYTES = 32
CHECK_BYTES = 16
FEWEST_CHARACTERS = 16
FEWEST_DIFFERENT = 8
KDF = "argon2id"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes at once.

    By default the second recommendation of RFC 9106, section 4, which a server of
    1 GB can afford.
    """

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def is_bearable(self) -> bool:
        """Whether a file may ask this of the machine that reads it."""
        return (
            8 * self.lanes <= self.memory <= 1024 * 1024
            and 1 <= self.passes <= 16
            and 1 <= self.lanes <= 16
        )


@dataclass(frozen=True, slots=True)
class Lock:
    """How a passphrase becomes a key, and how to tell that it is the right one."""

    cost: Cost
    salt: bytes
    check: bytes

    def as_data(self) -> dict[str, Any]:
        """The lock as it stands in the file, in the open."""
        return {
            "kdf": KDF,
            "memory_kib": self.cost.memory,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "salt": self.salt.hex(),
            "check": self.check.hex(),
        }


def lock_of(data: Mapping[str, Any]) -> Lock:
    """The lock of a file; raises ``ValueError`` or ``KeyError`` for anything else."""
    cost = Cost(data["memory_kib"], data["passes"], data["lanes"])
    salt, check = bytes.fromhex(data["salt"]), bytes.fromhex(data["check"])
    numbers = (cost.memory, cost.passes, cost.lanes)
    if data["kdf"] != KDF or any(type(number) is not int for number in numbers):
        raise ValueError("an unknown lock")
    if not cost.is_bearable() or len(salt) != SALT_BYTES or len(check) != CHECK_BYTES:
        raise ValueError("a lock of another size")
    return Lock(cost, salt, check)


def check_strength(passphrase: str) -> None:
    """Refuse what can be guessed, with ``BackupError``."""
    text = _normal(passphrase)
    if len(text) >= FEWEST_CHARACTERS and len(set(text)) >= FEWEST_DIFFERENT:
        return
    raise BackupError(
        f"The passphrase is too easy to guess: it needs at least {FEWEST_CHARACTERS} "
        f"characters, {FEWEST_DIFFERENT} of them different. Five words drawn by lot "
        "are good."
    )


def new_lock(passphrase: str, cost: Cost) -> tuple[Lock, bytes]:
    """A fresh lock for a passphrase, with the key."""
    salt = os.urandom(SALT_BYTES)
    key, check = _derive(passphrase, salt, cost)
    return Lock(cost, salt, check), key


def key_of(lock: Lock, passphrase: str) -> bytes | None:
    """The key, or ``None`` when the passphrase is not the one."""
    key, check = _derive(passphrase, lock.salt, lock.cost)
    return key if hmac.compare_digest(check, lock.check) else None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    from argon2.low_level import Type, hash_secret_raw

    secret = hash_secret_raw(
        secret=_normal(passphrase).encode("utf-8"),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    key = hmac.digest(secret, b"vielstimmig backup key", hashlib.sha256)
    check = hmac.digest(secret, b"vielstimmig backup check", hashlib.sha256)
    return key, check[:CHECK_BYTES]


def _normal(passphrase: str) -> str:
    # the same words on another keyboard may come as other code points
    return unicodedata.normalize("NFKC", passphrase).strip()
