"""Reads the source of a regular expression into nodes; does not match.

What Java and XLSForm accept and one pass over the text can decide: letters,
sets, groups, alternatives, repetition, places. No look-around, no references.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_PATTERN = 500
DEEPEST_GROUP = 20

Fits = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that cannot be used; ``position`` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Character:
    """One character that fits."""

    fits: Fits


@dataclass(frozen=True, slots=True)
class Place:
    """A spot between characters: ``^``, ``$``, ``b`` or ``B``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part again and again; no upper limit when ``most`` is none."""

    part: Node
    least: int
    most: int | None


Node = Character | Place | Row | Choice | Repeat


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


def is_word(character: str) -> bool:
    """A letter, a digit or _, of any script."""
    return character == "_" or character.isalnum()


_CLASSES: dict[str, Fits] = {"d": _is_digit, "w": is_word, "s": str.isspace}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


def _opposite(fits: Fits) -> Fits:
    return lambda character: not fits(character)


def _either(choices: tuple[Fits, ...]) -> Fits:
    return lambda character: any(fits(character) for fits in choices)


def _equals(expected: str) -> Fits:
    return lambda character: character == expected


def _between(first: str, last: str) -> Fits:
    return lambda character: first <= character <= last


def _has_category(prefix: str) -> Fits:
    return lambda character: unicodedata.category(character).startswith(prefix)


def _is_not_line_end(character: str) -> bool:
    return character not in "\n\r"


class _Reader:
    """Reads one pattern from left to right into nodes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise PatternError("The pattern ends too early.", self.at)
        self.at += 1
        return character

    def takes(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def choice(self) -> Node:
        parts = [self.row()]
        while self.takes("|"):
            parts.append(self.row())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def row(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated())
        return Row(tuple(parts))

    def repeated(self) -> Node:
        part = self.single()
        start = self.at
        limits = self.limits()
        if limits is None:
            return part
        self.takes("?")  # lazy: the same whole-text match
        if self.peek() in ("*", "+", "?", "{"):
            raise PatternError("Only one sign of repetition can follow.", self.at)
        if isinstance(part, Place):
            raise PatternError("There is nothing to repeat here.", start)
        return Repeat(part, *limits)

    def limits(self) -> tuple[int, int | None] | None:
        if self.takes("*"):
            return 0, None
        if self.takes("+"):
            return 1, None
        if self.takes("?"):
            return 0, 1
        return self.counted() if self.takes("{") else None

    def counted(self) -> tuple[int, int | None]:
        start = self.at
        end = self.source.find("}", start)
        least, comma, most = self.source[start:end].partition(",")
        numbers = [number for number in (least, most) if number]
        usable = all(
            number.isascii() and number.isdigit() and len(number) <= 4
            for number in numbers
        )
        if end < 0 or not least or not usable:
            raise PatternError("Repetition is written {2}, {2,} or {2,5}.", start)
        self.at = end + 1
        last = int(most) if most else (None if comma else int(least))
        if last is not None and last < int(least):
            raise PatternError("The upper limit is below the lower one.", start)
        return int(least), last

    def single(self) -> Node:
        start = self.at
        character = self.take()
        if character == "(":
            return self.group(start)
        if character == "[":
            return Character(self.bracket(start))
        if character == ".":
            return Character(_is_not_line_end)
        if character in "^$":
            return Place(character)
        if character in "*+?{":
            raise PatternError("There is nothing to repeat here.", start)
        if character == "\\":
            if self.peek() in ("b", "B"):
                return Place(self.take())
            return Character(self.escape(start))
        return Character(_equals(character))

    def group(self, start: int) -> Node:
        if self.peek() == "?" and not self.takes("?:"):
            raise PatternError(
                "Looking ahead or behind, names and flags are not supported.", start
            )
        self.depth += 1
        if self.depth > DEEPEST_GROUP:
            raise PatternError("Too many groups inside each other.", start)
        inside = self.choice()
        if not self.takes(")"):
            raise PatternError("This bracket is never closed.", start)
        self.depth -= 1
        return inside

    def escape(self, start: int) -> Fits:
        character = self.take()
        if character.lower() in _CLASSES:
            fits = _CLASSES[character.lower()]
            return fits if character.islower() else _opposite(fits)
        if character in "pP":
            fits = self.category(start)
            return fits if character == "p" else _opposite(fits)
        if character in _CONTROLS:
            return _equals(_CONTROLS[character])
        if character.isalnum():
            raise PatternError(f"\\{character} is not supported.", start)
        return _equals(character)

    def category(self, start: int) -> Fits:
        r"""``\p{L}``, ``\p{Lu}``, ``\pN``: a general category of Unicode."""
        name = self.take()
        if name == "{":
            end = self.source.find("}", self.at)
            name = self.source[self.at : end]
            self.at = end + 1
        known = name[:1] in tuple("LMNPSZC") and name.isascii() and name.isalpha()
        if not known or len(name) > 2:
            raise PatternError("This category of characters is not known.", start)
        return _has_category(name)

    def bracket(self, start: int) -> Fits:
        is_negated = self.takes("^")
        choices: list[Fits] = []
        while self.peek() != "]" or not choices:
            if not self.peek():
                raise PatternError("This bracket is never closed.", start)
            choices.append(self.member())
        self.take()
        fits = _either(tuple(choices))
        return _opposite(fits) if is_negated else fits

    def member(self) -> Fits:
        start = self.at
        first = self.take()
        if first == "\\":
            escaped = self.source[self.at : self.at + 1]
            if escaped.isalnum():
                return self.escape(start)
            first = self.take()
        if self.source[self.at : self.at + 1] != "-":
            return _equals(first)
        if self.source[self.at + 1 : self.at + 2] in ("", "]"):
            return _equals(first)
        self.take()
        last = self.take()
        last = self.take() if last == "\\" else last
        if last < first:
            raise PatternError("This range runs backwards.", start)
        return _between(first, last)


def read(source: str) -> Node:
    """The pattern as nodes; raises ``PatternError``."""
    if len(source) > LONGEST_PATTERN:
        raise PatternError("The pattern is too long.", LONGEST_PATTERN)
    reader = _Reader(source)
    node = reader.choice()
    if reader.at < len(source):
        raise PatternError("This bracket was never opened.", reader.at)
    return node
