"""Rules for what can be met: no question that nobody reaches, no empty condition."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.reach import Search
from survey.questionnaire.rules.rule import advice, problem

_SCREEN = "screened_out_if"


def questions_can_be_reached(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Some answers lead to every question."""
    search = Search(questionnaire)
    for question in _under_a_condition(questionnaire):
        if search.can_be(question.shown_if, before=question, wanted=True) is False:
            reason, remedy = _why(search, question)
            yield problem(f"{question.name}.shown_if", reason, remedy)


def _under_a_condition(questionnaire: Questionnaire) -> Iterator[Question]:
    return (asked for asked in questionnaire.questions() if asked.shown_if)


def _why(search: Search, question: Question) -> tuple[str, str]:
    """The simplest reason why nobody is asked."""
    source = question.shown_if
    alone = search.can_be(source, wanted=True, follows_paths=False)
    if alone is False:
        return "This can never hold.", "Compare it with the answers there are."
    if search.can_be(source, wanted=True) is False:
        reason = "This contradicts the conditions of the questions it looks at."
        return reason, "Who could fulfil it was never asked them: change one of both."
    reason = f"Whoever fulfils this has been sent to the end by {_SCREEN}."
    return reason, "Change one of the two conditions."


def conditions_decide_something(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A condition that always holds is only in the way."""
    search = Search(questionnaire)
    for question in _under_a_condition(questionnaire):
        if search.can_be(question.shown_if, before=question, wanted=False) is False:
            reason = "This holds whatever is answered."
            place = f"{question.name}.shown_if"
            yield advice(place, reason, "Leave it out, or say what was meant.")


def some_are_screened_out(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The screen lets most people through and some not."""
    source = questionnaire.screened_out_if
    search = Search(questionnaire)
    if search.can_be(source, wanted=False) is False:
        reason = "This holds whatever is answered: nobody gets any further."
        yield problem(_SCREEN, reason, "Say who is meant.")
    elif search.can_be(source, wanted=True) is False:
        yield advice(_SCREEN, "This can never hold.", "Leave it out.")
