"""The lane of a machine: one process at a time, in fair order.

Two file locks: a turnstile before the lane, so that whoever waits longest at
the lane is next. A killed process lets go of both. Knows no database.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.urn.errors import LaneBusy

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.0005


class Lane:
    """Takes the lane for the length of a ``with`` block."""

    def __init__(
        self, folder: Path, name: str, *, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._turnstile = folder / f"{name}.turnstile"
        self._lane = folder / f"{name}.lane"
        self._patience = patience

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the lane; ``LaneBusy`` when it is not free within the deadline."""
        deadline = time.monotonic() + self._patience
        with _locked(self._turnstile, deadline) as turnstile:
            lane = _lock(self._lane, deadline)
            fcntl.flock(turnstile, fcntl.LOCK_UN)
            try:
                yield
            finally:
                os.close(lane)


@contextmanager
def _locked(path: Path, deadline: float) -> Iterator[int]:
    handle = _lock(path, deadline)
    try:
        yield handle
    finally:
        os.close(handle)


def _lock(path: Path, deadline: float) -> int:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LaneBusy(f"the lane cannot be locked: {error.strerror}") from error
    while not _try(handle):
        if time.monotonic() > deadline:
            os.close(handle)
            raise LaneBusy("the lane was not free in time")
        time.sleep(PAUSE_SECONDS)
    return handle


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
