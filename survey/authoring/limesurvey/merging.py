"""What our own attributes say → the questions and texts as they were meant.

Whatever was edited in LimeSurvey since stands; hostile values are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from survey.authoring.limesurvey.own import Change, Own, digest
from survey.questionnaire import document
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import (
    Option,
    OptionList,
    Question,
    Questionnaire,
    SurveySettings,
)

ByLanguage = Mapping[str, Mapping[str, str]]
_OPTIONS = ("options", "options_from", "choice_filter")
_STRANGE = (KeyError, TypeError, AttributeError, ValueError)
_OF_OPTIONS = {
    "code": str,
    "text": str,
    "exclusive": bool,
    "properties": list,
    "pictogram": str,
}
_OF_ROWS = {"name": str, "text": str, "field_of_action": str}


def said(question: Question, part: str, texts: ByLanguage) -> Any:
    """What a file says of one attribute, with the words of options and rows."""
    value = document.plain(question).get(part)
    if part not in ("options", "rows") or value is None:
        return value
    return [
        [entry, {code: own.get(entry["text"], "") for code, own in texts.items()}]
        for entry in value
    ]


def merged(
    question: Question, own: Own, texts: ByLanguage, lists: tuple[OptionList, ...]
) -> Question:
    """The question as it was meant, as far as nobody has changed it since."""
    meant = {
        part: value
        for part, (mark, value) in own.differs.items()
        if digest(said(question, part, texts)) == mark and _fits(part, value)
    }
    if "options" in own.differs and "options" not in meant:
        meant = {part: v for part, v in meant.items() if part not in _OPTIONS}
    if not meant:
        return question
    data = {**document.plain(question), **meant}
    data = {part: value for part, value in data.items() if value is not None}
    try:
        return _question(data, lists)
    except _STRANGE:
        return question


def _question(data: dict[str, Any], lists: tuple[OptionList, ...]) -> Question:
    page = {"name": "p", "questions": [data]}
    whole = {
        "name": "q",
        "source_language": "de",
        "fields": [],
        "pages": [page],
        "texts": {},
        "lists": document.plain(lists),
    }
    return document.questionnaire_of(whole).pages[0].questions[0]


_DEFAULTS = Question("", "")


def _fits(part: str, value: Any) -> bool:
    """Whether a value has the shape of an attribute; none is its default."""
    known = {field.name: getattr(_DEFAULTS, field.name) for field in fields(Question)}
    if part not in known or part == "name":
        return False
    if part == "kind":
        return isinstance(value, str) and value in KINDS
    if value is None:
        return True
    if part in ("options", "rows"):
        shape = _OF_OPTIONS if part == "options" else _OF_ROWS
        return isinstance(value, list) and all(_has_shape(e, shape) for e in value)
    if isinstance(known[part], tuple):
        return _are_texts(value)
    return type(value) is type(known[part])


def _has_shape(entry: Any, shape: Mapping[str, type]) -> bool:
    if not isinstance(entry, dict) or "text" not in entry or entry.keys() - shape:
        return False
    if any(type(value) is not shape[name] for name, value in entry.items()):
        return False
    pairs = entry.get("properties", [])
    return all(_are_texts(pair) and len(pair) == 2 for pair in pairs)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def lists_of(own: Own) -> tuple[OptionList, ...]:
    """The lists that questions shared; none when they make no sense."""
    _, value = own.questionnaire.get("lists", ("", []))
    try:
        return tuple(
            OptionList(str(entry["name"]), tuple(map(_option, entry["options"])))
            for entry in value
        )
    except _STRANGE:
        return ()


def _option(entry: Any) -> Option:
    if not _has_shape(entry, _OF_OPTIONS):
        raise ValueError(entry)
    pairs = tuple((name, value) for name, value in entry.get("properties", ()))
    return Option(**{**entry, "properties": pairs})


def whole(questionnaire: Questionnaire, changes: Mapping[str, Change]) -> Questionnaire:
    """The questionnaire with what belongs to no question."""
    data = document.plain(questionnaire)
    for part, fits in _WHOLE.items():
        if part in changes and fits(changes[part][1]):
            data[part] = changes[part][1]
    try:
        return document.questionnaire_of(data)
    except _STRANGE:
        return questionnaire


def _are_settings(value: Any) -> bool:
    known = document.plain(SurveySettings())
    usual = {
        field.name: getattr(SurveySettings(), field.name)
        for field in fields(SurveySettings)
    }
    del known
    if not isinstance(value, dict) or value.keys() - usual.keys():
        return False
    for name, entry in value.items():
        if name == "slots":
            is_right = isinstance(entry, dict) and _are_texts(list(entry.values()))
        elif isinstance(usual[name], tuple):
            is_right = _are_texts(entry)
        else:
            is_right = type(entry) is type(usual[name])
        if not is_right:
            return False
    return True


def _are_fields(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict)
        and list(entry) == ["code"]
        and _are_texts([*entry.values()])
        for entry in value
    )


_WHOLE = {
    "name": lambda value: isinstance(value, str),
    "fields": _are_fields,
    "cross_cutting": _are_texts,
    "screened_out_if": lambda value: isinstance(value, str),
    "settings": _are_settings,
}


def with_texts(
    questionnaire: Questionnaire, changes: Mapping[str, Mapping[str, Change]]
) -> Questionnaire:
    """The questionnaire with its texts as they were meant."""
    found = {code: dict(own) for code, own in questionnaire.texts.items()}
    for code, own in changes.items():
        texts = found.get(code)
        if texts is None:
            continue
        for key, (mark, text) in own.items():
            if digest(texts.get(key)) != mark:
                continue
            if isinstance(text, str):
                texts[key] = text
            else:
                texts.pop(key, None)
    frozen = {code: MappingProxyType(own) for code, own in found.items()}
    return replace(questionnaire, texts=MappingProxyType(frozen))
