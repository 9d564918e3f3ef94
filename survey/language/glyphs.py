"""Which letters the fonts of the charts have.

Reads the list of letters out of the font files themselves; draws nothing. The list
of fonts is that of the charts, which this package must not load.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

FONTS = (
    ("fontpkg_fira_sans", "files/FiraSans-Regular.ttf"),
    ("fontpkg_almarai", "files/Almarai-Regular.ttf"),
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
)
_NEEDS_NO_GLYPH = {"Cf", "Zs", "Cc"}
_BY_SEGMENTS, _BY_GROUPS = 4, 12


def undrawable(text: str) -> str:
    """The first letter that no font has, with its word; empty when all can be drawn.

    Letters that take their shape from their neighbours (Arabic) must come from one
    font for the whole word.
    """
    if text.isascii():
        return ""
    for word in text.split():
        if fault := _undrawable(word):
            return fault
    return ""


@lru_cache(16384)
def _undrawable(word: str) -> str:
    first_fonts: set[int] = set()
    for letter in word:
        having = _fonts_having(letter)
        if having and unicodedata.bidirectional(letter) in {"AL", "NSM"}:
            first_fonts.add(having[0])
        if not having or len(first_fonts) > 1:
            return f"“{letter}” (U+{ord(letter):04X}) of the word “{word}”"
    return ""


@cache
def _fonts_having(letter: str) -> tuple[int, ...]:
    if unicodedata.category(letter) in _NEEDS_NO_GLYPH:
        return tuple(range(len(FONTS)))
    code = ord(letter)
    return tuple(
        place
        for place, ranges in enumerate(_letters())
        if any(first <= code <= last for first, last in ranges)
    )


@cache
def _letters() -> tuple[tuple[tuple[int, int], ...], ...]:
    """Of each font the ranges of letters it has."""
    return tuple(letters_of(_package(name) / place) for name, place in FONTS)


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {name} with the fonts is not installed.")
    return Path(spec.origin).parent


def letters_of(path: Path) -> tuple[tuple[int, int], ...]:
    """Ranges of letters that a TrueType font has glyphs for."""
    content = path.read_bytes()
    table = _table(content, b"cmap")
    (count,) = struct.unpack_from(">H", content, table + 2)
    found: set[tuple[int, int]] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">L", content, table + 8 * number + 8)
        (form,) = struct.unpack_from(">H", content, table + offset)
        if form == _BY_SEGMENTS:
            found.update(_segments(content, table + offset))
        elif form == _BY_GROUPS:
            found.update(_groups(content, table + offset))
    return tuple(sorted(found))


def _table(content: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", content, 4)
    for number in range(count):
        name, _, offset, _ = struct.unpack_from(">4sLLL", content, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError("The font has no list of letters.")


def _segments(content: bytes, at: int) -> list[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", content, at + 6)
    count = doubled // 2
    layout = f">{count}H"
    lasts = struct.unpack_from(layout, content, at + 14)
    firsts = struct.unpack_from(layout, content, at + 16 + doubled)
    return [pair for pair in zip(firsts, lasts, strict=True) if pair[0] != 0xFFFF]


def _groups(content: bytes, at: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">L", content, at + 12)
    return [
        struct.unpack_from(">LL", content, at + 16 + 12 * number)
        for number in range(count)
    ]
