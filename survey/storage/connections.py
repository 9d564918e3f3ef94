"""Open connections that are lent to one thread at a time.

Never lent across a fork, because SQLite's locks do not survive one; a
connection that met an error is closed instead of lent again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from survey.storage.store import Connection, failures


class Connections:
    """As many connections as were ever needed at once."""

    def __init__(self, make: Callable[[], Connection]) -> None:
        self._make = make
        self._pid = os.getpid()
        self._idle: deque[Connection] = deque()
        self._inherited: list[deque[Connection]] = []

    def lent(self) -> Loan:
        """A connection for the length of a ``with`` block."""
        return Loan(self)

    def take(self) -> Connection:
        """A connection nobody else has."""
        try:
            return self._mine().pop()
        except IndexError:
            return self._make()

    def give(self, connection: Connection) -> None:
        """Take a connection back that is as it was."""
        self._mine().append(connection)

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


class Loan:
    """One connection until the end of a block; written for the many small ones."""

    __slots__ = ("_connection", "_connections")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def __enter__(self) -> Connection:
        """The connection."""
        self._connection = self._connections.take()
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back, or close it when anything went wrong."""
        if error is None:
            self._connections.give(self._connection)
            return
        with suppress(*failures()):
            self._connection.close()
