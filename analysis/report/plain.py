"""Texts from a package, made harmless for every place they are put into.

Knows no language: a label in another direction keeps it, but cannot turn what follows.
"""

from __future__ import annotations

import unicodedata

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
OPENING = frozenset("\u2066\u2067\u2068")
CLOSING = "\u2069"
# Letters of these categories have no place in a label: controls, halves of pairs.
UNFIT = frozenset({"Cc", "Cs"})


def plain(text: str) -> str:
    r"""The text on one line, without overrides, every isolate closed.

    Examples
    --------
    >>> plain("two\nlines")
    'two lines'
    """
    kept: list[str] = []
    depth = 0
    for letter in text:
        if letter in OVERRIDES or (letter == CLOSING and not depth):
            continue
        depth += (letter in OPENING) - (letter == CLOSING)
        kept.append(" " if unicodedata.category(letter) in UNFIT else letter)
    return "".join(kept).strip() + depth * CLOSING
