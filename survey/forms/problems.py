"""What is wrong with an answer, in the words of the page's language.

Knows nothing of how the words are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from survey.language import gettext, ngettext
from survey.questionnaire.answers import AnswerProblem


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem in words; ``field`` is the id of what has to be changed."""

    field: str
    message: str


def in_words(problems: Iterable[AnswerProblem]) -> tuple[Complaint, ...]:
    """All problems of a page; call it inside ``speaking``."""
    return tuple(
        Complaint(problem.input, MESSAGES[problem.code](problem))
        for problem in problems
    )


def _unknown_option(problem: AnswerProblem) -> str:
    return gettext("Please choose one of the answers on the page.")


def _one_only(problem: AnswerProblem) -> str:
    return gettext("Please choose only one answer.")


def _too_many(problem: AnswerProblem) -> str:
    at_most, chosen = problem.params["at_most"], problem.params["chosen"]
    return ngettext(
        "You have chosen %(chosen)s answers. Please choose only %(num)s.",
        "You have chosen %(chosen)s answers. Please choose at most %(num)s.",
        at_most,
        chosen=chosen,
    )


def _not_alone(problem: AnswerProblem) -> str:
    return gettext(
        "One of the answers you have chosen cannot be combined with others."
        " Please choose either that answer or the others."
    )


def _too_long(problem: AnswerProblem) -> str:
    longest, length = problem.params["longest"], problem.params["length"]
    return ngettext(
        "Your text has %(length)s characters. Please shorten it to %(num)s.",
        "Your text has %(length)s characters. Please shorten it to at most %(num)s.",
        longest,
        length=length,
    )


def _ranked_twice(problem: AnswerProblem) -> str:
    return gettext(
        "Place %(rank)s has the same answer as another place."
        " Please choose each answer only once.",
        rank=problem.params["rank"],
    )


def _rank_missing(problem: AnswerProblem) -> str:
    return gettext(
        "Place %(rank)s is empty. Please fill the places from the first one on.",
        rank=problem.params["rank"],
    )


def _not_picked(problem: AnswerProblem) -> str:
    return gettext(
        "The answer at place %(rank)s is not one of those you picked before."
        " Please choose another one.",
        rank=problem.params["rank"],
    )


MESSAGES: dict[str, Callable[[AnswerProblem], str]] = {
    "unknown_option": _unknown_option,
    "one_only": _one_only,
    "too_many": _too_many,
    "not_alone": _not_alone,
    "too_long": _too_long,
    "ranked_twice": _ranked_twice,
    "rank_missing": _rank_missing,
    "not_picked": _not_picked,
}
