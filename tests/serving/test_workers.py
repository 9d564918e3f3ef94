"""Several worker processes serve one instance as if they were one."""

from __future__ import annotations

import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from survey.urn import Urn
from tests import instances, visits
from tests.serving.client import Client
from tests.serving.server import Server, serving, until

SLUG = "single"
PEOPLE, CLIENTS = 40, 8


@pytest.fixture
def place(settings):
    """An instance with a survey that asks for codes; the codes."""
    today = datetime.now(UTC).date()
    instances.publish(settings, SLUG, today, languages=("de",), access="both")
    urn = Urn(settings, SLUG)
    codes = urn.issue(PEOPLE)
    urn.stop()
    return settings, codes


def answer(server: Server, code: str) -> str:
    """One person's whole way; the kind of page at its end."""
    client = Client(server.base)
    response = visits.respond(client, {}, "de", slug=SLUG, code=code)
    for _ in range(3):
        page = visits.read(response)
        if page.kind != "review":
            return page.kind
        response = visits.post(client, page, "send")
    return "never"


def waiting(settings) -> int:
    """How many answers the urn holds; counted by opening it at the close."""
    urn = Urn(settings, SLUG)
    try:
        urn.close()
        return len(list(urn.responses()))
    finally:
        urn.stop()


@pytest.mark.parametrize("workers", [2, 4])
def test_answers_of_parallel_clients_are_all_stored_once(place, workers):
    settings, codes = place
    with serving(settings, "--workers", str(workers)) as server:
        assert len(server.workers()) == workers
        with ThreadPoolExecutor(CLIENTS) as pool:
            kinds = list(pool.map(lambda code: answer(server, code), codes))
        metrics = Client(server.base).get("/metrics").text
    assert kinds == ["thanks"] * PEOPLE
    assert f"vielstimmig_workers {workers}\n" in metrics
    assert 'vielstimmig_survey_counts_agree{survey="single"} 1' in metrics
    assert waiting(settings) == PEOPLE


def test_the_same_code_in_all_workers_at_once_gives_one_answer(place):
    settings, codes = place
    with serving(settings, "--workers", "4") as server:
        with ThreadPoolExecutor(CLIENTS) as pool:
            kinds = list(pool.map(lambda _: answer(server, codes[0]), range(16)))
        others = [answer(server, code) for code in codes[1:12]]
    assert kinds.count("thanks") >= 1
    assert set(kinds) <= {"thanks", "used"}
    assert others == ["thanks"] * 11
    assert waiting(settings) == 12


def test_workers_killed_while_people_send_lose_nothing_that_was_thanked(place):
    settings, codes = place
    thanked: list[str] = []
    with serving(settings, "--workers", "2") as server:
        killer = threading.Thread(target=_kill_one_after_the_other, args=(server,))
        killer.start()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for code, kind in zip(
                codes, pool.map(lambda c: _stubborn(server, c), codes), strict=True
            ):
                if kind in ("thanks", "used"):
                    thanked.append(code)
        killer.join()
        log = server.log
    assert thanked == codes
    assert "was sent SIGKILL! Perhaps out of memory?" in log
    assert waiting(settings) == PEOPLE


def _stubborn(server: Server, code: str) -> str:
    """Somebody who begins again when the connection breaks."""
    for _ in range(20):
        try:
            return answer(server, code)
        except (OSError, AssertionError, AttributeError):
            continue
    return "gave up"


def _kill_one_after_the_other(server: Server) -> None:
    for number in range(3):
        until(lambda n=number: len(server.workers()) > n, server.process, "a worker")
        os.kill(server.workers()[number], signal.SIGKILL)


def test_a_stop_while_people_send_stores_what_waits_and_answers_it(place):
    settings, codes = place
    with serving(settings, "--workers", "2") as server:
        ends: list[str] = []
        started = threading.Barrier(CLIENTS + 1)

        def send(code: str) -> None:
            client = Client(server.base)
            review = visits.respond(
                client, {}, "de", slug=SLUG, code=code, until="review"
            )
            page = visits.read(review)
            started.wait()
            fields = {**page.inputs, "go": "send"}
            try:
                sent = client.post(page.path, fields)
            except OSError:
                return  # never accepted, so never thanked
            if sent.headers.get("Location", "").endswith("/thanks"):
                ends.append(code)

        threads = [threading.Thread(target=send, args=(c,)) for c in codes[:CLIENTS]]
        for thread in threads:
            thread.start()
        started.wait()
        server.process.terminate()
        for thread in threads:
            thread.join()
        assert server.process.wait(30) == 0
        log = server.log
    others = 12
    with serving(settings) as server:
        rest = [answer(server, c) for c in codes[CLIENTS : CLIENTS + others]]
        again = [answer(server, code) for code in codes[:CLIENTS]]
    assert rest == ["thanks"] * others
    assert all(
        kind == "used" for kind, code in zip(again, codes, strict=False) if code in ends
    )
    assert waiting(settings) == CLIENTS + others
    assert "ERROR" not in log


def test_a_socket_that_the_service_manager_opened_is_served(place, tmp_path):
    settings, codes = place
    path = tmp_path / "town.sock"
    with serving(settings, "--workers", "2", at=path) as server:
        assert answer(server, codes[0]) == "thanks"
        assert "vielstimmig_workers 2\n" in Client(server.base).get("/metrics").text
        assert "Serving on the socket it was given" in server.log


def test_a_worker_that_ends_is_replaced_and_counted(place):
    settings, _ = place
    with serving(settings, "--workers", "2") as server:
        os.kill(server.workers()[0], signal.SIGTERM)
        until(lambda: len(server.workers()) == 3, server.process, "another worker")
        until(
            lambda: (
                "vielstimmig_workers 2\n" in Client(server.base).get("/metrics").text
            ),
            server.process,
            "two rows of the meter",
        )
        assert "_starts_total 3\n" in Client(server.base).get("/metrics").text


def test_no_control_socket_is_opened(place, monkeypatch, tmp_path):
    """Gunicorn would open one in the home of the user who serves."""
    settings, _ = place
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with serving(settings):
        assert not [p for p in tmp_path.rglob("*.ctl") if p.is_socket()]


def test_a_port_that_is_taken_is_told_in_the_log(place):
    settings, _ = place
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with (
            pytest.raises(AssertionError, match="Connection in use: "),
            serving(settings, "--port", port),
        ):
            raise RuntimeError("it served on a port that was taken")
