"""What a real server is sent by those who mean no good: refused in words, in time."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from survey.bodies import MOST_BYTES
from survey.headers import CONTENT_SECURITY_POLICY
from tests import instances
from tests.attack.served import Person, serving
from tests.conftest import Clock
from tests.ports import free_port

HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"
POST = b"POST /de/single/ HTTP/1.1\r\n" + HOST
FORM = POST + b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = FORM + b"Transfer-Encoding: chunked\r\n\r\n"
GET = b"GET /ar/ HTTP/1.1\r\n" + HOST
CHUNK = b"10000\r\n" + b"x" * 65536 + b"\r\n"
THREADS = 4
# longer than somebody waits in a queue, plus the second between two looks
PATIENCE_SECONDS = 10.0

RUDE = {
    "a header without end": (GET + b"X-Long: " + b"a" * 9000 + b"\r\n\r\n", 431),
    "headers without end": (GET + b"X-Many: a\r\n" * 200 + b"\r\n", 431),
    "an endless address": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    "no method": (b"G(T /ar/ HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "two lengths": (FORM + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", 400),
    "length and pieces": (
        FORM + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "nonsense in pieces": (CHUNKED + b"zz\r\nxx\r\n0\r\n\r\n", 400),
    "too much in pieces": (CHUNKED + CHUNK * 8 + b"0\r\n\r\n", 413),
    "too much announced": (FORM + b"Content-Length: 99999999\r\n\r\n", 413),
    "another host": (
        b"GET /ar/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        400,
    ),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    port = free_port()
    settings = instances.fresh(
        tmp_path_factory.mktemp("rude") / "instance",
        public_url=f"http://127.0.0.1:{port}",
    )
    instances.publish(settings, "single", Clock()().date(), access="both")
    with serving(settings, port, threads=THREADS):
        Person(port).close()
        yield port


def say(port, words, seconds=20):
    """Send bytes; everything that comes back until the other side ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        heard = b""
        try:
            line.sendall(words)
            while piece := line.recv(65536):
                heard += piece
        except OSError:
            pass  # cut off in the middle of what was said
        return heard


@pytest.mark.parametrize("name", RUDE)
def test_what_is_rude_is_refused_in_words_and_with_every_header(port, name):
    words, status = RUDE[name]
    heard = say(port, words, seconds=6)
    head, _, body = heard.partition(b"\r\n\r\n")
    assert int(head.split()[1]) == status
    assert CONTENT_SECURITY_POLICY.encode() in head
    assert b"no-store" in head
    assert b'data-page="error"' in body
    assert b"evil" not in heard
    assert b"07031 123-0" in body


def test_too_much_text_is_refused_in_the_language_of_the_page(port):
    body = b"a=" + b"x" * MOST_BYTES
    head = FORM + f"Content-Length: {len(body)}\r\n\r\n".encode()
    heard = say(port, (head + body).replace(b"/de/", b"/ar/", 1))
    assert heard.startswith(b"HTTP/1.1 413")
    assert b'<html lang="ar" dir="rtl">' in heard


def test_a_form_cut_off_on_its_way_begins_nothing(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(FORM + b"Content-Length: 400\r\n\r\ngo=start")
        line.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := line.recv(65536):
            heard += piece
    assert heard.startswith(b"HTTP/1.1 400")
    assert b"Set-Cookie" not in heard


@pytest.mark.parametrize(
    "slow",
    [b"GET /ar/ HTTP/1.1\r\nHos", FORM + b"Content-Length: 400\r\n\r\ngo=st", b""],
    ids=["half a header", "half a body", "nothing"],
)
def test_those_who_send_nothing_more_do_not_keep_others_waiting(port, slow):
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(THREADS)]
    try:
        for line in lines:
            line.sendall(slow)
        began = time.monotonic()
        person = Person(port)
        assert person.get("/ar/").status == 200
        waited = time.monotonic() - began
        person.close()
    finally:
        for line in lines:
            line.close()
    assert waited < PATIENCE_SECONDS


def test_two_at_a_time_wait_for_a_wrong_code_and_pages_are_served_meanwhile(port):
    """An exhausted budget holds no more threads than it may."""
    wrong = [f"{n:016d}" for n in range(60)]
    answers = []

    def guess(code):
        person = Person(port)
        answers.append(person.post("/de/single/", go="start", code=code).status)
        person.close()

    threads = [threading.Thread(target=guess, args=(code,)) for code in wrong]
    for thread in threads:
        thread.start()
    person, slowest = Person(port), 0.0
    for _ in range(10):
        began = time.monotonic()
        assert person.get("/ar/").status == 200
        slowest = max(slowest, time.monotonic() - began)
    person.close()
    for thread in threads:
        thread.join()
    assert set(answers) <= {422, 429}
    assert slowest < PATIENCE_SECONDS
