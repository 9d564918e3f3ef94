"""Which answers of a survey describe people, so that a neighbour could know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.kinds.base import Item, Kind
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.privacy import OTHER_LANGUAGE, language_groups

FORM_LANGUAGE = "form_language"
DEMOGRAPHIC = "demographic"
DISTRICT = "district"
# Answers that no table shows by themselves, however many gave them (disclosure.toml of
# the analysis): stored they are, so whoever steals the answers sees them.
NEVER_ALONE = frozenset({"diverse"})


@dataclass(frozen=True, slots=True)
class Variable:
    """One answer that describes people.

    ``categories`` is empty where people write a number or a date: then those of the
    register are taken. Of an ordered variable only neighbours can be taken together.
    ``rest`` is the category that takes in all others, if there is one.
    ``is_released`` when results may be compared by it, ``is_fixed`` when the privacy
    profile has made it as coarse as it can be.
    """

    name: str
    categories: tuple[str, ...]
    is_ordered: bool
    is_released: bool = False
    is_fixed: bool = False
    rest: str = ""


def variables(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """The demographic items, the district and the form language, in their order."""
    return (*_items(questionnaire), *_form_language(questionnaire))


def not_assessed(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Demographic questions with several answers, of which a register knows nothing."""
    return tuple(
        question.name
        for question, kind in _describing(questionnaire)
        if kind.is_multiple
    )


def describes_people(question: Question, kind: Kind) -> bool:
    """Whether a question asks who somebody is, not what they think."""
    return question.role == DEMOGRAPHIC or kind.name == DISTRICT


def _describing(questionnaire: Questionnaire) -> Iterator[tuple[Question, Kind]]:
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        if kind is None or not kind.is_asked or not kind.inputs(question):
            continue
        if describes_people(question, kind):
            yield question, kind


def _items(questionnaire: Questionnaire) -> Iterator[Variable]:
    source = questionnaire.texts.get(questionnaire.source_language, {})
    groups = questionnaire.settings.groups
    for question, kind in _describing(questionnaire):
        if kind.is_multiple:
            continue
        categories = tuple(option.code for option in kind.choices(question))
        is_ordered = not categories or _is_ordered(question, source)
        for item in _closed(question, kind):
            yield Variable(item.name, categories, is_ordered, item.name in groups)


def _closed(question: Question, kind: Kind) -> list[Item]:
    return [item for item in kind.items(question) if item.is_closed]


def _is_ordered(question: Question, source: Mapping[str, str]) -> bool:
    """A scale, or bands of numbers: each answer has a digit in code or words."""
    if question.scale:
        return True
    return all(
        _has_digit(option.code) or _has_digit(source.get(option.text, ""))
        for option in question.options
    )


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _form_language(questionnaire: Questionnaire) -> Iterator[Variable]:
    groups = language_groups(questionnaire)
    if groups:
        categories = (*groups, OTHER_LANGUAGE)
        yield Variable(
            FORM_LANGUAGE,
            categories,
            is_ordered=False,
            is_released=True,
            is_fixed=questionnaire.settings.privacy_profile == "village",
            rest=OTHER_LANGUAGE,
        )
