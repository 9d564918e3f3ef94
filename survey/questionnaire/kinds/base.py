"""What every kind of question must be able to do; knows no single kind."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from survey.questionnaire.model import NO_ANSWER, Option, Question, Row
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

Answers = Mapping[str, Value]
Posted = Mapping[str, Sequence[str]]
Weigh = Callable[[str, Sequence[str]], Sequence[float]]
_NO_PARAMS: Mapping[str, int | str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """What one answer is stored for: a question, or one row of a battery.

    ``longest`` is the limit in characters of own words, which leave as a
    comment; 0 for closed answers.
    """

    name: str
    question: Question
    row: Row | None = None
    longest: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether the answer becomes columns; own words never do."""
        return not self.longest


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the data package; ``option`` where an item has several."""

    name: str
    item: str
    option: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Why an answer is not taken; the words for ``code`` belong to the forms.

    ``code``: unknown_option, one_only, too_many, not_alone, too_long,
    ranked_twice, rank_missing, not_picked, no_number, too_small, too_large,
    too_precise, no_date, date_incomplete, too_early, too_late, no_points,
    points_over, points_left, other_not_chosen, too_few, constraint, given_few,
    given_many, sum_small, sum_large, sum_other, together. The last six are about
    several answers of a page. ``input`` is the form input; ``text_key`` the author's
    own words for it.
    """

    item: str
    input: str
    code: str
    params: Mapping[str, int | str] = field(default_factory=lambda: _NO_PARAMS)
    text_key: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers that can be kept and the problems of the others.

    What nobody touched is in neither.
    """

    values: Mapping[str, Value]
    problems: tuple[AnswerProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a kind finds wrong with a question; ``part`` names the attribute."""

    part: str
    reason: str
    remedy: str


def is_no_answer(value: Value | None) -> bool:
    """Whether nothing was said: untouched or one of the five codes."""
    return value is None or value in NO_ANSWER


def given(posted: Posted, name: str) -> list[str]:
    """The values posted under one input, empty ones left out, each once."""
    return list(dict.fromkeys(value for value in posted.get(name, ()) if value))


class Kind(ABC):
    """One kind of question, from the form to the columns of the data package.

    ``attributes`` names what of a question it uses beside what every question
    has; ``is_multiple`` is true where one item fills several columns,
    ``allows_exclusive`` where an option can exclude the others, ``can_group``
    where results can be compared by its answers; ``is_asked`` is false for what
    nobody sees, ``has_places`` true where answers are put in order, ``is_long``
    where a list is opened, not read through.
    ``written_as`` says how typed answers are told: text, number or date.
    """

    name: ClassVar[str]
    attributes: ClassVar[frozenset[str]]
    is_multiple: ClassVar[bool] = False
    allows_exclusive: ClassVar[bool] = False
    can_group: ClassVar[bool] = False
    has_places: ClassVar[bool] = False
    is_long: ClassVar[bool] = False
    is_asked: ClassVar[bool] = True
    written_as: ClassVar[str] = ""

    def items(self, question: Question) -> tuple[Item, ...]:
        """What is stored: one item, unless the kind has rows."""
        return (Item(question.name, question),)

    def inputs(self, question: Question) -> tuple[str, ...]:
        """Names of the form inputs."""
        return tuple(item.name for item in self.items(question))

    def typed(self, question: Question) -> tuple[str, ...]:
        """Those inputs that are typed into, not chosen from."""
        return tuple(item.name for item in self.items(question) if item.longest)

    def choices(self, question: Question) -> tuple[Option, ...]:
        """Everything that can be chosen, whatever was answered before."""
        return question.options

    def offered(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """The options that can be chosen, given the other answers."""
        return self.choices(question)

    def settled(
        self, question: Question, value: Value, answers: Answers
    ) -> Value | None:
        """The answer if it still stands, given the other answers."""
        return value

    @abstractmethod
    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """What was posted, as answers and problems."""

    def posted(
        self, question: Question, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """The inverse of cleaning: what a form would post for stored answers."""
        found: dict[str, tuple[str, ...]] = {}
        for item in self.items(question):
            value = answers.get(item.name)
            if value is not None:
                found[item.name] = (value,) if isinstance(value, str) else value
        return found

    def literal(self, question: Question, text: str) -> Value | None:
        """A default as an author writes it, as an answer."""
        return text or None

    def chosen(self, value: Value) -> tuple[str, ...]:
        """The codes of the choices in an answer, in their order."""
        return (value,) if isinstance(value, str) else value

    def written(
        self, question: Question, item: Item, value: Value
    ) -> Mapping[str, str]:
        """Line of the check page → what was typed there; none for choices."""
        if item.longest and isinstance(value, str):
            return {item.name: value}
        return {}

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Columns of the data package, in order."""
        return tuple(
            Column(item.name, item.name)
            for item in self.items(question)
            if item.is_closed
        )

    @abstractmethod
    def categories(self, question: Question) -> tuple[str, ...]:
        """What a column can hold beside no answer, in the order shown.

        Empty where a column holds values, such as numbers.
        """

    def widest(self, question: Question) -> int:
        """Length of the longest cell in characters; 0 where there is no column."""
        return max(map(len, self.categories(question)), default=0)

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """A made-up answer for trials; ``weigh`` gives the weights of codes."""
        return {}

    @abstractmethod
    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """Column → cell of one item; ``missing`` is used where nothing was said."""

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """What an author has to mend, beyond what every question needs."""
        if "options" in self.attributes and len(question.options) < 2:
            reason = "There are fewer than two options."
            yield Complaint("options", reason, "List at least two.")
