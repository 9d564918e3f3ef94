"""Turns the tree of an expression into closures; knows no question.

Everything that can be looked up or converted once is done here, so that
nothing is left of the tree while residents answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire import complaints, values
from survey.questionnaire.excerpts import visible
from survey.questionnaire.fault import Fault
from survey.questionnaire.functions import FUNCTIONS, closest, foreign
from survey.questionnaire.functions.parts import (
    CallError,
    Function,
    Part,
    Parts,
    nothing,
)
from survey.questionnaire.operators import combined
from survey.questionnaire.pattern import LARGEST_PROGRAM, compile_pattern
from survey.questionnaire.tree import Node

_JOINED = ("either", "both", "chain", "negative")


class Compiler:
    """Compiles nodes and collects in ``faults`` what is wrong with them."""

    def __init__(self, *, takes_words: bool) -> None:
        self.faults: list[Fault] = []
        self.takes_words = takes_words
        self._pattern_size = 0

    def part(self, node: Node) -> Part:
        """The compiled node; stands in for itself where something is wrong."""
        if node.form == "word" and not self.takes_words:
            self.faults.append(complaints.bare_word(node.value, node.at))
        if node.form == "reference" and not node.value:
            reason, remedy = "This answer has no name.", "Write ${name} for an answer."
            self.faults.append(Fault(node.at, reason, remedy))
        if node.form == "call":
            return self._call(node)
        if node.form in _JOINED:
            return combined(node, tuple(self.part(part) for part in node.parts))
        return _leaf(node)

    def _call(self, node: Node) -> Part:
        function = FUNCTIONS.get(node.value)
        if function is None:
            self.faults.append(_unknown_function(node))
            function = Function(0, len(node.parts), lambda parts: nothing())
        parts = tuple(self.part(argument) for argument in node.parts)
        fault = _wrong_call(node, function)
        if fault:
            self.faults.append(fault)
            return nothing()
        if not parts and function.implies_current:
            parts = (_leaf(Node("current", node.at)),)
        return self._built(node, function, parts)

    def _built(self, node: Node, function: Function, parts: Parts) -> Part:
        try:
            built = function.build(parts)
        except CallError as error:
            at = node.parts[error.argument].at + error.offset
            self.faults.append(Fault(at, error.reason, error.remedy))
            return nothing()
        if node.value == "regex":
            self._count_pattern(node)
        return built

    def _count_pattern(self, node: Node) -> None:
        """All patterns of an expression together take no longer than one may."""
        self._pattern_size += compile_pattern(node.parts[1].value).size
        if self._pattern_size > LARGEST_PROGRAM:
            reason = "The patterns of this expression are too large together."
            remedy = "Use fewer or simpler ones, or make two questions of it."
            self.faults.append(Fault(node.at, reason, remedy))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for part in node.parts:
        yield from walk(part)


def _unknown_function(node: Node) -> Fault:
    similar = closest(node.value)
    known = ", ".join(FUNCTIONS)
    remedy = f"Write {similar}()." if similar else foreign.remedy(node.value)
    reason = f"There is no function {visible(node.value)}."
    return Fault(node.at, reason, remedy or f"Use one of {known}.")


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
        f"{node.value} has {given} argument{'' if given == 1 else 's'}.",
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
    return nothing()
