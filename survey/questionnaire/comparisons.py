"""What an expression compares with a literal; whether that makes sense, others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey.questionnaire.tree import Node

_TURNED: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer, the answer being given or a property, and one literal.

    ``form``: reference, current or word, with its ``name``. ``operator`` is
    ``selected`` or one of = != < <= > >=, turned so that the literal stands
    right. ``position`` is that of the literal.
    """

    form: str
    name: str
    operator: str
    literal: str
    is_number: bool
    position: int


def found(nodes: Iterable[Node]) -> Iterator[Comparison]:
    """Every comparison of two parts of which one is a literal."""
    for node in nodes:
        if len(node.parts) != 2:
            continue
        left, right = node.parts
        if node.form == "call" and node.value == "selected":
            yield from _pair(left, "selected", right)
        elif node.form == "chain" and node.operators[0] in _OPERATORS:
            operator = node.operators[0]
            yield from _pair(left, operator, right)
            yield from _pair(right, _TURNED.get(operator, operator), left)


_OPERATORS = frozenset({"=", "!=", *_TURNED})
_SUBJECTS = ("reference", "current", "word")


def _pair(subject: Node, operator: str, literal: Node) -> Iterator[Comparison]:
    text = _literal(literal)
    if subject.form in _SUBJECTS and text is not None:
        is_number = literal.form != "text"
        name = subject.value or "."
        yield Comparison(subject.form, name, operator, text, is_number, literal.at)


def _literal(node: Node) -> str | None:
    if node.form in ("text", "number"):
        return node.value
    if node.form == "negative" and node.parts[0].form == "number":
        return f"-{node.parts[0].value}"
    return None
