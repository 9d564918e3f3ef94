"""Rules for pages and for what a question of each kind needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import ROLES, Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import (
    is_usable_name,
    option_lists,
    problem,
    repeated,
)

PARTS = ("core", "more")
MOST_QUESTIONS = 500
MOST_OPTIONS = 200
MOST_LISTED = 100_000
_BY_KIND = frozenset().union(*(kind.attributes for kind in KINDS.values()))
_DEFAULTS = Question("", "")


def word_of(attribute: str) -> str:
    """How authors write an attribute of the model."""
    return attribute.removeprefix("has_").removeprefix("is_")


def pages_exist(questionnaire: Questionnaire) -> Iterator[Problem]:
    """There is something to ask."""
    if not questionnaire.pages:
        yield problem("pages", "There are no pages.", "Write at least one [[pages]].")


def pages_are_few_enough(questionnaire: Questionnaire) -> Iterator[Problem]:
    """There is not more to ask than anybody answers."""
    for count, what in (
        (sum(len(page.questions) for page in questionnaire.pages), "questions"),
        (len(questionnaire.pages), "pages"),
    ):
        if count > MOST_QUESTIONS:
            reason = f"There are {count} {what}."
            yield problem("pages", reason, f"At most {MOST_QUESTIONS} are read.")


def pages_have_questions(questionnaire: Questionnaire) -> Iterator[Problem]:
    """No empty page, and a heading where several questions need one."""
    for page in questionnaire.pages:
        if not page.questions:
            reason = "The page has no question."
            remedy = "Write [[pages.questions]] below it, or leave it out."
            yield problem(f"page.{page.name}", reason, remedy)
        if len(page.questions) > 1 and not page.has_title:
            reason = "A page of several questions needs a heading."
            yield problem(f"page.{page.name}", reason, 'Write title = "…".')


def parts_are_in_order(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The core comes first, then the fork, then the rest."""
    has_more = False
    for number, page in enumerate(questionnaire.pages):
        place = f"page.{page.name}.part"
        if page.part not in PARTS:
            reason = f"There is no part {page.part!r}."
            yield problem(place, reason, 'Write "core" or "more".')
        elif page.part == "more" and number == 0:
            yield problem(place, "The first page is not core.", 'Write "core".')
        elif page.part == "core" and has_more:
            reason = "A core page stands after the fork."
            yield problem(place, reason, "Move it up, or make it part of more.")
        has_more = has_more or page.part == "more"


def kinds_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The kind is one of ours."""
    for question in questionnaire.questions():
        if KINDS.get(question.kind) is None:
            reason = f"There is no kind {question.kind!r}."
            remedy = f"Use one of {', '.join(KINDS)}."
            yield problem(f"{question.name}.kind", reason, remedy)


def kinds_have_what_they_need(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Whatever the kind itself finds missing."""
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        if kind is None:
            continue
        for complaint in kind.complaints(question, questionnaire):
            place = f"{question.name}.{complaint.part}"
            yield problem(place, complaint.reason, complaint.remedy)


def attributes_fit_the_kind(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Nothing is written that the kind would silently ignore."""
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        used = kind.attributes if kind is not None else _BY_KIND
        for field in fields(question):
            is_set = getattr(question, field.name) != getattr(_DEFAULTS, field.name)
            if is_set and field.name in _BY_KIND - used:
                word = word_of(field.name)
                reason = f"A question of kind {question.kind} has no {word}."
                place = f"{question.name}.{word}"
                yield problem(place, reason, f"Leave out {word}.")


def roles_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The role tells the report what a question is for."""
    for question in questionnaire.questions():
        if question.role not in ROLES:
            reason = f"There is no role {question.role!r}."
            remedy = f"Use one of {', '.join(ROLES)}."
            yield problem(f"{question.name}.role", reason, remedy)


def option_codes_are_usable(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Codes are stored and become parts of column names."""
    for place, options in option_lists(questionnaire):
        for option in options:
            if not is_usable_name(option.code):
                reason = f"The code {option.code!r} cannot be used."
                remedy = "Use small letters, digits and single _."
                yield problem(f"{place}.{option.code}", reason, remedy)


def option_codes_are_unique(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Two answers of one question never have one code."""
    for place, options in option_lists(questionnaire):
        for code in repeated([option.code for option in options]):
            reason = f"There are two options with the code {code}."
            yield problem(
                f"{place}.{code}", reason, "Give one of the two another code."
            )


def options_are_few_enough(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A list nobody can read is no question, unless a filter shortens it."""
    for question in questionnaire.questions():
        if len(question.rows) > MOST_OPTIONS:
            reason = f"There are {len(question.rows)} rows."
            yield problem(f"{question.name}.rows", reason, f"At most {MOST_OPTIONS}.")
        most = MOST_LISTED if _may_be_long(question) else MOST_OPTIONS
        if len(question.options) > most:
            reason = f"There are {len(question.options)} options."
            remedy = f"At most {most} are read."
            if most == MOST_OPTIONS:
                remedy += " Make it a select, or shorten it by a choice_filter."
            yield problem(f"{question.name}.options", reason, remedy)


def _may_be_long(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return bool(question.choice_filter) or (kind is not None and kind.is_long)


def exclusive_options_have_others(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Standing alone means something only where several can be chosen."""
    for question in questionnaire.questions():
        kind = KINDS.get(question.kind)
        if kind is None or kind.allows_exclusive:
            continue
        for option in question.options:
            if option.exclusive:
                place = f"{question.name}.option.{option.code}"
                reason = f"In a question of kind {kind.name} every answer stands alone."
                yield problem(place, reason, "Leave out exclusive.")


def media_tell_nothing(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A picture or sound is asked for by its address, which a log in front keeps.

    Whoever asks for one that only some people see has told how they answered.
    """
    for question in questionnaire.questions():
        pictures = [question.pictogram, *(o.pictogram for o in question.options)]
        is_conditional = question.shown_if or question.choice_filter
        if is_conditional and (question.has_audio or any(pictures)):
            reason = "Its picture or sound would tell a log who was asked this."
            remedy = "Show the question to everybody, or leave the file out."
            yield problem(f"{question.name}.pictogram", reason, remedy)
