"""Takes out of a text what writing programs slip in and nobody meant.

Knows nothing of languages: what stays is exactly what a reader would see.
"""

from __future__ import annotations

import re
import unicodedata

# Marks of direction, which office programs insert beside Arabic, and marks of width.
_SLIPPED_IN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\u000b|\u0085")
_BLANKS = re.compile(r"[ \t]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")


def tidy(text: str, *, has_lines: bool = True) -> str:
    """Composed letters, one blank at a time, no blanks at the ends, no marks.

    Without ``has_lines``, line breaks become blanks: the text stands on one line.
    """
    plain = _SLIPPED_IN.sub("", _BREAKS.sub("\n", text))
    lines = plain if has_lines else plain.replace("\n", " ")
    blanks = _AROUND_BREAKS.sub("\n", _BLANKS.sub(" ", lines))
    return unicodedata.normalize("NFC", blanks).strip()
