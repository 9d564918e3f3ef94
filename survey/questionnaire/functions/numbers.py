"""Functions on numbers and days; what an answer is, they do not know."""

from __future__ import annotations

import math
from collections.abc import Callable

from survey.questionnaire import values
from survey.questionnaire.functions.parts import Part, Parts, Scope, as_number


def number(parts: Parts) -> Part:
    """The value as a number."""
    return Part("number", as_number(parts[0]))


def _on_finite(reckon: Callable[[float], float]) -> Callable[[Parts], Part]:
    def build(parts: Parts) -> Part:
        given = as_number(parts[0])

        def run(scope: Scope) -> float:
            value = given(scope)
            return float(reckon(value)) if math.isfinite(value) else value

        return Part("number", run)

    return build


whole = _on_finite(math.trunc)
floor = _on_finite(math.floor)
ceiling = _on_finite(math.ceil)


def absolute(parts: Parts) -> Part:
    """The number without its sign."""
    given = as_number(parts[0])
    return Part("number", lambda scope: abs(given(scope)))


def rounded(value: float, places: float = 0.0) -> float:
    """XPath's rounding, halves upwards, to decimal places between -15 and 15."""
    if not (math.isfinite(value) and math.isfinite(places)):
        return math.nan if math.isnan(places) else value
    scale = 10.0 ** max(-15, min(15, math.trunc(places)))
    scaled = value * scale + 0.5
    return math.floor(scaled) / scale if math.isfinite(scaled) else value


def round_(parts: Parts) -> Part:
    """The nearest whole number, or number of so many places."""
    given = as_number(parts[0])
    if len(parts) == 1:
        return Part("number", lambda scope: rounded(given(scope)))
    places = as_number(parts[1])
    return Part("number", lambda scope: rounded(given(scope), places(scope)))


def over_numbers(
    fold: Callable[[list[float]], float], when_none: float
) -> Callable[[Parts], Part]:
    """A function over those arguments that are not empty."""

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


def total(numbers: list[float]) -> float:
    """Added one after the other, as XPath does; the newer sum() is more exact."""
    result = 0.0
    for each in numbers:
        result += each
    return result


def today(parts: Parts) -> Part:
    """The day, as a text."""
    return Part("text", lambda scope: scope.today.isoformat())


def day(parts: Parts) -> Part:
    """The day that a text or a number of days since 1970 is; empty when none."""
    run = parts[0].run
    return Part("text", lambda scope: values.day_of(run(scope)))
