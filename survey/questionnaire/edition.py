"""Freezes a questionnaire with its texts, so that an answer has one meaning.

Knows nothing of where editions are kept.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from survey.questionnaire import check, document, own_words, texts, where_asked
from survey.questionnaire.model import Questionnaire
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
        return fingerprint(self.to_json())

    @cached_property
    def media(self) -> Mapping[str, str]:
        """Name of a picture or sound → the file it was frozen as."""
        return {medium.name: medium.file for medium in self.questionnaire.media}

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
        return self._json

    @cached_property
    def _json(self) -> str:
        return document.canonical(
            {
                "format": FORMAT,
                "languages": list(self.languages),
                "questionnaire": document.plain(self.questionnaire),
            }
        )

    def __eq__(self, other: object) -> bool:
        """Equal hash."""
        return isinstance(other, Edition) and other.hash == self.hash

    def __hash__(self) -> int:
        """Of the edition's hash."""
        return hash(self.hash)


def fingerprint(text: str) -> str:
    """The hash of an edition, from its JSON."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def freeze(questionnaire: Questionnaire, languages: Sequence[str]) -> Edition:
    """The edition in these languages; refuses with every problem there is."""
    wanted = tuple(dict.fromkeys(languages))
    composed = _composed(questionnaire)
    asked = {language: texts.asked_in(composed, language) for language in wanted}
    problems = [
        *errors_only(check.check(_only(composed, wanted))),
        *_text_problems(composed, wanted),
        *where_asked.problems(composed, asked),
    ]
    if problems:
        raise EditionError(problems)
    kept = {
        language: MappingProxyType(
            {
                entry.key: composed.texts[language][entry.key]
                for entry in texts.text_keys(own)
            }
            | _sounds(own, language)
        )
        for language, own in asked.items()
    }
    frozen = where_asked.told(own_words.marked(composed), asked)
    return Edition(replace(frozen, texts=MappingProxyType(kept)), wanted)


def _sounds(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Sounds there are in a language; a question may do without."""
    own = questionnaire.texts[language]
    keys = (q.key("audio") for q in questionnaire.questions() if q.has_audio)
    return {key: own[key] for key in keys if own.get(key)}


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
    known = {medium.name for medium in questionnaire.media}
    for name in texts.media_names(questionnaire, languages):
        if name not in known:
            reason = f"The file {name} is not there."
            yield Problem(file, "media", reason, "Import it with --media FOLDER.")


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


def load(text: str) -> Edition:
    """The edition that ``to_json`` wrote; raises ``EditionError``."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise EditionError([_unreadable(f"Format {content['format']} is newer.")])
        questionnaire = document.questionnaire_of(content["questionnaire"])
        loaded = Edition(questionnaire, tuple(content["languages"]))
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise EditionError([_unreadable("The edition cannot be read.")]) from error
    # writing a long list again only to know its hash takes as long as reading it
    loaded.__dict__["hash"] = fingerprint(text)
    return loaded


def _unreadable(reason: str) -> Problem:
    return Problem("", "edition", reason, "Publish the questionnaire again.")
