"""Finds where a person goes on from every question, for each answer that decides it.

Knows no words and no layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from survey.questionnaire.reach.uses import Use
from survey.questionnaire.route import Route, Stop
from survey.questionnaire.skips.choices import (
    Possible,
    by_code,
    is_exhaustive,
    without,
)
from survey.questionnaire.skips.deciding import Answers, Condition, Known, decided
from survey.questionnaire.skips.needs import Needs
from survey.questionnaire.skips.plan import END, Goal, Plan, Way


@dataclass(frozen=True, slots=True)
class _Entry:
    """One question or note on paper; ``is_gated`` when the screen is above it."""

    stop: Stop
    condition: Condition
    goal: Goal
    is_gated: bool


@dataclass(frozen=True, slots=True)
class _Walk:
    """A goal, and the places whose sentences decide whether it is one."""

    goal: Goal
    filtered: int | None = None
    gated: int | None = None

    @property
    def is_decided(self) -> bool:
        """Whether no sentence is needed."""
        return self.filtered is None and self.gated is None


class Ways:
    """All ways of one questionnaire in one language."""

    def __init__(self, route: Route, language: str) -> None:
        stops = [s for s in route.stops.values() if _is_in(s, language)]
        self._answers = Answers(stops, route.screening)
        self._screening = route.screening
        self._entries = tuple(self._listed(route, language))
        self._screen = self._answers.condition(route.screening)
        self._needs = Needs(self._answers, self._entries_by_item())
        self._filtered: set[int] = set()
        self._gated: set[int] = set()

    def _listed(self, route: Route, language: str) -> Iterator[_Entry]:
        asked = tuple(self._asked(route, language))
        numbers = _numbers([stop for stop, _, _ in asked])
        was_behind = False
        for (stop, condition, is_behind), number in zip(asked, numbers, strict=True):
            goal = Goal(stop.question.name, number)
            yield _Entry(stop, condition, goal, is_behind and not was_behind)
            was_behind = is_behind

    def _asked(
        self, route: Route, language: str
    ) -> Iterator[tuple[Stop, Condition, bool]]:
        """What stands on paper: what somebody can be asked in this language."""
        for stop, is_behind in _with_screen(route):
            if not stop.kind.is_asked or not _is_in(stop, language):
                continue
            condition = self._answers.condition(stop.condition)
            if decided(condition, Known({}), self._answers) is False:
                self._answers.leave_out(item.name for item in stop.items)
            else:
                yield stop, condition, is_behind

    def _entries_by_item(self) -> dict[str, int]:
        return {
            item.name: entry.goal.number
            for entry in self._entries
            for item in entry.stop.items
        }

    def plan(self) -> Plan:
        """Where to begin, and every way."""
        start = self._taken(self._walked(-1, Known({})))
        ways = tuple(self._way(place) for place in range(len(self._entries)))
        return Plan(start, ways)

    def _way(self, place: int) -> Way:
        entry = self._entries[place]
        known = Known({}, met=entry.condition)
        goes_on, others = self._by_answer(place, known)
        otherwise = self._taken(self._walked(place, replace(known, answers=others)))
        only_if, if_not = None, END
        if place in self._filtered:
            only_if = self._needs.of(entry.stop.condition)
            nothing = {item.name: (None,) for item in entry.stop.items}
            unmet = Known(nothing, unmet=entry.condition)
            if_not = self._taken(self._walked(place, unmet))
        return Way(
            name=entry.goal.name,
            number=entry.goal.number if entry.stop.items else 0,
            goes_on=goes_on,
            otherwise=otherwise,
            only_if=only_if,
            if_not=if_not,
            ends_if=self._needs.of(self._screening) if place in self._gated else None,
        )

    def _walked(self, place: int, known: Known) -> _Walk:
        """From behind a place to the first question that may be asked."""
        answers = dict(known.answers)
        for onward in range(place + 1, len(self._entries)):
            entry = self._entries[onward]
            here = replace(known, answers=answers)
            ends = entry.is_gated and decided(self._screen, here, self._answers)
            if ends:
                return _Walk(END)
            holds = decided(entry.condition, here, self._answers)
            if holds is not False or ends is None:
                filtered = None if holds else onward
                gated = onward if ends is None else None
                return _Walk(entry.goal, filtered, gated)
            answers.update((item.name, (None,)) for item in entry.stop.items)
        return _Walk(END)

    def _taken(self, walk: _Walk) -> Goal:
        """The goal of a walk that paper sends people on: it needs its sentences."""
        self._filtered.update(() if walk.filtered is None else (walk.filtered,))
        self._gated.update(() if walk.gated is None else (walk.gated,))
        return walk.goal

    def _by_answer(
        self, place: int, known: Known
    ) -> tuple[dict[tuple[str, str], Goal], dict[str, Possible]]:
        """Goals by answer, and what all the others can have answered."""
        stop = self._entries[place].stop
        goals: dict[tuple[str, str], Goal] = {}
        others: dict[str, Possible] = {}
        for item in stop.items:
            possible = self._answers.possible[item.name]
            told: set[str] = set()
            use = self._answers.used.get(item.name, Use())
            is_whole = len(stop.items) == 1 and is_exhaustive(item)
            told_codes = by_code(item, possible, use)
            base = None if is_whole or not told_codes else self._walked(place, known)
            for code, own in told_codes.items():
                walk = self._walked(place, replace(known, answers={item.name: own}))
                if is_whole or (walk.is_decided and walk != base):
                    goals[item.name, code] = self._taken(walk)
                    told.add(code)
            if possible is not None:
                others[item.name] = without(possible, told)
        return goals, others


def _is_in(stop: Stop, language: str) -> bool:
    only_in = stop.question.only_in
    return not only_in or language in only_in


def _with_screen(route: Route) -> Iterator[tuple[Stop, bool]]:
    """Every stop, and whether it stands behind the page where the screen decides."""
    is_behind = False
    for page in route.pages:
        for stop in page.stops:
            yield stop, is_behind
        is_behind = is_behind or page.decides


def _numbers(stops: Sequence[Stop]) -> list[int]:
    """Numbers from 1; a note has that of the question after it, 0 behind the last."""
    numbers: list[int] = []
    number = sum(bool(stop.items) for stop in stops)
    is_last = True
    for stop in reversed(stops):
        if stop.items:
            numbers.append(number)
            number, is_last = number - 1, False
        else:
            numbers.append(0 if is_last else number + 1)
    return numbers[::-1]
