"""A translator's file as XLIFF: which version it has, and what it says of itself.

1.2 and 2.x differ in nearly every element; each has a module of its own.
"""

from __future__ import annotations

from pathlib import Path

from survey.authoring import xliff_1, xliff_2
from survey.authoring.archive import refusal
from survey.authoring.exchange import Exchange
from survey.authoring.exchange_file import content_of
from survey.authoring.xml_units import events, name_of
from survey.language.registry import Language

SUFFIXES = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".xml")
VERSIONS = ("1.2", "2.0")


def write(exchange: Exchange, language: Language, *, version: str = "1.2") -> bytes:
    """The file in one of the two versions."""
    if version == VERSIONS[0]:
        return xliff_1.write(exchange, language)
    return xliff_2.write(exchange, language)


def read(path: Path) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``."""
    content = content_of(path)
    for _, root in events(path, content):
        version, name = root.get("version", "")[:20], name_of(root)[:40]
        if name != "xliff":
            reason = f"The file is XML, but no XLIFF: it begins with {name}."
            raise refusal(path, reason, "Export it from the tool as XLIFF.")
        if version.startswith("1."):
            return xliff_1.read(path, content)
        if version.startswith("2."):
            return xliff_2.read(path, content)
        reason = f"The file is XLIFF {version or 'of an unknown version'}."
        raise refusal(path, reason, "Versions 1.2, 2.0 and 2.1 are read.")
    raise refusal(path, "The file is no XLIFF.", "Export it again from the tool.")
