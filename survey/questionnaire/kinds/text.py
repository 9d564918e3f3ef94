"""Own words; they leave as comments, apart from the closed answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Complaint,
    Item,
    Kind,
    Posted,
)
from survey.questionnaire.kinds.words import length_of, tidied
from survey.questionnaire.model import Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire


class Text(Kind):
    """A field of several lines with a limit in characters."""

    name = "text"
    attributes = frozenset({"longest", "default", "default_from"})
    written_as = "text"
    most: ClassVar[int] = 5000
    usual: ClassVar[int] = 600

    def items(self, question: Question) -> tuple[Item, ...]:
        """One, in own words whatever limit is written."""
        return (Item(question.name, question, longest=max(question.longest, 1)),)

    def tidied(self, text: str) -> str:
        """The text as it is kept."""
        return tidied(text)

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """The tidied text, if it is not too long."""
        name = question.name
        text = self.tidied(next(iter(posted.get(name, ())), ""))
        if not text:
            return Cleaned({})
        length = length_of(text)
        if length > question.longest:
            params = {"longest": question.longest, "length": length}
            return Cleaned({}, (AnswerProblem(name, name, "too_long", params),))
        return Cleaned({name: text})

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: there is no column."""
        return ()

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """None: comments stand apart."""
        return {}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """A limit protects the urn: every answer fits the same room."""
        if not 1 <= question.longest <= self.most:
            yield Complaint(
                "longest",
                "A text needs a limit.",
                f"Write longest = {self.usual}, at most {self.most} characters.",
            )


class ShortText(Text):
    """A field of one line."""

    name = "short_text"
    most = 200
    usual = 100

    def tidied(self, text: str) -> str:
        """On one line."""
        return " ".join(tidied(text).split())
