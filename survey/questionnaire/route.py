"""A questionnaire prepared for walking: conditions, items and columns, once.

Knows the questionnaire only; one person's answers belong to the journey.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from survey.questionnaire import expression
from survey.questionnaire.expression import Conjunct, Expression
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import Item, Kind
from survey.questionnaire.model import (
    LEFT_EMPTY,
    NOT_REACHED,
    SKIPPED,
    Page,
    Question,
    Questionnaire,
)

FORK = "fork"
_ROUTES_KEPT = 256


class Step(NamedTuple):
    """One stop of a person's path; a fork has no page and no questions."""

    number: int
    name: str
    page: Page | None
    questions: tuple[Question, ...]
    is_fork: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One question, prepared.

    ``names`` are the items its condition looks at; ``beside`` those questions
    of the same page among them: such a question is shown whenever they are,
    because without a script nobody can unfold it. ``before`` are the parts of
    the condition that the pages before decide. ``calculation`` is that of a
    value nobody is asked for. ``missing`` holds, per kind of no answer, the
    cells of all its columns.
    """

    index: int
    question: Question
    kind: Kind
    items: tuple[Item, ...]
    condition: Expression | None
    names: frozenset[str]
    beside: tuple[str, ...]
    before: tuple[Conjunct, ...]
    calculation: Expression | None
    missing: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PageStops:
    """One page, prepared; ``decides`` when screening out looks at it last.

    ``is_plain`` says that nothing on it depends on answers or language, so that
    ``shown``, ``items`` and ``states`` (by whether it was posted) can be taken as
    a whole.
    """

    page: Page
    stops: tuple[Stop, ...]
    decides: bool
    is_plain: bool
    shown: int
    items: frozenset[str]
    states: Mapping[bool, Mapping[str, str]]


class Route:
    """Everything about a questionnaire that does not depend on answers."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.screening = _compiled(questionnaire.screened_out_if)
        self.pages = tuple(self._prepared())
        self.stops = {
            stop.question.name: stop for page in self.pages for stop in page.stops
        }
        self._paths: dict[int, tuple[Step, ...]] = {}

    def steps(self, shown: int, page_count: int) -> tuple[Step, ...]:
        """Numbered steps of the questions whose bit is set in ``shown``."""
        key = shown | page_count << len(self.stops)
        steps = self._paths.get(key)
        if steps is None:
            steps = tuple(self._numbered(shown, page_count))
            if len(self._paths) < _ROUTES_KEPT:
                self._paths[key] = steps
        return steps

    def _numbered(self, shown: int, page_count: int) -> Iterator[Step]:
        number = 0
        is_core = False
        for entry in self.pages[:page_count]:
            questions = tuple(
                stop.question for stop in entry.stops if shown >> stop.index & 1
            )
            if not questions:
                continue
            if is_core and entry.page.part != "core":
                number += 1
                yield Step(number, FORK, None, (), is_fork=True)
            is_core = entry.page.part == "core"
            number += 1
            yield Step(number, entry.page.name, entry.page, questions, is_fork=False)

    def _prepared(self) -> Iterator[PageStops]:
        index = 0
        wanted = set(self.screening.names) if self.screening else set()
        for page in self.questionnaire.pages:
            owners: dict[str, str] = {}
            stops = []
            for question in page.questions:
                stop = _stop(index, question, owners)
                owners.update((item.name, question.name) for item in stop.items)
                stops.append(stop)
                index += 1
            had_open = bool(wanted)
            wanted -= owners.keys()
            yield _page_stops(page, tuple(stops), decides=had_open and not wanted)


def _page_stops(page: Page, stops: tuple[Stop, ...], *, decides: bool) -> PageStops:
    names = [stop.question.name for stop in stops]
    return PageStops(
        page=page,
        stops=stops,
        decides=decides,
        is_plain=not any(map(_depends_on_answers, stops)),
        shown=sum(1 << stop.index for stop in stops),
        items=frozenset(item.name for stop in stops for item in stop.items),
        states={
            True: dict.fromkeys(names, LEFT_EMPTY),
            False: dict.fromkeys(names, NOT_REACHED),
        },
    )


def _depends_on_answers(stop: Stop) -> bool:
    question = stop.question
    return bool(
        stop.condition
        or stop.calculation
        or question.picks_from
        or question.choice_filter
        or question.only_in
    )


def _compiled(source: str) -> Expression | None:
    return expression.compile(source) if source else None


def _stop(index: int, question: Question, owners: Mapping[str, str]) -> Stop:
    kind = kind_of(question)
    condition = _compiled(question.shown_if)
    names = condition.names if condition else frozenset()
    beside = tuple(
        dict.fromkeys(owners[name] for name in sorted(names & owners.keys()))
    )
    conjuncts = condition.conjuncts if condition else ()
    return Stop(
        index=index,
        question=question,
        kind=kind,
        items=kind.items(question),
        condition=condition,
        names=names,
        beside=beside,
        before=tuple(c for c in conjuncts if not c.names & owners.keys()),
        calculation=_compiled(question.calculation),
        missing=_missing(kind, question),
    )


def _missing(kind: Kind, question: Question) -> Mapping[str, Mapping[str, str]]:
    cells: dict[str, dict[str, str]] = {}
    for code in (SKIPPED, LEFT_EMPTY, NOT_REACHED):
        cells[code] = {}
        for item in kind.items(question):
            cells[code].update(kind.cells(question, item.name, None, code))
    return MappingProxyType(cells)
