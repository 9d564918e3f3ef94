"""One person's path: a pure function of the answers; stores nothing.

Knows nothing of requests. Answers off the path never leave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import filterfalse, repeat
from typing import NamedTuple

from survey.questionnaire.edition import Edition
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
from survey.questionnaire.route import FORK, Step, Stop
from survey.questionnaire.values import Value
from survey.questionnaire.way import Reasons, Walk, Way

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
    skipped. ``known`` is their way, where it has been found before.
    """

    def __init__(
        self,
        edition: Edition,
        answers: Answers,
        reached: Collection[str],
        *,
        today: date,
        language: str = "",
        known: Way | None = None,
    ) -> None:
        self.edition = edition
        self.language = language
        self.reached = frozenset(reached)
        route = edition.route
        self.way = (
            known
            or Walk(route, answers, self.reached, today=today, language=language).way()
        )
        self._path = route.path(self.way.shown, self.way.page_count)
        self.steps = self._path.steps

    @cached_property
    def _states(self) -> Mapping[str, str]:
        route = self.edition.route
        return Reasons(route, self.way, self.reached, self.language).states

    @property
    def is_screened_out(self) -> bool:
        """Whether an answer has ended the questionnaire."""
        return self.way.is_screened_out

    @property
    def answers(self) -> Answers:
        """Answers on the path, of steps that have been posted."""
        return self.way.answers

    @cached_property
    def furthest(self) -> int:
        """Number of the first step not yet reached; the last when all are."""
        names = self._path.numbers
        ahead = next(filterfalse(self.reached.__contains__, names), "")
        return names.get(ahead, len(names))

    @cached_property
    def highest(self) -> int:
        """Number of the last step that has been reached; 0 when none has."""
        if len(self.reached) == self.furthest - 1:
            return len(self.reached)  # nobody has jumped, as nearly always
        numbers = map(self._path.numbers.get, self.reached, repeat(0))
        return max(numbers, default=0)

    @property
    def is_complete(self) -> bool:
        """Whether every step has been reached."""
        return self._path.numbers.keys() <= self.reached

    def step(self, number: int) -> Step:
        """The step of that number; raises ``JourneyError`` beyond the furthest."""
        if not 1 <= number <= len(self.steps):
            raise JourneyError(f"p{number}", "There is no such step.")
        if number > self.furthest:
            raise JourneyError(f"p{number}", "The steps before come first.")
        return self.steps[number - 1]

    def number_of(self, name: str) -> int:
        """The number of the step of that name; raises ``JourneyError``."""
        number = self._path.numbers.get(name)
        if number is None:
            raise JourneyError(name, "This step is not on the path.")
        return number

    def find(self, name: str) -> Step | None:
        """The step of that name, if it is on the path."""
        number = self._path.numbers.get(name)
        return None if number is None else self.steps[number - 1]

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
        return kind_of(question).offered(question, self.way.answers)

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
                    value = self.way.answers.get(item.name)
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
        if not any(item.name in self.way.answers for item in stop.items):
            return stop.missing[LEFT_EMPTY]
        cells: dict[str, str] = {}
        for item in stop.items:
            value = self.way.answers.get(item.name)
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
            and isinstance(value := self.way.answers.get(item.name), str)
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
    "Step",
    "SummaryLine",
    "in_order",
]
