"""Somebody who fills in whatever form comes, over one keep-alive connection."""

from __future__ import annotations

import http.client
import random
import time
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

MOST_PAGES = 40


class Form(HTMLParser):
    """The form ``answers`` of a page: its fields, first button and page name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: list[tuple[str, str]] = []
        self.radios: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.button: tuple[str, str] | None = None
        self.name = ""
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Take note of one element."""
        given = {key: value or "" for key, value in attrs}
        if tag == "body":
            self.name = given.get("data-page", "")
        if tag == "form":
            self.inside = given.get("id") == "answers"
        if not self.inside or not given.get("name"):
            return
        if tag == "button" and self.button is None:
            self.button = (given["name"], given.get("value", ""))
        elif tag == "textarea":
            self.texts.append(given["name"])
        elif tag == "input":
            self._take_input(given)

    def _take_input(self, given: dict[str, str]) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value")
        if kind == "hidden":
            self.hidden.append((name, value or ""))
        elif kind == "radio":
            self.radios.setdefault(name, []).append(value or "")
        elif kind == "text":
            self.texts.append(name)

    def handle_endtag(self, tag):
        """Leave the form."""
        if tag == "form":
            self.inside = False

    def filled(self, rng: random.Random) -> list[tuple[str, str]]:
        """A random answer to every choice, a word in every text, the first button."""
        chosen = [(name, rng.choice(codes)) for name, codes in self.radios.items()]
        texts = [(name, "word") for name in self.texts]
        return self.hidden + chosen + texts + ([self.button] if self.button else [])


class Visitor:
    """A fresh visitor with a cookie jar; counts requests, bytes and seconds waited."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
        self.requests = self.bytes = 0
        self.waits: list[float] = []

    def fetch(self, address: str, fields: list[tuple[str, str]] | None = None) -> str:
        """One page, redirects followed; the address becomes the new base."""
        for _ in range(5):
            self.base = urljoin(self.base, address)
            status, location, body = self._exchange(fields)
            if status not in (301, 302, 303):
                if status >= 400:
                    raise AssertionError(f"{status} at {self.base}")
                return body
            address, fields = location, None
        raise AssertionError(f"too many redirects at {self.base}")

    def _exchange(self, fields: list[tuple[str, str]] | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = urlsplit(self.base)._replace(scheme="", netloc="", fragment="").geturl()
        began = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        self.waits.append(time.perf_counter() - began)
        self.requests += 1
        self.bytes += len(data)
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), data.decode()

    def fill_in(self, start: str, rng: random.Random) -> None:
        """From the first page to the thank-you page."""
        page = self.fetch(start)
        for _ in range(MOST_PAGES):
            form = Form(page)
            if form.name == "thanks":
                self.connection.close()
                return
            page = self.fetch(self.base, form.filled(rng))
        raise AssertionError("no thank-you page")
