"""Rules for what expressions name: it can be read, and it exists."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from survey.questionnaire import expression
from survey.questionnaire.comparisons import Comparison
from survey.questionnaire.expression import Expression, ExpressionError
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import NO_ANSWER, Option, Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.sources import (
    FILTER,
    Source,
    items,
    readable,
    sources,
)

MOST_SAID = 10  # of one expression; nobody reads hundreds
_MOST_COMPARED = 20_000  # words; looking for the nearest takes time


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
    names = Nearest(known)
    for source, read in readable(questionnaire):
        unknown = [name for name in read.positions if name not in known]
        for name in unknown[:MOST_SAID]:
            reason, remedy = _without_answer(name, questions.get(name), names)
            yield source.problem(read.positions[name], reason, remedy)


def _without_answer(
    name: str, question: Question | None, known: Nearest
) -> tuple[str, str]:
    """Why nothing can be looked at under a name, and what to write."""
    if question is None:
        remedy = "Write ${q01} for question q01."
        for near in known.to(name):
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
        found = (
            _unknown_code(source, compared, known, codes)
            for compared in read.comparisons
            if compared.operator in ("=", "!=", "selected") and not compared.is_number
        )
        yield from islice((problem for problem in found if problem), MOST_SAID)


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
        self._known: dict[str, tuple[Mapping[str, None], Nearest]] = {}

    def of(self, item: Item) -> Collection[str]:
        """The codes an item can have; none where something else is answered."""
        return self._of(item)[0] if item.is_closed else ()

    def nearest(self, item: Item) -> Nearest:
        """Finds the code that was meant."""
        return self._of(item)[1]

    def _of(self, item: Item) -> tuple[Mapping[str, None], Nearest]:
        name = item.question.name
        if name not in self._known:
            codes = dict.fromkeys(_codes(item.question))
            self._known[name] = codes, Nearest(codes)
        return self._known[name]


def _codes(question: Question) -> Iterator[str]:
    kind = KINDS.get(question.kind)
    if kind is None or not kind.written_as:
        options = question.options if kind is None else kind.choices(question)
        yield from (option.code for option in options)


def _unknown_code(
    source: Source, found: Comparison, known: Mapping[str, Item], codes: Codes
) -> Problem | None:
    item = compared_item(source, found, known)
    own = codes.of(item) if item is not None else ()
    code = found.literal.strip() if found.operator == "selected" else found.literal
    if item is None or not own or not code or code in own:
        return None
    remedy = f"Use one of {_listed(own)}."
    for near in codes.nearest(item).to(code):
        remedy = f"Write '{near}', or another of {_listed(own)}."
    if code in NO_ANSWER:
        subject = "." if found.form == "current" else f"${{{item.name}}}"
        remedy = f"No answer reads as empty: write {subject} = ''."
    return source.problem(
        found.position, f"{item.name} has no answer {code!r}.", remedy
    )


def _listed(codes: Iterable[str]) -> str:
    some = list(islice(codes, MOST_SAID + 1))
    more = ", …" if len(some) > MOST_SAID else ""
    return ", ".join(some[:MOST_SAID]) + more


class Nearest:
    """Finds the known word most like one that is not, as long as it is quick."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._left = _MOST_COMPARED

    def to(self, word: str) -> list[str]:
        """The one word, or none."""
        self._left -= len(self._known)
        if self._left < 0:
            return []
        return difflib.get_close_matches(word.lower(), self._known, n=1, cutoff=0.75)


def properties_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A bare word in a choice filter is a property that some option has."""
    lists: dict[int, Mapping[str, set[str]]] = {}  # a long list is looked through once
    for source, read in readable(questionnaire):
        if source.part != FILTER or source.question is None:
            continue
        options = source.question.options
        known = lists.get(id(options))
        if known is None:
            known = lists[id(options)] = _properties(options)
        found = (*_unknown_words(source, read, known), *_unheld(source, read, known))
        yield from found[:MOST_SAID]


def _properties(options: Iterable[Option]) -> Mapping[str, set[str]]:
    known: dict[str, set[str]] = {}
    for option in options:
        for name, value in option.properties:
            known.setdefault(name, set()).add(value)
    return known


def _unknown_words(
    source: Source, read: Expression, known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    names = Nearest(known)
    for word, position in read.words.items():
        if word in known:
            continue
        remedy = f"Write '{word}' for a code, or give the options such a property."
        if known:
            remedy = f"Use one of {_listed(known)}."
        for near in names.to(word):
            remedy = f"Write {near}."
        yield source.problem(position, f"No option has a property {word}.", remedy)


def _unheld(
    source: Source, read: Expression, known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """Values that no option has."""
    for found in read.comparisons:
        values = known.get(found.name) if found.form == "word" else None
        if values is None or found.operator != "=" or found.is_number:
            continue
        if found.literal not in values:
            reason = f"No option has {found.name} = {found.literal!r}."
            remedy = f"Use one of {_listed(sorted(values))}."
            yield source.problem(found.position, reason, remedy)
