"""Lines of text that fit a width: measured, wrapped, hyphenated, never shortened.

Knows nothing of figures or of where on a chart a text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyphen

from analysis.charts.fonts import BOLD, REGULAR, width_of
from analysis.language import Language

OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"
RIGHT_TO_LEFT = "\u2067"
HYPHEN = "-"
LEADING = {"ltr": 1.28, "rtl": 1.6}
# Of Fira Sans, in em: how high figures and capitals stand, what hangs below.
CAP_HEIGHT, ASCENT, DESCENT = 0.69, 0.78, 0.22
BREAKS_AFTER = re.compile(r"(?<=[/–-])(?=\w)")
WORD = re.compile(r"(\W*)(\w+)(\W*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as drawn, and its width."""

    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """A text broken into lines; ``text`` is the whole of it."""

    text: str
    lines: tuple[Line, ...]
    size: float
    weight: int
    leading: float

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return self.leading * len(self.lines)


@dataclass(frozen=True, slots=True)
class Type:
    """A size and weight of type in a language."""

    language: Language
    size: float
    bold: bool = False

    @property
    def weight(self) -> int:
        """The weight of the font."""
        return BOLD if self.bold else REGULAR

    @property
    def leading(self) -> float:
        """The distance of two lines."""
        return self.size * LEADING[self.language.direction]

    def width(self, text: str) -> float:
        """How far a text reaches on one line."""
        return width_of(text, self.weight) * self.size

    def line(self, text: str) -> Block:
        """A text on one line, such as a number."""
        line = Line(text, self.width(text))
        return Block(text, (line,), self.size, self.weight, self.leading)

    def fit(self, text: str, width: float) -> Block:
        """Wrap a text into lines of at most ``width``."""
        shown = tuple(
            Line(each, self.width(each))
            for each in self._directed(self._wrap(text, width))
        )
        return Block(text, shown, self.size, self.weight, self.leading)

    def balanced(self, text: str, width: float) -> Block:
        """Wrap into as few lines as fit, of much the same length."""
        block = self.fit(text, width)
        fewest = len(block.lines)
        while fewest > 1:
            narrower = self.fit(text, block.width * 0.97)
            if len(narrower.lines) > fewest or narrower.width >= block.width:
                break
            block = narrower
        return block

    def narrowest(self, text: str) -> float:
        """The width below which a text could be wrapped only within syllables."""
        return max(
            (
                self.width(part + joint)
                for word in text.split(" ")
                for part, joint in parts_of(word, self.language.babel)
            ),
            default=0.0,
        )

    def _wrap(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        current = ""
        for word in text.split(" "):
            candidate = f"{current} {word}" if current else word
            if self.width(candidate) <= width:
                current = candidate
            elif self.width(word) <= width:
                lines.append(current)
                current = word
            else:
                *full, current = self._broken(current, word, width)
                lines.extend(full)
        return [line for line in [*lines, current] if line]

    def _broken(self, before: str, word: str, width: float) -> list[str]:
        """Break a word wider than a line; it may begin on the line before."""
        lines = []
        current, joint = (f"{before} " if before else ""), ""
        for part, following in self._narrow_parts(word, width):
            if current and self.width(current + part + following) > width:
                lines.append((current + joint).rstrip())
                current = ""
            current, joint = current + part, following
        return [*lines, current]

    def _narrow_parts(self, word: str, width: float) -> Iterator[tuple[str, str]]:
        """Parts of a word; a part wider than a line is cut between letters."""
        for part, joint in parts_of(word, self.language.babel):
            if self.width(part + joint) <= width:
                yield part, joint
            else:
                yield from ((letter, "") for letter in part[:-1])
                yield part[-1], joint

    def _directed(self, lines: list[str]) -> Iterator[str]:
        """Give every line its direction and close what it leaves open."""
        opened: list[str] = []
        for line in lines:
            begin = "".join(opened)
            for letter in line:
                if letter in OPENING:
                    opened.append(letter)
                elif letter in CLOSING and opened:
                    opened.pop()
            whole = begin + line + CLOSING * len(opened)
            if self.language.is_right_to_left:
                whole = f"{RIGHT_TO_LEFT}{whole}{CLOSING}"
            yield whole


@lru_cache(8192)
def parts_of(word: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Where a word may be broken: its parts, each with the hyphen a break shows."""
    parts: list[tuple[str, str]] = []
    for piece in BREAKS_AFTER.split(word):
        *inner, last = _syllables(piece, locale)
        parts.extend((syllable, HYPHEN) for syllable in inner)
        parts.append((last, ""))
    return tuple(parts)


def _syllables(piece: str, locale: str) -> list[str]:
    core = WORD.fullmatch(piece)
    patterns = _patterns(locale)
    if core is None or patterns is None:
        return [piece]
    before, letters, after = core.groups()
    places = [0, *patterns.positions(letters), len(letters)]
    syllables = [letters[a:b] for a, b in zip(places, places[1:], strict=False)]
    syllables[0] = before + syllables[0]
    syllables[-1] += after
    return syllables


@lru_cache
def _patterns(locale: str) -> pyphen.Pyphen | None:
    """Hyphenation patterns; a script without hyphens has none."""
    name = pyphen.language_fallback(locale)
    return pyphen.Pyphen(lang=name, left=3, right=3) if name else None
