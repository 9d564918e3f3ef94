"""Typed access to the tables of a TOML file; every wrong type is reported.

Knows nothing of what the keys mean.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any

from survey.authoring.positions import Path
from survey.authoring.problems import Report

MOST_UNKNOWN = 50  # each is compared with all that are known
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_WORDS = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list in [ ]",
    dict: "a table in { }",
    float: "a number with a point",
}


def described(value: object) -> str:
    """What a value is, in an author's words."""
    for kind, words in _WORDS.items():
        if type(value) is kind:
            return words
    return "a date or a time"


class Table:
    """One table of the file: takes keys out and reports those left over."""

    def __init__(
        self,
        report: Report,
        data: dict[str, Any],
        path: Path,
        line_of: Callable[[Path], int],
    ) -> None:
        self.report = report
        self.data = data
        self.path = path
        self.place = spelled(path)
        self._line_of = line_of
        self._taken: list[str] = []

    def named(self, place: str) -> str:
        """Let messages call the table by a name, if it has one; the name."""
        self.place = place or self.place
        return place

    def with_data(self, data: dict[str, Any]) -> Table:
        """A table that stands at the same place and holds something else."""
        found = Table(self.report, data, self.path, self._line_of)
        found.place = self.place
        return found

    @property
    def line(self) -> int:
        """Line on which the table begins."""
        return self._line_of(self.path)

    def line_of(self, key: str) -> int:
        """Line of one key, of the table where it is missing."""
        return self._line_of((*self.path, key))

    def under(self, key: str) -> str:
        """How messages name one key."""
        return f"{self.place}.{key}" if self.place else key

    def complain(self, key: str, reason: str, remedy: str) -> None:
        """Report something about one key."""
        self.report.add(self.under(key), reason, remedy, line=self.line_of(key))

    def _take(self, key: str, *kinds: type) -> Any:
        self._taken.append(key)
        value = self.data.get(key)
        if value is None or type(value) in kinds:
            return value
        wanted = " or ".join(_WORDS[kind] for kind in kinds)
        self.complain(key, f"This is {described(value)}.", f"Write {wanted}.")
        return None

    def has(self, key: str) -> bool:
        """Whether the key is there, of whatever type."""
        return key in self.data

    def text(self, key: str) -> str:
        """A text; empty when missing."""
        value = self._take(key, str)
        return str(value).strip() if value is not None else ""

    def flag(self, key: str) -> bool:
        """True or false; false when missing."""
        return bool(self._take(key, bool))

    def number(self, key: str, default: int = 0) -> int:
        """A whole number that is not negative."""
        value = self._take(key, int)
        if value is not None and not 0 <= value <= 1_000_000:
            self.complain(key, "This number is out of range.", "Write 0 to 1000000.")
            return default
        return default if value is None else int(value)

    def quantity(self, key: str) -> str:
        """A number or a text, as a text; empty when missing."""
        value = self._take(key, int, float, str)
        return str(value).strip() if value is not None else ""

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, list) or []
        found = []
        for index, value in enumerate(values):
            if isinstance(value, str):
                found.append(value)
            else:
                self._complain_at(key, index, value, str)
        return tuple(found)

    def _complain_at(self, key: str, index: int, value: object, *kinds: type) -> None:
        line = self._line_of((*self.path, key, index))
        wanted = " or ".join(_WORDS[kind] for kind in kinds)
        reason, remedy = f"This is {described(value)}.", f"Write {wanted}."
        place = self.under(f"{key}[{index + 1}]")
        self.report.add(place, reason, remedy, line=line)

    def tables(self, key: str) -> Iterator[Table]:
        """A list of tables."""
        for part in self.parts(key, dict):
            if isinstance(part, Table):
                yield part

    def parts(self, key: str, *kinds: type) -> Iterator[Table | str]:
        """A list of tables and, where ``str`` is among ``kinds``, of texts."""
        for index, value in enumerate(self._take(key, list) or []):
            if type(value) not in kinds:
                self._complain_at(key, index, value, *kinds)
            elif isinstance(value, dict):
                path = (*self.path, key, index)
                yield Table(self.report, value, path, self._line_of)
            else:
                yield str(value)

    def table(self, key: str) -> Table | None:
        """One table, if it is there."""
        value = self._take(key, dict)
        if value is None:
            return None
        return Table(self.report, value, (*self.path, key), self._line_of)

    def words(self, key: str, source_language: str) -> dict[str, str]:
        """A wording: a text in the source language or a table by language."""
        value = self._take(key, str, dict)
        if isinstance(value, str):
            return {source_language: value.strip()} if value.strip() else {}
        found = {}
        for language, wording in (value or {}).items():
            fault = _wrong_wording(language, wording)
            if fault:
                line = self._line_of((*self.path, key, language))
                place = self.under(f"{key}.{language}")
                self.report.add(place, *fault, line=line)
            elif wording.strip():
                found[language] = wording.strip()
        return found

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        taken = set(self._taken)
        unknown = [key for key in self.data if key not in taken]
        for key in unknown[:MOST_UNKNOWN]:
            similar = difflib.get_close_matches(key, self._taken, 1)
            self.report.excused.update(self.under(name) for name in similar)
            known = ", ".join(sorted(self._taken))
            remedy = f"Did you mean {similar[0]}?" if similar else f"Known: {known}."
            self.complain(key, "This key is not known here.", remedy)
        if len(unknown) > MOST_UNKNOWN:
            reason = f"{len(unknown) - MOST_UNKNOWN} more keys are not known here."
            remedy = "Is it the right file? See docs/questionnaire-format.md."
            self.complain(unknown[MOST_UNKNOWN], reason, remedy)


def _wrong_wording(language: str, wording: object) -> tuple[str, str] | None:
    """Reason and remedy, if a language's wording cannot be used."""
    if not _LANGUAGE.fullmatch(language):
        return "This is no language code.", "Write codes such as de, en, ar, de-simple."
    if not isinstance(wording, str):
        return f"This is {described(wording)}.", "Write a text in quotes."
    return None


def spelled(path: Path) -> str:
    """A path as an author would say it, counting from 1."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts[-1] += f"[{step + 1}]"
        else:
            parts.append(step)
    return ".".join(parts)
