"""Which questions one person meets, and why the others have no answer.

Looks only at pages that an answer can have changed: the others stand as they do
before anybody has answered. Knows no step and no number of a page.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import repeat
from typing import NamedTuple

from survey.questionnaire.expression import Expression
from survey.questionnaire.functions.parts import Scope
from survey.questionnaire.kinds.base import Answers
from survey.questionnaire.model import LEFT_EMPTY, NOT_REACHED, SKIPPED
from survey.questionnaire.route import Lone, PageStops, Route, Stop
from survey.questionnaire.values import NO_NUMBER, Value, text_of


class Way(NamedTuple):
    """``holds`` and ``shown`` have one bit per question, by its index.

    A question is shown without holding beside the one that its condition looks
    at. ``page_count`` pages come before somebody is screened out.
    """

    answers: Answers
    holds: int
    shown: int
    page_count: int
    is_screened_out: bool


class Walk:
    """Goes through a route once, with somebody's answers in hand."""

    def __init__(
        self,
        route: Route,
        answers: Answers,
        reached: Collection[str],
        *,
        today: date,
        language: str,
    ) -> None:
        self._route = route
        self._given = answers
        self._reached = reached
        self._language = language
        unheeded = route.unheeded.get
        self._on_path: dict[str, Value] = {
            name: value for name, value in answers.items() if unheeded(name) in reached
        }
        self._scope = Scope(self._on_path, today, None)
        self._holds = self._shown = route.at_rest

    def way(self) -> Way:
        """The way of these answers."""
        route = self._route
        touched = map(route.touched_by.get, self._given, repeat(()))
        for at in sorted(route.restless.union(*touched)):
            entry = route.pages[at]
            is_reached = entry.name in self._reached
            if entry.lone is not None:
                self._look_at_one(entry.lone, is_reached=is_reached)
            elif not entry.is_plain:
                self._look_at(entry, is_reached=is_reached)
            elif is_reached:
                for name in entry.items & self._given.keys():
                    self._on_path[name] = self._given[name]
            if entry.decides and is_reached and self._screens_out(at + 1):
                self._end_at(at + 1)
                return self._found(at + 1, is_screened_out=True)
        return self._found(len(route.pages), is_screened_out=False)

    def _found(self, page_count: int, *, is_screened_out: bool) -> Way:
        return Way(self._on_path, self._holds, self._shown, page_count, is_screened_out)

    def _screens_out(self, page_count: int) -> bool:
        screening = self._route.screening
        if screening is None:
            return False
        way = self._found(page_count, is_screened_out=False)
        reasons = Reasons(self._route, way, self._reached, self._language)
        return screening.names <= reasons.decided and screening.holds(self._scope)

    def _end_at(self, page_count: int) -> None:
        """Nothing behind the screen counts, whenever it was answered."""
        behind = (page.items for page in self._route.pages[page_count:])
        for name in self._on_path.keys() & set().union(*behind):
            del self._on_path[name]

    def _look_at_one(self, lone: Lone, *, is_reached: bool) -> None:
        """The same as below, for most pages of long forms."""
        holds = lone.holds(self._scope)
        if holds is not lone.holds_at_rest:
            self._holds ^= lone.bit
            self._shown ^= lone.bit
        if holds and is_reached and lone.name in self._given:
            self._on_path[lone.name] = self._given[lone.name]

    def _look_at(self, entry: PageStops, *, is_reached: bool) -> None:
        self._holds &= ~entry.bits
        self._shown &= ~entry.bits
        for stop in entry.stops:
            if self._language and not stop.question.is_asked_in(self._language):
                continue
            if stop.condition is None or stop.condition.holds(self._scope):
                self._holds |= stop.bit
                if stop.calculation is not None:
                    self._calculate(stop.question.name, stop.calculation)
                    continue
                self._shown |= stop.bit
                if is_reached:
                    self._keep(stop)
            elif stop.kind.is_asked and self._is_beside(stop):
                self._shown |= stop.bit

    def _calculate(self, name: str, calculation: Expression) -> None:
        """Compute a value as far as can be told now; it is never shown."""
        value = text_of(calculation.value(self._scope))
        if value not in ("", NO_NUMBER):
            self._on_path[name] = value

    def _keep(self, stop: Stop) -> None:
        for item in stop.items:
            value = self._given.get(item.name)
            if value is not None and stop.can_fall:
                value = stop.kind.settled(stop.question, value, self._on_path)
            if value is not None:
                self._on_path[item.name] = value

    def _is_beside(self, stop: Stop) -> bool:
        """Whether a follow-up stands on the page of its filter, that is shown."""
        stops = self._route.stops
        is_near = any(self._shown & stops[name].bit for name in stop.beside)
        return is_near and all(part.holds(self._scope) for part in stop.before)


class Reasons:
    """Why a question has no answer, unless there is one.

    ``states`` says per question of the way: skipped, left empty, or not reached.
    ``decided`` are the items about which nothing is left to be said.
    """

    def __init__(
        self, route: Route, way: Way, reached: Collection[str], language: str
    ) -> None:
        self.states: dict[str, str] = {}
        self.decided: set[str] = set()
        self._way = way
        self._language = language
        for entry in route.pages[: way.page_count]:
            is_reached = entry.name in reached
            if entry.is_plain:
                self.states.update(entry.states[is_reached])
                self.decided.update(entry.items if is_reached else ())
                continue
            for stop in entry.stops:
                self.states[stop.question.name] = self._state(stop, is_reached)

    def _state(self, stop: Stop, is_reached: bool) -> str:
        if self._language and not stop.question.is_asked_in(self._language):
            return self._decide(stop, SKIPPED, is_decided=True)
        if not self._way.holds & stop.bit:
            return self._decide(stop, SKIPPED, is_decided=stop.names <= self.decided)
        if stop.calculation is not None:
            is_reached = stop.calculation.names <= self.decided
        return self._decide(stop, LEFT_EMPTY, is_decided=is_reached)

    def _decide(self, stop: Stop, state: str, *, is_decided: bool) -> str:
        if not is_decided:
            return NOT_REACHED
        self.decided.update(stop.item_names)
        return state
