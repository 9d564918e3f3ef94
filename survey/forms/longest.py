"""How much longer a list of one's own answers could have been, whatever was answered.

A page of a common length must not become longer with a longer label, a box ticked, or
a follow-up that only some are asked on the same page. Knows no request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.forms.prepared import Filling, Node, Prepared, Room, blocks, most_of
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question

LISTED = "listed "
VALUE = "value "


@dataclass(frozen=True, slots=True)
class _Block:
    """What a page says of one question, and how many bytes that can be at most."""

    fact: str
    nodes: Sequence[Node]
    most: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A prepared page with a list of one's own answers, measured once."""

    sheet: Prepared
    _blocks: Mapping[str, Sequence[_Block]]
    _free: frozenset[str]

    def fill(self, filling: Filling) -> str:
        """The page for one person."""
        return self.sheet.fill(filling)

    def spare(self, filling: Filling, questions: Iterable[Question]) -> int:
        """Bytes that the longest answers to these questions would have added.

        Words of one's own count for nothing on either side: how long they are shows.
        """
        words = {name: w for name, w in filling.words.items() if name not in self._free}
        closed = replace(filling, words=words)
        return sum(
            block.most - _written(block, closed)
            for question in questions
            for block in self._blocks.get(question.name, ())
        )


def measure(sheet: Prepared, questions: Iterable[Question]) -> Listing:
    """The page with the longest it can say of each of these questions."""
    asked = {LISTED + question.name: question for question in questions}
    free = frozenset(VALUE + name for one in asked.values() for name in _comments(one))
    room = Room(frozenset(_several(asked.values())), free)
    found: dict[str, list[_Block]] = {}
    for fact, nodes in blocks(sheet, LISTED):
        if fact in asked:
            block = _Block(fact, nodes, most_of(nodes, room))
            found.setdefault(asked[fact].name, []).append(block)
    return Listing(sheet, found, free)


def _written(block: _Block, filling: Filling) -> int:
    if block.fact not in filling.facts:
        return 0
    out: list[str] = []
    for node in block.nodes:
        node.write(out, filling)
    return len("".join(out).encode())


def _comments(question: Question) -> Iterator[str]:
    """Items of a question that leave as comments."""
    for item in kind_of(question).items(question):
        if not item.is_closed:
            yield item.name


def _several(questions: Iterable[Question]) -> Iterator[str]:
    """Groups of which more than one part may be chosen."""
    for question in questions:
        kind = kind_of(question)
        if kind.is_multiple or kind.has_places:
            yield from (f"answer {item.name}" for item in kind.items(question))
