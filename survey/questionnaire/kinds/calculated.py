"""A value out of other answers: shown to nobody, asked of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from survey.questionnaire.kinds.base import (
    Answers,
    Cleaned,
    Column,
    Complaint,
    Kind,
    Posted,
)
from survey.questionnaire.model import Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

LONGEST = 40


class Calculated(Kind):
    """The journey computes it; conditions and constraints can look at it."""

    name = "calculated"
    attributes = frozenset({"calculation", "looks_at_own_words"})
    is_asked = False

    def inputs(self, question: Question) -> tuple[str, ...]:
        """None."""
        return ()

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """Whatever is posted, nothing is taken."""
        return Cleaned({})

    def columns(self, question: Question) -> tuple[Column, ...]:
        """One, unless own words could stand in it."""
        return () if question.looks_at_own_words else super().columns(question)

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: the column holds values."""
        return ()

    def widest(self, question: Question) -> int:
        """Two bytes a letter; longer values are cut off, but not in conditions."""
        return 0 if question.looks_at_own_words else 2 * LONGEST

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column holding the value."""
        if question.looks_at_own_words:
            return {}
        return {item: value[:LONGEST] if isinstance(value, str) else missing}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """Without a calculation there is no value."""
        if not question.calculation:
            reason = "There is no calculation."
            remedy = 'Write calculation = "${q1} + ${q2}".'
            yield Complaint("calculation", reason, remedy)
