"""Rules for questions that some languages are not asked: they decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import owners, problem

FOR_EVERYBODY = (
    "satisfaction",
    "importance",
    "pick",
    "rank",
    "points",
    "demographic",
)
"""Roles whose charts speak of everybody who took part."""
_SOURCES = (
    "shown_if",
    "constraint",
    "calculation",
    "choice_filter",
    "default_from",
)
_REMEDY = "Translate it into every language and leave out where_translated."


def what_some_are_not_asked_decides_nothing(
    questionnaire: Questionnaire,
) -> Iterator[Problem]:
    """Nothing depends on an answer that some languages cannot give."""
    some = {q.name for q in questionnaire.questions() if q.is_asked_where_translated}
    if not some:
        return
    known = owners(questionnaire)
    for place, name in _looks(questionnaire):
        looked_at = known[name].name if name in known else name
        if looked_at in some and looked_at != place.partition(".")[0]:
            reason = f"{looked_at} is not asked in every language."
            yield problem(place, reason, f"Look at another question. {_REMEDY}")


def _looks(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Places that look at answers, with the names they look at."""
    for name in _names(questionnaire.screened_out_if):
        yield "screened_out_if", name
    for page in questionnaire.pages:
        for name in _names(page.constraint):
            yield page.key("constraint"), name
    for question in questionnaire.questions():
        for attribute in _SOURCES:
            for name in _names(getattr(question, attribute)):
                yield f"{question.name}.{attribute}", name
        if question.picks_from:
            yield f"{question.name}.picks_from", question.picks_from


def _names(source: str) -> tuple[str, ...]:
    if not source:
        return ()
    try:
        return tuple(expression.compile(source, filters_options=True).positions)
    except ExpressionError:
        return ()  # conditions_can_be_read reports it


def what_some_are_not_asked_is_not_compared(
    questionnaire: Questionnaire,
) -> Iterator[Problem]:
    """The priority matrix, comparisons and "who took part" speak of everybody."""
    groups = questionnaire.settings.groups
    for question in questionnaire.questions():
        if not question.is_asked_where_translated:
            continue
        place = f"{question.name}.where_translated"
        if question.role in FOR_EVERYBODY:
            reason = f"Charts of the role {question.role} speak of everybody."
            yield problem(place, reason, f"Give it another role. {_REMEDY}")
        if question.name in groups:
            reason = f"Results are compared by {question.name}."
            yield problem(place, reason, f"Take it out of groups. {_REMEDY}")
