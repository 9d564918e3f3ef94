"""What answers are, and in which order they stand; knows no table and no person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from numbers import Real

from analysis.package import NO_ANSWER, SEPARATOR

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
_NO_NUMBERS = frozenset(float(code) for code in NO_ANSWER)
# How it is written that an option was chosen, or not.
CHOSEN = frozenset(("1", "1.0", "true"))
NOT_CHOSEN = frozenset(("0", "0.0", "false", ""))
# The longest scale whose unused steps are known from the used ones: 0 to 10.
LONGEST = 10


def is_no_answer(value: object) -> bool:
    """Whether a cell holds one of the five codes of no answer, in any type.

    Examples
    --------
    >>> is_no_answer("-3"), is_no_answer(-3.0), is_no_answer("-3.0"), is_no_answer(3)
    (True, True, True, False)
    """
    if isinstance(value, str):
        return value.removesuffix(".0") in NO_ANSWER
    return is_number(value) and value in _NO_NUMBERS


def is_number(value: object) -> bool:
    """Whether a value is a number; a truth value is none.

    Examples
    --------
    >>> is_number(2), is_number("2"), is_number(True)
    (True, False, False)
    """
    return isinstance(value, Real) and not isinstance(value, bool)


def is_mark(column: str, categories: Sequence[object]) -> bool:
    """Whether a column says of one option that it was chosen or not.

    Examples
    --------
    >>> is_mark("q05__f1", ("0", "1")), is_mark("q05__f1", (0, 1, 2))
    (True, False)
    """
    said = {str(value).lower() for value in categories}
    return SEPARATOR in column and said <= CHOSEN | NOT_CHOSEN


def in_order(values: Iterable[object]) -> list[object]:
    """Values in their natural order: numbers by size, also as text, texts by letters.

    Examples
    --------
    >>> in_order([10, 9.5]), in_order(["10", "9"]), in_order(["b", "a"])
    ([9.5, 10], ['9', '10'], ['a', 'b'])
    """
    given = list(values)
    told = as_numbers(given)
    if told is not None:
        places = sorted(range(len(given)), key=told.__getitem__)
        return [given[place] for place in places]
    try:
        return sorted(given)  # type: ignore[type-var]  # what cannot be compared is caught
    except TypeError:
        return sorted(given, key=str)


def as_numbers(values: Sequence[object]) -> list[float] | None:
    """The numbers that values are or spell; None when one of them is none.

    Examples
    --------
    >>> as_numbers(["1", "2.5"]), as_numbers(["1", "b"])
    ([1.0, 2.5], None)
    """
    found = []
    for value in values:
        is_told = isinstance(value, str) and _NUMBER.fullmatch(value)
        if not (is_told or is_number(value)):
            return None
        found.append(float(str(value)))
    return found


def steps(values: Sequence[float]) -> list[float]:
    """Steps of a scale of numbers, with those between that nobody chose.

    A scale of whole numbers begins at 1, or at 0 where somebody chose it. Its upper
    end is the largest number given: what nobody chose above it cannot be known.

    Examples
    --------
    >>> steps([2, 5]), steps([0, 2]), steps([0.5, 10, 200])
    ([1.0, 2.0, 3.0, 4.0, 5.0], [0.0, 1.0, 2.0], [0.5, 10, 200])
    """
    given = sorted(values)
    is_whole = all(float(value).is_integer() for value in given)
    if not given or not is_whole or given[0] < 0 or given[-1] > LONGEST:
        return given
    return [float(step) for step in range(min(1, int(given[0])), int(given[-1]) + 1)]
