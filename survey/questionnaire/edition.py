"""Freezes a questionnaire with its texts, so that an answer has one meaning.

Knows nothing of where editions are kept.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from survey.questionnaire import check, texts
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.problem import Problem, QuestionnaireError, errors_only
from survey.questionnaire.route import Route

FORMAT = 1


class EditionError(QuestionnaireError):
    """A questionnaire that cannot be frozen, or an edition that cannot be read."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A frozen questionnaire; two editions are equal when their hashes are."""

    questionnaire: Questionnaire
    languages: tuple[str, ...]

    @cached_property
    def hash(self) -> str:
        """sha256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode("utf-8")).hexdigest()

    @cached_property
    def route(self) -> Route:
        """Conditions, items and columns, compiled once."""
        return Route(self.questionnaire)

    def text(self, key: str, language: str) -> str:
        """The wording, slots not filled; ``KeyError`` when there is none."""
        return self.questionnaire.texts[language][key]

    def has_text(self, key: str, language: str) -> bool:
        """Whether there is such a wording, as for own labels of don't know."""
        return key in self.questionnaire.texts.get(language, {})

    def filled(self, key: str, language: str, *, isolate: bool = True) -> str:
        """The wording with its slots filled from the settings."""
        slots = self.questionnaire.settings.slots
        return texts.fill(self.text(key, language), slots, isolate=isolate)

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, defaults left out."""
        content = {
            "format": FORMAT,
            "languages": list(self.languages),
            "questionnaire": _plain(self.questionnaire),
        }
        return json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )

    def __eq__(self, other: object) -> bool:
        """Equal hash."""
        return isinstance(other, Edition) and other.hash == self.hash

    def __hash__(self) -> int:
        """Of the edition's hash."""
        return hash(self.hash)


def freeze(questionnaire: Questionnaire, languages: Sequence[str]) -> Edition:
    """The edition in these languages; refuses with every problem there is."""
    wanted = tuple(dict.fromkeys(languages))
    composed = _composed(questionnaire)
    problems = [
        *errors_only(check.check(_only(composed, wanted))),
        *_text_problems(composed, wanted),
    ]
    if problems:
        raise EditionError(problems)
    keys = [entry.key for entry in texts.text_keys(composed)]
    kept = {
        language: MappingProxyType({key: composed.texts[language][key] for key in keys})
        for language in wanted
    }
    return Edition(replace(composed, texts=MappingProxyType(kept)), wanted)


def _only(questionnaire: Questionnaire, languages: tuple[str, ...]) -> Questionnaire:
    """Texts in these languages and in the source language only."""
    wanted = (*languages, questionnaire.source_language)
    own = {code: t for code, t in questionnaire.texts.items() if code in wanted}
    return replace(questionnaire, texts=own)


def _text_problems(
    questionnaire: Questionnaire, languages: tuple[str, ...]
) -> Iterator[Problem]:
    file = f"{questionnaire.name}.toml"
    if not languages:
        remedy = "Name at least one, such as de."
        yield Problem(file, "languages", "No language is named.", remedy)
    for language in languages:
        if language == questionnaire.source_language:
            continue  # a rule of its own
        for key in texts.completeness(questionnaire, language).missing:
            reason = f"There is no text in {language}."
            yield Problem(file, key, reason, "Translate it, or leave out the language.")


def _composed(questionnaire: Questionnaire) -> Questionnaire:
    """All texts and slots in NFC."""
    wordings = {
        language: {key: unicodedata.normalize("NFC", text) for key, text in own.items()}
        for language, own in questionnaire.texts.items()
    }
    slots = {
        name: unicodedata.normalize("NFC", text)
        for name, text in questionnaire.settings.slots.items()
    }
    settings = replace(questionnaire.settings, slots=MappingProxyType(slots))
    return replace(questionnaire, texts=wordings, settings=settings)


def _plain(thing: Any) -> Any:
    """Dataclasses as dicts without their defaults, tuples as lists.

    Attributes added later have defaults, so they leave older hashes alone.
    """
    if is_dataclass(thing):
        values = {field: getattr(thing, field.name) for field in fields(thing)}
        return {
            field.name: _plain(value)
            for field, value in values.items()
            if value != _default(field)
        }
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    if isinstance(thing, Mapping):
        return {key: _plain(value) for key, value in thing.items()}
    return thing


def _default(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def load(text: str) -> Edition:
    """The edition that ``to_json`` wrote; raises ``EditionError``."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise EditionError([_unreadable(f"Format {content['format']} is newer.")])
        questionnaire = _questionnaire(content["questionnaire"])
        return Edition(questionnaire, tuple(content["languages"]))
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise EditionError([_unreadable("The edition cannot be read.")]) from error


def _unreadable(reason: str) -> Problem:
    return Problem("", "edition", reason, "Publish the questionnaire again.")


def _questionnaire(data: dict[str, Any]) -> Questionnaire:
    wordings = {
        language: MappingProxyType(own) for language, own in data["texts"].items()
    }
    changed = {
        "fields": tuple(FieldOfAction(**field) for field in data["fields"]),
        "pages": tuple(_page(page) for page in data["pages"]),
        "texts": MappingProxyType(wordings),
        "cross_cutting": tuple(data.get("cross_cutting", ())),
        "settings": _settings(data.get("settings", {})),
    }
    return Questionnaire(**{**data, **changed})


def _page(data: dict[str, Any]) -> Page:
    questions = tuple(_question(question) for question in data["questions"])
    return Page(**{**data, "questions": questions})


def _question(data: dict[str, Any]) -> Question:
    changed = {
        "options": tuple(Option(**option) for option in data.get("options", ())),
        "rows": tuple(Row(**row) for row in data.get("rows", ())),
        "cross_cutting": tuple(data.get("cross_cutting", ())),
    }
    return Question(**{**data, **changed})


def _settings(data: dict[str, Any]) -> SurveySettings:
    lists = ("groups", "language_groups", "review_rules")
    changed: dict[str, Any] = {name: tuple(data.get(name, ())) for name in lists}
    changed["slots"] = MappingProxyType(data.get("slots", {}))
    return SurveySettings(**{**data, **changed})
