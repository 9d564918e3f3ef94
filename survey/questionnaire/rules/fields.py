"""Rules for fields of action, themes and the table of settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.privacy import PROFILES, profile_of
from survey.questionnaire.problem import Problem
from survey.questionnaire.register.variables import describes_people
from survey.questionnaire.rules.rule import owners, problem

GROUP_BASE = range(5, 51)
THREE = 3
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_FIELD_TEXT = re.compile(r"field\.(.*)\.label")


def fields_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every field that is named stands in the list of fields."""
    known = {field.code for field in questionnaire.fields}
    remedy = f"Use one of {', '.join(sorted(known))}." if known else "Write [[fields]]."
    for place, code in _named_fields(questionnaire):
        if code and code not in known:
            yield problem(place, f"There is no field of action {code}.", remedy)


def _named_fields(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for question in questionnaire.questions():
        yield f"{question.name}.field", question.field_of_action
        for row in question.rows:
            yield row.name, row.field_of_action
        for option in question.options:
            match = _FIELD_TEXT.fullmatch(option.text)
            if match and not question.picks_from:
                yield f"{question.name}.options", match[1]


def themes_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every cross-cutting theme that is named stands in the list."""
    known = questionnaire.cross_cutting
    remedy = f"Use one of {', '.join(known)}." if known else "Write cross_cutting."
    for question in questionnaire.questions():
        for code in question.cross_cutting:
            if code not in known:
                place = f"{question.name}.cross_cutting"
                yield problem(place, f"There is no theme {code}.", remedy)


def groups_can_be_released(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A group variable is one closed answer that is not sensitive."""
    known = owners(questionnaire)
    place = "settings.groups"
    for name in questionnaire.settings.groups:
        question = known.get(name)
        if question is None:
            reason = f"There is no question {name}."
            yield problem(place, reason, "Name questions such as d1.")
        elif not _has_one_answer(question):
            reason = f"{name} has not exactly one answer."
            yield problem(place, reason, "Name questions of kind single.")
        elif question.is_sensitive:
            reason = f"{name} is sensitive."
            remedy = "Results are never compared by a sensitive answer: leave it out."
            yield problem(place, reason, remedy)


def three_groups_are_named(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The table by three groups is named whole, of groups that are released."""
    settings = questionnaire.settings
    place, named = "settings.three_way", settings.three_way
    if not named:
        return
    if len(named) != THREE or len(set(named)) != THREE:
        reason = "People are counted by three different questions or by none."
        yield problem(place, reason, 'Write three, such as ["d1", "d2", "d3"].')
    known = owners(questionnaire)
    for name in dict.fromkeys(named):
        question = known.get(name)
        if name not in settings.groups:
            reason = f"{name} is none of the groups."
            yield problem(place, reason, "Name it in groups, too.")
        elif question and not _is_of_people(question):
            reason = f"{name} does not describe people."
            yield problem(place, reason, "Name questions with the role demographic.")
    if profile_of(questionnaire).largest_table < THREE:
        reason = "In a village nobody is counted by three answers."
        yield problem(place, reason, "Leave three_way out.")


def _is_of_people(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return kind is None or describes_people(question, kind)


def _has_one_answer(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return kind is None or kind.can_group


def settings_are_in_range(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Numbers and words of the settings are ones that exist."""
    settings = questionnaire.settings
    if settings.privacy_profile not in PROFILES:
        reason = f"There is no privacy profile {settings.privacy_profile!r}."
        remedy = f"Use one of {', '.join(PROFILES)}."
        yield problem("settings.privacy_profile", reason, remedy)
    if settings.group_base not in GROUP_BASE:
        reason = f"A group base of {settings.group_base} is not possible."
        yield problem("settings.group_base", reason, "Write 5 to 50.")
    if settings.release_hour not in range(24):
        reason = f"There is no hour {settings.release_hour}."
        yield problem("settings.release_hour", reason, "Write 0 to 23.")


def language_groups_are_coarse(questionnaire: Questionnaire) -> Iterator[Problem]:
    """In a village only German and the others may be told apart."""
    settings = questionnaire.settings
    place = "settings.language_groups"
    for code in settings.language_groups:
        if not _LANGUAGE.fullmatch(code):
            reason = f"{code!r} is no language code."
            yield problem(place, reason, "Write codes such as de, ar.")
    is_village = settings.privacy_profile == "village"
    if is_village and set(settings.language_groups) - {"de"}:
        reason = "In a village a language could point at a family."
        yield problem(place, reason, 'Write ["de"]; the others are counted together.')


def slots_are_filled(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A slot that is set has a usable name and a value."""
    for name, value in questionnaire.settings.slots.items():
        place = f"settings.{name}"
        if not _SLOT_NAME.fullmatch(name):
            reason = f"The slot name {name!r} cannot be used."
            yield problem(place, reason, "Use small letters, digits and _.")
        if not value:
            reason = f"The slot {name} is empty."
            yield problem(place, reason, "Write what stands in its place.")
