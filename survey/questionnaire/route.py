"""A questionnaire prepared for walking: conditions, items and columns, once.

Knows the questionnaire only; one person's answers belong to the journey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from survey.questionnaire import expression
from survey.questionnaire.expression import Conjunct, Expression
from survey.questionnaire.functions.parts import Scope
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
# with fewer conditions a way is found sooner than one that was kept is read
_WINDING = 40
# a condition that looks at the day is always looked at again
_NOBODY = Scope({}, date(2000, 1, 1), None)


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
    cells of all its columns. ``bit`` stands for the question in sets of them;
    an answer that ``can_fall`` stands only as long as other answers do.
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
    item_names: tuple[str, ...]
    bit: int
    can_fall: bool


@dataclass(frozen=True, slots=True)
class Lone:
    """The only question of a page with one item, when only ``holds`` decides."""

    name: str
    bit: int
    holds: Callable[[Scope], bool]
    holds_at_rest: bool


@dataclass(frozen=True, slots=True)
class PageStops:
    """One page, prepared; ``decides`` when screening out looks at it last.

    ``is_plain`` says that nothing on it depends on answers or language, so that
    ``bits``, ``items`` and ``states`` (by whether it was posted) can be taken as
    a whole.
    """

    page: Page
    name: str
    stops: tuple[Stop, ...]
    decides: bool
    is_plain: bool
    bits: int
    items: frozenset[str]
    states: Mapping[bool, Mapping[str, str]]
    lone: Lone | None

    def questions(self, shown: int) -> tuple[Question, ...]:
        """Those of its questions whose bit is set in ``shown``."""
        own = shown & self.bits
        if not own or own == self.bits:
            return self.page.questions if own else ()
        return tuple(stop.question for stop in self.stops if shown & stop.bit)


class Path(NamedTuple):
    """The steps of a person's way, and the number of each by its name."""

    steps: tuple[Step, ...]
    numbers: Mapping[str, int]


class Route:
    """Everything about a questionnaire that does not depend on answers.

    ``touched_by`` says per item on which pages, by their place, its answer can
    change something; ``restless`` are the pages that have to be looked at anyway.
    ``unheeded`` items change nothing at all and count as soon as their page, which
    is named with them, was posted. On all pages that are not looked at ``at_rest``
    are the questions asked before any answer, one bit each.
    A route ``is_winding`` when finding a way takes longer than reading a kept one.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.screening = _compiled(questionnaire.screened_out_if)
        self.pages = tuple(self._prepared())
        self.stops = {
            stop.question.name: stop for page in self.pages for stop in page.stops
        }
        self.at_rest = sum(stop.bit for stop in self.stops.values() if _rests(stop))
        self.unheeded = dict(_unheeded(self.pages, self.screening))
        self.touched_by = {
            name: places
            for name, places in _touched_by(self.pages).items()
            if name not in self.unheeded
        }
        self.restless = _restless(self.pages)
        self.is_winding = sum(not page.is_plain for page in self.pages) >= _WINDING
        self._paths: dict[int, Path] = {}

    def path(self, shown: int, page_count: int) -> Path:
        """Numbered steps of the questions whose bit is set in ``shown``."""
        key = shown | page_count << len(self.stops)
        path = self._paths.get(key)
        if path is None:
            steps = tuple(self._numbered(shown, page_count))
            path = Path(steps, {step.name: step.number for step in steps})
            if len(self._paths) >= _ROUTES_KEPT:
                self._paths.clear()
            self._paths[key] = path
        return path

    def _numbered(self, shown: int, page_count: int) -> Iterator[Step]:
        number = 0
        is_core = False
        for entry in self.pages[:page_count]:
            questions = entry.questions(shown)
            if not questions:
                continue
            if is_core and entry.page.part != "core":
                number += 1
                yield Step(number, FORK, None, (), is_fork=True)
            is_core = entry.page.part == "core"
            number += 1
            yield Step(number, entry.name, entry.page, questions, is_fork=False)

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
        name=page.name,
        stops=stops,
        decides=decides,
        is_plain=not any(map(_depends_on_answers, stops)),
        bits=sum(stop.bit for stop in stops),
        items=frozenset(name for stop in stops for name in stop.item_names),
        states={
            True: dict.fromkeys(names, LEFT_EMPTY),
            False: dict.fromkeys(names, NOT_REACHED),
        },
        lone=_lone(stops),
    )


def _lone(stops: tuple[Stop, ...]) -> Lone | None:
    """Only where nothing else can bring the page up or down."""
    stop = stops[0]
    is_simple = not (stop.calculation or stop.can_fall or stop.question.only_in)
    if len(stops) > 1 or stop.condition is None or not is_simple:
        return None
    if len(stop.item_names) != 1 or stop.condition.looks_at_day:
        return None
    return Lone(stop.item_names[0], stop.bit, stop.condition.holds, _rests(stop))


def _rests(stop: Stop) -> bool:
    """Whether a question is asked before anybody has answered anything."""
    return stop.condition is None or stop.condition.holds(_NOBODY)


def _touched_by(pages: tuple[PageStops, ...]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for at, entry in enumerate(pages):
        looked_at = (name for stop in entry.stops for name in stop.names)
        for name in (*entry.items, *looked_at):
            found.setdefault(name, set()).add(at)
    return {name: frozenset(places) for name, places in found.items()}


def _unheeded(
    pages: tuple[PageStops, ...], screening: Expression | None
) -> Iterator[tuple[str, str]]:
    """Items that no other question looks at, on pages that look at none."""
    heeded = set(screening.names) if screening else set()
    for entry in pages:
        heeded.update(*map(_looked_at, entry.stops))
    for entry in pages:
        if entry.is_plain and heeded.isdisjoint(entry.items):
            yield from ((name, entry.name) for name in entry.items)


def _looked_at(stop: Stop) -> Iterator[str]:
    question = stop.question
    yield from stop.names
    if stop.calculation is not None:
        yield from stop.calculation.names
    if question.choice_filter:
        source = question.choice_filter
        yield from expression.compile(source, filters_options=True).names
    if question.picks_from:
        yield question.picks_from


def _restless(pages: tuple[PageStops, ...]) -> frozenset[int]:
    """Where more counts than answers: a language, the day, a value, a neighbour."""
    stops = [stop for entry in pages for stop in entry.stops]
    computed = {stop.question.name for stop in stops if stop.calculation}
    return frozenset(
        at
        for at, entry in enumerate(pages)
        if entry.decides or any(_is_restless(stop, computed) for stop in entry.stops)
    )


def _is_restless(stop: Stop, computed: set[str]) -> bool:
    if stop.calculation or stop.beside or stop.question.only_in:
        return True
    if not computed.isdisjoint(stop.names):
        return True
    return stop.condition is not None and stop.condition.looks_at_day


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
    items = kind.items(question)
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
        items=items,
        condition=condition,
        names=names,
        beside=beside,
        before=tuple(c for c in conjuncts if not c.names & owners.keys()),
        calculation=_compiled(question.calculation),
        missing=_missing(kind, question),
        item_names=tuple(item.name for item in items),
        bit=1 << index,
        can_fall=bool(question.picks_from or question.choice_filter),
    )


def _missing(kind: Kind, question: Question) -> Mapping[str, Mapping[str, str]]:
    cells: dict[str, dict[str, str]] = {}
    for code in (SKIPPED, LEFT_EMPTY, NOT_REACHED):
        cells[code] = {}
        for item in kind.items(question):
            cells[code].update(kind.cells(question, item.name, None, code))
    return MappingProxyType(cells)
