"""Points to give away among options; what is left is computed on the server."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Cleaned,
    Column,
    Complaint,
    Item,
    Kind,
    Posted,
    Weigh,
    given,
)
from survey.questionnaire.kinds.choosing import (
    allowed_refusals,
    clean_refusal,
    drawn,
)
from survey.questionnaire.kinds.words import in_latin_digits
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire

MOST_POINTS = 100
_BETWEEN = ":"
_WIDEST = 4


class Points(Kind):
    """One field per option; the answer is ``code:points`` of those that got some."""

    name = "points"
    attributes = frozenset(
        {
            "options",
            "options_from",
            "total",
            "has_random_order",
            "has_dont_know",
            "has_prefer_not",
        }
    )
    is_multiple = True
    written_as = "number"

    def inputs(self, question: Question) -> tuple[str, ...]:
        """``item__option``; the item for no answer."""
        fields = self.typed(question)
        return (*fields, question.name) if allowed_refusals(question) else fields

    def typed(self, question: Question) -> tuple[str, ...]:
        """One field per option."""
        return tuple(f"{question.name}__{option.code}" for option in question.options)

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """Whole numbers that make up the total, neither more nor less."""
        name = question.name
        texts = {
            option.code: next(
                iter(posted.get(f"{name}__{option.code}", ())), ""
            ).strip()
            for option in question.options
        }
        refusal = given(posted, name)
        if refusal:
            has_answer = any(texts.values())
            code, found = clean_refusal(question, refusal, has_answer=has_answer)
            return Cleaned({} if code is None else {name: code}, found)
        if not any(texts.values()):
            return Cleaned({})
        return self._counted(question, texts)

    def _counted(self, question: Question, texts: dict[str, str]) -> Cleaned:
        name = question.name
        points: dict[str, int] = {}
        problems = []
        for code, text in texts.items():
            plain = in_latin_digits(text)
            if not plain:
                continue
            if plain.isascii() and plain.isdigit() and len(plain) <= _WIDEST:
                points[code] = int(plain)
            else:
                found = AnswerProblem(name, f"{name}__{code}", "no_points")
                problems.append(found)
        if problems:
            return Cleaned({}, tuple(problems))
        left = question.total - sum(points.values())
        if left:
            code = "points_left" if left > 0 else "points_over"
            params = {"left": abs(left), "total": question.total}
            first = f"{name}__{question.options[0].code}"
            return Cleaned({}, (AnswerProblem(name, first, code, params),))
        given_away = (f"{c}{_BETWEEN}{n}" for c, n in points.items() if n)
        return Cleaned({name: tuple(given_away)})

    def posted(
        self, question: Question, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """One field per option."""
        value = answers.get(question.name)
        if not isinstance(value, tuple):
            return super().posted(question, answers)
        return {f"{question.name}__{c}": (n,) for c, n in _parted(value).items()}

    def chosen(self, value: Value) -> tuple[str, ...]:
        """Only what is no answer is chosen."""
        return (value,) if isinstance(value, str) else ()

    def written(self, question: Question, item: Item, value: Value) -> dict[str, str]:
        """The points of each option that got some."""
        if isinstance(value, str):
            return {}
        return {f"{item.name}__{c}": n for c, n in _parted(value).items()}

    def columns(self, question: Question) -> tuple[Column, ...]:
        """One column per option."""
        return tuple(
            Column(f"{question.name}__{option.code}", question.name, option.code)
            for option in question.options
        )

    def categories(self, question: Question) -> tuple[str, ...]:
        """From nothing to everything."""
        return tuple(str(number) for number in range(question.total + 1))

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """The points, 0 where there are none; the same negative code everywhere."""
        names = [f"{question.name}__{option.code}" for option in question.options]
        if not isinstance(value, tuple):
            return dict.fromkeys(names, value or missing)
        points = {f"{question.name}__{c}": n for c, n in _parted(value).items()}
        return dict.fromkeys(names, "0") | points

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """Every point to an option by weight."""
        codes = [option.code for option in offered]
        weights = weigh(question.name, codes)
        got = dict.fromkeys(codes, 0)
        for _ in range(question.total):
            got[drawn(codes, weights, 1, rng)[0]] += 1
        return {question.name: tuple(f"{c}{_BETWEEN}{n}" for c, n in got.items() if n)}

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """There is something to give away."""
        yield from super().complaints(question, questionnaire)
        if not 1 <= question.total <= MOST_POINTS:
            yield Complaint(
                "total",
                "It must say how many points there are.",
                f"Write total = 10, at most {MOST_POINTS}.",
            )


def _parted(value: tuple[str, ...]) -> dict[str, str]:
    """Option code → points."""
    pairs = (entry.partition(_BETWEEN) for entry in value)
    return {code: number for code, _, number in pairs}
