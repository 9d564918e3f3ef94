"""A real server of an instance, on the loopback, and people who know HTTP only."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from survey.settings import Settings

START_SECONDS = 30
COMMAND = "from survey.cli import main; main()"
TOKEN = re.compile(rb'name="token" value="([^"]+)"')
PAGE = re.compile(rb'data-page="([a-z]+)"')


@contextmanager
def serving(settings: Settings, port: int, *, threads: int = 8) -> Iterator[None]:
    """`survey serve` as long as it is needed."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", str(port)]
        + ["--threads", str(threads)],
        env={**os.environ, "SURVEY_INSTANCE": str(settings.instance)},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")


class Reply(NamedTuple):
    """What came back: status, where it leads, kind of page, token of its form."""

    status: int
    location: str
    page: str
    token: str


class Person:
    """One browser: a connection that is kept, and at most one cookie."""

    def __init__(self, port: int, address: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.address = address
        self._cookie = ""

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None)

    def post(self, path: str, **form: str) -> Reply:
        return self._ask("POST", path, urlencode(form))

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.address:
            headers["X-Forwarded-For"] = self.address
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self._cookie = cookie.partition(";")[0]
        token, page = TOKEN.search(content), PAGE.search(content)
        return Reply(
            response.status,
            response.headers.get("Location", ""),
            page.group(1).decode() if page else "",
            token.group(1).decode() if token else "",
        )
