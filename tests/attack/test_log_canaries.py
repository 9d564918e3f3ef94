"""Canaries through gunicorn behind a real nginx with the shipped configuration.

Addresses, browsers, languages, codes and answers that occur nowhere else go the whole
way and every wrong way; then every file that anything has written is searched.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from survey import settings as given
from survey.settings import Settings
from tests import instances
from tests.serving import journeys
from tests.serving.client import Client
from tests.serving.nginx import INSTANCE, NAME, Nginx, proxying
from tests.serving.server import Server, serving
from tests.serving.trouble import Canary, raw, send_raw

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path) -> Settings:
    settings = instances.fresh(
        tmp_path / "instance", public_url=f"https://{NAME}", trusted_proxies=1
    )
    assert settings == given.read(settings.instance, {})
    return settings


@pytest.fixture
def people(town: Settings) -> list[Canary]:
    return list(journeys.canaries(journeys.town(town)))


@contextmanager
def behind(
    town: Settings, *, naive: bool, program: str = journeys.FAULTY
) -> Iterator[tuple[Server, Nginx]]:
    """The server on a socket it was handed, and nginx in front of it."""
    folder = town.instance.parent
    options = ("--workers", "2")
    at = folder / f"{INSTANCE}.sock"
    with (
        serving(town, *options, at=at, program=program) as server,
        proxying(folder / "nginx", naive=naive) as nginx,
    ):
        yield server, nginx


def everything(server: Server, nginx: Nginx, people: list[Canary]) -> None:
    """All ways, right and wrong, each by somebody else."""
    mine = iter(people)
    one = next(mine)
    assert journeys.whole(nginx.client(one.address), one) == "thanks"
    one = next(mine)
    statuses = journeys.refused(nginx.client(one.address), one)
    assert {404, 413, 422, 500, 405} <= set(statuses)
    broken(nginx, next(mine))
    one = next(mine)
    journeys.cut_off(server, nginx.client(one.address), one)
    one = next(mine)
    unreachable(server, nginx, one)
    for again in (next(mine), next(mine)):
        assert journeys.whole(nginx.client(again.address), again) == "thanks"


def broken(nginx: Nginx, one: Canary) -> None:
    """What is no request, no TLS, too slow or of no known name."""
    refused = 0
    for request in raw(one, NAME):
        refused += b" 40" in send_raw(one.address, nginx.http, request)[:20]
        over_tls = send_raw(
            one.address, nginx.https, request, tls_name=NAME, trusted=nginx.certificate
        )
        refused += b" 40" in over_tls[:20]
        send_raw(one.address, nginx.https, request)
        send_raw(one.address, nginx.https, request, tls_name=f"{one.code}.example")
    assert refused > 12


def unreachable(server: Server, nginx: Nginx, one: Canary) -> None:
    """The workers stand still, and people go away before they are answered."""
    client = nginx.client(one.address, **one.headers)
    connection = client.connect()
    for pid in server.workers()[-2:]:
        os.kill(pid, signal.SIGSTOP)
    connection.request("GET", f"/ar/canary/?{one.code}", headers=client.headers)
    connection.close()
    for pid in server.workers()[-2:]:
        os.kill(pid, signal.SIGCONT)


def marks(people: list[Canary], texts: Iterator[str]) -> set[str]:
    return {mark for text in texts for one in people for mark in one.found_in(text)}


def logged(server: Server, nginx: Nginx) -> Iterator[str]:
    """Everything written by nginx, by the server, and the numbers it tells."""
    yield from nginx.written.values()
    yield server.log
    yield Client(server.base).get("/metrics").text


def stored(town: Settings) -> Iterator[str]:
    """Every file of the instance, as bytes read one by one."""
    for file in town.instance.rglob("*"):
        if file.is_file():
            yield file.read_bytes().decode("latin-1")
            yield file.read_bytes().decode("utf-8", errors="replace")


def test_no_mark_is_in_any_log_number_or_file_with_the_shipped_configuration(
    town: Settings, people: list[Canary]
):
    with behind(town, naive=False) as (server, nginx):
        everything(server, nginx, people)
        assert marks(people, logged(server, nginx)) == set()
        assert nginx.body_folders == []
        # the questionnaire itself is offered in Arabic; that names nobody
        assert marks(people, stored(town)) <= {"language"}
        for answer in (asked_from_outside(nginx), asked_from_outside(nginx, "/x")):
            assert answer == 404
    assert "a fault at question.take" in server.log


def asked_from_outside(nginx: Nginx, rest: str = "") -> int:
    """Status of the numbers for somebody who comes by the name of the town."""
    return nginx.client("127.0.0.1").get(f"/metrics{rest}").status_code


def test_a_careless_configuration_is_caught_by_the_same_search(
    town: Settings, people: list[Canary]
):
    with behind(town, naive=True) as (server, nginx):
        everything(server, nginx, people)
        written = nginx.written
        in_access = marks(people, iter([written["access.log"]]))
        in_errors = marks(people, iter([written["error.log"]]))
        assert in_access == {"address", "agent", "language", "code", "answer"}
        assert {"address", "language", "code"} <= in_errors
        assert nginx.body_folders != []


def test_a_name_that_is_not_listed_gets_no_answer(town: Settings):
    with behind(town, naive=False) as (_, nginx):
        request = b"GET / HTTP/1.1\r\nHost: other.example\r\n\r\n"
        assert send_raw("127.0.0.1", nginx.http, request) == b""
        over_tls = send_raw("127.0.0.1", nginx.https, request, tls_name="other.example")
        assert over_tls == b""


def test_plain_http_leads_to_https_and_what_nginx_answers_is_strict(town: Settings):
    with behind(town, naive=False) as (_, nginx):
        plain = Client(f"http://127.0.0.1:{nginx.http}", headers={"Host": NAME})
        answer = plain.get("/de/")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"https://{NAME}/de/"
        for path in ("/de/", "/metrics"):
            headers = nginx.client().get(path).headers
            assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_what_a_client_claims_of_itself_does_not_reach_the_application(town: Settings):
    with behind(town, naive=False, program=SEEING) as (_, nginx):
        names = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host")
        claimed = dict.fromkeys(names, "198.51.100.7")
        client = nginx.client("127.0.9.9", **claimed)
        seen = client.get("/health").text
    assert seen == f"127.0.9.9 https {NAME}"


# the application says what it believes of a request
SEEING = """
from survey import watching
def health():
    from flask import request
    return f"{request.remote_addr} {request.scheme} {request.host}"
watching.health = health
from survey.cli import main
main()
"""
