"""A page rendered once, with the places that differ from person to person left open.

A template writes marks (``Marks``) where something may differ; ``prepare`` cuts the
rendered text at them; ``Prepared.fill`` puts it together again without the template
engine. Knows nothing of questions or requests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from survey.forms.listing import Listed, Own, Rows

# Control characters: neither a questionnaire file nor a catalog can hold them.
_OPEN, _CLOSE, _BETWEEN = "\x02", "\x03", "\x1f"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


class Marks:
    """What templates call to leave a place open."""

    def word(self, name: str) -> Markup:
        """A place for a text that is given, already escaped, when filling."""
        return _mark("word", name)

    def when(self, fact: str, then: str, otherwise: str = "") -> Markup:
        """A place for one of two fixed texts."""
        return _mark("when", fact, then, otherwise)

    def begin(self, fact: str) -> Markup:
        """From here to ``end``: only where the fact holds."""
        return _mark("begin", fact)

    def part(self, group: str, name: str) -> Markup:
        """From here to ``end``: one part of a group whose order may differ.

        The parts of a group follow one another without anything between.
        """
        return _mark("part", group, name)

    def each(self, group: str) -> Markup:
        """From here to ``end``: once for every option of the group that is shown.

        For lists too long to be written out; ``own`` leaves its places open.
        """
        return _mark("each", group)

    def own(self, what: str) -> Markup:
        """Inside ``each``: the option's ``code`` or ``label``."""
        return _mark("own", what)

    def own_when(self, name: str, then: str) -> Markup:
        """Inside ``each``: a fixed text where the input has the option's code."""
        return _mark("own_when", name, then)

    def end(self) -> Markup:
        """The end of what ``begin``, ``part`` or ``each`` has opened."""
        return _mark("end")


def _mark(*words: str) -> Markup:
    return Markup(_OPEN + _BETWEEN.join(words) + _CLOSE)  # noqa: S704 - only marks


