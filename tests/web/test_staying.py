"""A thread that has served a connection waits a moment for its next request."""

from __future__ import annotations

import io
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from survey.cli.worker import Worker

PATIENCE_SECONDS = 10


@pytest.fixture
def worker():
    cfg = Config()
    cfg.set("threads", 2)
    log = SimpleNamespace(debug=lambda *_: None)
    found = Worker(1, 1, [], SimpleNamespace(), 30, cfg, log)
    found.tpool = ThreadPoolExecutor(1)
    yield found
    found.tpool.shutdown()
    found.tmp.close()


@pytest.fixture
def line():
    """A connection of ours, and the other end of it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        parser = SimpleNamespace(unreader=SimpleNamespace(buf=io.BytesIO()))
        yield SimpleNamespace(sock=ours, parser=parser), theirs


def test_the_request_after_a_redirect_finds_the_thread_still_there(worker, line):
    conn, browser = line
    browser.sendall(b"GET /de/job/p2 HTTP/1.1\r\n")
    assert worker._asks_again(conn)


def test_somebody_who_asks_nothing_more_is_handed_back(worker, line):
    conn, _ = line
    assert not worker._asks_again(conn)


def test_bytes_already_read_are_left_to_the_server(worker, line):
    conn, browser = line
    browser.sendall(b"more")
    conn.parser.unreader.buf.write(b"GET /")
    assert not worker._asks_again(conn)


def test_nobody_is_waited_for_while_another_waits_for_a_thread(worker, line):
    conn, browser = line
    browser.sendall(b"GET /de/job/p2 HTTP/1.1\r\n")
    is_over = threading.Event()
    worker.tpool.submit(is_over.wait, PATIENCE_SECONDS)
    waiting = worker.tpool.submit(int)
    try:
        assert not worker._asks_again(conn)
    finally:
        is_over.set()
    waiting.result(PATIENCE_SECONDS)
    assert worker._asks_again(conn)


def test_half_of_the_threads_never_wait_for_anybody(worker, line):
    conn, browser = line
    browser.sendall(b"GET /de/job/p2 HTTP/1.1\r\n")
    waiting = worker._stays.pop()
    assert not worker._asks_again(conn)
    worker._stays.append(waiting)
    assert worker._asks_again(conn)


FORM = b"POST /one HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
NEXT = b"GET /two HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize("read", [0, 2, 5])
def test_the_next_request_begins_behind_the_body_however_much_was_read(
    worker, line, read
):
    conn, browser = line
    conn.parser = RequestParser(worker.cfg, conn.sock, ("127.0.0.1", 1))
    browser.sendall(FORM + NEXT)
    form = next(conn.parser)
    assert form.body.read(read) == b"abcde"[:read]
    assert worker._keepalive_after(conn, True)
    assert next(conn.parser).path == "/two"


def test_a_body_that_broke_off_ends_the_connection(worker, line):
    conn, browser = line
    conn.parser = RequestParser(worker.cfg, conn.sock, ("127.0.0.1", 1))
    sent = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    browser.sendall(sent)
    with pytest.raises(ParseException):
        next(conn.parser).body.read()
    assert not worker._keepalive_after(conn, True)


def test_who_wants_the_connection_closed_is_not_kept(worker, line):
    conn, browser = line
    conn.parser = RequestParser(worker.cfg, conn.sock, ("127.0.0.1", 1))
    browser.sendall(NEXT)
    next(conn.parser)
    assert not worker._keepalive_after(conn, False)


def test_a_worker_that_stops_waits_for_nobody(worker, line):
    conn, browser = line
    browser.sendall(b"GET /de/job/p2 HTTP/1.1\r\n")
    worker.alive = False
    assert not worker._asks_again(conn)
