"""Several answers out of many, without (``multiple``) or with a limit (``pick``)."""

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
    OTHER,
    allowed_refusals,
    drawn,
    filtered,
    items_with_other,
    other_input,
    own_words,
    with_other,
)
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire


class Multiple(Kind):
    """Tick boxes: the chosen codes, in the order the options were written."""

    name = "multiple"
    attributes = frozenset(
        {
            "options",
            "options_from",
            "choice_filter",
            "scale",
            "has_random_order",
            "has_dont_know",
            "has_prefer_not",
            "has_other",
            "default",
            "default_from",
        }
    )
    is_multiple = True
    allows_exclusive = True

    def items(self, question: Question) -> tuple[Item, ...]:
        """The choice, and own words beside it."""
        return items_with_other(question)

    def choices(self, question: Question) -> tuple[Option, ...]:
        """The options, with own words last."""
        return with_other(question)

    def offered(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """What the filter shows."""
        return filtered(question, answers)

    def literal(self, question: Question, text: str) -> Value | None:
        """Codes with spaces between."""
        return tuple(text.split()) or None

    def settled(
        self, question: Question, value: Value, answers: Answers
    ) -> Value | None:
        """Choices stand as long as the filter shows them."""
        if not question.choice_filter or isinstance(value, str):
            return value
        shown = {option.code for option in self.offered(question, answers)}
        return tuple(code for code in value if code in shown) or None

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """Known codes; what must stand alone stands alone; not over the limit."""
        name = question.name
        text, problems = own_words(question, posted)
        if problems:
            return Cleaned({}, problems)
        chosen = {*given(posted, name), *([OTHER] if text else [])}
        if not chosen:
            return Cleaned({})
        found = self._checked(question, chosen, self.offered(question, answers))
        if text and found.values:
            return Cleaned({**found.values, other_input(question): text})
        return found

    def _checked(
        self, question: Question, chosen: set[str], offered: tuple[Option, ...]
    ) -> Cleaned:
        name = question.name
        refusals = chosen.intersection(allowed_refusals(question))
        codes = tuple(o.code for o in offered if o.code in chosen)
        if len(codes) + len(refusals) < len(chosen):
            return self._refused(name, "unknown_option")
        alone = {o.code for o in offered if o.exclusive} & chosen
        if len(chosen) > 1 and (alone or refusals):
            return self._refused(name, "not_alone")
        if question.at_most and len(codes) > question.at_most:
            params = {"at_most": question.at_most, "chosen": len(codes)}
            return Cleaned({}, (AnswerProblem(name, name, "too_many", params),))
        return Cleaned({name: refusals.pop() if refusals else codes})

    @staticmethod
    def _refused(name: str, code: str) -> Cleaned:
        return Cleaned({}, (AnswerProblem(name, name, code),))

    def columns(self, question: Question) -> tuple[Column, ...]:
        """One column per option."""
        return tuple(
            Column(f"{question.name}__{option.code}", question.name, option.code)
            for option in with_other(question)
        )

    def categories(self, question: Question) -> tuple[str, ...]:
        """Not chosen, chosen."""
        return ("0", "1")

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """One option by weight; unless it stands alone, some of the others."""
        codes = [option.code for option in offered]
        if not codes:
            return {}
        weights = weigh(question.name, codes)
        first = drawn(codes, weights, 1, rng)[0]
        others = {
            option.code: weight
            for option, weight in zip(offered, weights, strict=True)
            if not option.exclusive and option.code != first
        }
        if any(option.exclusive for option in offered if option.code == first):
            others = {}
        chosen = {first, *self._joined(question, others, max(weights), rng)}
        return {question.name: tuple(code for code in codes if code in chosen)}

    def _joined(
        self,
        question: Question,
        others: dict[str, float],
        heaviest: float,
        rng: random.Random,
    ) -> list[str]:
        return [
            code
            for code, weight in others.items()
            if rng.random() < weight / heaviest / 2
        ]

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """1 for chosen, 0 for not chosen; the same negative code everywhere."""
        if item != question.name:
            return {}
        start = f"{question.name}__"
        if not isinstance(value, tuple):
            names = (start + option.code for option in with_other(question))
            return dict.fromkeys(names, value or missing)
        return {
            start + option.code: "1" if option.code in value else "0"
            for option in with_other(question)
        }


class Pick(Multiple):
    """Tick boxes of which only a number may be chosen, to find priorities."""

    name = "pick"
    attributes = Multiple.attributes | {"at_most"}

    def _joined(
        self,
        question: Question,
        others: dict[str, float],
        heaviest: float,
        rng: random.Random,
    ) -> list[str]:
        count = rng.randint(0, question.at_most - 1)
        return drawn(list(others), list(others.values()), count, rng)

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """A limit there must be, and one that limits."""
        yield from super().complaints(question, questionnaire)
        choices = sum(not option.exclusive for option in question.options)
        if question.at_most < 1:
            yield Complaint(
                "at_most",
                "A pick needs a limit.",
                "Write at_most = 3, or make it a multiple.",
            )
        elif choices and question.at_most >= choices:
            yield Complaint(
                "at_most",
                f"{question.at_most} of {choices} options can be picked: no choice.",
                f"Write at most {choices - 1}, or make it a multiple.",
            )
