"""The server's worker: cuts off whoever sends too slowly, and refuses in words.

Knows no page but the one for requests that cannot be read at all. A proxy in front
that takes requests in whole makes the first half superfluous.
"""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from contextlib import suppress
from typing import Any

from gunicorn import util
from gunicorn.http import errors as faults
from gunicorn.workers.gthread import (
    _DEFER,
    DEFAULT_WORKER_DATA_TIMEOUT,
    ThreadWorker,
)

from survey.baton import OURS

# Our longest form takes six seconds on a line of 400 kbit/s.
PATIENCE_SECONDS = 30.0
# as long as somebody waits for a thread
PATIENCE_IN_A_QUEUE_SECONDS = 5.0
# How long a thread waits for the next request of a connection it has just served,
# while others are free. A form is answered with a redirect: the next comes at once.
STAY_SECONDS = 0.05

_STATUS = {
    faults.LimitRequestLine: "414 URI Too Long",
    faults.LimitRequestHeaders: "431 Request Header Fields Too Large",
}


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Threads, none of which can be occupied by sending nothing."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._since: dict[Any, float] = {}
        self._refusal: list[bytes] = []
        # taken and put back without a lock: each of both is one step
        self._stays = deque(range(max(1, self.cfg.threads // 2)))
        # gunicorn looks its settings up anew, by name, many times a request
        self.cfg.__dict__.update(
            (name, one.get()) for name, one in self.cfg.settings.items()
        )

    def load_wsgi(self) -> None:
        """Have the page for unreadable requests at hand before one comes."""
        super().load_wsgi()
        from survey.respond.errors import unreadable

        with self.wsgi.app_context():
            self._refusal = list(unreadable())

    def handle(self, conn: Any) -> Any:
        """Serve a connection, noting since when, as long as it keeps asking."""
        while True:
            self._since[conn] = time.monotonic()
            try:
                served = self._serve(conn)
            finally:
                self._since.pop(conn, None)
            if served is not True or not self._asks_again(conn):
                return served

    def _serve(self, conn: Any) -> Any:
        """Answer one request, once something of it is here."""
        if not conn.initialized and not conn.wait_for_data(DEFAULT_WORKER_DATA_TIMEOUT):
            return _DEFER
        OURS.take()
        try:
            return super().handle(conn)
        finally:
            OURS.hand_over()

    def _keepalive_after(self, conn: Any, keepalive: Any) -> bool:
        """Whether another request can follow; what was read whole leaves nothing."""
        body = conn.parser.mesg.body
        is_read = getattr(body.reader, "length", 1) == 0 and not body.buf.getvalue()
        if not keepalive or body.failed or not is_read:
            return bool(super()._keepalive_after(conn, keepalive))
        conn.parser.mesg = None
        return True

    def _asks_again(self, conn: Any) -> bool:
        """Whether the next request comes so soon that the thread can wait for it.

        Passing a connection to the poller and back costs as much as a page. At most
        half of the threads wait, and none while somebody waits for a thread.
        """
        is_free = self.alive and self.tpool._work_queue.empty()
        if not is_free or conn.parser.unreader.buf.getvalue():
            return False
        try:
            stay = self._stays.pop()
        except IndexError:
            return False
        try:
            poll = select.poll()
            poll.register(conn.sock, select.POLLIN)
            return bool(poll.poll(1000 * STAY_SECONDS))
        finally:
            self._stays.append(stay)

    def murder_pending(self) -> None:
        """Look every second for those who are too slow.

        Only what they send is cut off: an answer that is being made still goes out.
        """
        super().murder_pending()
        is_queued = not self.tpool._work_queue.empty()
        patience = PATIENCE_IN_A_QUEUE_SECONDS if is_queued else PATIENCE_SECONDS
        now = time.monotonic()
        for conn, since in list(self._since.items()):
            if now - since > patience:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Refuse without repeating anything, and log neither address nor sender."""
        if isinstance(exc, faults.ParseException):
            status = _STATUS.get(type(exc), "400 Bad Request")
        else:
            status = "500 Internal Server Error"
            self.log.error("%s while serving a request", type(exc).__name__)
        head = f"HTTP/1.1 {status}\r\n".encode()
        with suppress(OSError):
            util.write(client, head + b"".join(self._refusal))
