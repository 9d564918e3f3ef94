"""A thief who copies the database files again and again, without the keys.

He knows who sent when (the order in which codes were used) and tries to tell
which released answer is whose. Every way of guessing is scored; each names
one answer per person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FILES = ("survey.sqlite", "survey.sqlite-wal", "survey.sqlite-shm")
MARKER = re.compile(rb'"n(\d+)"')
Guess = dict[int, int]


def copied(instance: Path) -> dict[str, bytes]:
    """What a copy of the files holds at this moment."""
    files = {name: instance / name for name in FILES}
    return {name: file.read_bytes() for name, file in files.items() if file.exists()}


@dataclass
class Thief:
    """Looks at one copy after the other and remembers where answers appear."""

    looks: int = 0
    first_seen: dict[int, tuple[int, str, int]] = field(default_factory=dict)
    last_seen: dict[int, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    def look(self, files: Mapping[str, bytes]) -> None:
        """One more copy, after one more person sent."""
        for name, data in files.items():
            for found in MARKER.finditer(data):
                answer = int(found[1])
                place = (self.looks, name, found.start())
                self.first_seen.setdefault(answer, place)
                if name == FILES[0]:
                    self.last_seen[answer] = found.start()
        self.looks += 1

    def guesses(self, rows: Sequence[int]) -> dict[str, Guess]:
        """Ways of linking persons 0, 1, 2, … to answers; ``rows`` as selected."""
        everybody = list(rows)
        ways: dict[str, Callable[[int], object]] = {
            "order of rows": everybody.index,
            "offset in the file": lambda answer: self.last_seen.get(answer, 0),
            "first seen": lambda answer: self.first_seen[answer],
            "first offset": lambda answer: self.first_seen[answer][2],
        }
        guesses: dict[str, Guess] = {}
        for name, key in ways.items():
            ordered = sorted(everybody, key=key)
            guesses[name] = dict(enumerate(ordered))
            guesses[f"{name}, backwards"] = dict(enumerate(reversed(ordered)))
            guesses[f"{name}, by release"] = self._by_release(ordered)
        return guesses

    def _by_release(self, ordered: Sequence[int]) -> Guess:
        """Match those who sent between two releases with what the later one let go."""
        released: dict[int, list[int]] = {}
        for answer in ordered:
            released.setdefault(self.first_seen[answer][0], []).append(answer)
        guess: Guess = {}
        person = 0
        for at in sorted(released):
            for answer in released[at]:
                guess[person] = answer
                person += 1
        return guess


def hits(guess: Guess) -> int:
    """How many persons were linked to their own answer; person i sent answer i."""
    return sum(answer == person for person, answer in guess.items())


def limit(persons: int, pool: int) -> float:
    """What pure chance reaches: 1 / pool each, plus three standard deviations."""
    chance = 1 / pool
    return persons * chance + 3 * (persons * chance * (1 - chance)) ** 0.5


def successes(guesses: Mapping[str, Guess], persons: int, pool: int) -> set[str]:
    """Ways of guessing that do better than chance."""
    return {way for way, guess in guesses.items() if hits(guess) > limit(persons, pool)}
