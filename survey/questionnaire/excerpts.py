"""Shows a spot in a line with a caret below it; what the line says, it does not know.

The caret counts columns, not characters: a wide character takes two, a mark
above or below a letter none. Text that runs from right to left is isolated, so
that a screen which turns it around leaves everything else where it stands.
Characters that would move the cursor, ring or hide are shown as a dot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_COLUMNS_AROUND = 60
_LEFT_TO_RIGHT, _ISOLATE, _END = "\u200e", "\u2068", "\u2069"
_FROM_THE_RIGHT = ("R", "AL", "AN")
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_KEPT = "\n\u200c\u200d"
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSHOWABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str) -> str:
    """The text with every space as a space and what has no shape as a dot."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shape, text))


def harmless(text: str) -> str:
    """Words of a stranger's file as they can be shown to anybody.

    What moves a cursor, turns a line around or hides becomes a dot. Joiners
    stay, without which some scripts cannot be written.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join("·" if _is_harmful(character) else character for character in text)


def _is_harmful(character: str) -> bool:
    is_hidden = unicodedata.category(character) in _UNSHOWABLE
    return is_hidden and character not in _KEPT


def without_controls(text: str) -> str:
    """The text without what a screen obeys; marks of direction stay."""
    return _CONTROLS.sub("·", text)


def _shape(character: str) -> str:
    if character in "\n\r\t" or unicodedata.category(character) == "Zs":
        return " "
    return "·" if unicodedata.category(character) in _UNSHOWABLE else character


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me") or character in _SKIN_TONES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many columns of a terminal a visible text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def excerpt(source: str, position: int) -> str:
    """The line around a position and, below it, a caret."""
    flat = visible(source)
    position = _cut(flat, position)
    start = _cut(flat, position - _COLUMNS_AROUND)
    end = _cut(flat, position + _COLUMNS_AROUND)
    before = "…" if start else ""
    after = "…" if end < len(flat) else ""
    column = len(before) + width(flat[start:position])
    shown = f"{before}{flat[start:end]}{after}"
    return f"  {_steady(shown)}\n  {' ' * column}^"


def _cut(text: str, at: int) -> int:
    """A place to cut: never between a letter and its marks."""
    at = max(0, min(len(text), at))
    while 0 < at < len(text) and not _columns(text[at]):
        at -= 1
    return at


def _steady(text: str) -> str:
    """The text so that what runs from right to left moves nothing else."""
    if text.isascii() or not any(map(_is_from_the_right, text)):
        return text
    return _LEFT_TO_RIGHT + "".join(_isolated(text))


def _is_from_the_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in _FROM_THE_RIGHT


def _isolated(text: str) -> Iterator[str]:
    is_inside = False
    for character in text:
        is_mark = is_inside and not _columns(character)
        if not is_mark and _is_from_the_right(character) is not is_inside:
            yield _END if is_inside else _ISOLATE
            is_inside = not is_inside
        yield character
    if is_inside:
        yield _END
