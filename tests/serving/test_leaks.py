"""What the server writes while people answer and while everything goes wrong.

Without a proxy, so that gunicorn sees every address and every broken request itself.
`tests/attack/test_log_canaries.py` puts a real nginx in front.
"""

from __future__ import annotations

import pytest

from tests.serving import journeys
from tests.serving.client import Client
from tests.serving.server import Server, serving
from tests.serving.trouble import Canary, raw, send_raw

# the usual way: gunicorn's own log with an access log, the usual traceback
NAIVE = """
from gunicorn import glogging
from survey.cli import server
server.Log = glogging.Logger
server.take_over = lambda **_: None
kept = server.options
server.options = lambda *a: kept(*a) | {
    "accesslog": "-",
    "loglevel": "info",
    "worker_class": "gthread",
    "access_log_format": '%(h)s "%(r)s" "%(a)s" "%({accept-language}i)s"',
}
from survey.app import Application
from flask import Flask
Application.log_exception = Flask.log_exception
"""


@pytest.fixture
def people(settings):
    return list(journeys.canaries(journeys.town(settings)))


def everything(server: Server, people: list[Canary]) -> set[str]:
    """Go all ways, right and wrong; which marks the logs and numbers hold."""
    port = int(server.base.rpartition(":")[2])
    mine = iter(people)

    def client(canary: Canary) -> Client:
        return Client(server.base, canary.address)

    one = next(mine)
    assert journeys.whole(client(one), one) == "thanks"
    one = next(mine)
    statuses = journeys.refused(client(one), one)
    assert {404, 413, 422, 500, 405} <= set(statuses)
    one = next(mine)
    answers = [send_raw(one.address, port, request) for request in raw(one, "x")]
    assert sum(b" 40" in answer[:20] for answer in answers) > 8
    one = next(mine)
    journeys.cut_off(server, client(one), one)
    for again in (next(mine), next(mine)):
        assert journeys.whole(client(again), again) == "thanks"
    told = server.log + Client(server.base).get("/metrics").text
    return set().union(*(canary.found_in(told) for canary in people))


def test_no_mark_of_anybody_is_in_the_log_or_the_numbers(settings, people):
    options = ("--workers", "2")
    with serving(settings, *options, program=journeys.FAULTY) as server:
        assert everything(server, people) == set()
        assert "ERROR survey.app: a fault at question.take\n  ValueError" in server.log
        assert "was sent SIGKILL! Perhaps out of memory?" in server.log


def test_the_usual_way_of_logging_writes_all_of_them_down(settings, people):
    program = NAIVE + journeys.FAULTY
    with serving(settings, "--workers", "2", program=program) as server:
        found = everything(server, people)
    assert found == {"address", "agent", "language", "code", "answer"}
