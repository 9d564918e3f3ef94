"""Joins people of a log to released rows and comments, as well as the log allows.

Besides what eavesdropper.py has learnt he reckons the length of the check page from a
row and from every comment of the same release, to the byte.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy
from scipy.optimize import linear_sum_assignment

from survey.headers import STEP
from tests.attack.eavesdropper import HIS_KEY, Features, Model, Row, View, by_address
from tests.attack.overheard import Crowd, Entry

MOST_OFF = 12
"""Bytes from which on two lengths are simply different."""


@dataclass(frozen=True)
class Links:
    """How many he joined rightly, and how many somebody would who knows less.

    ``blind``: any of a release. ``language``: any of the page language. ``told``: any
    of the language and number of steps, which docs/privacy.md says a log shows.
    """

    people: int
    right: int
    blind: float
    language: float
    told: float
    spread: float

    @property
    def is_chance(self) -> bool:
        """Whether he did no better than language and steps explain, within 3 sigma."""
        return self.right <= self.told + 3 * self.spread

    @property
    def percent(self) -> float:
        return 100 * self.right / self.people

    def __str__(self) -> str:
        return (
            f"{self.right} of {self.people} joined rightly; {self.blind:.0f} by chance,"
            f" {self.language:.0f} by language, {self.told:.0f} by language and steps"
            f" (sigma {self.spread:.1f})"
        )


@dataclass
class Lengths:
    """Bytes of the check page as a sum over answers, learnt from one's own people."""

    weights: dict[tuple[str, str, str], float]

    def of(self, language: str, row: Row) -> float:
        """Bytes of the check page of somebody with this row and no comment."""
        return sum(self.weights.get((language, *pair), 0.0) for pair in _pairs(row))

    def more(self, language: str, text: str) -> float:
        """Bytes that a comment adds to it."""
        each = self.weights[language, "", "byte"] * len(text.encode())
        return each + self.weights[language, "", "any"]


def lengths(own: Crowd) -> Lengths:
    """Weigh every answer by least squares; his own pages he sees without filling."""
    rows = {row["number"]: row for batch in own.releases for row in batch}
    sizes = check_pages(own.log, View(is_filled=False))
    found: dict[tuple[str, str, str], float] = {}
    for language in sorted({person.language for person in own.people}):
        people = [p for p in own.people if p.language == language]
        parts = [_parts(rows[p.number], p.words) for p in people]
        names = sorted(set().union(*parts))
        table = [[part.get(name, 0.0) for name in names] for part in parts]
        seen = [float(sizes[p.address]) for p in people]
        solved = numpy.linalg.lstsq(numpy.array(table), numpy.array(seen))[0]
        found |= {(language, *n): float(w) for n, w in zip(names, solved, strict=True)}
    return Lengths(found)


def _pairs(row: Row) -> list[tuple[str, str]]:
    return [("", "page"), *((q, c) for q, c in row.items() if q not in HIS_KEY)]


def _parts(row: Row, words: str) -> dict[tuple[str, str], float]:
    text = {("", "byte"): float(len(words.encode())), ("", "any"): float(bool(words))}
    return {**dict.fromkeys(_pairs(row), 1.0), **text}


def check_pages(log: Iterable[Entry], view: View) -> dict[str, int]:
    """Size of the last check page of every address."""
    return {
        entry.address: view.size(entry)
        for entry in log
        if entry.path.endswith("/review") and entry.method == "GET"
    }


def link(
    crowd: Crowd, own: Crowd, view: View, model: Model, told: Mapping[str, Features]
) -> Links:
    """Join people and rows within every release."""
    who = {person.number: person for person in crowd.people}
    reckoned, sizes = lengths(own), check_pages(crowd.log, view)
    right = 0
    groups: dict[str, list[int]] = {"language": [], "told": []}
    for rows, comments in zip(crowd.releases, crowd.comments, strict=True):
        present = [who[row["number"]].address for row in rows]
        score = numpy.zeros((len(rows), len(rows)))
        for i, address in enumerate(present):
            language = told[address]["language"]
            more = [0.0, *(reckoned.more(language, c["text"]) for c in comments)]
            for j, row in enumerate(rows):
                bare = reckoned.of(language, row)
                off = min(_off(bare + one, sizes[address], view) for one in more)
                score[i, j] = model.fit(row, told[address]) - 2 * off
        right += sum(a == b for a, b in assign(score)) if rows else 0
        groups["language"] += Counter(told[a]["language"] for a in present).values()
        steps = ((told[a]["language"], told[a]["steps"]) for a in present)
        groups["told"] += Counter(steps).values()
    return Links(
        people=sum(map(len, crowd.releases)),
        right=right,
        blind=sum(bool(rows) for rows in crowd.releases),
        language=len(groups["language"]),
        told=len(groups["told"]),
        spread=math.sqrt(sum(size > 1 for size in groups["told"])),
    )


def _off(reckoned: float, size: int, view: View) -> float:
    """How far a reckoned length is from the one in the log, at most MOST_OFF."""
    if view.is_filled:
        head = size % STEP
        reckoned = math.ceil((reckoned - head) / STEP) * STEP + head
    return min(abs(reckoned - size), MOST_OFF)


def assign(score: numpy.ndarray) -> list[tuple[int, int]]:
    """The best one-to-one assignment of lines to columns.

    Shuffled before, so that what is equally good is decided by chance.
    """
    rng = numpy.random.default_rng(7)
    lines = rng.permutation(score.shape[0])
    columns = rng.permutation(score.shape[1])
    pairs = linear_sum_assignment(-score[lines][:, columns])
    return [(int(lines[a]), int(columns[b])) for a, b in zip(*pairs, strict=True)]


def link_comments(crowd: Crowd, own: Crowd, view: View) -> Links:
    """Join people and comments by how long they typed, within language and release."""
    who = {person.number: person for person in crowd.people}
    slope, start = _pace(own, view)
    typed = _typing(crowd.log, view)
    right, blind = 0, 0.0
    for rows, comments in zip(crowd.releases, crowd.comments, strict=True):
        present = [who[row["number"]] for row in rows]
        score = [
            [-abs(typed[p.address] - start - slope * len(c["text"])) for c in comments]
            for p in present
        ]
        if not comments:
            continue
        for a, b in assign(numpy.array(score)):
            right += _is_by(comments[b]["text"], present[a].number)
        blind += len(comments) / len(present)
    total = sum(map(len, crowd.comments))
    return Links(total, right, blind, blind, blind, math.sqrt(blind))


def _is_by(text: str, number: str) -> bool:
    return text.startswith(f"Kennwort{number} ") or text == f"Kennwort{number}"


def _typing(log: Sequence[Entry], view: View) -> dict[str, int]:
    """Seconds before the last page of questions was sent, for every address."""
    found: dict[str, int] = {}
    for address, lines in by_address(log).items():
        for before, entry in zip(lines, lines[1:], strict=False):
            if entry.method == "POST" and "/p" in entry.path:
                found[address] = view.second(entry) - view.second(before)
    return found


def _pace(own: Crowd, view: View) -> tuple[float, float]:
    """Seconds as a straight line of letters, from one's own people."""
    typed = _typing(own.log, view)
    letters = [len(p.words) for p in own.people]
    seconds = [typed[p.address] for p in own.people]
    slope, start = numpy.polyfit(letters, seconds, 1)
    return float(slope), float(start)
