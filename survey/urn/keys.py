"""Key files: the code key of a survey and the pool key file with three slots.

A slot is written in place and synced, never renamed: overwriting it is what
destroys a key. Knows no database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.urn.box import KEY_BYTES
from survey.urn.errors import KeyExposed, KeyMissing

SLOT_BYTES = 4096
SLOTS = 3
EVEN, ODD, PERIOD = range(SLOTS)
OWNER_ONLY = 0o600
HEAD = struct.Struct(">8sQ32s")
MAGIC = b"urnslot1"
CHECK_BYTES = 16
EMPTY = bytes(SLOT_BYTES)


@dataclass(frozen=True, slots=True)
class Slot:
    """A key and the epoch or period it belongs to."""

    number: int
    key: bytes


class PoolKeys:
    """The three slots of one survey's pool key file, open for one turn."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def read(self, slot: int) -> Slot | None:
        """What stands in a slot; ``None`` if it was destroyed or torn."""
        if self._handle is None:
            return None
        data = os.pread(self._handle, SLOT_BYTES, slot * SLOT_BYTES)
        if len(data) != SLOT_BYTES:
            return None
        magic, number, key = HEAD.unpack_from(data)
        if magic != MAGIC or data[HEAD.size :][:CHECK_BYTES] != _check(data):
            return None
        return Slot(number, key)

    def write(self, slot: int, number: int) -> bytes:
        """Put a new random key into a slot, durably, and return it."""
        key = os.urandom(KEY_BYTES)
        head = HEAD.pack(MAGIC, number, key)
        self._put(slot, (head + _check(head)).ljust(SLOT_BYTES, b"\0"))
        return key

    def destroy(self, slot: int) -> None:
        """Overwrite a slot, durably."""
        self._put(slot, EMPTY)

    def _put(self, slot: int, data: bytes) -> None:
        if self._handle is None:
            raise KeyMissing("the pool key file is missing")
        if os.pwrite(self._handle, data, slot * SLOT_BYTES) != SLOT_BYTES:
            raise OSError("a key slot was written only in part")
        os.fdatasync(self._handle)


def pool_file(folder: Path, survey: str, lane: str) -> Path:
    """Where the pool keys of a survey and lane lie."""
    return folder / f"{survey}.{lane}.pool"


def closing_file(folder: Path, survey: str, lane: str) -> Path:
    """Where a lane keeps its private key while it closes a survey."""
    return folder / f"{survey}.{lane}.closing"


def code_file(folder: Path, survey: str) -> Path:
    """Where the code key of a survey lies."""
    return folder / f"{survey}.code"


@contextmanager
def pool_keys(path: Path, *, missing_ok: bool = False) -> Iterator[PoolKeys]:
    """Open a pool key file; ``KeyMissing`` or ``KeyExposed`` if that cannot be.

    With ``missing_ok`` a missing file is one whose slots are all empty.
    """
    if missing_ok and not path.exists():
        yield PoolKeys(None)
        return
    handle = _open(path, os.O_RDWR)
    try:
        yield PoolKeys(handle)
    finally:
        os.close(handle)


def create_pool_file(path: Path) -> None:
    """Make a pool key file whose slots are all empty, over whatever was there."""
    _create(path, EMPTY * SLOTS)


def create_key(path: Path) -> bytes:
    """Make and store a new key."""
    key = os.urandom(KEY_BYTES)
    _create(path, key)
    return key


def put_key(path: Path, key: bytes) -> None:
    """Store a code key that comes back from a backup."""
    _create(path, key)


def read_key(path: Path) -> bytes:
    """The key in a file; ``KeyMissing`` when there is none."""
    handle = _open(path, os.O_RDONLY)
    try:
        key = os.pread(handle, KEY_BYTES, 0)
    finally:
        os.close(handle)
    if len(key) != KEY_BYTES:
        raise KeyMissing(f"the key file {path.name} is damaged")
    return key


def fingerprint(key: bytes) -> bytes:
    """Tells two keys apart without telling anything about them."""
    return hmac.digest(key, b"fingerprint of a code key", hashlib.sha256)[:CHECK_BYTES]


def destroy_file(path: Path) -> None:
    """Overwrite a key file and remove it; nothing happens if it is gone."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        os.pwrite(handle, bytes(max(os.fstat(handle).st_size, 1)), 0)
        os.fdatasync(handle)
    finally:
        os.close(handle)
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _check(head: bytes) -> bytes:
    return hashlib.sha256(head[: HEAD.size]).digest()[:CHECK_BYTES]


def _open(path: Path, flags: int) -> int:
    try:
        handle = os.open(path, flags | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise KeyMissing(f"the key file {path.name} is missing") from error
    if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
        os.close(handle)
        raise KeyExposed(f"others can read the key file {path.name}: chmod 600")
    return handle


def _create(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    handle = os.open(path, flags, OWNER_ONLY)
    try:
        os.fchmod(handle, OWNER_ONLY)
        os.pwrite(handle, content, 0)
        os.fsync(handle)
    finally:
        os.close(handle)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
