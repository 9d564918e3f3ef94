"""Advice on comparisons that cannot come out as meant; nothing here stops anybody."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping

from survey.questionnaire.comparisons import Comparison
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.references import Codes, compared_item
from survey.questionnaire.rules.sources import items, readable
from survey.questionnaire.values import number_of_text

_ORDERED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EQUAL = ("=", "!=")

Words = tuple[str, str]


def comparisons_can_hold(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Codes are compared with codes, numbers with numbers, several with several."""
    known = items(questionnaire)
    codes = Codes()
    for source, read in readable(questionnaire):
        for found in read.comparisons:
            item = compared_item(source, found, known)
            words = None
            if item is not None and found.literal and item.is_closed:
                words = _doubt(found, item, codes.of(item))
            if words is not None:
                yield source.problem(found.position, *words, is_warning=True)


def _doubt(found: Comparison, item: Item, codes: Collection[str]) -> Words | None:
    kind = KINDS.get(item.question.kind)
    if kind is None:
        return None
    if codes and kind.is_multiple:
        return _of_several(found, item)
    if codes:
        return _of_one(found, item, codes)
    if kind.written_as and not kind.is_multiple:
        return _of_written(found, item, kind.written_as)
    return None


def _subject(found: Comparison) -> str:
    return "." if found.form == "current" else f"${{{found.name}}}"


def _of_several(found: Comparison, item: Item) -> Words | None:
    """An answer of several codes."""
    subject = _subject(found)
    if found.operator in _ORDERED:
        reason = f"{item.name} has codes, which are neither more nor less."
        return reason, f"Write count-selected({subject}) for how many were chosen."
    if found.operator in _EQUAL:
        word = "holds" if found.operator == "=" else "fails"
        reason = f"This {word} only when nothing but '{found.literal}' was chosen."
        return reason, f"Write selected({subject}, '{found.literal}')."
    return None


def _of_one(found: Comparison, item: Item, codes: Collection[str]) -> Words | None:
    """An answer of one code."""
    is_number = found.is_number or found.operator in _ORDERED
    if not is_number or any(_fits(found, code) for code in codes):
        return None
    reason = f"No code of {item.name} is a number for which this can hold."
    if found.operator == "!=":
        reason = f"No code of {item.name} is {found.literal}: this always holds."
    return reason, f"Compare a code in quotes, such as '{next(iter(codes))}'."


def _fits(found: Comparison, code: str) -> bool:
    number, literal = number_of_text(code), number_of_text(found.literal)
    compare = _ORDERED.get(found.operator)
    return number == literal if compare is None else compare(number, literal)


def _of_written(found: Comparison, item: Item, written_as: str) -> Words | None:
    """A number or a day."""
    number = number_of_text(found.literal)
    if number != number:
        example = "'2026-01-31'" if written_as == "date" else "18"
        reason = f"{item.name} is a {written_as}, and '{found.literal}' is none."
        return reason, f"Compare it with a {written_as}, such as {example}."
    if written_as == "number" and not _is_within(found, item, number):
        reason = f"No answer to {item.name} is {found.operator} {found.literal}."
        return reason, "Look at least and most of the question."
    return None


def _is_within(found: Comparison, item: Item, number: float) -> bool:
    """Whether some number between the limits fits."""
    least = number_of_text(item.question.least)
    low = 0.0 if least != least else least
    most = number_of_text(item.question.most)
    high = float("inf") if most != most else most
    if found.operator == "=":
        return low <= number <= high
    compare = _ORDERED.get(found.operator)
    return compare is None or compare(low, number) or compare(high, number)
