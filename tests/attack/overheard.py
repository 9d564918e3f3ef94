"""Simulated people, and a proxy in front of the application that writes all of it down.

They differ in language, answers, pace, mistakes and patience. What they do is made from
a seed; their answers are known to the test by a number that each of them types.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask

SLUG = "overheard"
LANGUAGES = ("de", "ar")
FILLING = re.compile(rb"<!-- \.* -->\Z")
TOKEN = re.compile(r'name="token" value="([^"]+)"')
PAGE = re.compile(r'<body[^>]* data-page="(\w+)"')


@dataclass(frozen=True)
class Entry:
    """One line of the log in front, and what it would be for others.

    ``bare`` is the size without filling; ``late`` the second if people took longer
    over what they tick.
    """

    address: str
    second: int
    late: int
    path: str
    status: int
    size: int
    bare: int
    method: str


@dataclass
class Proxy:
    """A front that passes everything on and writes every request down."""

    application: Any
    clock: Callable[[], datetime]
    log: list[Entry] = field(default_factory=list)
    later: Counter[str] = field(default_factory=Counter)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        said: list[Any] = []

        def started(status: str, headers: Any, *more: Any) -> Any:
            said[:] = [int(status.split()[0]), sum(len(k) + len(v) for k, v in headers)]
            return start(status, headers, *more)

        body = b"".join(self.application(environ, started))
        status, head = said
        address, now = environ["REMOTE_ADDR"], int(self.clock().timestamp())
        self.log.append(
            Entry(
                address=address,
                second=now,
                late=now + self.later[address],
                path=environ["PATH_INFO"],
                status=status,
                size=head + len(body),
                bare=head + len(FILLING.sub(b"", body)),
                method=environ["REQUEST_METHOD"],
            )
        )
        return iter([body])


@dataclass(frozen=True)
class Person:
    """What somebody will do; ``number`` is how the test knows them again."""

    number: str
    address: str
    language: str
    answers: dict[str, list[str]]
    words: str
    seconds: float
    letters_per_second: float
    mistypes: bool
    goes_back: bool
    ends_early: bool


LENGTHS = (0, 0, 30, 60, 90, 150, 240, 400, 700, 1200)


def person(rng: random.Random, index: int) -> Person:
    """Somebody, drawn as the town's people are."""
    number = str(10_000 + index)
    child, treated = rng.random() < 0.4, rng.random() < 0.3
    length = round(rng.choice(LENGTHS) * rng.uniform(0.7, 1.4))
    words = f"Kennwort{number} " + "sagen wir es so " * (length // 16)
    places = ["work", "office", "street"]
    ends_early = rng.random() < 0.08
    return Person(
        number=number,
        address=f"10.{index // 60_000}.{index // 250 % 240}.{index % 250 + 1}",
        language=rng.choices(LANGUAGES, (3, 1))[0],
        answers={
            "place": rng.choices(["core", "north", "far", "out"], (4, 3, 2, 1)),
            "child": ["yes" if child else "no"],
            "care": [rng.choice(["yes", "no"])],
            "treated": ["yes" if treated else "no"],
            "where": rng.sample(places, rng.randint(1, 3)) if treated else [],
            "number": [number],
            "content": [f"a{rng.randint(1, 5)}"],
            "bus": [rng.choice(["daily", "rare", "never"])],
            "words": [words.strip() if length else ""],
        },
        words=words.strip() if length and not ends_early else "",
        seconds=rng.lognormvariate(2.2, 0.5),
        letters_per_second=rng.lognormvariate(1.0, 0.4),
        mistypes=rng.random() < 0.25,
        goes_back=rng.random() < 0.15,
        ends_early=ends_early,
    )


@dataclass
class Walker:
    """Somebody on their way through the survey."""

    who: Person
    client: Any
    clock: Any
    rng: random.Random
    later: Counter[str]

    def walk(self) -> None:
        """From the first page to the thank-you page."""
        self._see(self._get(f"/{self.who.language}/{SLUG}/"))
        self._post(go="start")
        went_back = not self.who.goes_back
        for _ in range(40):
            if self.kind == "thanks":
                return
            names = self._names()
            if self.kind == "review":
                self._post(go="send")
            elif "number" in names and self.who.mistypes and not self.is_corrected:
                self.is_corrected = True
                self._post(go="next", number=["weiß nicht"])
            elif "content" in names and not went_back:
                went_back = True
                self._post(go="back")
            elif "content" in names and self.who.ends_early:
                self._post(go="review", **self._own(names))
            else:
                self._post(go="next", **self._own(names))
        raise AssertionError(f"no end at {self.path}")

    is_corrected = False

    def _own(self, names: set[str]) -> dict[str, list[str]]:
        return {name: self.who.answers[name] for name in names & set(self.who.answers)}

    def _names(self) -> set[str]:
        return set(re.findall(r' name="(\w+)"', self.html))

    def _get(self, path: str) -> Any:
        return self.client.get(path, environ_overrides=self._from)

    @property
    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.who.address}

    def _post(self, **fields: Any) -> None:
        self.clock.advance(seconds=self._pause(fields))
        found = TOKEN.search(self.html)
        data = {"token": found[1] if found else "", **fields}
        answer = self.client.post(self.path, data=data, environ_overrides=self._from)
        while answer.status_code == 303:
            self.clock.advance(seconds=1)
            answer = self._get(answer.headers["Location"])
        self._see(answer)

    def _pause(self, fields: dict[str, Any]) -> float:
        """Seconds on a page: reading and typing; beside it, what ticking may add."""
        seconds = self.who.seconds * self.rng.lognormvariate(0, 0.35)
        typed = len("".join(fields.get("words", [])))
        seconds += typed / self.who.letters_per_second
        ticks = sum(len(v) for v in fields.values() if isinstance(v, list))
        more = 4 * ticks + 12 * ("yes" in fields.get("treated", []))
        self.later[self.who.address] += more
        return seconds

    def _see(self, answer: Any) -> None:
        self.html = answer.get_data(as_text=True)
        self.path = answer.request.path
        found = PAGE.search(self.html)
        assert found, self.path
        self.kind = found[1]


