"""Several rows that share one scale; every row is an item of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Complaint,
    Item,
    Kind,
    Posted,
    Weigh,
)
from survey.questionnaire.kinds.choosing import clean_choice, drawn
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire


class Battery(Kind):
    """Radio buttons row by row; the input of a row is the row's item name."""

    name = "battery"
    attributes = frozenset(
        {
            "options",
            "options_from",
            "rows",
            "scale",
            "is_reversed",
            "has_dont_know",
            "has_prefer_not",
        }
    )

    can_group = True

    def items(self, question: Question) -> tuple[Item, ...]:
        """One item per row."""
        return tuple(Item(row.name, question, row) for row in question.rows)

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """At most one known code per row; a wrong row leaves the others alone."""
        values: dict[str, Value] = {}
        problems: list[AnswerProblem] = []
        for row in question.rows:
            value, found = clean_choice(question, row.name, posted, question.options)
            problems.extend(found)
            if value is not None:
                values[row.name] = value
        return Cleaned(values, tuple(problems))

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column per row, holding the code."""
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
        """One option per row."""
        codes = [option.code for option in offered]
        return {
            row.name: drawn(codes, weigh(row.name, codes), 1, rng)[0]
            for row in question.rows
        }

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """Without rows there is nothing to ask."""
        yield from super().complaints(question, questionnaire)
        if not question.rows:
            yield Complaint(
                "rows",
                "A battery has no rows.",
                'List them, or write rows = "fields" for one row per field.',
            )
