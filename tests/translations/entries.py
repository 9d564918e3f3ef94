"""Texts with their translations, read from the files translators work on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "translations"
RELEASED = ("complete", "reviewed")


@dataclass(frozen=True)
class Entry:
    """One text: its key (context), all source forms and all translated forms."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    key: str = ""
    is_fuzzy: bool = False

    @property
    def name(self) -> str:
        """How a complaint calls the text."""
        return f"{self.key} {self.source[0]!r}".strip()


def entry(source: str, target: str, key: str = "") -> Entry:
    """A text without plural forms."""
    return Entry((source,), (target,), key)


def entries(path: Path) -> list[Entry]:
    """Every living entry of a .po file."""
    return [
        Entry(
            source=(text.msgid, text.msgid_plural)
            if text.msgid_plural
            else (text.msgid,),
            target=tuple(form for _, form in sorted(text.msgstr_plural.items()))
            if text.msgid_plural
            else (text.msgstr,),
            key=text.msgctxt or "",
            is_fuzzy=text.fuzzy,
        )
        for text in polib.pofile(str(path))
        if not text.obsolete
    ]


def source_entries(path: Path) -> list[Entry]:
    """Every text of a .pot as its own translation: the source language."""
    return [
        Entry(source=found.source, target=found.source, key=found.key)
        for found in entries(path)
    ]


def registry() -> list[dict[str, str]]:
    """The languages, in the order of the registry."""
    text = (TRANSLATIONS / "languages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["language"]


def released() -> list[dict[str, str]]:
    """Only the languages that may be offered."""
    return [row for row in registry() if row["status"] in RELEASED]
