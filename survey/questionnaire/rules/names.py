"""Rules for names and codes: they are stored, compared and exported for years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.route import FORK
from survey.questionnaire.rules.rule import (
    LONGEST_NAME,
    is_usable_name,
    problem,
    repeated,
)

# Form inputs, columns and prefixes of text keys that exist beside the items.
RESERVED = frozenset(
    {
        "channel",
        "code",
        "cross_cutting",
        "excluded",
        "field",
        "form_language",
        "go",
        "language",
        "page",
        "person",
        "step",
        "title",
        "token",
    }
)
_REMEDY = (
    f"Use small letters, digits and single _, beginning with a letter or digit, "
    f"at most {LONGEST_NAME} characters."
)
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def questionnaire_is_named(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The questionnaire's name becomes an address and a file name."""
    name = questionnaire.name
    if not _SLUG.fullmatch(name) or len(name) > LONGEST_NAME:
        reason = f"The name {name!r} cannot be used." if name else "There is no name."
        yield problem("name", reason, "Use small letters, digits, - and _.")


def names_are_usable(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Names and codes fit every format they are written to."""
    for place, name in _named(questionnaire):
        if not is_usable_name(name):
            reason = f"The name {name!r} cannot be used."
            if "__" in name:
                reason = f"The name {name!r} holds __, which separates columns."
            yield problem(place, reason, _REMEDY)


def _named(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for field in questionnaire.fields:
        yield f"field.{field.code}", field.code
    for code in questionnaire.cross_cutting:
        yield f"cross_cutting.{code}", code
    for page in questionnaire.pages:
        yield f"page.{page.name}", page.name
        for question in page.questions:
            yield question.name, question.name
            for row in question.rows:
                yield row.name, row.name


def names_are_free(questionnaire: Questionnaire) -> Iterator[Problem]:
    """No name is one the program uses itself."""
    for page in questionnaire.pages:
        if page.name == FORK:
            reason = f"The page name {FORK} is used by the program."
            yield problem(f"page.{FORK}", reason, "Choose another name.")
    for name in _item_names(questionnaire):
        if name in RESERVED:
            reason = f"The name {name} is used by the program."
            yield problem(name, reason, "Choose another name.")


def _item_names(questionnaire: Questionnaire) -> list[str]:
    names = []
    for question in questionnaire.questions():
        names.append(question.name)
        names.extend(row.name for row in question.rows)
    return names


def names_are_unique(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Pages, items, fields of action and themes each have a name of their own."""
    remedy = "Give one of the two another name."
    for name in repeated([page.name for page in questionnaire.pages]):
        yield problem(f"page.{name}", f"There are two pages {name}.", remedy)
    for name in repeated(_item_names(questionnaire)):
        yield problem(name, f"There are two questions or rows {name}.", remedy)
    for code in repeated([field.code for field in questionnaire.fields]):
        yield problem(f"field.{code}", f"There are two fields {code}.", remedy)
    for code in repeated(list(questionnaire.cross_cutting)):
        yield problem(f"cross_cutting.{code}", f"There are two themes {code}.", remedy)
