"""Typed words as they are kept: one form, nothing invisible, counted as shown.

Knows no question.
"""

from __future__ import annotations

import unicodedata


def tidied(text: str) -> str:
    """NFC, one kind of line end, no invisible control characters, no margins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def length_of(text: str) -> int:
    """Length as browsers count it, in units of UTF-16: an emoji counts twice."""
    return len(text.encode("utf-16-le")) // 2


def in_latin_digits(text: str) -> str:
    """Digits of every script as 0 to 9; everything else as it is."""
    return "".join(
        str(unicodedata.digit(character))
        if unicodedata.category(character) == "Nd"
        else character
        for character in text
    )
