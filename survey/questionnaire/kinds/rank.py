"""An order of importance: of a whole list, or of what was picked earlier."""

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
from survey.questionnaire.model import Option, Question
from survey.questionnaire.values import Value

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire


class Rank(Kind):
    """One select per rank: the codes in order of rank are the answer."""

    name = "rank"
    attributes = frozenset(
        {
            "options",
            "options_from",
            "picks_from",
            "at_most",
            "has_random_order",
            "has_dont_know",
            "has_prefer_not",
        }
    )
    is_multiple = True
    has_places = True

    def inputs(self, question: Question) -> tuple[str, ...]:
        """``item__1``, ``item__2``, …; the item itself for no answer."""
        limit = question.at_most or len(question.options)
        ranks = tuple(f"{question.name}__{rank}" for rank in range(1, limit + 1))
        return (*ranks, question.name) if allowed_refusals(question) else ranks

    def offered(self, question: Question, answers: Answers) -> tuple[Option, ...]:
        """Only what was picked; a rank that picks from nothing offers its list."""
        if not question.picks_from:
            return question.options
        picked = answers.get(question.picks_from, ())
        if isinstance(picked, str):
            return ()
        return tuple(option for option in question.options if option.code in picked)

    def settled(
        self, question: Question, value: Value, answers: Answers
    ) -> Value | None:
        """A ranking stands as long as all it ranks is still picked."""
        if isinstance(value, str):
            return value
        offered = {option.code for option in self.offered(question, answers)}
        return value if offered.issuperset(value) else None

    def clean(self, question: Question, posted: Posted, answers: Answers) -> Cleaned:
        """Ranks without gaps, each picked option at most once."""
        name = question.name
        refusal = given(posted, name)
        ranks = [i for i in self.inputs(question) if i != name]
        chosen = [(i, code) for i in ranks for code in given(posted, i)]
        if refusal:
            code, found = clean_refusal(question, refusal, has_answer=bool(chosen))
            return Cleaned({} if code is None else {name: code}, found)
        problems = tuple(self._problems(question, chosen, ranks, answers))
        if problems or not chosen:
            return Cleaned({}, problems)
        return Cleaned({name: tuple(code for _, code in chosen)})

    def posted(
        self, question: Question, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """One input per rank."""
        value = answers.get(question.name)
        if not isinstance(value, tuple):
            return super().posted(question, answers)
        return {
            f"{question.name}__{rank}": (code,)
            for rank, code in enumerate(value, start=1)
        }

    def _problems(
        self,
        question: Question,
        chosen: list[tuple[str, str]],
        ranks: list[str],
        answers: Answers,
    ) -> Iterator[AnswerProblem]:
        name = question.name
        known = {option.code for option in question.options}
        offered = {option.code for option in self.offered(question, answers)}
        seen: set[str] = set()
        for place, (rank_input, code) in enumerate(chosen):
            rank = ranks.index(rank_input) + 1
            if code not in known:
                yield AnswerProblem(name, rank_input, "unknown_option")
            elif code not in offered:
                yield AnswerProblem(name, rank_input, "not_picked", {"rank": rank})
            elif code in seen:
                yield AnswerProblem(name, rank_input, "ranked_twice", {"rank": rank})
            elif rank > place + 1:
                empty = {"rank": place + 1}
                yield AnswerProblem(name, ranks[place], "rank_missing", empty)
                return
            seen.add(code)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """One column per option."""
        return tuple(
            Column(f"{question.name}__{option.code}", question.name, option.code)
            for option in question.options
        )

    def categories(self, question: Question) -> tuple[str, ...]:
        """Not ranked, first, second, …."""
        limit = question.at_most or len(question.options)
        return ("", *(str(rank) for rank in range(1, limit + 1)))

    def sampled(
        self,
        question: Question,
        offered: Sequence[Option],
        rng: random.Random,
        weigh: Weigh,
    ) -> dict[str, Value]:
        """An order by weight; nothing when nothing was picked."""
        codes = [option.code for option in offered]
        limit = question.at_most or len(codes)
        order = drawn(codes, weigh(question.name, codes), limit, rng)
        return {question.name: tuple(order)} if order else {}

    def cells(
        self, question: Question, item: str, value: Value | None, missing: str
    ) -> dict[str, str]:
        """The rank, empty when not ranked; the same negative code everywhere."""
        names = [f"{question.name}__{option.code}" for option in question.options]
        if not isinstance(value, tuple):
            return dict.fromkeys(names, value or missing)
        cells = dict.fromkeys(names, "")
        for rank, code in enumerate(value, start=1):
            cells[f"{question.name}__{code}"] = str(rank)
        return cells

    def complaints(
        self, question: Question, questionnaire: Questionnaire
    ) -> Iterator[Complaint]:
        """Without something to rank there is no order."""
        if not question.picks_from and len(question.options) < 2:
            yield Complaint(
                "picks_from",
                "A rank question must say what it ranks.",
                'Write picks_from = "q05", the question whose options were picked, '
                "or list at least two options.",
            )
