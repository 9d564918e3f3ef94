"""Regular expressions whose time is bounded, whatever an author writes.

Knows nothing of expressions. Python's own ``re`` tries alternatives one after
the other and can take years for ``(a+)+b``; here all of them advance together,
so time is at most length of the text x size of the pattern.
"""

from __future__ import annotations

from functools import lru_cache

from survey.questionnaire import pattern_source
from survey.questionnaire.pattern_source import (
    Character,
    Choice,
    Node,
    PatternError,
    Place,
    Repeat,
    Row,
    is_word,
)

LARGEST_PROGRAM = 2000
_MOST_PARTS = 10 * LARGEST_PROGRAM  # repeated nothing adds no step, and takes time
LONGEST_TEXT = 1000

_Step = tuple[str, object, int]  # what to do, with what, where else to go


class _Program:
    """Steps that a set of places walks through together."""

    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self.parts = 0

    def add(self, what: str, argument: object = None, target: int = 0) -> int:
        if len(self.steps) >= LARGEST_PROGRAM:
            raise PatternError("The pattern is too large when written out.", 0)
        self.steps.append((what, argument, target))
        return len(self.steps) - 1

    def put(self, node: Node) -> None:
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise PatternError("The pattern is too large when written out.", 0)
        if isinstance(node, Character):
            self.add("character", node.fits)
        elif isinstance(node, Place):
            self.add("place", node.kind)
        elif isinstance(node, Row):
            for part in node.parts:
                self.put(part)
        elif isinstance(node, Choice):
            self.put_choice(node)
        else:
            self.put_repeat(node)

    def put_choice(self, node: Choice) -> None:
        ends = []
        for part in node.parts[:-1]:
            fork = self.add("fork")
            self.put(part)
            ends.append(self.add("jump"))
            self.aim(fork)
        self.put(node.parts[-1])
        for end in ends:
            self.aim(end)

    def put_repeat(self, node: Repeat) -> None:
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
    before = at > 0 and is_word(text[at - 1])
    after = at < len(text) and is_word(text[at])
    return (before != after) == (kind == "b")


class Pattern:
    """A pattern ready for use; it has to fit the whole text."""

    def __init__(self, source: str) -> None:
        program = _Program()
        program.put(pattern_source.read(source))
        self._steps = tuple(program.steps)

    @property
    def size(self) -> int:
        """How many steps it has when written out."""
        return len(self._steps)

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
