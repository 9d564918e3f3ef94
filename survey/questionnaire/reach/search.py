"""Tries answers until a condition holds, or fails, on some path; or until none does.

Knows no person and no page: only which question decides about which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.questionnaire import expression
from survey.questionnaire.expression import Expression, ExpressionError
from survey.questionnaire.kinds import KINDS, kind_of
from survey.questionnaire.kinds.base import Item
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.reach import domains
from survey.questionnaire.reach.uses import OPAQUE, Use, uses
from survey.questionnaire.values import Value, text_of

# What is spent: one for each evaluation and for each hundred characters of it. The
# whole search of a questionnaire then ends within a second or two.
MOST_FOR_ONE = 20_000
MOST_FOR_ALL = 200_000
MOST_ITEMS = 40
_ANY_DAY = date(2000, 1, 1)  # what looks at the day is not searched


class Undecided(Exception):  # noqa: N818 - no fault of anybody
    """The answers that matter are too many or cannot be told."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An item, its question's place and page."""

    item: Item
    order: int
    page: int


@dataclass(frozen=True, slots=True)
class _Goal:
    """What must come out; it looks only at what stands before ``limit``."""

    condition: Expression
    limit: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class _Trial:
    """One search: what is assigned in which order, and what must come out."""

    goal: _Goal
    order: tuple[_Place, ...]
    choices: Mapping[str, domains.Answers]
    follows_paths: bool
    screening: Expression | None


class Search:
    """All searches of one questionnaire, which share what may be spent."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._places: dict[str, _Place] = {}
        self._stands: dict[str, tuple[int, int]] = {}  # question → order, page
        self._left_for_all = MOST_FOR_ALL
        self._left = 0
        order = 0
        for number, page in enumerate(questionnaire.pages):
            for question in page.questions:
                self._stands[question.name] = order, number
                for item in _items(question):
                    place = _Place(item, order, number)
                    self._places.setdefault(item.name, place)
                order += 1
        self._screening = _compiled(questionnaire.screened_out_if)

    def can_be(
        self,
        source: str,
        *,
        before: Question | None = None,
        wanted: bool,
        follows_paths: bool = True,
        is_screened: bool = True,
    ) -> bool | None:
        """Whether a condition can be true (or false); ``None`` when undecided.

        ``before`` is the question it belongs to. ``follows_paths``: answers that
        other conditions rule out are left out; ``is_screened``: so are those of
        people who were screened out on a page before.
        """
        goal = _compiled(source)
        if goal is None:
            return None
        self._left = given = min(MOST_FOR_ONE, self._left_for_all)
        try:
            screening = self._screening_of(before) if is_screened else None
            limit = self._stands[before.name][0] if before else len(self._places)
            trial = self._prepared(
                _Goal(goal, limit, wanted), screening, follows_paths=follows_paths
            )
            return self._succeeds(trial, 0, {})
        except Undecided:
            return None
        finally:
            self._left_for_all -= given - max(0, self._left)

    def _screening_of(self, question: Question | None) -> Expression | None:
        """What screened people out before this question's page."""
        if self._screening is None or question is None:
            return None
        places = [self._places.get(name) for name in self._screening.names]
        last = max((place.page for place in places if place), default=-1)
        return self._screening if self._stands[question.name][1] > last else None

    def _prepared(
        self,
        goal: _Goal,
        screening: Expression | None,
        *,
        follows_paths: bool,
    ) -> _Trial:
        found: dict[str, Use] = {}
        waiting = [(_uses(goal.condition), goal.limit)]
        if screening is not None:
            waiting.append((_uses(screening), len(self._places)))
        while waiting:
            looked_at, limit = waiting.pop()
            self._spend(len(looked_at))
            for name, use in looked_at.items():
                place = self._place(name, before=limit)
                if name not in found:
                    deciding = _looked_at(place.item.question, with_path=follows_paths)
                    waiting.extend((more, place.order) for more in deciding)
                found[name] = found.get(name, Use()) | use
            if len(found) > MOST_ITEMS:
                raise Undecided
        places = [self._places[name] for name in found]
        order = tuple(sorted(places, key=lambda place: place.order))
        choices = {name: self._choices(name, use) for name, use in found.items()}
        if not goal.wanted:
            choices = {name: tried[::-1] for name, tried in choices.items()}
        return _Trial(goal, order, choices, follows_paths, screening)

    def _place(self, name: str, *, before: int) -> _Place:
        """Where an item stands; what does not stand before has rules of its own."""
        place = self._places.get(name)
        if place is None or place.order >= before:
            raise Undecided
        return place

    def _choices(self, name: str, use: Use) -> domains.Answers:
        item = self._places[name].item
        if item.question.calculation:
            return ()  # computed while searching
        found = domains.answers(item, use)
        codes = {
            option.code for option in kind_of(item.question).choices(item.question)
        }
        if found is None or (codes and use.literals - codes - {""}):
            raise Undecided  # a code that does not exist has a rule of its own
        self._spend(len(found) // 10)
        return found

    def _succeeds(self, trial: _Trial, at: int, answers: dict[str, Value]) -> bool:
        """Whether some answers from here on lead to what is wanted."""
        if at == len(trial.order):
            if trial.screening and self._holds(trial.screening, answers):
                return False
            return self._holds(trial.goal.condition, answers) is trial.goal.wanted
        item = trial.order[at].item
        for value in self._tried(trial, item, answers):
            if value is not None:
                answers[item.name] = value
            if self._succeeds(trial, at + 1, answers):
                return True
            answers.pop(item.name, None)
        return False

    def _tried(
        self, trial: _Trial, item: Item, answers: Mapping[str, Value]
    ) -> Iterable[Value | None]:
        question = item.question
        condition = _compiled(question.shown_if) if trial.follows_paths else None
        if condition is not None and not self._holds(condition, answers):
            return (None,)
        calculation = _compiled(question.calculation)
        if calculation is None:
            return trial.choices[item.name]
        self._spend(_cost(calculation))
        value = text_of(calculation.evaluate(answers, today=_ANY_DAY))
        return (None if value in ("", "NaN") else value,)

    def _holds(self, condition: Expression, answers: Mapping[str, Value]) -> bool:
        self._spend(_cost(condition))
        return condition.is_true(answers, today=_ANY_DAY)

    def _spend(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise Undecided


def _cost(condition: Expression) -> int:
    return 1 + len(condition.source) // 100


def _items(question: Question) -> Sequence[Item]:
    kind = KINDS.get(question.kind)
    return () if kind is None else kind.items(question)


def _compiled(source: str) -> Expression | None:
    """The expression, unless it has none or cannot be read (a rule says so)."""
    if not source:
        return None
    try:
        return expression.compile(source)
    except ExpressionError:
        return None


def _uses(condition: Expression) -> Mapping[str, Use]:
    if condition.looks_at_day or condition.uses_current or not condition.names:
        raise Undecided
    return uses(condition.source)


def _looked_at(question: Question, *, with_path: bool) -> Iterable[Mapping[str, Use]]:
    """What decides whether a question is asked, and what its value is made of."""
    condition = _compiled(question.shown_if) if with_path else None
    if condition is not None:
        yield _uses(condition)
    calculation = _compiled(question.calculation)
    if calculation is not None:
        yield dict.fromkeys(_uses(calculation), OPAQUE)
