"""Skip logic, constraints and calculations: one grammar, one evaluator.

Knows answers by name only; what a question is, it does not know.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from survey.questionnaire import syntax, values
from survey.questionnaire.functions import (
    FUNCTIONS,
    CallError,
    Function,
    Part,
    Parts,
    Scope,
    as_number,
    as_text,
    as_truth,
    closest,
)
from survey.questionnaire.problem import Problem, QuestionnaireError
from survey.questionnaire.syntax import Fault
from survey.questionnaire.tree import Node
from survey.questionnaire.values import Result, Value

_SHOWN_AROUND = 60


class ExpressionError(QuestionnaireError):
    """An expression that cannot be used; ``faults`` have positions from 0."""

    def __init__(self, source: str, faults: tuple[Fault, ...]) -> None:
        self.source = source
        self.faults = faults
        super().__init__(as_problem(source, fault) for fault in faults)


def excerpt(source: str, position: int) -> str:
    """The expression around a position and, below it, a caret."""
    flat = source.replace("\n", " ").replace("\t", " ")
    start = max(0, position - _SHOWN_AROUND)
    end = position + _SHOWN_AROUND
    before = "…" if start else ""
    after = "…" if end < len(flat) else ""
    shown = f"{before}{flat[start:end]}{after}"
    return f"  {shown}\n  {' ' * (len(before) + position - start)}^"


def as_problem(source: str, fault: Fault) -> Problem:
    """The fault with its excerpt, not yet located in a file."""
    return Problem(
        "",
        "",
        fault.reason,
        fault.remedy,
        excerpt=excerpt(source, fault.position),
        is_warning=fault.is_warning,
    )


@dataclass(frozen=True, slots=True)
class Conjunct:
    """One of the conditions that a top-level ``and`` joins."""

    names: frozenset[str]
    holds: Callable[[Scope], bool]


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    ``names`` are the items it looks at, ``positions`` where each first stands;
    ``compared`` are the codes an item is compared with (name, code, position);
    ``warnings`` what reading it noticed; ``conjuncts`` its parts joined by a
    top-level ``and`` (the whole, when there is none); ``properties`` the bare
    words of a choice filter, which stand for properties of an option, and
    ``equalities`` those (property, item) that must be equal for it to hold.
    ``looks_at_day`` when it calls ``today``.
    """

    source: str
    names: frozenset[str]
    positions: Mapping[str, int]
    compared: tuple[tuple[str, str, int], ...]
    uses_current: bool
    warnings: tuple[Fault, ...]
    conjuncts: tuple[Conjunct, ...]
    properties: frozenset[str]
    equalities: tuple[tuple[str, str], ...]
    looks_at_day: bool
    _part: Part
    _truth: Callable[[Scope], bool]

    def evaluate(
        self,
        answers: Mapping[str, Value],
        *,
        today: date,
        current: Value | None = None,
    ) -> Result:
        """The value: a text, a number or true/false. Never raises."""
        return self._part.run(Scope(answers, today, current))

    def is_true(
        self,
        answers: Mapping[str, Value],
        *,
        today: date,
        current: Value | None = None,
    ) -> bool:
        """The value as true or false. Never raises."""
        return self._truth(Scope(answers, today, current))

    def lets_through(
        self,
        options: Mapping[str, str],
        answers: Mapping[str, Value],
        *,
        today: date,
    ) -> bool:
        """Whether a choice filter shows an option with these properties."""
        return self._truth(Scope(answers, today, None, options))


@lru_cache(maxsize=4096)
def compile(source: str, *, filters_options: bool = False) -> Expression:
    """The compiled expression; raises ``ExpressionError`` with every fault.

    In what ``filters_options`` a bare word is a property of the option.
    """
    tree = syntax.read(source)
    if tree.root is None:
        raise ExpressionError(source, tree.faults)
    compiler = _Compiler(takes_words=filters_options)
    part = compiler.part(tree.root)
    if compiler.faults:
        raise ExpressionError(source, (*tree.faults, *compiler.faults))
    nodes = list(_walk(tree.root))
    positions: dict[str, int] = {}
    for node in nodes:
        if node.form == "reference":
            positions.setdefault(node.value, node.at)
    return Expression(
        source=source,
        names=frozenset(positions),
        positions=positions,
        compared=tuple(pair for node in nodes for pair in _compared(node)),
        uses_current=any(_looks_at_current(node) for node in nodes),
        warnings=tree.faults,
        conjuncts=tuple(compiler.conjuncts(tree.root)),
        properties=frozenset(node.value for node in nodes if node.form == "word"),
        equalities=tuple(_equalities(tree.root)),
        looks_at_day=any(n.form == "call" and n.value == "today" for n in nodes),
        _part=part,
        _truth=as_truth(part),
    )


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _walk(part)


