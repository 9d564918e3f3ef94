"""Rules for what is taken over from another question: a rank and its picks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import located, problem


def ranks_follow_their_picks(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A rank takes its options from an earlier page with several answers."""
    places = {q.name: place for place, (_, q) in enumerate(located(questionnaire))}
    pages = {question.name: page.name for page, question in located(questionnaire)}
    by_name = {question.name: question for question in questionnaire.questions()}
    for question in questionnaire.questions():
        if not question.picks_from:
            continue
        complain = partial(problem, f"{question.name}.picks_from")
        source = by_name.get(question.picks_from)
        if source is None:
            remedy = "Name the question whose options were picked."
            yield complain(f"There is no question {question.picks_from}.", remedy)
        elif not _can_be_ranked(source):
            reason = f"In {source.name} nothing can be picked."
            yield complain(reason, "Name a question of kind pick or multiple.")
        elif pages[source.name] == pages[question.name]:
            reason = f"{source.name} stands on the same page."
            yield complain(reason, "Put the rank on a later page.")
        elif places[source.name] > places[question.name]:
            yield complain(f"{source.name} is asked only later.", "Move the rank down.")
        else:
            yield from _ranked_options(question, source)


def _can_be_ranked(source: Question) -> bool:
    kind = KINDS.get(source.kind)
    return kind is None or (kind.is_multiple and kind.allows_exclusive)


def _ranked_options(question: Question, source: Question) -> Iterator[Problem]:
    can_be_picked = {option.code for option in source.options if not option.exclusive}
    for option in question.options:
        if option.code not in can_be_picked:
            place = f"{question.name}.option.{option.code}"
            reason = f"{option.code} cannot be picked in {source.name}."
            yield problem(place, reason, "Leave out the options: they are taken over.")
