"""One answer out of several; also ratings and frequencies (``scale``)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Item,
    Kind,
    Posted,
    Weigh,
)
from survey.questionnaire.kinds.choosing import (
    OTHER,
    clean_choice,
    drawn,
    filtered,
    items_with_other,
    other_input,
    own_words,
    with_other,
)
from survey.questionnaire.model import NO_ANSWER, Option, Question
from survey.questionnaire.values import Value


class Single(Kind):
    """Radio buttons: the code of the option is the answer."""

    name = "single"
    attributes = frozenset(
        {
            "options",
            "options_from",
            "choice_filter",
            "scale",
            "is_reversed",
            "has_random_order",
            "has_dont_know",
            "has_prefer_not",
            "has_other",
            "default",
            "default_from",
        }
    )
    can_group = True

    def items(self, question: Question) -> tuple[Item, ...]:
        """The choice, and own words beside it."""
        return items_with_other(question)

    def choices(self, question: Question) -> tuple[Option, ...]:
        """The options, with own words last."""
        return with_other(question)

    def offered(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """What the filter shows."""
        return filtered(question, answers)

    def settled(
        self, question: Question, value: Value, answers: Answers
    ) -> Value | None:
        """A choice stands as long as the filter shows it."""
        if not question.choice_filter or value in NO_ANSWER:
            return value
        shown = self.offered(question, answers)
        return value if any(option.code == value for option in shown) else None

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """At most one known code; own words choose their option by themselves."""
        name = question.name
        offered = self.offered(question, answers)
        value, problems = clean_choice(question, name, posted, offered)
        text, too_long = own_words(question, posted)
        problems = (*problems, *too_long)
        if text and value not in (None, OTHER):
            found = AnswerProblem(name, other_input(question), "other_not_chosen")
            problems = (*problems, found)
        if problems:
            return Cleaned({}, problems)
        if text:
            return Cleaned({name: OTHER, other_input(question): text})
        return Cleaned({} if value is None else {name: value})

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column holding the code."""
        if item != question.name:
            return {}
        return {item: value if isinstance(value, str) else missing}

    def categories(self, question: Question) -> tuple[str, ...]:
        """The codes of the options."""
        return tuple(option.code for option in with_other(question))

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """One option, if one is offered."""
        codes = [option.code for option in offered]
        if not codes:
            return {}
        [code] = drawn(codes, weigh(question.name, codes), 1, rng)
        return {question.name: code}


class Select(Single):
    """A list to open, for more options than anybody reads on a page."""

    name = "select"
    is_long = True


class District(Select):
    """The part of the town somebody lives in."""

    name = "district"
