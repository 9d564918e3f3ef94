"""What one language asks of a text: letters, address, terms, script.

Knows no language itself; the rules are read elsewhere and handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from survey.questionnaire.glossary import Glossary


def nothing(text: str) -> str:
    """No fault, whatever the text."""
    return ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must not stand in a text, and the complaint when it does."""

    regex: re.Pattern[str]
    why: str


@dataclass(frozen=True)
class Patterns:
    """Several of them; long lists of texts are looked through with all at once."""

    each: tuple[Pattern, ...] = ()

    @cached_property
    def _some(self) -> re.Pattern[str]:
        return re.compile("|".join(_scoped(one.regex.pattern) for one in self.each))

    def found_in(self, text: str) -> list[str]:
        """Complaints for every pattern that occurs."""
        if not self.each or not self._some.search(text):
            return []
        return [
            f"{pattern.why}: {hit[0]!r}"
            for pattern in self.each
            for hit in pattern.regex.finditer(text)
        ]


def _scoped(pattern: str) -> str:
    """A pattern as part of another: its flag holds for itself alone."""
    flag = "(?i)"
    if pattern.startswith(flag):
        return f"(?i:{pattern.removeprefix(flag)})"
    return f"(?:{pattern})"


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """The rules of one language for texts translated from another.

    ``script`` is how Unicode names its letters (``ARABIC``), empty where any will
    do; ``same`` are source texts that may stay as they are; ``undrawable`` says
    which letter of a text the charts cannot draw, and nothing when all is well.
    """

    language: str
    script: str = ""
    letters: Patterns = Patterns()
    address: Patterns = Patterns()
    glued: Patterns = Patterns()
    glossary: Glossary = Glossary()
    same: frozenset[str] = frozenset()
    damage: Callable[[str], str] = nothing
    undrawable: Callable[[str], str] = nothing
