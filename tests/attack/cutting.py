"""A line to the PostgreSQL server that is cut while a COMMIT is on its way."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

PORT = ".s.PGSQL.5432"
COMMIT = b"COMMIT\0"


class Line:
    """Carries bytes between clients and the server, until it is told to cut.

    ``cut`` decides about the next COMMIT: it gets the server's end and the
    client's bytes, and the client's end is closed before anything comes back.
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self._server = server / PORT
        self.cut: Callable[[socket.socket, bytes], None] | None = None
        self.is_down = False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / PORT))
        self._listener.listen()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.is_down:
                client.close()
                continue
            thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(str(self._server))
            while True:
                ready = select.select([client, server], [], [])[0]
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    if one is client and COMMIT in data and self.cut is not None:
                        cut, self.cut = self.cut, None
                        client.close()
                        cut(server, data)
                        return
                    (server if one is client else client).sendall(data)


def arrives(server: socket.socket, data: bytes) -> None:
    """The COMMIT reaches the server; only its answer is lost."""
    server.sendall(data)
    server.recv(65536)


def is_lost(server: socket.socket, data: bytes) -> None:
    """The COMMIT never arrives, and the server hears at once that nobody is there."""


def is_late(server: socket.socket, data: bytes) -> None:
    """The COMMIT arrives long after the client has lost its line."""
    time.sleep(0.5)
    arrives(server, data)


def is_held(server: socket.socket, data: bytes) -> None:
    """The COMMIT never arrives, and the server hears of it late."""
    time.sleep(0.5)
