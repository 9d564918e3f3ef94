"""A number, typed in any digits, kept in one form."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
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

MOST_DECIMALS = 4
MOST_DIGITS = 12
WIDEST = MOST_DIGITS + 2  # a sign and a point
# Arabic decimal point and thousands mark, the minus of typesetters
_MARKS = str.maketrans({"\u066b": ".", "\u066c": None, "\u2212": "-"})
_GAPS = re.compile(r"(?<=\d)[\s'\u2019](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")


def read_number(text: str, decimals: int) -> Decimal | None:
    """The number a person typed; ``None`` for what is no number.

    Point and comma both part the decimals. Three digits behind a single one of
    them are thousands where fewer ``decimals`` are asked for.
    """
    plain = _GAPS.sub("", in_latin_digits(text.strip()).translate(_MARKS))
    marks = [mark for mark in ".," if mark in plain]
    if len(marks) == 2:
        plain = plain.replace(min(marks, key=plain.rindex), "")
    elif _THOUSANDS.fullmatch(plain) and (plain.count(marks[0]) > 1 or decimals < 3):
        plain = plain.replace(marks[0], "")
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", "."))


def limit(text: str) -> Decimal | None:
    """A limit as an author writes it; ``None`` for none or what is no number."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def spelled(number: Decimal) -> str:
    """Digits with a point, no exponent, no needless zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Number(Kind):
    """A text field for digits; the answer is the number in one form."""

    name = "number"
    attributes = frozenset(
        {
            "least",
            "most",
            "decimals",
            "has_dont_know",
            "has_prefer_not",
            "default",
            "default_from",
        }
    )
    written_as = "number"

    def inputs(self, question: Question) -> tuple[str, ...]:
        """The field, and apart from it what is no answer."""
        field = self.typed(question)
        return (*field, question.name) if allowed_refusals(question) else field

    def typed(self, question: Question) -> tuple[str, ...]:
        """The field; it has a name of its own where no answer can be chosen."""
        if allowed_refusals(question):
            return (f"{question.name}__number",)
        return (question.name,)

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """A number within the limits."""
        [field] = self.typed(question)
        text = next(iter(posted.get(field, ())), "").strip()
        refusal = given(posted, question.name) if field != question.name else []
        if refusal:
            code, found = clean_refusal(question, refusal, has_answer=bool(text))
            return Cleaned({} if code is None else {question.name: code}, found)
        if not text:
            return Cleaned({})
        number = read_number(text, question.decimals)
        problem = self._problem(question, field, number)
        if number is None or problem:
            return Cleaned({}, (problem,) if problem else ())
        return Cleaned({question.name: spelled(number)})

    def _problem(
        self, question: Question, field: str, number: Decimal | None
    ) -> AnswerProblem | None:
        name = question.name
        if number is None or len(number.as_tuple().digits) > MOST_DIGITS:
            return AnswerProblem(name, field, "no_number")
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > question.decimals:
            params = {"decimals": question.decimals}
            return AnswerProblem(name, field, "too_precise", params)
        least, most = limit(question.least) or Decimal(0), limit(question.most)
        if number < least:
            return AnswerProblem(name, field, "too_small", {"least": spelled(least)})
        if most is not None and number > most:
            return AnswerProblem(name, field, "too_large", {"most": spelled(most)})
        return None

    def posted(
        self, question: Question, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """The number in its field, no answer in the other."""
        value = answers.get(question.name)
        if not isinstance(value, str):
            return {}
        field = self.typed(question)[0]
        return {question.name if value in NO_ANSWER else field: (value,)}

    def chosen(self, value: Value) -> tuple[str, ...]:
        """Only what is no answer is chosen."""
        return (value,) if isinstance(value, str) and value in NO_ANSWER else ()

    def written(self, question: Question, item: Item, value: Value) -> dict[str, str]:
        """The number."""
        if isinstance(value, str) and value not in NO_ANSWER:
            return {item.name: value}
        return {}

    def categories(self, question: Question) -> tuple[str, ...]:
        """None: the column holds numbers."""
        return ()

    def widest(self, question: Question) -> int:
        """Room for every number that is taken."""
        return WIDEST

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """One column holding the number."""
        return {item: value if isinstance(value, str) else missing}

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """A whole number within the limits."""
        least, most = limit(question.least), limit(question.most)
        low = int(least) if least is not None else 0
        high = int(most) if most is not None else low + 10
        return {question.name: str(rng.randint(low, max(low, high)))}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """Limits are numbers, in order, and not below zero.

        -1 to -5 are the five kinds of no answer in every file.
        """
        for part in ("least", "most"):
            text = getattr(question, part)
            if text and limit(text) is None:
                reason = f"{text!r} is no number."
                yield Complaint(part, reason, f"Write {part} = 18.")
        least, most = limit(question.least), limit(question.most)
        if least is not None and most is not None and least > most:
            reason = f"The least, {least}, is more than the most, {most}."
            yield Complaint("least", reason, "Exchange them.")
        if least is not None and least < 0:
            reason = "Numbers below zero would read as no answer."
            yield Complaint("least", reason, "Ask for numbers from 0 on.")
        if question.decimals > MOST_DECIMALS:
            reason = f"Nobody answers with {question.decimals} decimal places."
            yield Complaint("decimals", reason, f"Write at most {MOST_DECIMALS}.")
