"""Bytes of a text file → text, whatever code page a program wrote it in.

Recognises UTF-8, UTF-16 with its mark, cp1252 (western Europe) and cp1256 (Arabic) by
the content; knows nothing of tables.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SHORT = 2  # western words have one or two letters beyond ASCII in a row
_MOST_SMALL = 0.85  # of Arabic letters in cp1256 about half stand above 0xE0
_NOT_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class Decoded(NamedTuple):
    """The text and the encoding it was written in."""

    text: str
    encoding: str


def decoded(content: bytes) -> Decoded | None:
    """The text; none when no encoding we know could have written it."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return None
    found = _strictly(content, "utf-8")
    if found is not None:
        return found
    code_page = _code_page(content)
    return _strictly(content, code_page) if code_page else None


def _strictly(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _code_page(content: bytes) -> str:
    """cp1252 where letters beyond ASCII stand alone, cp1256 where they make words."""
    runs = _HIGH.findall(content)
    words = b"".join(run for run in runs if len(run) > _SHORT)
    if len(words) * 2 <= sum(map(len, runs)):
        return "" if _NOT_WESTERN.search(content) else "cp1252"
    high = sum(byte >= 0xE0 for byte in words)
    return "cp1256" if high < _MOST_SMALL * len(words) else ""
