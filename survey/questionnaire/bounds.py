"""Which limit a broken constraint names, so that a person is told the number.

Reads trees of expressions: how many were chosen or given, and what numbers add up
to. Knows no question and no words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from survey.questionnaire import syntax
from survey.questionnaire.compiler import Compiler
from survey.questionnaire.functions.parts import Part, Scope, as_number, as_truth
from survey.questionnaire.tree import Node
from survey.questionnaire.values import text_of

CHOSEN, GIVEN, SUM, ITSELF = "count-selected", "count", "sum", "."
_TURNED = {"<=": ">=", ">=": "<=", "=": "="}
_MOST_PLACES = 6  # more than any number has that is answered


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that was not kept: ``sign`` is how ``amount`` stands to it when kept.

    ``what`` was counted or added: ``count-selected``, ``count`` or ``sum`` of the
    answers ``names``, of which that being given has none; or is that ``.`` itself.
    """

    what: str
    sign: str
    names: frozenset[str]
    amount: str
    limit: str


@dataclass(frozen=True, slots=True)
class _Bound:
    """One condition, and what it compares when it is a limit."""

    whole: Part
    what: str = ""
    sign: str = ""
    names: frozenset[str] = frozenset()
    amount: Part | None = None
    limit: Part | None = None


def exceeded(source: str, scope: Scope) -> Exceeded | None:
    """The limit behind the first condition that fails; none when it is no limit."""
    for bound in _bounds(source):
        if not as_truth(bound.whole)(scope):
            return _told(bound, scope)
    return None


def _told(bound: _Bound, scope: Scope) -> Exceeded | None:
    if bound.amount is None or bound.limit is None:
        return None
    amount, limit = (as_number(p)(scope) for p in (bound.amount, bound.limit))
    is_whole = bound.what in (SUM, ITSELF) or limit.is_integer()
    if not (math.isfinite(amount) and math.isfinite(limit) and is_whole):
        return None
    said = (text_of(round(number, _MOST_PLACES)) for number in (amount, limit))
    return Exceeded(bound.what, bound.sign, bound.names, *said)


@lru_cache(maxsize=1024)
def _bounds(source: str) -> tuple[_Bound, ...]:
    root = syntax.read(source).root
    return () if root is None else tuple(map(_bound, _joined(root)))


def _joined(node: Node) -> Iterator[Node]:
    """The conditions that must all hold."""
    if node.form == "both":
        for part in node.parts:
            yield from _joined(part)
    else:
        yield node


def _bound(condition: Node) -> _Bound:
    compiler = Compiler(takes_words=False)
    whole = compiler.part(condition)
    node = _beside_emptiness(condition)
    if node.form != "chain" or len(node.parts) != 2 or node.operators[0] not in _TURNED:
        return _Bound(whole)
    left, right, sign = *node.parts, node.operators[0]
    for one, other, way in ((left, right, sign), (right, left, _TURNED[sign])):
        found = _measured(one)
        if found is not None:
            names = frozenset(part.value for part in found.parts)
            what = found.value or ITSELF
            parts = compiler.part(one), compiler.part(other)
            return _Bound(whole, what, way, names, *parts)
    return _Bound(whole)


def _beside_emptiness(node: Node) -> Node:
    """What is demanded where a limit that others answer may be missing."""
    if node.form == "either" and len(node.parts) == 2:
        for one, other in (node.parts, node.parts[::-1]):
            if any(part.form == "text" and not part.value for part in one.parts):
                return other
    return node


def _measured(node: Node) -> Node | None:
    """The call that counts or adds plain answers, rounded or not; or the answer."""
    if node.form == "current":
        return node
    if node.form == "call" and node.value == "round":
        node = node.parts[0]
    is_known = node.form == "call" and node.value in (CHOSEN, GIVEN, SUM)
    plain = all(part.form in ("reference", "current") for part in node.parts)
    return node if is_known and plain else None
