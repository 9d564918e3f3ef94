"""Words for a table of a spreadsheet program, so that it reckons with none of them.

Knows no file format.
"""

from __future__ import annotations

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""What a spreadsheet program could take for the beginning of a formula."""


def as_words(text: str) -> str:
    """The text, quoted as spreadsheet programs do it where it could be a formula."""
    return f"'{text}" if text.startswith(BEGINNINGS) else text
