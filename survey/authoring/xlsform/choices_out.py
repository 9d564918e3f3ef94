"""Options of a questionnaire → rows of the sheet ``choices``.

A shared list keeps its name; the options of one question make a list named after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from survey.authoring.naming import Naming
from survey.authoring.xlsform.headers import CHOICE_COLUMNS, CHOICES
from survey.authoring.xlsform.headings_out import Headings
from survey.questionnaire.model import Option, Question, Questionnaire

_OF_FIELD = re.compile(r"field\.(.+)\.label")
_TAKEN = CHOICE_COLUMNS | CHOICES.keys()


def list_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Question → the list its options stand in."""
    naming = Naming(taken=[shared.name for shared in questionnaire.lists])
    found: dict[str, str] = {}
    for question in questionnaire.questions():
        if question.options_from:
            found[question.name] = question.options_from
        elif inherits(questionnaire, question):
            found[question.name] = found.get(question.picks_from, question.picks_from)
        else:
            found[question.name] = naming.another(question.name)
    return found


def inherits(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether a rank takes over the options of what it ranks, and adds nothing."""
    if not question.picks_from:
        return False
    for source in questionnaire.questions():
        if source.name == question.picks_from:
            taken = tuple(option for option in source.options if not option.exclusive)
            return question.options == taken
    return False


def rows(
    questionnaire: Questionnaire, headings: Headings, lists: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Every choice, list after list."""
    for shared in questionnaire.lists:
        for option in shared.options:
            yield _row(shared.name, option, headings) | {"shared": "yes"}
    for question in questionnaire.questions():
        if question.options_from or inherits(questionnaire, question):
            continue
        for option in question.options:
            yield _row(lists[question.name], option, headings)


def _row(name: str, option: Option, headings: Headings) -> dict[str, str]:
    cells = {"list_name": name, "name": option.code}
    cells |= headings.cells("label", option.text)
    field = _OF_FIELD.fullmatch(option.text)
    if field:
        cells |= {"field_of_action": field[1], "words_of_field": "yes"}
    if option.exclusive:
        cells["exclusive"] = "yes"
    if option.pictogram:
        cells["media::image"] = option.pictogram
    return cells | {_column(name): text for name, text in option.properties}


def _column(name: str) -> str:
    """A property's column; set apart where it is named like one of ours."""
    plain = name.strip().lower().replace(" ", "_")
    is_taken = plain in _TAKEN or ":" in name or name != name.strip()
    return f"property::{name}" if is_taken else name
