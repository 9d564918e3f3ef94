"""Our names and codes → names and codes that LimeSurvey accepts.

It takes letters and digits only: at most 20 for questions, at most 5 for answers.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_NAME, LONGEST_CODE = 20, 5
# Words that mean something in its equations, and parts of its column names.
_WORDS = "and comment eq ge gt id lang le lt ne or other qid self seed sid that this"
_TAKEN = frozenset((*_WORDS.split(), "time", "token"))


def _bare(name: str) -> str:
    return "".join(c for c in name.lower() if c.isascii() and c.isalnum())


class Codes:
    """Gives out names of one kind, each once."""

    def __init__(self, longest: int, start: str) -> None:
        self.longest = longest
        self.start = start
        self.given: dict[str, str] = {}
        self._used: set[str] = set()

    def of(self, name: str) -> str:
        """The code for one of our names; the same name gets the same one."""
        if name not in self.given:
            self.given[name] = self._free(self._wanted(name))
            self._used.add(self.given[name])
        return self.given[name]

    def _wanted(self, name: str) -> str:
        bare = _bare(name)
        if not self.start:  # codes of answers may begin with a digit
            return bare if len(bare) <= self.longest else ""
        bare = bare if bare[:1].isalpha() else f"{self.start}{bare}"
        return bare[: self.longest]

    def _free(self, wanted: str) -> str:
        if wanted and wanted not in self._used and wanted not in _TAKEN:
            return wanted
        number, start = 1, (wanted if self.start else "") or "a"
        while True:
            end = str(number)
            found = f"{start[: self.longest - len(end)]}{end}"
            if found not in self._used:
                return found
            number += 1


def of_questions(names: Iterable[str]) -> Codes:
    """Names of questions."""
    codes = Codes(LONGEST_NAME, "q")
    for name in names:
        codes.of(name)
    return codes


def of_answers(names: Iterable[str]) -> Codes:
    """Codes of the answers or subquestions of one question."""
    codes = Codes(LONGEST_CODE, "")
    for name in names:
        codes.of(name)
    return codes
