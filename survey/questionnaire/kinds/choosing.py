"""What kinds with options share: what is offered, own words beside it, no answer.

Knows no single kind.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from survey.questionnaire import filters
from survey.questionnaire.kinds.base import (
    AnswerProblem,
    Answers,
    Item,
    Posted,
    given,
)
from survey.questionnaire.kinds.words import length_of, tidied
from survey.questionnaire.model import DONT_KNOW, PREFER_NOT, Option, Question
from survey.questionnaire.once import once_each

OTHER = "other"
LONGEST_OTHER = 200


def with_other(question: Question) -> tuple[Option, ...]:
    """The options, and the one for own words where the question has it."""
    if not question.has_other:
        return question.options
    return (*question.options, Option(OTHER, question.key(OTHER)))


def other_input(question: Question) -> str:
    """Name of the input, and of the item, for own words beside the options."""
    return f"{question.name}_{OTHER}"


# every form that is read or shown asks for them several times a question
@once_each
def items_with_other(question: Question) -> tuple[Item, ...]:
    """The question's item, and the one of the own words beside it."""
    own = Item(question.name, question)
    if not question.has_other:
        return (own,)
    return (own, Item(other_input(question), question, longest=LONGEST_OTHER))


def filtered(question: Question, answers: Answers) -> tuple[Option, ...]:
    """What the question's filter lets through; own words always."""
    if not question.choice_filter:
        return with_other(question)
    shown = filters.shown(question.options, question.choice_filter, answers)
    return (*shown, *with_other(question)[len(question.options) :])


def own_words(
    question: Question, posted: Posted
) -> tuple[str, tuple[AnswerProblem, ...]]:
    """What was typed beside the options, and whether it is too long."""
    if not question.has_other:
        return "", ()
    name = other_input(question)
    text = " ".join(tidied(next(iter(posted.get(name, ())), "")).split())
    length = length_of(text)
    if length > LONGEST_OTHER:
        params = {"longest": LONGEST_OTHER, "length": length}
        return "", (AnswerProblem(name, name, "too_long", params),)
    return text, ()


def allowed_refusals(question: Question) -> tuple[str, ...]:
    """The codes of don't know and prefer not to say that a question offers."""
    offered = (
        (DONT_KNOW, question.has_dont_know),
        (PREFER_NOT, question.has_prefer_not),
    )
    return tuple(code for code, is_offered in offered if is_offered)


def clean_choice(
    question: Question, item: str, posted: Posted, offered: tuple[Option, ...]
) -> tuple[str | None, tuple[AnswerProblem, ...]]:
    """One code out of what is offered, for one input."""
    chosen = given(posted, item)
    if not chosen:
        return None, ()
    if len(chosen) > 1:
        return None, (AnswerProblem(item, item, "one_only"),)
    known = {option.code for option in offered}
    if chosen[0] in known or chosen[0] in allowed_refusals(question):
        return chosen[0], ()
    return None, (AnswerProblem(item, item, "unknown_option"),)


def clean_refusal(
    question: Question, refusal: list[str], *, has_answer: bool
) -> tuple[str | None, tuple[AnswerProblem, ...]]:
    """Don't know or prefer not to say, beside an answer of another form."""
    name = question.name
    if len(refusal) > 1 or refusal[0] not in allowed_refusals(question):
        return None, (AnswerProblem(name, name, "unknown_option"),)
    if has_answer:
        return None, (AnswerProblem(name, name, "not_alone"),)
    return refusal[0], ()


def drawn(
    codes: Sequence[str], weights: Sequence[float], count: int, rng: random.Random
) -> list[str]:
    """Up to ``count`` codes in the order drawn, by weight, none twice."""
    left = dict(zip(codes, weights, strict=True))
    found: list[str] = []
    while left and len(found) < count:
        found.extend(rng.choices(list(left), list(left.values())))
        del left[found[-1]]
    return found
