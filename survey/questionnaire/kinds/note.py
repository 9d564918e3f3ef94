"""Something to read: no input, no item, no column."""

from __future__ import annotations

from survey.questionnaire.kinds.base import Answers, Cleaned, Item, Kind, Posted
from survey.questionnaire.model import Question
from survey.questionnaire.values import Value


class Note(Kind):
    """Words between questions."""

    name = "note"
    attributes = frozenset()

    def items(self, question: Question) -> tuple[Item, ...]:
        """None."""
        return ()

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """Nothing can be answered."""
        return Cleaned({})

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: there is no column."""
        return ()

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """None: there is no column."""
        return {}
