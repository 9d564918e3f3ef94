"""Where somebody may go on their path, and where a button leads.

Pure functions of a journey; knows no request.
"""

from __future__ import annotations

from survey.questionnaire.journey import FORK, Journey

REVIEW = "review"


def may_see(journey: Journey) -> int:
    """Number of the furthest step that may be shown.

    Steps before may have been lost with an expired draft; nobody is sent back
    to them.
    """
    return max(journey.furthest, min(journey.highest + 1, len(journey.steps)))


def count(journey: Journey, number: int) -> tuple[int, int]:
    """The how-manieth page of questions this is, and of how many in this part.

    The fork asks nothing and is not counted.
    """
    fork = journey.find(FORK)
    if fork is None:
        return number, len(journey.steps)
    if number < fork.number:
        return number, fork.number - 1
    return number - 1, len(journey.steps) - 1


def resume(journey: Journey) -> str:
    """The page to go on with."""
    if journey.is_complete:
        return REVIEW
    return f"p{may_see(journey)}"


def place_of(journey: Journey, name: str) -> str:
    """The page of a step, which has another number or none in some languages."""
    step = journey.find(name)
    return f"p{step.number if step else may_see(journey)}"


def next_place(
    journey: Journey, name: str, *, go: str, before: Journey | None = None
) -> str:
    """The page that a button on the step of that name leads to.

    ``before`` is the path as it was, for somebody who changes a single answer.
    """
    number = journey.number_of(name)
    if go == "back":
        return f"p{max(number - 1, 1)}"
    if go == REVIEW:
        return REVIEW
    if before is not None:
        return _after_change(journey, before)
    return f"p{number + 1}" if number < len(journey.steps) else REVIEW


def _after_change(journey: Journey, before: Journey) -> str:
    """Back to the check page, unless the change has opened a page."""
    known = {step.name for step in before.steps}
    for step in journey.steps:
        if step.name not in journey.reached and step.name not in known:
            return f"p{step.number}?from=review"
    return REVIEW
