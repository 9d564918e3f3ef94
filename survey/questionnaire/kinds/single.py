"""One answer out of several; also ratings and frequencies (``scale``)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from survey.questionnaire.kinds.base import (
    Answers,
    Cleaned,
    Kind,
    Posted,
    Weigh,
    clean_choice,
    drawn,
)
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value


class Single(Kind):
    """Radio buttons: the code of the option is the answer."""

    name = "single"
    attributes = frozenset(
        {
            "options",
            "scale",
            "is_reversed",
            "has_random_order",
            "has_dont_know",
            "has_prefer_not",
        }
    )

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """At most one known code."""
        value, problems = clean_choice(question, question.name, posted)
        return Cleaned({} if value is None else {question.name: value}, problems)

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column holding the code."""
        return {item: value if isinstance(value, str) else missing}

    def categories(self, question: Question) -> tuple[str, ...]:
        """The codes of the options."""
        return tuple(option.code for option in question.options)

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """One option."""
        codes = [option.code for option in offered]
        [code] = drawn(codes, weigh(question.name, codes), 1, rng)
        return {question.name: code}
