"""Joins people of a log to released rows and comments, as well as the log allows.

Besides what eavesdropper.py has learnt he reckons the length of the check page from a
row and from every comment of the same release, to the byte.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """How many he joined rightly, and how many somebody would who draws lots."""

    people: int
    right: int
    chance: float

    @property
    def spread(self) -> float:
        """Sigma: of drawing lots once in each class, and nearly so in parts of them."""
        return math.sqrt(self.chance)

    @property
    def is_chance(self) -> bool:
        """Whether he did no better than by drawing lots, within 3 sigma."""
        return self.is_within(3)

    def is_within(self, sigmas: float) -> bool:
        """The same within so many sigma; few lots need more of them."""
        return self.right <= self.chance + sigmas * self.spread

    @property
    def percent(self) -> float:
        return 100 * self.right / self.people

    def __str__(self) -> str:
        return (
            f"{self.right} of {self.people} joined rightly; {self.chance:.0f} by chance"
            f" (sigma {self.spread:.1f})"
        )


@dataclass(frozen=True)
class Guess:
    """The row he names for somebody, and the size of the class their own row is in.

    ``surety``: by how much it fits better than any other row of the release.
    """

    number: str
    is_right: bool
    size: int
    surety: float


def summed(guesses: Iterable[Guess]) -> Links:
    """What guesses come to; by chance one of each class is right."""
    own = list(guesses)
    right = sum(guess.is_right for guess in own)
    return Links(len(own), right, sum(1 / guess.size for guess in own))


PAGES = (
    ("place",),
    ("child",),
    ("care",),
    ("treated", "where__work"),
    ("number",),
    ("content",),
    ("bus",),
)
"""Of every page with closed answers the first column of each question."""


def look(row: Row) -> tuple[str, ...]:
    """What a row tells that the log tells too: its language, the gap of each page."""
    found = [row["form_language"]]
    for columns in PAGES:
        gaps = {row[column] for column in columns}
        met = gaps - {"-1", "-5"}
        found.append("met" if met else max(gaps))
    # whoever lost an answer to the close is no cover for those who did not
    return (*found, *sorted(column for column, cell in row.items() if cell == "-5"))


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
) -> list[Guess]:
    """Join people and rows within every release."""
    who = {person.number: person for person in crowd.people}
    reckoned, sizes = lengths(own), check_pages(crowd.log, view)
    guesses: list[Guess] = []
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
        guesses += _guesses(rows, score)
    return guesses


def _guesses(rows: Sequence[Row], score: numpy.ndarray) -> Iterator[Guess]:
    """What he makes of one release: line i of ``score`` is about who wrote row i."""
    sizes = Counter(map(look, rows))
    for i, j in assign(score) if rows else ():
        others = numpy.delete(score[i], j)
        surety = score[i, j] - max(others, default=0.0)
        yield Guess(rows[i]["number"], i == j, sizes[look(rows[i])], float(surety))


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
    return Links(total, right, blind)


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
