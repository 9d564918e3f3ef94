"""A day, a month or a year, typed in separate fields, kept as ISO 8601 writes it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
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
    given,
)
from survey.questionnaire.kinds.choosing import allowed_refusals, clean_refusal
from survey.questionnaire.kinds.words import in_latin_digits
from survey.questionnaire.model import NO_ANSWER, Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

PARTS = ("year", "month", "day")
WIDTHS = {"year": 4, "month": 7, "day": 10}
_WIDEST_PART = 4


class Date(Kind):
    """One text field per part; the answer is as precise as was asked."""

    name = "date"
    attributes = frozenset(
        {
            "precision",
            "least",
            "most",
            "has_dont_know",
            "has_prefer_not",
            "default",
            "default_from",
        }
    )
    written_as = "date"

    def inputs(self, question: Question) -> tuple[str, ...]:
        """``item__day``, ``item__month``, ``item__year``; the item for no answer."""
        fields = self.typed(question)
        return (*fields, question.name) if allowed_refusals(question) else fields

    def typed(self, question: Question) -> tuple[str, ...]:
        """The smallest part first, as people here write days."""
        parts = PARTS[: PARTS.index(_precision(question)) + 1]
        return tuple(f"{question.name}__{part}" for part in reversed(parts))

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """A day that exists, within the limits."""
        name = question.name
        texts = [
            in_latin_digits(next(iter(posted.get(field, ())), "").strip())
            for field in reversed(self.typed(question))
        ]
        refusal = given(posted, name)
        if refusal:
            code, found = clean_refusal(question, refusal, has_answer=any(texts))
            return Cleaned({} if code is None else {name: code}, found)
        if not any(texts):
            return Cleaned({})
        value, problem = self._day(question, texts)
        return Cleaned({name: value} if value else {}, (problem,) if problem else ())

    def _day(
        self, question: Question, texts: Sequence[str]
    ) -> tuple[str, AnswerProblem | None]:
        name, fields = question.name, self.typed(question)
        for field, text in zip(reversed(fields), texts, strict=True):
            if not text:
                return "", AnswerProblem(name, field, "date_incomplete")
            if not (text.isascii() and text.isdigit()) or len(text) > _WIDEST_PART:
                return "", AnswerProblem(name, field, "no_date")
        year, month, day = (*map(int, texts), 1, 1)[: len(PARTS)]
        try:
            value = date(year, month, day).isoformat()[: WIDTHS[_precision(question)]]
        except ValueError:
            return "", AnswerProblem(name, fields[0], "no_date")
        if year < 1000:
            return "", AnswerProblem(name, fields[-1], "no_date")
        return value, _outside(question, value, fields[0])

    def posted(
        self, question: Question, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """The parts in their fields, no answer in its own."""
        value = answers.get(question.name)
        if not isinstance(value, str):
            return {}
        if value in NO_ANSWER:
            return {question.name: (value,)}
        parts = zip(reversed(self.typed(question)), value.split("-"), strict=False)
        return {field: (part,) for field, part in parts}

    def chosen(self, value: Value) -> tuple[str, ...]:
        """Only what is no answer is chosen."""
        return (value,) if isinstance(value, str) and value in NO_ANSWER else ()

    def written(self, question: Question, item: Item, value: Value) -> dict[str, str]:
        """The day as it is kept."""
        if isinstance(value, str) and value not in NO_ANSWER:
            return {item.name: value}
        return {}

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: the column holds days."""
        return ()

    def widest(self, question: Question) -> int:
        """As long as the precision."""
        return WIDTHS[_precision(question)]

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column holding the day."""
        return {item: value if isinstance(value, str) else missing}

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """A day between the limits."""
        low = date.fromisoformat(question.least or "2000-01-01").toordinal()
        high = date.fromisoformat(question.most or "2025-12-31").toordinal()
        drawn = date.fromordinal(rng.randint(low, max(low, high))).isoformat()
        return {question.name: drawn[: WIDTHS[_precision(question)]]}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """How precise is said; limits are days, in order."""
        if question.precision not in PARTS:
            reason = "A date must say how precise it is."
            yield Complaint("precision", reason, 'Write precision = "month".')
        for part in ("least", "most"):
            text = getattr(question, part)
            if text and not _is_day(text):
                reason = f"{text!r} is no day."
                yield Complaint(part, reason, f'Write {part} = "2020-01-31".')
        if question.least and question.most and question.least > question.most:
            reason = f"{question.least} is after {question.most}."
            yield Complaint("least", reason, "Exchange them.")


def _precision(question: Question) -> str:
    return question.precision if question.precision in PARTS else "day"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _outside(question: Question, value: str, field: str) -> AnswerProblem | None:
    """Whether the day lies outside the limits, as far as it is told."""
    least, most = question.least[: len(value)], question.most[: len(value)]
    if least and value < least:
        return AnswerProblem(question.name, field, "too_early", {"least": least})
    if most and value > most:
        return AnswerProblem(question.name, field, "too_late", {"most": most})
    return None
