"""What operators make of compiled parts, as in XPath 1.0; no single function.

Knows no question and no answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from survey.questionnaire import values
from survey.questionnaire.functions.parts import (
    Part,
    Parts,
    Scope,
    as_number,
    as_text,
    as_truth,
)
from survey.questionnaire.model import NO_ANSWER
from survey.questionnaire.tree import Node
from survey.questionnaire.values import Result


def combined(node: Node, parts: Parts) -> Part:
    """The part that joins the parts of a node by its operators."""
    if node.form == "either":
        truths = tuple(as_truth(part) for part in parts)
        return Part("boolean", lambda scope: any(truth(scope) for truth in truths))
    if node.form == "both":
        truths = tuple(as_truth(part) for part in parts)
        return Part("boolean", lambda scope: all(truth(scope) for truth in truths))
    if node.form == "negative":
        number = as_number(parts[0])
        return Part("number", lambda scope: -number(scope))
    if node.operators[0] in _ARITHMETIC:
        return _reckoned(node.operators, parts)
    result = parts[0]
    for operator, part in zip(node.operators, parts[1:], strict=True):
        result = _compared_pair(operator, result, part)
    return result


def _reckoned(operators: tuple[str, ...], parts: Parts) -> Part:
    """A chain of one precedence, from left to right in a loop."""
    first = as_number(parts[0])
    rest = tuple(
        (_ARITHMETIC[operator], as_number(part))
        for operator, part in zip(operators, parts[1:], strict=True)
    )

    def run(scope: Scope) -> float:
        result = first(scope)
        for reckon, number in rest:
            result = reckon(result, number(scope))
        return result

    return Part("number", run)


def _compared_pair(operator: str, left: Part, right: Part) -> Part:
    if operator in ("=", "!="):
        return _equality(left, right, is_same=operator == "=")
    compare = _COMPARISONS[operator]
    first, second = as_number(left), as_number(right)
    return Part("boolean", lambda scope: compare(first(scope), second(scope)))


def _equality(left: Part, right: Part, *, is_same: bool) -> Part:
    """XPath: truth before number before text."""
    given = (left.gives, right.gives)
    for one, other in ((left, right), (right, left)):
        if one.name is not None and other.literal not in _READ_AS_EMPTY:
            return _said(one.name, other.literal, is_same=is_same)
    if "any" in given:
        return Part(
            "boolean",
            lambda scope: _equal(left.run(scope), right.run(scope)) is is_same,
        )
    first: Callable[[Scope], Result]
    second: Callable[[Scope], Result]
    if "boolean" in given:
        first, second = as_truth(left), as_truth(right)
    elif "number" in given:
        first, second = as_number(left), as_number(right)
    else:
        first, second = as_text(left), as_text(right)
    return Part("boolean", lambda scope: (first(scope) == second(scope)) is is_same)


def _said(name: str, literal: str | None, *, is_same: bool) -> Part:
    """Whether an answer is this code: what most conditions ask, in one step."""

    def run(scope: Scope) -> bool:
        value = scope.answers.get(name)
        if isinstance(value, tuple):
            value = " ".join(value)
        return (value == literal) is is_same

    return Part("boolean", run)


def _equal(left: Result, right: Result) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return values.truth_of(left) == values.truth_of(right)
    if isinstance(left, float) or isinstance(right, float):
        return values.number_of(left) == values.number_of(right)
    return left == right


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


# what no literal may be for an answer to be compared with it as it is stored
_READ_AS_EMPTY = (None, "", *NO_ANSWER)
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divided,
    "mod": _remainder,
}
