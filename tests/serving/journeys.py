"""Canaries on their way through a running server, in order and in every disorder."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote_plus

from survey.settings import Settings
from survey.urn import Urn
from tests import instances, visits
from tests.serving.client import Client
from tests.serving.server import Server, until
from tests.serving.trouble import Canary

SLUG = "canary"
PEOPLE = 30

# `survey serve` with a fault in it that shows when somebody asks for one
FAULTY = """
from survey.respond import question
def answer(answering, step, kept=question._answer):
    from flask import request
    if "fail" in request.form:
        words = request.form["words"]
        raise ValueError(f"cannot take {words} of {request.remote_addr}")
    return kept(answering, step)
question._answer = answer
from survey.cli import main
main()
"""


def town(settings: Settings) -> list[str]:
    """Open the canary survey; codes that occur nowhere else."""
    today = datetime.now(UTC).date()
    terms = {"languages": ("de", "ar"), "access": "both"}
    instances.publish(settings, SLUG, today, **terms)
    urn = Urn(settings, SLUG)
    codes = urn.issue(PEOPLE)
    urn.stop()
    return codes


def canaries(codes: list[str]) -> Iterator[Canary]:
    """People with an address, browser, language, code and answers of their own."""
    for number, code in enumerate(codes):
        yield Canary(
            address=f"127.77.{100 + number}.{200 - number}",
            agent=f"Zilpzalp/{number}.77 (Gartengrasmuecke)",
            language=f"ar-x-kanaria{number}",
            code=code,
            words=f"Nachtigallenweg {number}, am Xylophonplatz زقزوق",
            number=str(73194400 + number),
        )


def whole(client: Client, canary: Canary) -> str:
    """The whole way to the thank-you page; the kind of the last page."""
    client.headers = {**client.headers, **canary.headers}
    answers = {"count": [canary.number], "words": [canary.words]}
    last = visits.respond(client, answers, "ar", slug=SLUG, code=canary.code)
    return visits.read(last).kind


def at_words(client: Client, canary: Canary) -> visits.Page:
    """The page with the free text, reached with a code."""
    client.headers = {**client.headers, **canary.headers}
    page = visits.read(client.get(f"/ar/{SLUG}/"))
    page = visits.read(visits.post(client, page, "start", {"code": [canary.code]}))
    return visits.read(visits.post(client, page, "next", {"count": [canary.number]}))


def refused(client: Client, canary: Canary) -> list[int]:
    """Requests that the application answers with an error; their statuses."""
    client.headers = {**client.headers, **canary.headers}
    page = at_words(client, canary)
    token = page.inputs["token"][0]
    words = quote_plus(canary.words)
    form = f"token={token}&go=next&words="
    long = words * (600_000 // len(words))
    fitting = form + long[:300_000]
    sent = [
        ("GET", f"/ar/{words}/{canary.code}", None),
        ("GET", f"/ar/{SLUG}/p1?code={canary.code}&words={words}", None),
        ("POST", page.path, fitting),
        ("POST", page.path, form + long),
        ("POST", page.path, form + words + "&fail=1"),
        ("POST", f"/ar/{SLUG}/", f"go=start&code={canary.code[:-1]}"),
        ("POST", page.path, f"token={canary.code}&go=next&words={words}"),
        ("PUT", page.path, form + words),
        ("GET", f"/metrics?{canary.code}", None),
    ]
    statuses = []
    for method, path, body in sent:
        with suppress(OSError):
            statuses.append(client.send(method, path, body).status_code)
    with suppress(OSError):
        pieces = iter([fitting.encode()[:150_000]] * 2)
        statuses.append(client.send("POST", page.path, pieces).status_code)
    return statuses


def cut_off(server: Server, client: Client, canary: Canary) -> None:
    """A worker is killed while it answers: stopped first, so that it surely does."""
    page = at_words(client, canary)
    workers = server.workers()
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    connection = client.connect()
    body = f"token={page.inputs['token'][0]}&go=next&words={quote_plus(canary.words)}"
    headers = {**client.headers, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", page.path, body, headers)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    with suppress(OSError):
        connection.getresponse().read()
    connection.close()
    count = len(workers) * 2
    until(lambda: len(server.workers()) >= count, server.process, "new workers")