@dataclass(frozen=True, slots=True)
class Written:
    """What stands between ``begin`` and ``end``, and its length in bytes."""

    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Filling:
    """What one person's page says: ``facts`` that hold, ``words``, ``orders``.

    A group that ``orders`` does not name keeps all its parts in written order.
    ``lists`` are, per group written with ``each``, the options that are shown.
    ``written`` is, by its fact, what of it is there already.
    """

    facts: Collection[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lists: Mapping[str, Listed] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What to know for the longest filling: groups with ``several`` parts at once.

    ``free`` are words that count for nothing.
    """

    several: frozenset[str]
    free: frozenset[str]


# a number or a date in words, the longest row of a long list, and how many are chosen
_MOST_TYPED, _MOST_ROW, _MOST_ROWS = 40, 200, 5


def _size(text: str) -> int:
    return len(text.encode())


def most_of(nodes: Sequence[Node], room: Room) -> int:
    """What stands one after the other adds up; of ways to answer one is taken."""
    ways = [node.most(room) for node in nodes if node.is_way]
    return sum(n.most(room) for n in nodes if not n.is_way) + max(ways, default=0)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    is_way: ClassVar[bool] = False

    def most(self, room: Room) -> int:
        return _size(self.text)

    def write(self, out: list[str], filling: Filling) -> None:
        out.append(self.text)


@dataclass(frozen=True, slots=True)
class _Word:
    name: str
    is_way: ClassVar[bool] = False

    def most(self, room: Room) -> int:
        return 0 if self.name in room.free else _MOST_TYPED

    def write(self, out: list[str], filling: Filling) -> None:
        out.append(filling.words.get(self.name, ""))


@dataclass(frozen=True, slots=True)
class _When:
    fact: str
    then: str
    otherwise: str
    is_way: ClassVar[bool] = False

    def most(self, room: Room) -> int:
        return max(_size(self.then), _size(self.otherwise))

    def write(self, out: list[str], filling: Filling) -> None:
        out.append(self.then if self.fact in filling.facts else self.otherwise)


@dataclass(frozen=True, slots=True)
class _Block:
    fact: str
    nodes: tuple[Node, ...]

    @property
    def is_way(self) -> bool:
        """A line of a list is one of many; how it was answered is one of few."""
        return not self.fact.startswith("listed ")

    def most(self, room: Room) -> int:
        return most_of(self.nodes, room)

    def write(self, out: list[str], filling: Filling) -> None:
        written = filling.written.get(self.fact)
        if written is not None:
            out.append(written.text)
        elif self.fact in filling.facts:
            for node in self.nodes:
                node.write(out, filling)


@dataclass(frozen=True, slots=True)
class _Group:
    """``untouched`` is its text while none of its ``facts`` holds, if it has one."""

    name: str
    parts: Mapping[str, tuple[Node, ...]]
    facts: frozenset[str]
    untouched: str | None
    is_way: ClassVar[bool] = True

    def most(self, room: Room) -> int:
        sizes = [most_of(part, room) for part in self.parts.values()]
        return sum(sizes) if self.name in room.several else max(sizes, default=0)

    def write(self, out: list[str], filling: Filling) -> None:
        order = filling.orders.get(self.name)
        is_whole = order is None and self.untouched is not None
        if is_whole and self.facts.isdisjoint(filling.facts):
            # as nearly every list of options is shown for the first time
            out.append(self.untouched or "")
            return
        for name in self.parts if order is None else order:
            for node in self.parts.get(name, ()):
                node.write(out, filling)


@dataclass(frozen=True, slots=True)
class _Own(Own):
    """A place that only ``each`` fills."""

    is_way: ClassVar[bool] = False

    def most(self, room: Room) -> int:
        return 0

    def write(self, out: list[str], filling: Filling) -> None:
        """Nothing outside ``each``."""


@dataclass(frozen=True, slots=True)
class _Each:
    name: str
    rows: Rows
    is_way: ClassVar[bool] = True

    def most(self, room: Room) -> int:
        return _MOST_ROW * (_MOST_ROWS if self.name in room.several else 1)

    def write(self, out: list[str], filling: Filling) -> None:
        listed = filling.lists.get(self.name)
        if listed is not None:
            out.extend(self.rows.written(listed, filling.facts))


Node = _Text | _Word | _When | _Block | _Group | _Own | _Each
_PLACES: Mapping[str, Callable[..., Node]] = {
    "word": _Word,
    "when": _When,
    "own": _Own,
    "own_when": _Own,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page cut at its marks."""

    nodes: tuple[Node, ...]

    def fill(self, filling: Filling) -> str:
        """The page for one person."""
        out: list[str] = []
        for node in self.nodes:
            node.write(out, filling)
        return "".join(out)


def blocks(page: Prepared, start: str) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Facts that begin so, and what they open, wherever on the page."""
    waiting = list(page.nodes)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _Block):
            continue
        if node.fact.startswith(start):
            yield node.fact, node.nodes
        else:
            waiting += node.nodes


def prepare(rendered: str) -> Prepared:
    """Cut a rendered template; ``ValueError`` when its marks do not pair."""
    pieces = _MARK.split(rendered)
    nodes, rest = _parse(pieces, 0)
    if rest < len(pieces):
        raise ValueError("a place is closed that was never opened")
    return Prepared(nodes)


def _parse(pieces: Sequence[str], start: int) -> tuple[tuple[Node, ...], int]:
    # texts stand at even, marks at odd places
    nodes: list[Node] = []
    at = start
    while at < len(pieces):
        if at % 2 == 0:
            if pieces[at]:
                nodes.append(_Text(pieces[at]))
            at += 1
            continue
        kind, *words = pieces[at].split(_BETWEEN)
        at += 1
        if kind == "end":
            return tuple(nodes), at
        if kind in ("begin", "part", "each"):
            inner, at = _parse(pieces, at)
            _open(nodes, kind, words, inner)
        else:
            nodes.append(_PLACES[kind](*words))
    if start:
        raise ValueError("a place is opened that is never closed")
    return tuple(nodes), at


def _each(words: list[str], inner: tuple[Node, ...]) -> _Each:
    """Texts and places of an option only: a kept row depends on nothing else."""
    pieces = [node.text if isinstance(node, _Text) else node for node in inner]
    own = [piece for piece in pieces if isinstance(piece, str | Own)]
    if len(own) < len(pieces):
        raise ValueError("inside each only the option's own places can stand")
    return _Each(words[0], Rows(own))


def _open(
    nodes: list[Node], kind: str, words: list[str], inner: tuple[Node, ...]
) -> None:
    if kind != "part":
        nodes.append(
            _Block(words[0], inner) if kind == "begin" else _each(words, inner)
        )
        return
    group, name = words
    last = nodes[-1] if nodes else None
    if isinstance(last, _Text) and not last.text.strip():
        # what a template leaves between two parts of one group is blank
        nodes.pop()
        last = nodes[-1] if nodes else None
    if isinstance(last, _Group) and last.name == group:
        nodes[-1] = _group(group, {**last.parts, name: inner})
    else:
        nodes.append(_group(group, {name: inner}))


def _group(name: str, parts: Mapping[str, tuple[Node, ...]]) -> _Group:
    inner = [node for part in parts.values() for node in part]
    facts: set[str] = set()
    text = ""
    for node in inner:
        if isinstance(node, _Text):
            text += node.text
        elif isinstance(node, _When):
            facts.add(node.fact)
            text += node.otherwise
        elif isinstance(node, _Block):
            facts.add(node.fact)
        else:
            return _Group(name, parts, frozenset(), None)
    return _Group(name, parts, frozenset(facts), text)
