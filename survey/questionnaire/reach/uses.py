"""How an expression looks at each item, so that few answers can stand for all.

Knows trees of expressions; nothing of questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from survey.questionnaire import syntax
from survey.questionnaire.tree import Node

_EQUAL = frozenset({"=", "!="})
_COMPARING = _EQUAL | {"<", "<=", ">", ">="}
_LISTS = "either", "both"


@dataclass(frozen=True, slots=True)
class Use:
    """What an item is held against.

    ``literals`` are the texts it must equal or contain, ``numbers`` (as written)
    those it is compared with; ``is_counted`` when the number of chosen codes
    matters; ``is_opaque`` when every different answer may give another result.
    With none of these only being empty or not matters.
    """

    literals: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    is_counted: bool = False
    is_opaque: bool = False

    def __or__(self, other: Use) -> Use:
        """Both together."""
        return Use(
            self.literals | other.literals,
            self.numbers | other.numbers,
            self.is_counted or other.is_counted,
            self.is_opaque or other.is_opaque,
        )


OPAQUE = Use(is_opaque=True)
TRUTH = Use()


@lru_cache(maxsize=4096)
def uses(source: str) -> Mapping[str, Use]:
    """Item → how a condition that can be read looks at it."""
    root = syntax.read(source).root
    found: dict[str, Use] = defaultdict(Use)
    if root is not None:
        for name, use in _of(root, TRUTH):
            found[name] |= use
    return dict(found)


def _of(node: Node, use: Use) -> Iterator[tuple[str, Use]]:
    """Every item below a node; ``use`` is how the node's own value is looked at."""
    if node.form == "reference":
        yield node.value, use
    for part, own in zip(node.parts, _of_parts(node), strict=True):
        yield from _of(part, own)


def _of_parts(node: Node) -> list[Use]:
    if node.form in _LISTS:
        return [TRUTH] * len(node.parts)
    if node.form == "chain" and len(node.parts) == 2:
        one, other = node.parts
        return [_against(node, other), _against(node, one)]
    if node.form == "call":
        return _of_arguments(node)
    return [OPAQUE] * len(node.parts)


def _of_arguments(call: Node) -> list[Use]:
    count = len(call.parts)
    if call.value == "not":
        return [TRUTH] * count
    if call.value == "count-selected":
        return [Use(is_counted=True)] * count
    if call.value == "if":
        return [TRUTH, OPAQUE, OPAQUE][:count]
    if call.value == "selected" and count == 2 and call.parts[1].form == "text":
        return [Use(literals=frozenset({call.parts[1].value.strip()})), OPAQUE]
    return [OPAQUE] * count


def _against(chain: Node, other: Node) -> Use:
    """What it means to be compared with the other side."""
    operator = chain.operators[0]
    if operator in _EQUAL and other.form == "text":
        return Use(literals=frozenset({other.value}))
    number = _number(other)
    if operator in _COMPARING and number:
        return Use(numbers=frozenset({number}))
    return OPAQUE


def _number(node: Node) -> str:
    if node.form == "negative" and node.parts[0].form == "number":
        return f"-{node.parts[0].value}"
    return node.value if node.form == "number" else ""