def _compared(node: Node) -> Iterator[tuple[str, str, int]]:
    """Name, code and position where an item meets a quoted code."""
    is_equality = set(node.operators) <= {"=", "!="} and node.form == "chain"
    if len(node.parts) != 2 or not (is_equality or node.value == "selected"):
        return
    for one, other in (node.parts, node.parts[::-1]):
        if one.form == "reference" and other.form == "text":
            yield one.value, other.value, other.at


def _equalities(root: Node) -> Iterator[tuple[str, str]]:
    """Property and item wherever their equality is needed for the whole to hold."""
    for node in root.parts if root.form == "both" else (root,):
        if node.form != "chain" or node.operators != ("=",):
            continue
        for one, other in (node.parts, node.parts[::-1]):
            if one.form == "word" and other.form == "reference":
                yield one.value, other.value


def _looks_at_current(node: Node) -> bool:
    if node.form == "call" and not node.parts:
        return FUNCTIONS[node.value].implies_current
    return node.form == "current" or (node.form == "call" and node.value == "once")


class _Compiler:
    """Turns nodes into closures and collects what is wrong with them."""

    def __init__(self, *, takes_words: bool) -> None:
        self.faults: list[Fault] = []
        self.takes_words = takes_words

    def part(self, node: Node) -> Part:
        if node.form == "word" and not self.takes_words:
            self.faults.append(syntax.bare_word(node.value, node.at))
        if node.form == "call":
            return self.call(node)
        if node.form in ("either", "both", "chain", "negative"):
            return _combine(node, tuple(self.part(part) for part in node.parts))
        return _leaf(node)

    def conjuncts(self, root: Node) -> Iterator[Conjunct]:
        for node in root.parts if root.form == "both" else (root,):
            names = frozenset(n.value for n in _walk(node) if n.form == "reference")
            yield Conjunct(names, as_truth(self.part(node)))

    def call(self, node: Node) -> Part:
        function = FUNCTIONS.get(node.value)
        if function is None:
            self.faults.append(_unknown_function(node))
            function = Function(0, len(node.parts), lambda parts: _nothing())
        parts = tuple(self.part(argument) for argument in node.parts)
        fault = _wrong_call(node, function)
        if fault:
            self.faults.append(fault)
            return _nothing()
        if not parts and function.implies_current:
            parts = (_leaf(Node("current", node.at)),)
        return self.built(node, function, parts)

    def built(self, node: Node, function: Function, parts: Parts) -> Part:
        try:
            return function.build(parts)
        except CallError as error:
            at = node.parts[error.argument].at + error.offset
            self.faults.append(Fault(at, error.reason, error.remedy))
            return _nothing()


def _nothing() -> Part:
    return Part("text", lambda scope: "")


def _unknown_function(node: Node) -> Fault:
    similar = closest(node.value)
    known = ", ".join(FUNCTIONS)
    remedy = f"Write {similar}()." if similar else f"Use one of {known}."
    return Fault(node.at, f"There is no function {node.value}.", remedy)


def _wrong_call(node: Node, function: Function) -> Fault | None:
    given = len(node.parts)
    if any(part.form == "parent" for part in node.parts) and node.value != "position":
        return Fault(node.at, ".. cannot stand here.", "Write it in position(..) only.")
    if function.least <= given <= function.most:
        return None
    if function.least == function.most:
        wanted = str(function.least)
    else:
        wanted = f"{function.least} to {function.most}"
    return Fault(
        node.at,
        f"{node.value} has {given} arguments.",
        f"It takes {wanted}.",
    )


def _leaf(node: Node) -> Part:
    if node.form == "text":
        text = node.value
        return Part("text", lambda scope: text, literal=text)
    if node.form == "number":
        number = float(node.value)
        return Part("number", lambda scope: number)
    if node.form == "reference":
        name = node.value
        return Part(
            "text", lambda scope: values.read(scope.answers.get(name)), name=name
        )
    if node.form == "word":
        word = node.value
        return Part("text", lambda scope: scope.option.get(word, ""))
    if node.form == "current":
        return Part("text", lambda scope: values.read(scope.current))
    return _nothing()


def _combine(node: Node, parts: Parts) -> Part:
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
