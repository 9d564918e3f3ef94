"""The baton of a process: of its threads only the one that has it is at work.

Python lets one thread run at a time in any case. Threads that all want to run
snatch that right from each other at every file and socket, which costs more than
many a page. Knows no request and no server.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Longer than any page takes: whoever has the baton then waits for something else.
PATIENCE_SECONDS = 0.01
TRIES = 20
"""So often somebody waits while it goes from hand to hand among others."""


class Baton:
    """Who wants to work waits for it, but never long: it orders, it locks nothing."""

    def __init__(self, *, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._now = threading.Lock()
        self._since = time.monotonic()
        self._own = threading.local()

    def take(self) -> None:
        """Have it from now on; or go without, if it does not come in time."""
        self._own.baton = None
        for _ in range(TRIES):
            baton = self._now
            if baton.acquire(timeout=self._patience):
                break
            if time.monotonic() - self._since < self._patience:
                continue  # it goes from hand to hand
            # whoever kept it so long has lost it: there is a new one
            baton = threading.Lock()
            baton.acquire()
            self._now = baton
            break
        else:
            return
        self._own.baton, self._since = baton, time.monotonic()

    def hand_over(self) -> bool:
        """Let others work; whether this thread had it at all."""
        own: threading.Lock | None = getattr(self._own, "baton", None)
        if own is None:
            return False
        self._own.baton = None
        own.release()
        return True

    @contextmanager
    def laid_down(self) -> Iterator[None]:
        """Wait for something while others work; nothing happens without it."""
        had_it = self.hand_over()
        try:
            yield
        finally:
            if had_it:
                self.take()


OURS = Baton()
"""The one of this process; nobody holds it when the server forks."""
