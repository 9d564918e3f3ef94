"""A list of one's own answers, and how much longer it could have been.

A page of a common length must not become longer with a longer label, a box ticked, or
a follow-up that only some are asked on the same page. Knows no request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from survey.forms.filling import (
    summary_facts,
    summary_lists,
    summary_orders,
    summary_texts,
)
from survey.forms.prepared import (
    Filling,
    Node,
    Prepared,
    Room,
    Written,
    blocks,
    most_of,
)
from survey.language import Language
from survey.questionnaire.journey import UNREACHED, Journey, SummaryLine
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question
from survey.questionnaire.once import once_each

LISTED = "listed "
VALUE = "value "
MOST_KEPT = 20_000
"""Questions times answers of a page in one language; some hundred bytes each."""


@dataclass(frozen=True, slots=True)
class _Block:
    """What a page says of one question, and how many bytes that can be at most."""

    fact: str
    nodes: Sequence[Node]
    most: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A prepared page with a list of one's own answers, measured once.

    What is said of a question with one choice is written once for each answer it can
    have, and kept. What several rows or choices say together could be one person's
    alone: it is written anew each time and kept by nobody.
    """

    sheet: Prepared
    _blocks: Mapping[str, Sequence[_Block]]
    _free: frozenset[str]
    _kept: dict[tuple[object, ...], Written] = field(default_factory=dict)

    def filling(self, journey: Journey, language: Language) -> Filling:
        """What the page says of everything that was reached."""
        written: dict[str, Written] = {}
        lines: list[SummaryLine] = []
        reached = (line for line in journey.summary() if line.state != UNREACHED)
        for name, found in groupby(reached, key=_name):
            own = tuple(found)
            if self._is_kept(own[0].question):
                written[LISTED + name] = self._told(own, language)
            else:
                lines += own
        return Filling(
            facts={*summary_facts(lines)},
            words=dict(summary_texts(lines, language)),
            orders=dict(summary_orders(lines)),
            lists=summary_lists(lines, journey, language.code),
            written=written,
        )

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
            block.most - _size(block, closed)
            for question in questions
            for block in self._blocks.get(question.name, ())
        )

    def _is_kept(self, question: Question) -> bool:
        blocks = self._blocks.get(question.name, ())
        return len(blocks) == 1 and _has_one_choice(question)

    def _told(self, lines: Sequence[SummaryLine], language: Language) -> Written:
        [line] = lines
        name = line.question.name
        key = (name, line.step.number, line.value)
        found = self._kept.get(key)
        if found is None:
            [block] = self._blocks[name]
            words = dict(summary_texts(lines, language))
            orders = dict(summary_orders(lines))
            found = _written(block, Filling({*summary_facts(lines)}, words, orders))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


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


def _size(block: _Block, filling: Filling) -> int:
    written = filling.written.get(block.fact)
    if written is None and block.fact in filling.facts:
        written = _written(block, filling)
    return 0 if written is None else written.size


def _written(block: _Block, filling: Filling) -> Written:
    out: list[str] = []
    for node in block.nodes:
        node.write(out, filling)
    text = "".join(out)
    return Written(text, len(text.encode()))


def _name(line: SummaryLine) -> str:
    return line.question.name


@once_each
def _has_one_choice(question: Question) -> bool:
    """Whether all that is told of it is one option, always of the same list."""
    kind = kind_of(question)
    items = kind.items(question)
    has_several = len(items) > 1 or kind.is_multiple or kind.has_places
    is_typed = bool(kind.written_as) or not all(item.is_closed for item in items)
    return not (has_several or is_typed or question.choice_filter)


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
