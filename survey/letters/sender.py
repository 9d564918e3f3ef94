"""Who writes: the settings of the town as they stand on paper.

Refuses what would make a sheet useless, all of it at once and by the setting's
name; knows no survey.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from survey.language.glyphs import undrawable
from survey.letters.errors import LettersError
from survey.settings import DESCRIPTIONS, Settings
from survey.settings.checks import is_loopback

NEEDED = ("town", "address", "telephone", "hours")
"""Without these nobody could take part by telephone or on paper."""
SHOWN = (*NEEDED, "email", "represented_by", "data_protection_officer", "public_url")
_RIGHT_TO_LEFT = ("R", "AL")
_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


class Line(NamedTuple):
    """A line of the settings and the direction of its first letter."""

    text: str
    dir: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The town on paper; every text is one line without control characters."""

    town: str
    address: tuple[str, ...]
    telephone: str
    hours: str
    email: str
    represented_by: str
    data_protection_officer: str
    public_url: str
    logs: str

    def contact(self) -> list[list[Line]]:
        """Groups of lines beside the window: where, when and how to reach it."""
        groups = [self.address, (self.telephone, self.hours), (self.email,)]
        return [
            [line(text) for text in group if text] for group in groups if any(group)
        ]

    def typed(self, path: str) -> str:
        """An address of ours as people type it: without https."""
        return f"{self.public_url}{path}".removeprefix("https://")


def line(text: str) -> Line:
    """A line with the direction its first letter gives it."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _RIGHT_TO_LEFT:
            return Line(text, "rtl")
        if kind == "L":
            break
    return Line(text, "ltr")


def sender(settings: Settings) -> Sender:
    """The town on paper; ``LettersError`` names every setting that is at fault."""
    faults = list(_faults(settings))
    if faults:
        raise LettersError("\n".join([*faults, "Correct settings.toml and try again."]))
    return Sender(
        town=_one_line(settings.town),
        address=_lines(settings.address),
        telephone=_one_line(settings.telephone),
        hours=_one_line(settings.hours),
        email=_one_line(settings.email),
        represented_by=_one_line(settings.represented_by),
        data_protection_officer=", ".join(_lines(settings.data_protection_officer)),
        public_url=settings.public_url,
        logs=settings.upstream_logs,
    )


def _faults(settings: Settings) -> Iterator[str]:
    for name in NEEDED:
        if not str(getattr(settings, name)).strip():
            yield f"{name}: is not set. {DESCRIPTIONS[name]}"
    for name in SHOWN:
        value = str(getattr(settings, name))
        hidden = next((one for one in value if _is_hidden(one)), "")
        if hidden:
            yield f"{name}: holds an invisible sign (U+{ord(hidden):04X}); delete it."
        elif foreign := undrawable(value):
            yield f"{name}: no font has {foreign}."
    host = urlsplit(settings.public_url).hostname or ""
    if is_loopback(host) and not settings.demo:
        yield (
            f"public_url: {settings.public_url} is only this machine; nobody who gets "
            "a letter could open it."
        )


def _is_hidden(letter: str) -> bool:
    if letter in "\n\r\t":
        return False
    return (
        letter in _TURNS_TEXT
        or letter in _ISOLATES
        or unicodedata.category(letter) in ("Cc", "Cs")
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_one_line(part) for part in text.splitlines() if part.strip())
