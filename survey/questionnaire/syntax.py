"""Reads the source of an expression and says in words what is wrong with it.

Knows no question and no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.questionnaire import complaints, dialects, spelling
from survey.questionnaire.fault import Fault
from survey.questionnaire.spelling import Spelled
from survey.questionnaire.tree import Node, Unreadable

LONGEST_SOURCE = 4000
DEEPEST_NESTING = 50
_ORDERED = frozenset({"<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read: the root (none when it is unreadable) and all faults.

    Beside a root there can be errors: signs of other languages, for instance,
    whose meaning is plain enough to read on.
    """

    root: Node | None
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Those faults that are more than notes."""
        return tuple(fault for fault in self.faults if not fault.is_warning)


def read(source: str) -> Tree:
    """The tree of a source, with every fault that reading finds."""
    if len(source) > LONGEST_SOURCE:
        reason = f"The expression has {len(source)} characters."
        remedy = f"At most {LONGEST_SOURCE} are read: make several questions of it."
        return Tree(None, (Fault(LONGEST_SOURCE, reason, remedy),))
    spelled = dialects.translated(spelling.plain(source))
    try:
        root = _parsed(spelled.text)
    except Unreadable as error:
        return Tree(None, _with(spelled, complaints.explained(error, spelled.text)))
    if root.depth > DEEPEST_NESTING:
        reason = f"The expression is nested {root.depth} levels deep."
        remedy = f"At most {DEEPEST_NESTING} are read: make it simpler."
        return Tree(None, _with(spelled, Fault(root.at, reason, remedy)))
    if spelled.at is not None:
        root = _moved(root, spelled)
    return Tree(root, (*spelled.faults, *_doubtful(root)))


def _parsed(source: str) -> Node:
    from survey.questionnaire import grammar

    return grammar.parse(source)


def _with(spelled: Spelled, fault: Fault) -> tuple[Fault, ...]:
    """The faults found so far and one more, unless its place has one already."""
    position = spelled.position(fault.position)
    errors = [known for known in spelled.faults if not known.is_warning]
    if any(known.position == position for known in errors):
        return spelled.faults
    return (*spelled.faults, replace(fault, position=position))


def _moved(node: Node, spelled: Spelled) -> Node:
    """The tree with every position as in the original source."""
    parts = tuple(_moved(part, spelled) for part in node.parts)
    return replace(node, at=spelled.position(node.at), parts=parts)


def _doubtful(node: Node) -> Iterator[Fault]:
    """Notes about what can be read and is hardly ever meant."""
    if node.form == "chain" and len(node.operators) > 1 and _compares_in_order(node):
        yield Fault(
            node.parts[2].at,
            "What was compared already, true or false, is compared again.",
            "Write two comparisons with and, such as ${a} >= 1 and ${a} <= 5.",
            is_warning=True,
        )
    for part in node.parts:
        if node.form in ("either", "both") and part.form == "text" and part.value:
            yield Fault(
                part.at,
                f"The text '{part.value}' alone always counts as true.",
                f"Compare it, such as ${{name}} = '{part.value}'.",
                is_warning=True,
            )
        yield from _doubtful(part)


def _compares_in_order(node: Node) -> bool:
    return _ORDERED.issuperset(node.operators)