@dataclass
class Crowd:
    """Everybody who takes part, what the proxy knows, what the town releases.

    The rows that say nothing have not even a number; they are only counted.
    """

    people: list[Person]
    log: list[Entry]
    releases: list[list[dict[str, str]]]
    comments: list[list[dict[str, str]]]
    silent: int = 0


def take_part(app: Flask, clock: Any, people: list[Person], *, per_day: int) -> Crowd:
    """Let people answer day by day; a release after each, and a close at the end."""
    rng = random.Random(len(people))
    proxy = Proxy(app.wsgi_app, clock)
    app.wsgi_app = proxy  # type: ignore[method-assign]
    urn = app.extensions["survey"].urn(SLUG)
    crowd = Crowd(people, proxy.log, [], [])
    for first in range(0, len(people), per_day):
        for who in people[first : first + per_day]:
            walker = Walker(who, Flask.test_client(app), clock, rng, proxy.later)
            walker.walk()
        urn.close() if first + per_day >= len(people) else urn.release()
        _note_new(crowd, list(urn.responses()), list(urn.comments()))
        clock.advance(hours=20)
    return crowd


def is_silent(row: Mapping[str, str]) -> bool:
    """Whether a row says nothing, not even its language."""
    named = {"channel": "link", "form_language": "other"}
    return all(cell == named.get(name, "-5") for name, cell in row.items())


def _note_new(
    crowd: Crowd, rows: list[dict[str, str]], comments: list[dict[str, str]]
) -> None:
    known = {row["number"] for batch in crowd.releases for row in batch}
    crowd.silent = sum(map(is_silent, rows))
    rows = [row for row in rows if not is_silent(row)]
    said = {row["text"] for batch in crowd.comments for row in batch}
    crowd.releases.append([row for row in rows if row["number"] not in known])
    crowd.comments.append([row for row in comments if row["text"] not in said])
