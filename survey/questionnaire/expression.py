"""Skip logic, constraints and calculations: one grammar, one evaluator.

Knows answers by name only; what a question is, it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from survey.questionnaire import comparisons, syntax
from survey.questionnaire.comparisons import Comparison
from survey.questionnaire.compiler import Compiler, walk
from survey.questionnaire.excerpts import excerpt, visible
from survey.questionnaire.fault import Fault
from survey.questionnaire.functions import FUNCTIONS
from survey.questionnaire.functions.parts import Scope, as_truth
from survey.questionnaire.operators import combined
from survey.questionnaire.problem import Problem, QuestionnaireError
from survey.questionnaire.tree import Node
from survey.questionnaire.values import Result, Value

MOST_FAULTS = 20


class ExpressionError(QuestionnaireError):
    """An expression that cannot be used; ``faults`` have positions from 0."""

    def __init__(self, source: str, faults: tuple[Fault, ...]) -> None:
        self.source = source
        self.faults = faults
        super().__init__(as_problem(source, fault) for fault in faults)


def as_problem(source: str, fault: Fault) -> Problem:
    """The fault with its excerpt, not yet located in a file."""
    return Problem(
        "",
        "",
        visible(fault.reason),
        visible(fault.remedy),
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
    ``looks_at_day`` when it calls ``today``. ``words`` are the places of the
    bare words; ``comparisons`` those of one thing with one literal;
    ``own_answer_at`` is where ``.`` stands first, -1 when it does not. ``holds``
    and ``value`` are what ``is_true`` and ``evaluate`` ask, for who asks often.
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
    words: Mapping[str, int]
    comparisons: tuple[Comparison, ...]
    own_answer_at: int
    holds: Callable[[Scope], bool]
    value: Callable[[Scope], Result]

    def evaluate(
        self,
        answers: Mapping[str, Value],
        *,
        today: date,
        current: Value | None = None,
    ) -> Result:
        """The value: a text, a number or true/false. Never raises."""
        return self.value(Scope(answers, today, current))

    def is_true(
        self,
        answers: Mapping[str, Value],
        *,
        today: date,
        current: Value | None = None,
    ) -> bool:
        """The value as true or false. Never raises."""
        return self.holds(Scope(answers, today, current))

    def lets_through(
        self,
        options: Mapping[str, str],
        answers: Mapping[str, Value],
        *,
        today: date,
    ) -> bool:
        """Whether a choice filter shows an option with these properties."""
        return self.holds(Scope(answers, today, None, options))


def compile(source: str, *, filters_options: bool = False) -> Expression:
    """The compiled expression; raises ``ExpressionError`` with every fault.

    In what ``filters_options`` a bare word is a property of the option.
    """
    read = _compiled(source, filters_options)
    if isinstance(read, Expression):
        return read
    raise ExpressionError(source, read)


def readable(source: str, *, filters_options: bool = False) -> Expression | None:
    """The compiled expression; none when it has faults, which ``compile`` tells."""
    read = _compiled(source, filters_options)
    return read if isinstance(read, Expression) else None


@lru_cache(maxsize=4096)
def _compiled(source: str, filters_options: bool) -> Expression | tuple[Fault, ...]:
    """The expression, or its faults: rules ask again and again for both."""
    tree = syntax.read(source)
    root = tree.root
    if root is None:
        return _few(tree.faults)
    compiler = Compiler(takes_words=filters_options)
    joined = root.parts if root.form == "both" else (root,)
    parts = tuple(compiler.part(node) for node in joined)
    if tree.errors or compiler.faults:
        return _few((*tree.faults, *compiler.faults))
    part = combined(root, parts) if root.form == "both" else parts[0]
    nodes = tuple(walk(root))
    words = _first(nodes, "word")
    return Expression(
        source=source,
        names=_names(root),
        positions=_first(nodes, "reference"),
        compared=tuple(pair for node in nodes for pair in _compared(node)),
        uses_current=any(_looks_at_current(node) for node in nodes),
        warnings=tree.faults,
        conjuncts=tuple(
            Conjunct(_names(node), as_truth(own))
            for node, own in zip(joined, parts, strict=True)
        ),
        properties=frozenset(words),
        equalities=tuple(_equalities(root)),
        looks_at_day=any(n.form == "call" and n.value == "today" for n in nodes),
        words=words,
        comparisons=tuple(comparisons.found(nodes)),
        own_answer_at=next(_own_answer(nodes), -1),
        holds=as_truth(part),
        value=part.run,
    )


def _few(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The first faults, and how many more there are."""
    left = len(faults) - MOST_FAULTS
    if left <= 0:
        return faults
    reason, remedy = f"There are {left} more faults.", "Mend those before them first."
    rest = Fault(faults[MOST_FAULTS].position, reason, remedy)
    return (*faults[:MOST_FAULTS], rest)


def _names(node: Node) -> frozenset[str]:
    return frozenset(part.value for part in walk(node) if part.form == "reference")


def _first(nodes: tuple[Node, ...], form: str) -> dict[str, int]:
    """What nodes of a form say, and where each stands first."""
    found: dict[str, int] = {}
    for node in nodes:
        if node.form == form:
            found.setdefault(node.value, node.at)
    return found


def _own_answer(nodes: tuple[Node, ...]) -> Iterator[int]:
    """Where the answer being given is looked at, without ``once``."""
    for node in nodes:
        if node.form == "current" or (
            node.form == "call"
            and not node.parts
            and FUNCTIONS[node.value].implies_current
        ):
            yield node.at


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


__all__ = [
    "Conjunct",
    "Expression",
    "ExpressionError",
    "Scope",
    "as_problem",
    "compile",
    "excerpt",
    "readable",
]
