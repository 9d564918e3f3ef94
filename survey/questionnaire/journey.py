"""One person's path: a pure function of the answers; stores nothing.

Knows nothing of requests. Answers off the path never leave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from survey.questionnaire.edition import Edition
from survey.questionnaire.expression import Expression
from survey.questionnaire.functions import Scope
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.base import Answers, Item
from survey.questionnaire.model import (
    LEFT_EMPTY,
    NOT_REACHED,
    SKIPPED,
    Option,
    Question,
)
from survey.questionnaire.problem import Problem, QuestionnaireError
from survey.questionnaire.route import FORK, PageStops, Step, Stop
from survey.questionnaire.values import NO_NUMBER, Value, text_of

ANSWERED, EMPTY, UNREACHED = "answered", "empty", "not_reached"


class JourneyError(QuestionnaireError):
    """A step that this person cannot visit."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__([Problem("", place, reason, "Go on from the furthest step.")])


class SummaryLine(NamedTuple):
    """One line of the check page; ``state``: answered, empty or not_reached.

    An answer ``-3`` or ``-4`` counts as answered.
    """

    item: Item
    question: Question
    value: Value | None
    state: str
    step: Step


class Journey:
    """The path that these answers lead along.

    ``reached`` names the steps whose form has been posted, whatever button.
    ``language`` is the one the person reads: what is asked only in others is
    skipped.
    """

    def __init__(
        self,
        edition: Edition,
        answers: Answers,
        reached: Collection[str],
        *,
        today: date,
        language: str = "",
    ) -> None:
        self.edition = edition
        self.language = language
        self.reached = frozenset(reached)
        self.is_screened_out = False
        self._today = today
        self._given = answers
        self._on_path: dict[str, Value] = {}
        self._scope = Scope(self._on_path, today, None)
        self._states: dict[str, str] = {}
        self._decided: set[str] = set()
        self._shown = 0  # one bit per question, by its index
        self._walk()

    def _walk(self) -> None:
        page_count = 0
        route = self.edition.route
        for entry in route.pages:
            page_count += 1
            is_reached = entry.page.name in self.reached
            if entry.is_plain:
                self._pass(entry, is_reached=is_reached)
            else:
                self._look_at(entry, is_reached=is_reached)
            if entry.decides and is_reached and self._screens_out():
                self.is_screened_out = True
                break
        self.steps: tuple[Step, ...] = route.steps(self._shown, page_count)

    def _screens_out(self) -> bool:
        screening = self.edition.route.screening
        if screening is None or not screening.names <= self._decided:
            return False
        return screening.is_true(self._on_path, today=self._today)

    def _pass(self, entry: PageStops, *, is_reached: bool) -> None:
        """Take a page as a whole on which everything is always asked."""
        self._shown |= entry.shown
        self._states.update(entry.states[is_reached])
        if is_reached:
            self._decided |= entry.items
            for name in entry.items & self._given.keys():
                self._on_path[name] = self._given[name]

    def _look_at(self, entry: PageStops, *, is_reached: bool) -> None:
        for stop in entry.stops:
            if self._visit(stop, is_reached=is_reached):
                self._shown |= 1 << stop.index

    def _visit(self, stop: Stop, *, is_reached: bool) -> bool:
        """Decides about one question; whether it is shown."""
        condition = stop.condition
        name = stop.question.name
        if self.language and not stop.question.is_asked_in(self.language):
            self._states[name] = SKIPPED
            self._decided.update(item.name for item in stop.items)
            return False
        if condition is None or condition.is_true(self._on_path, today=self._today):
            if stop.calculation is not None:
                return self._calculate(name, stop.calculation)
            self._states[name] = LEFT_EMPTY if is_reached else NOT_REACHED
            if is_reached:
                self._keep(stop)
            return True
        if stop.names <= self._decided:
            self._states[name] = SKIPPED
            self._decided.update(item.name for item in stop.items)
        else:
            self._states[name] = NOT_REACHED
        return stop.kind.is_asked and self._is_beside(stop)

    def _calculate(self, name: str, calculation: Expression) -> bool:
        """Compute a value as far as can be told now; it is never shown."""
        value = text_of(calculation.evaluate(self._on_path, today=self._today))
        if value not in ("", NO_NUMBER):
            self._on_path[name] = value
        self._states[name] = NOT_REACHED
        if calculation.names <= self._decided:
            self._states[name] = LEFT_EMPTY
            self._decided.add(name)
        return False

    def _keep(self, stop: Stop) -> None:
        for item in stop.items:
            self._decided.add(item.name)
            value = self._given.get(item.name)
            if value is not None:
                value = stop.kind.settled(stop.question, value, self._on_path)
            if value is not None:
                self._on_path[item.name] = value

    def _is_beside(self, stop: Stop) -> bool:
        """Whether a follow-up stands on the page of its filter, that is shown."""
        stops = self.edition.route.stops
        is_near = any(self._shown >> stops[name].index & 1 for name in stop.beside)
        return is_near and all(part.holds(self._scope) for part in stop.before)

    @property
    def answers(self) -> Answers:
        """Answers on the path, of steps that have been posted."""
        return self._on_path

    @property
    def furthest(self) -> int:
        """Number of the first step not yet reached; the last when all are."""
        for step in self.steps:
            if step.name not in self.reached:
                return step.number
        return len(self.steps)

    @property
    def is_complete(self) -> bool:
        """Whether every step has been reached."""
        return all(step.name in self.reached for step in self.steps)

    def step(self, number: int) -> Step:
        """The step of that number; raises ``JourneyError`` beyond the furthest."""
        if not 1 <= number <= len(self.steps):
            raise JourneyError(f"p{number}", "There is no such step.")
        if number > self.furthest:
            raise JourneyError(f"p{number}", "The steps before come first.")
        return self.steps[number - 1]

    def number_of(self, name: str) -> int:
        """The number of the step of that name; raises ``JourneyError``."""
        for step in self.steps:
            if step.name == name:
                return step.number
        raise JourneyError(name, "This step is not on the path.")

    def next_after(self, name: str) -> Step | None:
        """The step that follows; none means the check page."""
        number = self.number_of(name)
        return self.steps[number] if number < len(self.steps) else None

    def before(self, name: str) -> Step | None:
        """The step before; none before the first."""
        number = self.number_of(name)
        return self.steps[number - 2] if number > 1 else None

    def visible_options(self, question: Question) -> tuple[Option, ...]:
        """The options to choose from; in a rank only the picked ones."""
        return kind_of(question).offered(question, self._on_path)

    def option_order(self, question: Question, seed: bytes) -> tuple[Option, ...]:
        """The visible options in this person's order, exclusive ones last.

        A rank keeps the order in which its options were picked from.
        """
        return in_order(
            self.edition, question, self.visible_options(question), seed=seed
        )

    def summary(self) -> tuple[SummaryLine, ...]:
        """One line per item of the path, for the check page."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[SummaryLine]:
        stops = self.edition.route.stops
        for step in self.steps:
            for question in step.questions:
                if self._states[question.name] == SKIPPED:
                    continue
                for item in stops[question.name].items:
                    value = self._on_path.get(item.name)
                    state = self._state_of(value, step)
                    yield SummaryLine(item, question, value, state, step)

    def _state_of(self, value: Value | None, step: Step) -> str:
        if value is not None:
            return ANSWERED
        return EMPTY if step.name in self.reached else UNREACHED

    def closed_answers(self) -> dict[str, str]:
        """Every column of the closed items with its cell.

        ``-1`` off the path, ``-2`` reached and empty, ``-5`` not reached; a
        question nobody can decide about, because it was not reached, is ``-5``.
        """
        cells: dict[str, str] = {}
        pages = self.edition.route.pages
        reached = [at for at, one in enumerate(pages) if one.page.name in self.reached]
        for at, entry in enumerate(pages):
            is_behind = at < max(reached, default=0)
            for stop in entry.stops:
                cells.update(self._cells(stop, is_behind=is_behind))
        return cells

    def _cells(self, stop: Stop, *, is_behind: bool) -> Mapping[str, str]:
        state = self._states.get(stop.question.name, SKIPPED)
        if state == NOT_REACHED and is_behind and stop.question.only_in:
            # passed by in a language that lacks it: a gap would tell of the change
            state = LEFT_EMPTY
        if state != LEFT_EMPTY:
            return stop.missing[state]
        if not any(item.name in self._on_path for item in stop.items):
            return stop.missing[LEFT_EMPTY]
        cells: dict[str, str] = {}
        for item in stop.items:
            value = self._on_path.get(item.name)
            cells |= stop.kind.cells(stop.question, item.name, value, LEFT_EMPTY)
        return cells

    def comments(self) -> tuple[tuple[str, str], ...]:
        """Question and text of every free text on the path."""
        items = (
            item for stop in self.edition.route.stops.values() for item in stop.items
        )
        return tuple(
            (item.name, value)
            for item in items
            if not item.is_closed
            and isinstance(value := self._on_path.get(item.name), str)
        )


def in_order(
    edition: Edition,
    question: Question,
    options: tuple[Option, ...],
    *,
    seed: bytes,
) -> tuple[Option, ...]:
    """Options in the order of one draft: written, or drawn from its seed."""
    source = question
    if question.picks_from in edition.route.stops:
        source = edition.route.stops[question.picks_from].question
    if not (question.has_random_order or source.has_random_order):
        return options

    def drawn(option: Option) -> tuple[bool, bytes]:
        lot = f"\0{source.name}\0{option.code}".encode()
        return option.exclusive, hashlib.sha256(seed + lot).digest()

    return tuple(sorted(options, key=drawn))


__all__ = [
    "ANSWERED",
    "EMPTY",
    "FORK",
    "UNREACHED",
    "Journey",
    "JourneyError",
    "PageStops",
    "Step",
    "SummaryLine",
    "in_order",
]
