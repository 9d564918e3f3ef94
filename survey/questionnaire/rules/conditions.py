"""Rules for conditions: what they look at exists, came before and tells nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from survey.questionnaire import expression
from survey.questionnaire.expression import Expression, ExpressionError
from survey.questionnaire.fault import Fault
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import NO_ANSWER, Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import located, owners, problem


def conditions_can_be_read(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Syntax, functions and patterns; typographic quotes as a note."""
    for place, source in _sources(questionnaire):
        try:
            read = expression.compile(source)
        except ExpressionError as error:
            yield from (replace(found, place=place) for found in error.problems)
        else:
            for note in read.warnings:
                yield replace(expression.as_problem(source, note), place=place)


def _sources(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    if questionnaire.screened_out_if:
        yield "screened_out_if", questionnaire.screened_out_if
    for question in questionnaire.questions():
        if question.shown_if:
            yield f"{question.name}.shown_if", question.shown_if


def _readable(questionnaire: Questionnaire) -> Iterator[tuple[str, Expression]]:
    for place, source in _sources(questionnaire):
        try:
            yield place, expression.compile(source)
        except ExpressionError:
            continue  # conditions_can_be_read reports it


def _at(
    place: str, source: Expression, position: int, words: tuple[str, str]
) -> Problem:
    fault = Fault(position, *words)
    return replace(expression.as_problem(source.source, fault), place=place)


def references_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every ``${name}`` is an item."""
    known = owners(questionnaire)
    rows = {q.name: q.rows for q in questionnaire.questions() if q.rows}
    for place, condition in _readable(questionnaire):
        for name, position in condition.positions.items():
            if name in known:
                continue
            words = (f"There is no question {name}.", "Write ${q01} for question q01.")
            if name in rows:
                example = rows[name][0].name
                words = (
                    f"{name} has rows.",
                    f"Name one of them, such as ${{{example}}}.",
                )
            yield _at(place, condition, position, words)


def codes_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """An answer is compared only with codes that it can have."""
    known = owners(questionnaire)
    for place, condition in _readable(questionnaire):
        for name, code, position in condition.compared:
            question = known.get(name)
            if question is None or not question.options or not code:
                continue
            codes = list(dict.fromkeys(option.code for option in question.options))
            if code in codes:
                continue
            remedy = f"Use one of {', '.join(codes)}."
            if code in NO_ANSWER:
                remedy = f"No answer reads as empty: write ${{{name}}} = ''."
            words = (f"{name} has no answer {code!r}.", remedy)
            yield _at(place, condition, position, words)


def conditions_look_at_answers(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A condition without any answer is no condition; ``.`` has no answer yet."""
    for place, condition in _readable(questionnaire):
        if condition.uses_current:
            reason = "A condition has no answer of its own to look at."
            yield problem(place, reason, "Write ${name} instead of . or once().")
        elif not condition.names:
            reason = "The condition looks at no answer."
            yield problem(place, reason, "Name one with ${name}, or leave it out.")


def _looks_at(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Question name → names of the questions its condition looks at."""
    known = owners(questionnaire)
    found: dict[str, list[str]] = {}
    for place, condition in _readable(questionnaire):
        name = place.removesuffix(".shown_if")
        seen = [known[item].name for item in condition.positions if item in known]
        found[name] = list(dict.fromkeys(seen))
    found.pop("screened_out_if", None)
    return found


def conditions_run_in_no_circle(questionnaire: Questionnaire) -> Iterator[Problem]:
    """No question decides, over however many others, about itself."""
    for circle in circles(_looks_at(questionnaire)):
        chain = " → ".join([*circle, circle[0]])
        reason = f"The conditions run in a circle: {chain}."
        if len(circle) == 1:
            reason = "The question decides about itself."
        place = f"{circle[0]}.shown_if"
        yield problem(place, reason, "Let it look at earlier questions only.")


def circles(graph: Mapping[str, list[str]]) -> list[list[str]]:
    """Every circle once, beginning with the first of its names in the graph."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in graph:
        if start not in done:
            path = _way_back(graph, start)
            if path:
                found.append(path)
                done.update(path)
    return found


def _way_back(graph: Mapping[str, list[str]], start: str) -> list[str]:
    """The shortest way from a name back to itself."""
    ways = {name: [start] for name in reversed(graph[start])}
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop(0)
        if name == start:
            return ways[name]
        for onward in graph.get(name, ()):
            if onward not in ways:
                ways[onward] = [*ways[name], name]
                waiting.append(onward)
    return []


def conditions_look_back(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A condition looks at questions that stand before it."""
    graph = _looks_at(questionnaire)
    in_circles = {name for circle in circles(graph) for name in circle}
    order = [question.name for question in questionnaire.questions()]
    for name, seen in graph.items():
        for other in seen:
            is_later = order.index(other) > order.index(name)
            if is_later and not {name, other} <= in_circles:
                reason = f"{other} is asked only later."
                remedy = f"Move {other} before {name}, or look at another question."
                yield problem(f"{name}.shown_if", reason, remedy)


def sensitive_follow_ups_stand_together(
    questionnaire: Questionnaire,
) -> Iterator[Problem]:
    """The number of pages never tells what somebody said about something sensitive."""
    pages = {question.name: page.name for page, question in located(questionnaire)}
    by_name = {question.name: question for question in questionnaire.questions()}
    for name, seen in _looks_at(questionnaire).items():
        for other in seen:
            is_sensitive = by_name[name].is_sensitive or by_name[other].is_sensitive
            if is_sensitive and pages[name] != pages[other]:
                reason = f"{name} would tell what was answered to {other}."
                remedy = f"Put it on the page of {other}, or leave out shown_if."
                yield problem(f"{name}.shown_if", reason, remedy)


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
