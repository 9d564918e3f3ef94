"""The answers to an item that matter for how it is looked at.

Few answers stand for all others that no expression tells apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from itertools import combinations, product

from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Question
from survey.questionnaire.reach.uses import Use
from survey.questionnaire.values import Value

MOST_CODES = 200
MOST_TOLD_APART = 6  # codes of one multiple answer: 64 combinations
MOST_COMBINED = 1_000
_ANY_WORDS = "\ufffc"  # what nobody types
_LARGEST = Decimal(10) ** 12

Answers = tuple[Value | None, ...]


def answers(item: Item, use: Use) -> Answers | None:
    """Answers that stand for all, no answer last; none when there are too many."""
    question = item.question
    kind = kind_of(question)
    if not item.is_closed:
        return _words(use)
    if kind.is_multiple:
        return _several(question, use)
    codes = [option.code for option in kind.choices(question)]
    if codes:
        return _one(codes, use)
    if "decimals" in kind.attributes:
        return _numbers(question, use)
    if not kind.is_asked or not kind.inputs(question):
        return (None,)
    return None


def _words(use: Use) -> Answers | None:
    if use.is_opaque or use.is_counted or use.numbers:
        return None
    return (*sorted(use.literals - {""}), _ANY_WORDS, None)


def _one(codes: Sequence[str], use: Use) -> Answers | None:
    """The codes that are compared, and one for all the others."""
    if use.is_opaque or use.numbers:
        return (*codes, None) if len(codes) <= MOST_CODES else None
    compared = [code for code in codes if code in use.literals]
    others = [code for code in codes if code not in use.literals]
    return (*compared, *others[:1], None)


def _several(question: Question, use: Use) -> Answers | None:
    if not kind_of(question).allows_exclusive:
        return _in_order(question, use)
    alone = {option.code for option in question.options if option.exclusive}
    codes = [option.code for option in question.options if option.code not in alone]
    told_apart = [code for code in codes if code in use.literals or use.is_opaque]
    if use.numbers or len(told_apart) > MOST_TOLD_APART:
        return None
    others = [code for code in codes if code not in told_apart]
    most = question.at_most or len(codes)
    fillers = len(others) + 1 if use.is_counted else min(2, len(others) + 1)
    if 2 ** len(told_apart) * fillers > MOST_COMBINED:
        return None
    found: list[Value | None] = [
        tuple(code for code in codes if code in chosen)
        for chosen in _chosen(told_apart, others, most, fillers=fillers)
    ]
    return (*found, *((code,) for code in sorted(alone)), None)


def _chosen(
    told_apart: Sequence[str], others: Sequence[str], most: int, *, fillers: int
) -> Iterator[frozenset[str]]:
    """Every combination of those told apart, with some of the others."""
    subsets = (
        some
        for size in range(len(told_apart), -1, -1)
        for some in combinations(told_apart, size)
    )
    for some, count in product(subsets, range(fillers)):
        if 0 < len(some) + count <= most:
            yield frozenset((*some, *others[:count]))


def _in_order(question: Question, use: Use) -> Answers | None:
    """Ranks and points: only whether there are any."""
    is_simple = not (use.is_opaque or use.is_counted or use.numbers)
    if not is_simple or use.literals - {""} or not question.options:
        return None
    return ((question.options[0].code,), None)


def _numbers(question: Question, use: Use) -> Answers | None:
    """The limits, and what stands at and around every number it is compared with."""
    if use.is_opaque or use.is_counted:
        return None
    step = Decimal(1).scaleb(-min(question.decimals, 12))
    least, most = _decimal(question.least) or Decimal(0), _decimal(question.most)
    tried = {least} if most is None else {least, most}
    for text in use.numbers | use.literals:
        number = _decimal(text)
        if number is not None:
            below = (number / step).to_integral_value(ROUND_FLOOR) * step
            tried.update(below + step * by for by in (-1, 0, 1, 2))
    inside = [n for n in sorted(tried) if n >= least and (most is None or n <= most)]
    return (*(_spelled(number) for number in inside), None)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < _LARGEST else None


def _spelled(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
