"""Requests that fail, each with a canary in it: where servers like to write logs."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

SECONDS = 10


@dataclass(frozen=True)
class Canary:
    """One person with marks that occur nowhere else."""

    address: str
    agent: str
    language: str
    code: str
    words: str
    number: str

    @property
    def headers(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept-Language": f"{self.language}, ar"}

    def found_in(self, text: str) -> set[str]:
        """Names of the marks that stand in a text, in any usual spelling."""
        lowered = text.lower()
        marks = {
            "address": [self.address],
            "agent": [self.agent],
            "language": [self.language, "/ar/"],
            "code": [self.code, grouped(self.code, " "), grouped(self.code, "-")],
            "answer": [self.number, *spellings(self.words)],
        }
        return {
            name
            for name, each in marks.items()
            if any(mark.lower() in lowered for mark in each)
        }


def grouped(code: str, by: str) -> str:
    return by.join(code[place : place + 4] for place in range(0, 16, 4))


def spellings(words: str) -> list[str]:
    """How a text may stand in a file."""
    utf16 = words.encode("utf-16-le").decode("latin-1")
    return [words, quote(words), quote_plus(words), ascii(words)[1:-1], utf16]


def raw(canary: Canary, host: str) -> Iterator[bytes]:
    """Requests a server refuses before any application sees them."""
    c, words = canary, quote(canary.words)
    agent = f"User-Agent: {c.agent}\r\nAccept-Language: {c.language}\r\n"
    start = f"GET /ar/canary/?code={c.code} HTTP/1.1\r\nHost: {host}\r\n{agent}"
    lines = [
        f"GET /ar/{c.code} HTTP/9.9\r\nHost: {host}\r\n{agent}\r\n",
        f"{c.code} /ar/ HTTP/1.1\r\nHost: {host}\r\n{agent}\r\n",
        f"GET{c.code}\r\n\r\n",
        f"GET /ar/{'x' * 40_000}{c.code} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        f"{start}X-{c.code} : {words}\r\n\r\n",
        f"{start}Bad Name {c.code}: {words}\r\n\r\n",
        f"{start}Long: {'x' * 40_000}{c.code}\r\n\r\n",
        start + "".join(f"H{n}: {c.code}\r\n" for n in range(150)) + "\r\n",
        f"{start}Folded: a\r\n {c.code}\r\n\r\n",
        f"{start}Content-Length: {c.code}x\r\n\r\n{words}",
        f"{start}Content-Length: -1\r\n\r\n{words}",
        f"{start}Transfer-Encoding: {c.code}\r\n\r\n{words}",
        f"{start}Expect: {c.code}\r\n\r\n",
        f"POST /ar/canary/ HTTP/1.1\r\nHost: {host}\r\n{agent}"
        f"Transfer-Encoding: chunked\r\n\r\n{c.code}zz\r\n{words}\r\n0\r\n\r\n",
        f"POST /ar/canary/ HTTP/1.1\r\nHost: {host}\r\n{agent}"
        f"Transfer-Encoding: chunked\r\n\r\n5;{words}={c.code}\r\nabcde\r\n0\r\n\r\n",
        f"POST /ar/canary/p1 HTTP/1.1\r\nHost: {host}\r\n{agent}"
        f"Content-Length: 4000\r\n\r\ncount={c.number}&words={words}",
        f"PROXY TCP4 {c.address} {c.address} 1 2\r\nGET / HTTP/1.1\r\n\r\n",
        f"GET /ar/canary/ HTTP/1.1\r\nHost: {c.code}.example\r\n{agent}\r\n",
        f"GET /ar/canary/ HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: http\r\n"
        f"X-Forwarded-Ssl: on\r\nX-Forwarded-For: {c.address}\r\n{agent}\r\n",
        f"GET /metrics?{c.code} HTTP/1.1\r\nHost: {host}\r\n{agent}\r\n",
    ]
    for line in lines:
        yield line.encode()
    yield f"GET /\x00{c.code} HTTP/1.1\r\n\r\n".encode()
    yield b"\x16\x03\x01" + c.words.encode()
    yield start.encode("utf-8") + b"N\xc3\xa4me: \xff" + c.words.encode() + b"\r\n\r\n"


def send_raw(
    source: str,
    port: int,
    request: bytes,
    *,
    tls_name: str = "",
    trusted: Path | None = None,
) -> bytes:
    """Send bytes from an address, over TLS where a name is given; the first answer."""
    answer = b""
    with suppress(OSError):
        plain = socket.create_connection(("127.0.0.1", port), SECONDS, (source, 0))
        with _wrapped(plain, tls_name, trusted) if tls_name else plain as line:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            line.sendall(request)
            line.settimeout(3)
            answer = line.recv(4096)
    return answer


def _wrapped(plain: socket.socket, name: str, trusted: Path | None) -> ssl.SSLSocket:
    trusting = ssl.create_default_context(cafile=trusted)
    return trusting.wrap_socket(
        plain, server_hostname=name, do_handshake_on_connect=False
    )
