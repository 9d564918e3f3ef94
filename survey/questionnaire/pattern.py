"""Regular expressions whose time is bounded, whatever an author writes.

Knows nothing of expressions. Python's own ``re`` tries alternatives one after
the other and can take years for ``(a+)+b``; here all of them advance together,
so time is at most length of the text x size of the pattern.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_PATTERN = 500
LARGEST_PROGRAM = 2000
LONGEST_TEXT = 1000
DEEPEST_GROUP = 20

Fits = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that cannot be used; ``position`` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class _Character:
    fits: Fits


@dataclass(frozen=True, slots=True)
class _Place:
    """A spot between characters: ``^``, ``$``, ``b`` or ``B``."""

    kind: str


@dataclass(frozen=True, slots=True)
class _Row:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


_Node = _Character | _Place | _Row | _Choice | _Repeat


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()


_CLASSES: dict[str, Fits] = {"d": _is_digit, "w": _is_word, "s": str.isspace}
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

    def choice(self) -> _Node:
        parts = [self.row()]
        while self.takes("|"):
            parts.append(self.row())
        return parts[0] if len(parts) == 1 else _Choice(tuple(parts))

    def row(self) -> _Node:
        parts: list[_Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated())
        return _Row(tuple(parts))

    def repeated(self) -> _Node:
        part = self.single()
        start = self.at
        limits = self.limits()
        if limits is None:
            return part
        self.takes("?")  # lazy: the same whole-text match
        if self.peek() in ("*", "+", "?", "{"):
            raise PatternError("Only one sign of repetition can follow.", self.at)
        if isinstance(part, _Place):
            raise PatternError("There is nothing to repeat here.", start)
        return _Repeat(part, *limits)

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

    def single(self) -> _Node:
        start = self.at
        character = self.take()
        if character == "(":
            return self.group(start)
        if character == "[":
            return _Character(self.bracket(start))
        if character == ".":
            return _Character(_is_not_line_end)
        if character in "^$":
            return _Place(character)
        if character in "*+?{":
            raise PatternError("There is nothing to repeat here.", start)
        if character == "\\":
            if self.peek() in ("b", "B"):
                return _Place(self.take())
            return _Character(self.escape(start))
        return _Character(_equals(character))

    def group(self, start: int) -> _Node:
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


_Step = tuple[str, object, int]  # what to do, with what, where else to go


class _Program:
    """Steps that a set of places walks through together."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []

    def add(self, what: str, argument: object = None, target: int = 0) -> int:
        if len(self.steps) >= LARGEST_PROGRAM:
            raise PatternError("The pattern is too large when written out.", 0)
        self.steps.append((what, argument, target))
        return len(self.steps) - 1

    def put(self, node: _Node) -> None:
        if isinstance(node, _Character):
            self.add("character", node.fits)
        elif isinstance(node, _Place):
            self.add("place", node.kind)
        elif isinstance(node, _Row):
            for part in node.parts:
                self.put(part)
        elif isinstance(node, _Choice):
            self.put_choice(node)
        else:
            self.put_repeat(node)

    def put_choice(self, node: _Choice) -> None:
        ends = []
        for part in node.parts[:-1]:
            fork = self.add("fork")
            self.put(part)
            ends.append(self.add("jump"))
            self.aim(fork)
        self.put(node.parts[-1])
        for end in ends:
            self.aim(end)

    def put_repeat(self, node: _Repeat) -> None:
        for _ in range(node.least):
            self.put(node.part)
        if node.most is None:
            fork = self.add("fork")
            self.put(node.part)
            self.add("jump", None, fork)
            self.aim(fork)
            return
        forks = []
        for _ in range(node.most - node.least):
            forks.append(self.add("fork"))
            self.put(node.part)
        for fork in forks:
            self.aim(fork)

    def aim(self, step: int) -> None:
        what, argument, _ = self.steps[step]
        self.steps[step] = (what, argument, len(self.steps))


def _holds(kind: str, text: str, at: int) -> bool:
    if kind == "^":
        return at == 0
    if kind == "$":
        return at == len(text)
    before = at > 0 and _is_word(text[at - 1])
    after = at < len(text) and _is_word(text[at])
    return (before != after) == (kind == "b")


class Pattern:
    """A pattern ready for use; it has to fit the whole text."""

    def __init__(self, source: str) -> None:
        if len(source) > LONGEST_PATTERN:
            raise PatternError("The pattern is too long.", LONGEST_PATTERN)
        reader = _Reader(source)
        node = reader.choice()
        if reader.at < len(source):
            raise PatternError("This bracket was never opened.", reader.at)
        program = _Program()
        program.put(node)
        self._steps = tuple(program.steps)

    def fits(self, text: str) -> bool:
        """Whether the whole text fits; texts over the limit never do."""
        if len(text) > LONGEST_TEXT:
            return False
        alive = self._spread([0], text, 0)
        for at, character in enumerate(text):
            advanced = [place + 1 for place in alive if self._reads(place, character)]
            if not advanced:
                return False
            alive = self._spread(advanced, text, at + 1)
        return len(self._steps) in alive

    def _reads(self, place: int, character: str) -> bool:
        if place == len(self._steps):
            return False
        argument = self._steps[place][1]
        return callable(argument) and bool(argument(character))

    def _spread(self, starts: list[int], text: str, at: int) -> set[int]:
        """Every place reachable without reading a character."""
        seen: set[int] = set()
        waiting = starts
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            waiting.extend(self._onward(place, text, at))
        return seen

    def _onward(self, place: int, text: str, at: int) -> tuple[int, ...]:
        if place == len(self._steps):
            return ()
        what, argument, target = self._steps[place]
        if what == "jump":
            return (target,)
        if what == "fork":
            return (place + 1, target)
        if what == "place" and _holds(str(argument), text, at):
            return (place + 1,)
        return ()


@lru_cache(maxsize=256)
def compile_pattern(source: str) -> Pattern:
    """The pattern of that source; raises ``PatternError``."""
    return Pattern(source)
