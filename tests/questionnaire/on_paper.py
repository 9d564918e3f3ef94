"""A person who fills in the paper: reads the plan, knows no condition.

Follows sentences and arrows as they are printed, with answers somebody gave;
shares no code with what made the plan.
"""

from __future__ import annotations

from functools import partial

from survey.questionnaire.model import NO_ANSWER


class Lost(AssertionError):
    """The plan leads in a circle or to a question that is not there."""


def filled_in(plan, answers, holds):
    """Names of the questions and notes that are met, in order.

    ``answers`` is what the person would answer to everything; ``holds`` says of a
    question whether its condition holds, for sentences that are not listed.
    """
    ways = {way.name: way for way in plan.ways}
    given, met, goal = {}, [], plan.start
    while goal.name:
        if goal.name not in ways:
            raise Lost(goal)
        way = ways[goal.name]
        if way.ends_if and is_met(way.ends_if, given, partial(holds, "", given)):
            break
        asked = partial(holds, way.name, given)
        if way.only_if and not is_met(way.only_if, given, asked):
            goal = way.if_not
            continue
        if way.name in met:
            raise Lost(goal)
        met.append(way.name)
        mine = {item: answers[item] for item in answers if owns(way.name, item)}
        given |= mine
        goal = next_goal(way, mine)
    return met, given


def owns(name, item):
    return item == name or item.startswith(f"{name}_")


def next_goal(way, mine):
    goals = [
        way.goes_on[item, code]
        for item, value in mine.items()
        for code in ([value] if isinstance(value, str) else value)
        if (item, code) in way.goes_on
    ]
    if len(set(goals)) > 1:
        raise Lost(f"{way.name} sends to {goals}")
    return goals[0] if goals else way.otherwise


def is_met(sentence, given, holds):
    if not sentence.is_listed:
        return holds()
    return all(any(fits(n, given) for n in group) for group in sentence.groups)


def fits(needed, given):
    value = given.get(needed.item)
    codes = [] if value is None or value in NO_ANSWER else value
    codes = [codes] if isinstance(codes, str) else list(codes)
    if needed.relation in ("one_of", "none_of"):
        return bool(set(codes) & set(needed.codes)) is (needed.relation == "one_of")
    if needed.relation == "all_of":
        return set(needed.codes) <= set(codes)
    if needed.relation in ("answered", "empty"):
        return bool(codes) is (needed.relation == "answered")
    if needed.relation.startswith("count"):
        number, wanted = len(codes), int(needed.value)
        return number >= wanted if needed.relation == "count >=" else number <= wanted
    if not codes:
        return False
    return {
        "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }[needed.relation](float(codes[0]), float(needed.value))
