"""A browser without scripts over real HTTP, with the face of Flask's test client."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

SECONDS = 30


class OverSocket(http.client.HTTPConnection):
    """A connection to a socket of the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self._path)


@dataclass
class Asked:
    """What a response answers."""

    path: str


@dataclass
class Answer:
    """A response with the names Flask gives its parts."""

    status_code: int
    headers: Any
    data: bytes
    request: Asked

    def get_data(self, *, as_text: bool = False) -> Any:
        return self.data.decode() if as_text else self.data

    @property
    def text(self) -> str:
        return self.data.decode()


@dataclass
class Client:
    """One person: an address to come from, headers, cookies."""

    base: str
    source: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    at: tuple[str, int] | None = None
    """Where the host of ``base`` really is, for a name nobody else knows."""
    trusted: Path | None = None
    """A certificate to trust."""

    def get(self, path: str, **how: Any) -> Answer:
        return self._follow("GET", path, None, **how)

    def post(self, path: str, data: Mapping[str, Any], **how: Any) -> Answer:
        return self._follow("POST", path, urlencode(data, doseq=True), **how)

    def _follow(
        self,
        method: str,
        path: str,
        body: str | None,
        *,
        follow_redirects: bool = False,
        headers: Mapping[str, str] = {},
    ) -> Answer:
        for _ in range(6):
            answer = self.send(method, path, body, headers)
            if answer.status_code not in (301, 302, 303, 308) or not follow_redirects:
                return answer
            path = urljoin(path, answer.headers["Location"])
            method, body = "GET", None
        raise AssertionError(f"redirected for ever at {path}")

    def send(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] = {}
    ) -> Answer:
        """One request and its answer, on a connection of its own."""
        given = {**self.headers, **headers}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if isinstance(body, str):
            given["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.connect()
        try:
            connection.request(method, path, body, given)
            got = connection.getresponse()
            data = got.read()
        finally:
            connection.close()
        self._take_cookies(got.headers)
        return Answer(got.status, got.headers, data, Asked(urlsplit(path).path))

    def connect(self) -> http.client.HTTPConnection:
        """A connection from this person's address."""
        parts = urlsplit(self.base)
        if parts.scheme == "unix":
            return OverSocket(parts.path)
        source = (self.source, 0) if self.source else None
        if parts.scheme == "http":
            return http.client.HTTPConnection(
                parts.netloc, timeout=SECONDS, source_address=source
            )
        trusting = ssl.create_default_context(cafile=self.trusted)
        connection = http.client.HTTPSConnection(
            parts.netloc, timeout=SECONDS, source_address=source, context=trusting
        )
        if self.at is not None:
            connection._create_connection = self._go_there
        return connection

    def _go_there(self, _: object, *how: Any) -> socket.socket:
        return socket.create_connection(self.at, *how)

    def _take_cookies(self, headers: Any) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if not morsel["expires"].startswith("Thu, 01 Jan 1970"):
                    self.cookies[name] = morsel.value
