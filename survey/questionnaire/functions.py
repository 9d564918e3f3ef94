"""The functions an expression may call; knows no question.

Each one takes compiled arguments and gives a compiled part, so nothing is
looked up or converted twice while residents answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from survey.questionnaire import values
from survey.questionnaire.pattern import compile_pattern
from survey.questionnaire.pattern_source import PatternError
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


class CallError(ValueError):
    """A call that cannot be made; ``argument`` counts from 0, -1 is the call."""

    def __init__(self, reason: str, remedy: str, argument: int, offset: int = 0):
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.argument = argument
        self.offset = offset


Parts = tuple[Part, ...]


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


def _chosen(part: Part) -> Callable[[Scope], tuple[str, ...]]:
    """The codes of a multiple answer."""
    if part.name is not None:
        name = part.name

        def look_up(scope: Scope) -> tuple[str, ...]:
            value = scope.answers.get(name)
            if isinstance(value, tuple):
                return value
            return tuple(values.read(value).split())

        return look_up
    text = as_text(part)
    return lambda scope: tuple(text(scope).split())


def _selected(parts: Parts) -> Part:
    chosen, code = _chosen(parts[0]), as_text(parts[1])

    def run(scope: Scope) -> bool:
        codes, wanted = chosen(scope), code(scope).strip()
        return wanted in codes if wanted else not codes

    return Part("boolean", run)


def _selected_at(parts: Parts) -> Part:
    chosen, index = _chosen(parts[0]), as_number(parts[1])

    def run(scope: Scope) -> str:
        codes, at = chosen(scope), index(scope)
        if not (at.is_integer() and 0 <= at < len(codes)):
            return ""
        return codes[int(at)]

    return Part("text", run)


def _count_selected(parts: Parts) -> Part:
    chosen = _chosen(parts[0])
    return Part("number", lambda scope: float(len(chosen(scope))))


def _not(parts: Parts) -> Part:
    truth = as_truth(parts[0])
    return Part("boolean", lambda scope: not truth(scope))


def _if(parts: Parts) -> Part:
    truth, then, otherwise = as_truth(parts[0]), parts[1], parts[2]
    gives = then.gives if then.gives == otherwise.gives else "any"
    return Part(
        gives,
        lambda scope: then.run(scope) if truth(scope) else otherwise.run(scope),
    )


def _coalesce(parts: Parts) -> Part:
    texts = [as_text(part) for part in parts]
    return Part(
        "text", lambda scope: next(filter(None, (text(scope) for text in texts)), "")
    )


def _concat(parts: Parts) -> Part:
    texts = [as_text(part) for part in parts]
    return Part("text", lambda scope: "".join([text(scope) for text in texts]))


def _normalize_space(parts: Parts) -> Part:
    text = as_text(parts[0])
    return Part("text", lambda scope: " ".join(text(scope).split()))


def _string_length(parts: Parts) -> Part:
    text = as_text(parts[0])
    return Part("number", lambda scope: float(len(text(scope))))


def _regex(parts: Parts) -> Part:
    if parts[1].literal is None:
        raise CallError(
            "The pattern of regex is not a quoted text.",
            "Write it as regex(${name}, '[0-9]+').",
            1,
        )
    try:
        pattern = compile_pattern(parts[1].literal)
    except PatternError as error:
        remedy = "Use letters, [ ], ( ), |, *, +, ?, {2,5}, ., \\d, \\w, \\s, \\p{L}."
        raise CallError(str(error), remedy, 1, error.position + 1) from error
    text = as_text(parts[0])
    return Part("boolean", lambda scope: pattern.fits(text(scope)))


def _number(parts: Parts) -> Part:
    return Part("number", as_number(parts[0]))


def _whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _int(parts: Parts) -> Part:
    number = as_number(parts[0])
    return Part("number", lambda scope: _whole(number(scope)))


def rounded(value: float, places: float = 0.0) -> float:
    """XPath's rounding, halves upwards, to decimal places between -15 and 15."""
    if not (math.isfinite(value) and math.isfinite(places)):
        return math.nan if math.isnan(places) else value
    scale = 10.0 ** max(-15, min(15, math.trunc(places)))
    scaled = value * scale + 0.5
    return math.floor(scaled) / scale if math.isfinite(scaled) else value


def _round(parts: Parts) -> Part:
    number = as_number(parts[0])
    if len(parts) == 1:
        return Part("number", lambda scope: rounded(number(scope)))
    places = as_number(parts[1])
    return Part("number", lambda scope: rounded(number(scope), places(scope)))


def _over_numbers(
    fold: Callable[[list[float]], float], when_none: float
) -> Callable[[Parts], Part]:
    def build(parts: Parts) -> Part:
        runs = [part.run for part in parts]

        def run(scope: Scope) -> float:
            given = [result for r in runs if (result := r(scope)) != ""]
            numbers = [values.number_of(result) for result in given]
            if any(math.isnan(number) for number in numbers):
                return math.nan
            return fold(numbers) if numbers else when_none

        return Part("number", run)

    return build


def _total(numbers: list[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number
    return total


def _count(parts: Parts) -> Part:
    texts = [as_text(part) for part in parts]
    return Part("number", lambda scope: float(sum(text(scope) != "" for text in texts)))


def _position(parts: Parts) -> Part:
    return Part("number", lambda scope: 1.0)


def _once(parts: Parts) -> Part:
    text = as_text(parts[0])
    return Part("text", lambda scope: values.read(scope.current) or text(scope))


def _today(parts: Parts) -> Part:
    return Part("text", lambda scope: scope.today.isoformat())


def _true(parts: Parts) -> Part:
    return Part("boolean", lambda scope: True)


def _false(parts: Parts) -> Part:
    return Part("boolean", lambda scope: False)


MANY = 100

FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, _count_selected),
    "not": Function(1, 1, _not),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, MANY, _coalesce),
    "concat": Function(1, MANY, _concat),
    "normalize-space": Function(0, 1, _normalize_space, implies_current=True),
    "string-length": Function(0, 1, _string_length, implies_current=True),
    "regex": Function(2, 2, _regex),
    "number": Function(0, 1, _number, implies_current=True),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "sum": Function(1, MANY, _over_numbers(_total, 0.0)),
    "min": Function(1, MANY, _over_numbers(min, math.nan)),
    "max": Function(1, MANY, _over_numbers(max, math.nan)),
    "count": Function(1, MANY, _count),
    "position": Function(0, 1, _position),
    "once": Function(1, 1, _once),
    "today": Function(0, 0, _today),
    "true": Function(0, 0, _true),
    "false": Function(0, 0, _false),
}


def closest(word: str) -> str:
    """A known function that looks like the word; empty when none does."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    for name in FUNCTIONS:
        if name.replace("-", "") == plain:
            return name
    return ""
