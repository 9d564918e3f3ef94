"""A thread that has served a connection waits a moment for its next request."""

from __future__ import annotations

import io
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

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
    with worker._stays:
        assert not worker._asks_again(conn)
    assert worker._asks_again(conn)


def test_a_worker_that_stops_waits_for_nobody(worker, line):
    conn, browser = line
    browser.sendall(b"GET /de/job/p2 HTTP/1.1\r\n")
    worker.alive = False
    assert not worker._asks_again(conn)
