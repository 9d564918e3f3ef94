"""Which columns a file of typed sheets has, and what may stand in each.

A column is an input of the form on the web, so that the same rules clean both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.choosing import allowed_refusals
from survey.questionnaire.kinds.words import in_latin_digits, tidied
from survey.questionnaire.model import DONT_KNOW, PREFER_NOT, Question

NUMBER, LANGUAGE = "sheet", "form_language"
"""Columns beside the questions: the number on the sheet, its language."""
ON_PAPER = {DONT_KNOW: "98", PREFER_NOT: "99"}
"""How paper writes don't know and prefer not to say."""
_BETWEEN = re.compile(r"[\s,;|/+]+")


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """One column; ``allowed`` are its codes, empty where it is typed freely.

    ``refusals``: as paper writes them → as they are stored. ``is_several``: more
    than one code may stand in a cell. ``is_own_words``: a sentence, not a number.
    """

    name: str
    question: Question
    allowed: tuple[str, ...]
    refusals: Mapping[str, str]
    is_several: bool = False
    is_own_words: bool = False

    def values(self, cell: str) -> tuple[str, ...]:
        """What a form would post for this cell."""
        if self.is_own_words:
            text = tidied(cell)
            return (text,) if text else ()
        plain = in_latin_digits(cell.strip()).casefold()
        parts = _BETWEEN.split(plain) if self.is_several else [plain]
        return tuple(self.refusals.get(part, part) for part in parts if part)


def columns_of(edition: Edition) -> tuple[TypedColumn, ...]:
    """The columns of every question that is asked, in the order of the paper."""
    return tuple(
        column
        for question in edition.questionnaire.questions()
        if kind_of(question).is_asked
        for column in _columns(question)
    )


def _columns(question: Question) -> Iterator[TypedColumn]:
    kind = kind_of(question)
    inputs, typed = kind.inputs(question), kind.typed(question)
    has_parts = any(name.startswith(f"{question.name}__") for name in inputs)
    own_words = {item.name for item in kind.items(question) if item.longest}
    codes = tuple(option.code for option in kind.choices(question))
    for name in inputs:
        if name in typed:
            is_words = name in own_words
            yield TypedColumn(name, question, (), {}, is_own_words=is_words)
            continue
        is_part = has_parts and name != question.name
        chosen = () if has_parts and not is_part else codes
        refusals = {} if is_part else _refusals(question, codes)
        is_several = kind.is_multiple and not has_parts
        yield TypedColumn(
            name, question, (*chosen, *refusals), refusals, is_several=is_several
        )


def _refusals(question: Question, codes: tuple[str, ...]) -> dict[str, str]:
    """98 and 99, unless an answer of the question has that code itself."""
    return {
        ON_PAPER[stored]: stored
        for stored in allowed_refusals(question)
        if ON_PAPER[stored] not in codes
    }
