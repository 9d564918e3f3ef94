"""How much longer a list of one's own answers could have been, whatever was answered.

A page of a common length must not become longer with a longer label, a box ticked, or
a follow-up that only some are asked on the same page. Knows no request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from survey.forms.prepared import Filling, Node, Prepared, Room, blocks, most_of
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question

LISTED = "listed "
VALUE = "value "


def spare(sheet: Prepared, filling: Filling, questions: Iterable[Question]) -> int:
    """Bytes that the longest answers to these questions would have added.

    Words of one's own count for nothing on either side: how long they are shows.
    """
    asked = {LISTED + question.name: question for question in questions}
    free = {VALUE + name for one in asked.values() for name in _comments(one)}
    words = {name: w for name, w in filling.words.items() if name not in free}
    closed = replace(filling, words=words)
    room = Room(frozenset(_several(asked.values())), frozenset(free))
    return sum(
        most_of(nodes, room) - _written(nodes, closed, fact)
        for fact, nodes in blocks(sheet, LISTED)
        if fact in asked
    )


def _written(nodes: Sequence[Node], filling: Filling, fact: str) -> int:
    if fact not in filling.facts:
        return 0
    out: list[str] = []
    for node in nodes:
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
