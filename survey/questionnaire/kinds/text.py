"""Own words; they leave as comments, apart from the closed answers."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Column,
    Complaint,
    Kind,
    Posted,
    Weigh,
)
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

LONGEST = 5000


def tidied(text: str) -> str:
    """NFC, one kind of line end, no invisible control characters, no margins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def length_of(text: str) -> int:
    """Length as browsers count it, in units of UTF-16: an emoji counts twice."""
    return len(text.encode("utf-16-le")) // 2


class Text(Kind):
    """A field of several lines with a limit in characters."""

    name = "text"
    attributes = frozenset({"longest"})
    is_closed = False

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """The tidied text, if it is not too long."""
        name = question.name
        text = tidied(next(iter(posted.get(name, ())), ""))
        if not text:
            return Cleaned({})
        length = length_of(text)
        if length > question.longest:
            params = {"longest": question.longest, "length": length}
            return Cleaned({}, (AnswerProblem(name, name, "too_long", params),))
        return Cleaned({name: text})

    def columns(self, question: Question) -> tuple[Column, ...]:
        """None: comments stand apart."""
        return ()

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: there is no column."""
        return ()

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """Nothing: own words are not made up here."""
        return {}

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """None: comments stand apart."""
        return {}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """A limit protects the urn: every answer fits the same room."""
        if not 1 <= question.longest <= LONGEST:
            yield Complaint(
                "longest",
                "A text needs a limit.",
                f"Write longest = 600, at most {LONGEST} characters.",
            )
