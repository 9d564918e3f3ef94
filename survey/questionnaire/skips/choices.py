"""Which answers to one item can be told by a single code; knows no condition."""

from __future__ import annotations

from collections.abc import Collection

from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.kinds.choosing import allowed_refusals
from survey.questionnaire.reach.uses import Use
from survey.questionnaire.values import Value

Possible = tuple[Value | None, ...]


def is_exhaustive(item: Item) -> bool:
    """Whether every answer is one code that is told."""
    kind = kind_of(item.question)
    return not (kind.is_multiple or kind.is_long or kind.written_as)


def by_code(item: Item, possible: Possible | None, use: Use) -> dict[str, Possible]:
    """Code → the answers that hold it, for codes that conditions tell apart."""
    question = item.question
    kind = kind_of(question)
    if not item.is_closed or kind.written_as or not kind.choices(question):
        return {}
    found: dict[str, Possible] = {}
    if kind.is_multiple:
        alone = {option.code for option in question.options if option.exclusive}
        for option in kind.choices(question) if kind.allows_exclusive else ():
            code = option.code
            if code in alone:
                found[code] = ((code,),)
            elif possible and (code in use.literals or use.is_opaque):
                found[code] = tuple(some for some in possible if some and code in some)
    else:
        for option in kind.choices(question):
            if not kind.is_long or option.code in use.literals:
                found[option.code] = (option.code,)
    return {**found, **dict.fromkeys(allowed_refusals(question), (None,))}


def without(possible: Possible, codes: Collection[str]) -> Possible:
    """The answers that hold none of the codes."""
    return tuple(answer for answer in possible if not _held(answer) & set(codes))


def _held(answer: Value | None) -> set[str]:
    return {answer} if isinstance(answer, str) else set(answer or ())
