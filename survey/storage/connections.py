"""Open connections that are lent to one thread at a time.

Never lent across a fork, because SQLite's locks do not survive one; a
connection that met an error is closed instead of lent again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from survey.storage.store import Connection, failures


class Connections:
    """As many connections as were ever needed at once."""

    def __init__(self, make: Callable[[], Connection]) -> None:
        self._make = make
        self._pid = os.getpid()
        self._idle: deque[Connection] = deque()
        self._inherited: list[deque[Connection]] = []

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection for the length of a ``with`` block."""
        idle = self._mine()
        try:
            connection = idle.pop()
        except IndexError:
            connection = self._make()
        try:
            yield connection
        except BaseException:
            with suppress(*failures()):
                connection.close()
            raise
        idle.append(connection)

    def close(self) -> None:
        """Close what is not lent at the moment."""
        idle = self._mine()
        while idle:
            idle.pop().close()

    def _mine(self) -> deque[Connection]:
        if self._pid != os.getpid():
            # closing what the parent process opened would disturb its locks
            self._inherited.append(self._idle)
            self._idle, self._pid = deque(), os.getpid()
        return self._idle
