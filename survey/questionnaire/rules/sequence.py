"""Rules for the order of things: expressions look back, and never in a circle."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.references import MOST_SAID
from survey.questionnaire.rules.rule import located, problem
from survey.questionnaire.rules.sources import (
    FILTER,
    Look,
    behind,
    items,
    looks,
    readable,
)

_BEFORE_THE_PAGE = (FILTER, "default_from")


def _graph(found: list[Look], questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Question → those it looks at, in the order of the questionnaire."""
    graph: dict[str, dict[str, None]] = {q.name: {} for q in questionnaire.questions()}
    for look in found:
        graph[look.name][look.other] = None
    return {name: list(others) for name, others in graph.items() if others}


def conditions_run_in_no_circle(questionnaire: Questionnaire) -> Iterator[Problem]:
    """No question decides, over however many others, about itself."""
    found = list(looks(questionnaire))
    places: dict[tuple[str, str], str] = {}
    for look in found:
        places.setdefault((look.name, look.other), look.source.place)
    for circle in circles(_graph(found, questionnaire)):
        chain = " → ".join([*circle, circle[0]])
        reason = f"The conditions run in a circle: {chain}."
        if len(circle) == 1:
            reason = "The question decides about itself."
        after = circle[1 % len(circle)]
        place = places[circle[0], after]
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
    waiting = deque(graph[start])
    while waiting:
        name = waiting.popleft()
        if name == start:
            return ways[name]
        for onward in graph.get(name, ()):
            if onward not in ways:
                ways[onward] = [*ways[name], name]
                waiting.append(onward)
    return []


def conditions_look_back(questionnaire: Questionnaire) -> Iterator[Problem]:
    """An expression looks at questions that stand before it."""
    found = list(looks(questionnaire))
    graph = _graph(found, questionnaire)
    in_circles = {name for circle in circles(graph) for name in circle}
    names = [question.name for question in questionnaire.questions()]
    order = {name: place for place, name in enumerate(names)}
    said: Counter[str] = Counter()
    for look in found:
        is_later = order[look.other] > order[look.name]
        if is_later and not {look.name, look.other} <= in_circles:
            said[look.source.place] += 1
            if said[look.source.place] > MOST_SAID:
                continue
            reason = f"{look.other} is asked only later."
            remedy = f"Move {look.other} before {look.name}, or look at another one."
            yield look.source.problem(look.position, reason, remedy)


def page_constraints_look_back(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What answers must fulfil together is about this page and those before."""
    numbers = {page.name: at for at, page in enumerate(questionnaire.pages)}
    pages = {q.name: numbers[page.name] for page, q in located(questionnaire)}
    known = items(questionnaire)
    for source, read in readable(questionnaire):
        if source.page is None:
            continue
        own = numbers[source.page.name]
        later = [
            name
            for name in read.positions
            if name in known and pages[known[name].question.name] > own
        ]
        for name in later[:MOST_SAID]:
            reason = f"{name} is asked only later."
            remedy = "Put the constraint on its page, or look at another one."
            yield source.problem(read.positions[name], reason, remedy)


def filters_stand_on_a_later_page(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Which options a page shows and how it is filled in is known before it opens."""
    pages = {question.name: page.name for page, question in located(questionnaire)}
    made_of = behind(questionnaire)
    for look in looks(questionnaire, _BEFORE_THE_PAGE):
        for other in sorted(made_of.get(look.other, {look.other})):
            if pages[other] == pages[look.name] and other != look.name:
                reason = f"{other} is answered on the same page."
                remedy = f"Put {look.name} on a later page."
                yield look.source.problem(look.position, reason, remedy)


def sensitive_follow_ups_stand_together(
    questionnaire: Questionnaire,
) -> Iterator[Problem]:
    """The number of pages never tells what somebody said about something sensitive."""
    pages = {question.name: page.name for page, question in located(questionnaire)}
    by_name = {question.name: question for question in questionnaire.questions()}
    made_of = behind(questionnaire)
    for name, others in _decided_by(questionnaire, made_of).items():
        for other in others:
            is_sensitive = by_name[name].is_sensitive or by_name[other].is_sensitive
            if is_sensitive and pages[name] != pages[other]:
                reason = f"{name} would tell what was answered to {other}."
                remedy = f"Put it on the page of {other}, or leave out shown_if."
                yield problem(f"{name}.shown_if", reason, remedy)


def _decided_by(
    questionnaire: Questionnaire, made_of: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """Question that is asked → the answers that decide whether it is shown."""
    found: dict[str, list[str]] = {}
    for look in looks(questionnaire, ("shown_if",)):
        if look.name not in made_of:
            others = sorted(made_of.get(look.other, {look.other}))
            found.setdefault(look.name, []).extend(others)
    return {name: list(dict.fromkeys(others)) for name, others in found.items()}
