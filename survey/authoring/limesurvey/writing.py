"""A questionnaire → a .lss file that reads back as the same questionnaire.

What LimeSurvey cannot say is found by reading the rows back, and carried in
attributes of our own name, which it keeps and does not look at.
"""

from __future__ import annotations

from typing import Any

from survey.authoring.limesurvey import own
from survey.authoring.limesurvey.merging import said
from survey.authoring.limesurvey.out import rows
from survey.authoring.limesurvey.out.building import Building
from survey.authoring.limesurvey.reading import read_back
from survey.questionnaire import document
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.texts import text_keys

_CARRIED = ("name", "fields", "cross_cutting", "screened_out_if", "settings", "lists")
_OWN_WORDS = ("dont_know", "prefer_not", "other")


def write(questionnaire: Questionnaire) -> bytes:
    """The file, in the layout of LimeSurvey 6."""
    return _built(questionnaire).sheets.xml()


def unrepresented(questionnaire: Questionnaire) -> tuple[str, ...]:
    """What LimeSurvey cannot say, a sentence each; our own reader finds it again."""
    return tuple(_built(questionnaire).lost)


def _built(questionnaire: Questionnaire) -> Building:
    built = rows.build(questionnaire)
    again = _read_back(questionnaire, built)
    known = {question.name: question for question in again.questions()}
    for question in questionnaire.questions():
        found = known.get(question.name)
        if found is None:
            built.lost.append(f"{question.name}: the whole question.")
        else:
            differs = dict(_differences(question, found, again))
            built.carried[question.name]["differs"] = differs
    _carry(questionnaire, again, built)
    return built


def _read_back(questionnaire: Questionnaire, built: Building) -> Questionnaire:
    """What a reader would make of the rows that name our names and pages only."""
    attributes = built.sheets.rows["question_attributes"]
    count = len(attributes)
    _add_carried(built)
    again = read_back(built.sheets.document(), questionnaire.name)
    del attributes[count:]
    return again


def _add_carried(built: Building) -> None:
    for name, carried in built.carried.items():
        kept = {part: value for part, value in carried.items() if value}
        for attribute, value in own.spread(own.NAME, kept):
            _add(built, name, attribute, value, "")


def _differences(
    meant: Question, read: Question, again: Questionnaire
) -> list[tuple[str, list[Any]]]:
    """Attribute → digest of what was read, and what is meant."""
    right, wrong = document.plain(meant), document.plain(read)
    return [
        (part, [own.digest(said(read, part, again.texts)), right.get(part)])
        for part in sorted({*right, *wrong})
        if right.get(part) != wrong.get(part)
    ]


def _carry(questionnaire: Questionnaire, again: Questionnaire, built: Building) -> None:
    first = next(iter(questionnaire.questions()), None)
    if first is None:
        return
    right = document.plain(questionnaire)
    whole = {part: ["", right[part]] for part in _CARRIED if right.get(part)}
    built.carried[first.name]["questionnaire"] = whole
    sheets = built.sheets
    _add_carried(built)
    languages = list(questionnaire.texts)
    languages.sort(key=lambda code: (code != questionnaire.source_language, code))
    for code, language in zip(languages, sheets.languages, strict=True):
        changes = _changes(questionnaire, again, code)
        if changes:
            for attribute, value in own.spread(own.TEXTS, changes):
                _add(built, first.name, attribute, value, language)


def _add(built: Building, name: str, attribute: str, value: str, language: str) -> None:
    built.setting(built.ids[name], attribute, value, language)


def _changes(
    questionnaire: Questionnaire, again: Questionnaire, code: str
) -> dict[str, list[Any]]:
    """Text key → digest of what was read, and what is meant."""
    right, read = questionnaire.texts[code], again.texts.get(code, {})
    keys = [entry.key for entry in text_keys(questionnaire)]
    for question in questionnaire.questions():
        keys += [question.key(part) for part in _OWN_WORDS]
    return {
        key: [own.digest(read.get(key)), right.get(key)]
        for key in dict.fromkeys(keys)
        if right.get(key) != read.get(key)
    }
