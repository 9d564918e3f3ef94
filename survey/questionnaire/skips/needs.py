"""Puts a condition into groups of answers that a sentence on paper can ask for.

What an answer means is found out by trying it with the one evaluator; what
cannot be put so is said to be unlisted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import islice, product

from survey.questionnaire import syntax
from survey.questionnaire.compiler import Compiler, walk
from survey.questionnaire.expression import Conjunct, Expression
from survey.questionnaire.functions.parts import as_truth
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.reach.uses import Use
from survey.questionnaire.skips.deciding import Answers, Part, scope_of
from survey.questionnaire.skips.plan import Filter, Needed
from survey.questionnaire.skips.telling import Groups, compared, told
from survey.questionnaire.tree import Node

MOST_GROUPS = 6
MOST_CODES = 200
_IN_ORDER = ("number", "date")  # written so that one can be more than another


class Unlisted(Exception):  # noqa: N818 - no fault of anybody
    """A part that no group of answers stands for."""


class Needs:
    """Finds the groups; ``numbers`` are those of the questions of each item."""

    def __init__(self, answers: Answers, numbers: Mapping[str, int]) -> None:
        self._answers = answers
        self._numbers = numbers

    def of(self, condition: Expression | None) -> Filter:
        """The answers a condition needs."""
        root = syntax.read(condition.source).root if condition else None
        if condition is None or root is None or condition.looks_at_day:
            return Filter(is_listed=False)
        try:
            groups = self._groups(root, condition, is_wanted=True)
        except Unlisted:
            return Filter(is_listed=False)
        return Filter(tuple(dict.fromkeys(groups)))

    def _groups(self, node: Node, read: Expression, *, is_wanted: bool) -> Groups:
        """Groups of which all are needed, for the node to hold or to fail."""
        part = self._part(node, read)
        if not part.names:
            return () if part.holds(scope_of({})) is is_wanted else ((),)
        if len(part.names) == 1:
            found = self._of_one_item(node, part, is_wanted=is_wanted)
            if found is not None:
                return found
        if node.form == "call" and node.value == "not":
            return self._groups(node.parts[0], read, is_wanted=not is_wanted)
        if node.form not in ("either", "both"):
            raise Unlisted
        groups = [self._groups(n, read, is_wanted=is_wanted) for n in node.parts]
        if (node.form == "both") is is_wanted:
            return tuple(group for own in groups for group in own)
        mixed = tuple(sum(some, ()) for some in islice(product(*groups), MOST_GROUPS))
        if len(mixed) == MOST_GROUPS:
            raise Unlisted
        return mixed

    def _part(self, node: Node, read: Expression) -> Part:
        names = frozenset(n.value for n in walk(node) if n.form == "reference")
        holds = as_truth(Compiler(takes_words=False).part(node))
        return self._answers.part(Conjunct(names, holds), read)

    def _of_one_item(self, node: Node, part: Part, *, is_wanted: bool) -> Groups | None:
        """The groups of a node that looks at one item; none when it must be parted."""
        [name] = part.names
        item = self._answers.items[name]
        kind = kind_of(item.question)
        needed = partial(Needed, self._numbers[name], name)
        if kind.written_as in _IN_ORDER and not kind.is_multiple:
            if any(n.form == "reference" and n.value != name for n in walk(node)):
                raise Unlisted  # a value calculated from it
            return compared(node, needed, is_wanted=is_wanted)
        if part.is_open:
            return None
        codes = () if not item.is_closed else kind.choices(item.question)
        tried = dict.fromkeys(self._answers.possible[name] or ())
        if not kind.is_multiple and len(codes) <= MOST_CODES:
            tried.update(dict.fromkeys(option.code for option in codes))
        holds = {
            answer: part.holds(scope_of({name: answer})) is is_wanted
            for answer in tried
        }
        untold = _untold(item, self._answers.used.get(name, Use()))
        groups = told(needed, holds, untold, is_closed=item.is_closed)
        if groups is None and node.form not in ("either", "both", "call"):
            raise Unlisted
        return groups


def _untold(item: Item, use: Use) -> frozenset[str]:
    """Codes that no expression tells apart: some of them were tried for all."""
    if use.is_opaque or not item.is_closed:
        return frozenset()
    options = kind_of(item.question).choices(item.question)
    codes = {option.code for option in options if not option.exclusive}
    return frozenset(codes - use.literals)
