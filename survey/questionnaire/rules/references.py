"""Rules for what expressions name: it can be read, and it exists."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from survey.questionnaire import expression
from survey.questionnaire.comparisons import Comparison
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import NO_ANSWER, Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.sources import (
    FILTER,
    Source,
    items,
    readable,
    sources,
)

_MOST_NAMED = 10
_MOST_COMPARED = 2000  # looking for the nearest among more takes too long


def conditions_can_be_read(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Syntax, functions and patterns; what was read over as a note."""
    for source in sources(questionnaire):
        try:
            read = source.compiled()
        except ExpressionError as error:
            for found in error.problems:
                yield replace(found, place=source.place)
        else:
            for note in read.warnings:
                found = expression.as_problem(source.text, note)
                yield replace(found, place=source.place)


def references_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every ``${name}`` is an item."""
    known = items(questionnaire)
    questions = {question.name: question for question in questionnaire.questions()}
    for source, read in readable(questionnaire):
        for name, position in read.positions.items():
            if name not in known:
                question = questions.get(name)
                reason, remedy = _without_answer(name, question, known)
                yield source.problem(position, reason, remedy)


def _without_answer(
    name: str, question: Question | None, known: Iterable[str]
) -> tuple[str, str]:
    """Why nothing can be looked at under a name, and what to write."""
    if question is None:
        remedy = "Write ${q01} for question q01."
        for near in _nearest(name, list(known)):
            remedy = f"Write ${{{near}}}."
        return f"There is no question {name}.", remedy
    if question.rows:
        example = question.rows[0].name
        return f"{name} has rows.", f"Name one of them, such as ${{{example}}}."
    return f"{name} has no answer.", "Name a question that is answered."


def codes_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """An answer is compared only with codes that it can have."""
    known = items(questionnaire)
    codes = Codes()
    for source, read in readable(questionnaire):
        for found in read.comparisons:
            item = compared_item(source, found, known)
            if item is None or found.is_number or not found.literal:
                continue
            if found.operator in ("=", "!=", "selected") and codes.of(item):
                yield from _unknown_code(source, found, item.name, codes.of(item))


def compared_item(
    source: Source, found: Comparison, known: Mapping[str, Item]
) -> Item | None:
    """The item that a comparison looks at; ``.`` is the question's own."""
    if found.form == "current" and source.question is not None:
        own = known.get(source.question.name)
        return own or next(
            (item for item in known.values() if item.question is source.question), None
        )
    return known.get(found.name) if found.form == "reference" else None


class Codes:
    """The codes of each question, put together once."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, None]] = {}

    def of(self, item: Item) -> Collection[str]:
        """The codes an item can have; none where something else is answered."""
        name = item.question.name
        if name not in self._known:
            self._known[name] = dict.fromkeys(_codes(item.question))
        return self._known[name] if item.is_closed else ()


def _codes(question: Question) -> Iterator[str]:
    kind = KINDS.get(question.kind)
    if kind is None or not kind.written_as:
        options = question.options if kind is None else kind.choices(question)
        yield from (option.code for option in options)


def _unknown_code(
    source: Source, found: Comparison, name: str, codes: Collection[str]
) -> Iterator[Problem]:
    code = found.literal.strip() if found.operator == "selected" else found.literal
    if code in codes:
        return
    remedy = f"Use one of {_listed(codes)}."
    for near in _nearest(code, codes):
        remedy = f"Write '{near}', or another of {_listed(codes)}."
    if code in NO_ANSWER:
        subject = "." if found.form == "current" else f"${{{name}}}"
        remedy = f"No answer reads as empty: write {subject} = ''."
    reason = f"{name} has no answer {code!r}."
    yield source.problem(found.position, reason, remedy)


def _listed(codes: Iterable[str]) -> str:
    some = list(codes)
    more = ", …" if len(some) > _MOST_NAMED else ""
    return ", ".join(some[:_MOST_NAMED]) + more


def _nearest(word: str, known: Collection[str]) -> list[str]:
    """The known word most like it, if any is."""
    if len(known) > _MOST_COMPARED:
        return []
    return difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.75)


def properties_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A bare word in a choice filter is a property that some option has."""
    for source, read in readable(questionnaire):
        if source.part != FILTER or source.question is None:
            continue
        known: dict[str, set[str]] = {}
        for option in source.question.options:
            for name, value in option.properties:
                known.setdefault(name, set()).add(value)
        for word, position in read.words.items():
            if word not in known:
                yield _unknown_property(source, word, position, list(known))
        for found in read.comparisons:
            values = known.get(found.name) if found.form == "word" else None
            if values is None or found.operator != "=" or found.is_number:
                continue
            if found.literal not in values:
                reason = f"No option has {found.name} = {found.literal!r}."
                remedy = f"Use one of {_listed(sorted(values))}."
                yield source.problem(found.position, reason, remedy)


def _unknown_property(
    source: Source, word: str, position: int, known: list[str]
) -> Problem:
    remedy = f"Write '{word}' for a code, or give the options such a property."
    if known:
        remedy = f"Use one of {_listed(known)}."
    for near in _nearest(word, known):
        remedy = f"Write {near}."
    return source.problem(position, f"No option has a property {word}.", remedy)
