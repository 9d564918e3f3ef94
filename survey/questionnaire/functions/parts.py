"""Compiled parts of an expression and what they may look at while they run.

Knows neither grammar nor single functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from survey.questionnaire import values
from survey.questionnaire.values import Result, Value

_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


class Scope(NamedTuple):
    """What an expression may look at; ``option`` are an option's properties."""

    answers: Mapping[str, Value]
    today: date
    current: Value | None
    option: Mapping[str, str] = _NO_PROPERTIES


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part; ``gives`` is text, number, boolean or any.

    ``literal`` holds the text of a quoted literal, ``name`` that of a
    reference; both are ``None`` otherwise.
    """

    gives: str
    run: Callable[[Scope], Result]
    literal: str | None = None
    name: str | None = None


Parts = tuple[Part, ...]


class CallError(ValueError):
    """A call that cannot be made; ``argument`` counts from 0, -1 is the call."""

    def __init__(self, reason: str, remedy: str, argument: int, offset: int = 0):
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.argument = argument
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how many arguments it takes and how it is compiled."""

    least: int
    most: int
    build: Callable[[Parts], Part]
    implies_current: bool = False


def as_text(part: Part) -> Callable[[Scope], str]:
    """The part's value as a text."""
    run = part.run
    if part.gives == "text":
        return run  # type: ignore[return-value]  # a text part gives a text
    return lambda scope: values.text_of(run(scope))


def as_number(part: Part) -> Callable[[Scope], float]:
    """The part's value as a number."""
    run = part.run
    return lambda scope: values.number_of(run(scope))


def as_truth(part: Part) -> Callable[[Scope], bool]:
    """The part's value as true or false."""
    run = part.run
    if part.gives == "boolean":
        return run  # type: ignore[return-value]  # a boolean part gives a bool
    return lambda scope: values.truth_of(run(scope))


def nothing() -> Part:
    """A part that is always empty; it stands in for what cannot be compiled."""
    return Part("text", lambda scope: "")
