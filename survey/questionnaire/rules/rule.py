"""What all rules share; knows no single rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from survey.questionnaire.problem import Problem

Rule = Callable[[Questionnaire], Iterator[Problem]]

LONGEST_NAME = 40
MOST_JUDGED = 2000  # characters of a text; a longer one is refused
MOST_SHOWN = 40  # characters of a finding
_NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*_?")


def problem(place: str, reason: str, remedy: str) -> Problem:
    """A problem that has no file yet."""
    return Problem("", place, reason, remedy)


def advice(place: str, reason: str, remedy: str) -> Problem:
    """Something an author should look at, and may leave as it is."""
    return Problem("", place, reason, remedy, is_warning=True)


def said(own: Mapping[str, str], key: str) -> str:
    """A text as far as it is judged; empty where there is none."""
    return own.get(key, "")[:MOST_JUDGED].strip()


def shown(words: str) -> str:
    """Words as a message shows them, the end of long ones left out."""
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


def is_usable_name(name: str) -> bool:
    """Whether a name fits all formats: ``[a-z0-9][a-z0-9_]*`` without ``__``."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def located(questionnaire: Questionnaire) -> Iterator[tuple[Page, Question]]:
    """All questions with their pages."""
    for page in questionnaire.pages:
        for question in page.questions:
            yield page, question


def option_lists(
    questionnaire: Questionnaire,
) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """Place and options of every list, those that questions share once."""
    for shared in questionnaire.lists:
        yield f"list.{shared.name}", shared.options
    for question in questionnaire.questions():
        if not question.options_from:
            yield f"{question.name}.option", question.options


def owners(questionnaire: Questionnaire) -> dict[str, Question]:
    """Item name → the question it belongs to; of twins the first."""
    found: dict[str, Question] = {}
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        items = [question.name]  # so that an unknown kind is one mistake, not two
        if kind is not None:
            items = [item.name for item in kind.items(question)]
        for name in items:
            found.setdefault(name, question)
    return found


def repeated(names: list[str]) -> Iterator[str]:
    """Each name that occurs again."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
