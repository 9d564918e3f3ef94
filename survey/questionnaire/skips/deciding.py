"""Decides conditions by what is known of a person, for every answer they may give.

The same evaluator as everywhere computes them; answers that no expression tells
apart are tried once. What cannot be tried within bounds stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from survey.questionnaire.expression import Conjunct, Expression
from survey.questionnaire.functions.parts import Scope
from survey.questionnaire.reach import domains
from survey.questionnaire.reach.uses import OPAQUE, Use, uses
from survey.questionnaire.route import Stop
from survey.questionnaire.skips.choices import Possible
from survey.questionnaire.values import NO_NUMBER, Value, text_of

MOST_TRIED = 2048
MOST_TRIED_IN_ALL = 1_000_000  # a few seconds; what is left then gets a sentence
_ANY_DAY = date(2000, 1, 1)  # what looks at the day stays undecided

Holds = Callable[[Scope], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the conditions joined by ``and``.

    ``names`` are the items that people answer and it comes down to, over all
    calculated values; ``is_open`` when they cannot all be tried.
    """

    names: frozenset[str]
    holds: Holds
    is_open: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """All parts of a condition; without any it always holds."""

    parts: tuple[Part, ...] = ()

    @property
    def closed(self) -> tuple[Part, ...]:
        """Those that can be tried."""
        return tuple(part for part in self.parts if not part.is_open)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person at a place.

    ``answers`` are the only ones possible for some items; of the condition
    ``met`` it is known that it holds, of ``unmet`` that it does not.
    """

    answers: Mapping[str, Possible]
    met: Condition = Condition()
    unmet: Condition = Condition()


class Answers:
    """What can be answered to everything, as far as expressions tell it apart.

    ``left`` is how many combinations of answers may still be tried.
    """

    def __init__(self, stops: Sequence[Stop], screening: Expression | None) -> None:
        self._calculated = [stop for stop in stops if stop.calculation is not None]
        self._names = {stop.question.name: stop for stop in self._calculated}
        self.items = {
            item.name: item
            for stop in stops
            if stop.calculation is None
            for item in stop.items
        }
        self.left = MOST_TRIED_IN_ALL
        self.used = self._all_uses(stops, screening)
        self.possible = {
            name: domains.answers(item, self.used.get(name, Use()))
            for name, item in self.items.items()
        }

    def leave_out(self, names: Iterable[str]) -> None:
        """Take it that nobody is ever asked for these."""
        for name in names:
            self.items.pop(name, None)

    def _all_uses(
        self, stops: Sequence[Stop], screening: Expression | None
    ) -> dict[str, Use]:
        used: dict[str, Use] = {}
        conditions = [stop.condition for stop in stops]
        for condition in (*conditions, screening):
            if condition is not None:
                for name, use in uses(condition.source).items():
                    used[name] = used.get(name, Use()) | use
        for stop in self._calculated:
            for name in stop.calculation.names if stop.calculation else ():
                used[name] = OPAQUE
        return used

    def condition(self, read: Expression | None) -> Condition:
        """A condition taken apart."""
        if read is None:
            return Condition()
        parts = (self.part(part, read) for part in read.conjuncts)
        return Condition(tuple(parts))

    def part(self, conjunct: Conjunct, read: Expression) -> Part:
        """One part of a condition, computed with all values it comes down to."""
        names, calculated = self.behind(conjunct.names)
        is_open = read.looks_at_day or any(
            self.possible[name] is None for name in names
        )
        return Part(names, self._with_values(conjunct.holds, calculated), is_open)

    def behind(self, names: frozenset[str]) -> tuple[frozenset[str], tuple[Stop, ...]]:
        """The answered items that names come down to, and the values on the way."""
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(_looked_at(self._names.get(name)))
        calculated = (s for s in self._calculated if s.question.name in seen)
        return frozenset(seen & self.items.keys()), tuple(calculated)

    @staticmethod
    def _with_values(holds: Holds, calculated: tuple[Stop, ...]) -> Holds:
        if not calculated:
            return holds

        def run(scope: Scope) -> bool:
            return holds(scope._replace(answers=_computed(scope.answers, calculated)))

        return run


def _looked_at(stop: Stop | None) -> Iterator[str]:
    if stop is not None and stop.calculation is not None:
        yield from stop.calculation.names
        yield from stop.names


def _computed(
    answers: Mapping[str, Value], calculated: tuple[Stop, ...]
) -> Mapping[str, Value]:
    """The answers with the values that follow from them, as a journey does it."""
    known = dict(answers)
    for stop in calculated:
        condition, calculation = stop.condition, stop.calculation
        if condition is not None and not condition.is_true(known, today=_ANY_DAY):
            continue
        value = ""
        if calculation is not None:
            value = text_of(calculation.evaluate(known, today=_ANY_DAY))
        if value not in ("", NO_NUMBER):
            known[stop.question.name] = value
    return known


def scope_of(answers: Mapping[str, Value | None]) -> Scope:
    """Somebody who gave these answers, and none where there is none."""
    given = {name: value for name, value in answers.items() if value}
    return Scope(given, _ANY_DAY, None)


def decided(condition: Condition, known: Known, answers: Answers) -> bool | None:
    """Whether a condition holds; ``None`` when what is known does not tell."""
    if not condition.parts:
        return True
    if any(_fails_alone(part, known) for part in condition.closed):
        return False
    found = {
        all(part.holds(scope) for part in condition.closed)
        for scope in _people(condition, known, answers)
    }
    if found == {False}:
        return False
    is_whole = len(condition.closed) == len(condition.parts)
    return True if found == {True} and is_whole else None


def _fails_alone(part: Part, known: Known) -> bool:
    """Whether a part fails by answers that are known for certain."""
    certain: dict[str, Value | None] = {}
    for name in part.names:
        possible = known.answers.get(name, ())
        if len(possible) != 1:
            return False
        certain[name] = possible[0]
    return not part.holds(scope_of(certain))


def _people(condition: Condition, known: Known, answers: Answers) -> Iterator[Scope]:
    """Everybody who may stand there; nobody when they are too many to try."""
    names = {name for part in condition.closed for name in part.names}
    met, unmet = known.met.closed, known.unmet.parts
    if len(known.unmet.closed) < len(unmet):
        unmet = ()
    beside = {name for part in (*met, *unmet) for name in part.names}
    tried = _tried(names | beside, known, answers)
    if tried is None:
        met, unmet, tried = (), (), _tried(names, known, answers)
    for combination in product(*tried.values()) if tried is not None else ():
        scope = scope_of(dict(zip(tried or (), combination, strict=True)))
        if not all(part.holds(scope) for part in met):
            continue
        if unmet and all(part.holds(scope) for part in unmet):
            continue
        yield scope


def _tried(
    names: set[str], known: Known, answers: Answers
) -> dict[str, Possible] | None:
    """Item → answers to try; none when the combinations are too many."""
    found: dict[str, Possible] = {}
    for name in sorted(names):
        possible = known.answers.get(name, answers.possible[name])
        if possible is None:
            return None
        found[name] = possible
    count = prod(map(len, found.values()))
    if count > min(MOST_TRIED, answers.left):
        return None
    answers.left -= count
    return found
