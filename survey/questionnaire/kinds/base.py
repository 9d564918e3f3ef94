"""What every kind of question must be able to do; knows no single kind."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from survey.questionnaire.model import (
    DONT_KNOW,
    NO_ANSWER,
    PREFER_NOT,
    Option,
    Question,
    Row,
)
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

Answers = Mapping[str, Value]
Posted = Mapping[str, Sequence[str]]
Weigh = Callable[[str, Sequence[str]], Sequence[float]]
_NO_PARAMS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """What one answer is stored for: a question, or one row of a battery."""

    name: str
    question: Question
    row: Row | None = None


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
    ranked_twice, rank_missing, not_picked. ``input`` names the form input.
    """

    item: str
    input: str
    code: str
    params: Mapping[str, int] = field(default_factory=lambda: _NO_PARAMS)


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


def allowed_refusals(question: Question) -> tuple[str, ...]:
    """The codes of don't know and prefer not to say that a question offers."""
    offered = (
        (DONT_KNOW, question.has_dont_know),
        (PREFER_NOT, question.has_prefer_not),
    )
    return tuple(code for code, is_offered in offered if is_offered)


def clean_choice(
    question: Question, item: str, posted: Posted
) -> tuple[str | None, tuple[AnswerProblem, ...]]:
    """One code out of the question's options, for one input."""
    chosen = given(posted, item)
    if not chosen:
        return None, ()
    if len(chosen) > 1:
        return None, (AnswerProblem(item, item, "one_only"),)
    known = {option.code for option in question.options}
    if chosen[0] in known or chosen[0] in allowed_refusals(question):
        return chosen[0], ()
    return None, (AnswerProblem(item, item, "unknown_option"),)


def drawn(
    codes: Sequence[str], weights: Sequence[float], count: int, rng: random.Random
) -> list[str]:
    """Up to ``count`` codes in the order drawn, by weight, none twice."""
    left = dict(zip(codes, weights, strict=True))
    found: list[str] = []
    while left and len(found) < count:
        found.extend(rng.choices(list(left), list(left.values())))
        del left[found[-1]]
    return found


class Kind(ABC):
    """One kind of question, from the form to the columns of the data package.

    ``attributes`` names what of a question it uses beside what every question
    has; ``is_closed`` is false where people write in their own words;
    ``is_multiple`` is true where one item fills several columns, and
    ``allows_exclusive`` where an option can exclude the others.
    """

    name: ClassVar[str]
    attributes: ClassVar[frozenset[str]]
    is_closed: ClassVar[bool] = True
    is_multiple: ClassVar[bool] = False
    allows_exclusive: ClassVar[bool] = False

    def items(self, question: Question) -> tuple[Item, ...]:
        """What is stored: one item, unless the kind has rows."""
        return (Item(question.name, question),)

    def inputs(self, question: Question) -> tuple[str, ...]:
        """Names of the form inputs."""
        return tuple(item.name for item in self.items(question))

    def offered(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """The options that can be chosen, given the other answers."""
        return question.options

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

    def columns(self, question: Question) -> tuple[Column, ...]:
        """Columns of the data package, in order."""
        return tuple(Column(item.name, item.name) for item in self.items(question))

    @abstractmethod
    def categories(self, question: Question) -> tuple[str, ...]:
        """What a column can hold beside no answer, in the order shown."""

    @abstractmethod
    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """A made-up answer for trials; ``weigh`` gives the weights of codes."""

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
