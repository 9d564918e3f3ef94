"""What is wrong with an answer, in the words of the page's language.

Knows nothing of how the words are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from survey.language import gettext, ngettext
from survey.questionnaire.answers import AnswerProblem

# Codes whose params are all numbers that may have decimals.
_NUMBERS = frozenset({"too_small", "too_large", "sum_small", "sum_large", "sum_other"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem in words; ``field`` is the id of what has to be changed."""

    field: str
    message: str


def in_words(
    problems: Iterable[AnswerProblem],
    own_words: Callable[[str], str],
    number: Callable[[str], str] = str,
) -> tuple[Complaint, ...]:
    """All problems of a page; call it inside ``speaking``.

    ``own_words`` gives the author's text for a key, where the problem has one;
    ``number`` writes a number, which has its point as a computer's, as people do.
    """
    return tuple(
        Complaint(
            problem.input,
            own_words(problem.text_key)
            if problem.text_key
            else MESSAGES[problem.code](_with_numbers(problem, number)),
        )
        for problem in problems
    )


def _with_numbers(
    problem: AnswerProblem, number: Callable[[str], str]
) -> AnswerProblem:
    if problem.code not in _NUMBERS:
        return problem
    written = {name: number(str(value)) for name, value in problem.params.items()}
    return replace(problem, params=written)


def _count(problem: AnswerProblem, name: str) -> int:
    return int(problem.params[name])


def _unknown_option(problem: AnswerProblem) -> str:
    return gettext("Please choose one of the answers on the page.")


def _one_only(problem: AnswerProblem) -> str:
    return gettext("Please choose only one answer.")


def _too_many(problem: AnswerProblem) -> str:
    at_most, chosen = _count(problem, "at_most"), _count(problem, "chosen")
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
    longest, length = _count(problem, "longest"), _count(problem, "length")
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


def _no_number(problem: AnswerProblem) -> str:
    return gettext("Please write a number in digits, such as 12.")


def _too_small(problem: AnswerProblem) -> str:
    return gettext(
        "Please write a number that is at least %(least)s.",
        least=problem.params["least"],
    )


def _too_large(problem: AnswerProblem) -> str:
    return gettext(
        "Please write a number that is at most %(most)s.", most=problem.params["most"]
    )


def _too_precise(problem: AnswerProblem) -> str:
    decimals = _count(problem, "decimals")
    if not decimals:
        return gettext("Please write a whole number.")
    return ngettext(
        "Please write at most one decimal place.",
        "Please write at most %(num)s decimal places.",
        decimals,
    )


def _no_date(problem: AnswerProblem) -> str:
    return gettext(
        "There is no such date. Please write it in digits, the year in four."
    )


def _date_incomplete(problem: AnswerProblem) -> str:
    return gettext("A part of the date is missing. Please fill every field.")


def _too_early(problem: AnswerProblem) -> str:
    return gettext("Please write a later date.")


def _too_late(problem: AnswerProblem) -> str:
    return gettext("Please write an earlier date.")


def _no_points(problem: AnswerProblem) -> str:
    return gettext("Please write points as a whole number in digits, such as 3.")


def _points_over(problem: AnswerProblem) -> str:
    over, total = _count(problem, "left"), _count(problem, "total")
    return ngettext(
        "You have given one point too many. Together they must be %(total)s.",
        "You have given %(num)s points too many. Together they must be %(total)s.",
        over,
        total=total,
    )


def _points_left(problem: AnswerProblem) -> str:
    left, total = _count(problem, "left"), _count(problem, "total")
    return ngettext(
        "One point is left. Together they must be %(total)s.",
        "%(num)s points are left. Together they must be %(total)s.",
        left,
        total=total,
    )


def _other_not_chosen(problem: AnswerProblem) -> str:
    return gettext(
        "You have chosen an answer and written one of your own."
        " Please choose one of the two."
    )


def _too_few(problem: AnswerProblem) -> str:
    return ngettext(
        "Please choose at least one answer, or none.",
        "Please choose at least %(num)s answers, or none.",
        _count(problem, "at_least"),
    )


def _constraint(problem: AnswerProblem) -> str:
    return gettext("This answer does not fit. Please check it.")


def _together(problem: AnswerProblem) -> str:
    return gettext("These answers do not fit together. Please check them.")


def _given_few(problem: AnswerProblem) -> str:
    return ngettext(
        "Please give at least one answer here, or none.",
        "Please give at least %(num)s answers here, or none.",
        _count(problem, "at_least"),
    )


def _given_many(problem: AnswerProblem) -> str:
    at_most, given = _count(problem, "at_most"), _count(problem, "given")
    return ngettext(
        "You have given %(given)s answers here. Please give only %(num)s.",
        "You have given %(given)s answers here. Please give at most %(num)s.",
        at_most,
        given=given,
    )


def _sum_small(problem: AnswerProblem) -> str:
    return gettext(
        "Your numbers add up to %(sum)s. Together they must be at least %(least)s.",
        sum=problem.params["sum"],
        least=problem.params["least"],
    )


def _sum_large(problem: AnswerProblem) -> str:
    return gettext(
        "Your numbers add up to %(sum)s. Together they must be at most %(most)s.",
        sum=problem.params["sum"],
        most=problem.params["most"],
    )


def _sum_other(problem: AnswerProblem) -> str:
    return gettext(
        "Your numbers add up to %(sum)s. Together they must be %(total)s.",
        sum=problem.params["sum"],
        total=problem.params["total"],
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
    "no_number": _no_number,
    "too_small": _too_small,
    "too_large": _too_large,
    "too_precise": _too_precise,
    "no_date": _no_date,
    "date_incomplete": _date_incomplete,
    "too_early": _too_early,
    "too_late": _too_late,
    "no_points": _no_points,
    "points_over": _points_over,
    "points_left": _points_left,
    "other_not_chosen": _other_not_chosen,
    "too_few": _too_few,
    "constraint": _constraint,
    "together": _together,
    "given_few": _given_few,
    "given_many": _given_many,
    "sum_small": _sum_small,
    "sum_large": _sum_large,
    "sum_other": _sum_other,
}
