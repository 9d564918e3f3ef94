"""The questionnaires that come with the program, in every released language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from survey.authoring import gettext, library, shelf, toml
from survey.authoring.language_pack import Origin
from survey.authoring.problems import AuthoringError, Report
from survey.authoring.shelf import Place
from survey.authoring.tables import Table
from survey.authoring.toml_reader import Reader
from survey.language.registry import CATALOGS, Language, registry
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.translation import (
    MISSING,
    OUTDATED,
    REVIEWED,
    TRANSLATED,
    Mark,
    Translated,
    fingerprint,
    texts_of,
)

FOLDER = Path(__file__).parent.parent / "questionnaires"
SHIPPED = "shipped with the program"
"""Stands for the readers whom the registry names."""


def names() -> tuple[str, ...]:
    """Names of the shipped questionnaires."""
    found = (path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(name for name in found if name != library.NAME))


def load(name: str, slots: Mapping[str, str] | None = None) -> Questionnaire:
    """One of them, with the given slots (place, help_address, …) filled in.

    A language without a compiled catalog of it is left out. Raises
    ``AuthoringError`` when there is no such questionnaire.
    """
    if name not in names():
        remedy = f"There are: {', '.join(names())}."
        problem = Problem(name, "", "No such questionnaire is shipped.", remedy)
        raise AuthoringError([problem])
    return with_slots(in_every_language(name), slots or {})


def source(name: str) -> str:
    """The file of a shipped questionnaire, as an author would write it."""
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


@cache
def in_every_language(name: str) -> Questionnaire:
    """A shipped questionnaire, or the library, with all its shipped translations."""
    if name == library.NAME:
        root = Table(Report(name), library.content(), (), lambda _: 0)
        return _with_catalogs(Reader(root, name).questionnaire())
    return _with_catalogs(toml.read(FOLDER / f"{name}.toml"))


def with_translations(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with every translation that is shipped for its texts.

    Wordings of its own come first, then those under its name and its keys; what
    is still missing is found by its words in the shipped questionnaires and in
    the library. A text whose source was changed keeps no shipped translation.
    """
    whole = completed(Translated(questionnaire, {}))
    texts = dict(whole.questionnaire.texts)
    for language in whole.marks:
        outdated = {t.key for t in texts_of(whole, language) if t.state == OUTDATED}
        kept = {k: words for k, words in texts[language].items() if k not in outdated}
        texts[language] = MappingProxyType(kept)
    return replace(questionnaire, texts=MappingProxyType(texts))


def completed(translated: Translated) -> Translated:
    """The same with marks: shipped translations stand where own ones are not ready.

    They count as translated, or as reviewed where the registry says so; where the
    source text was changed they are better than nothing, and outdated.
    """
    questionnaire = translated.questionnaire
    texts = dict(questionnaire.texts)
    marks = dict(translated.marks)
    for language in registry().released:
        found = _shipped(questionnaire, language)
        if not found:
            continue
        is_reviewed = language.status == REVIEWED
        ours = dict(_ours(translated, language.code, found, is_reviewed=is_reviewed))
        words = {key: wording for key, (wording, _) in ours.items()}
        texts[language.code] = MappingProxyType(
            {**texts.get(language.code, {}), **words}
        )
        marks[language.code] = {
            **{k: m for k, m in translated.of(language.code).items() if k not in ours},
            **{key: mark for key, (_, mark) in ours.items() if mark is not None},
        }
    whole = replace(questionnaire, texts=MappingProxyType(texts))
    return Translated(whole, marks)


def _ours(
    translated: Translated,
    language: str,
    found: Mapping[str, gettext.Found],
    *,
    is_reviewed: bool,
) -> Iterator[tuple[str, tuple[str, Mark | None]]]:
    """Keys with shipped wordings that serve better than what there is; their marks."""
    for text in texts_of(translated, language):
        if text.key not in found or text.is_complete:
            continue
        shipped = found[text.key]
        is_current = shipped.source == text.source
        if not is_current and text.state != MISSING:
            continue
        mark = Mark(TRANSLATED, fingerprint(shipped.source), shipped.source)
        if is_current and is_reviewed:
            mark = replace(mark, state=REVIEWED, reviewed_by=SHIPPED)
        has_mark = is_reviewed or not is_current
        yield text.key, (shipped.wording, mark if has_mark else None)


def by_words(questionnaire: Questionnaire, language: str) -> Mapping[str, str]:
    """Text key → shipped wording of all that says what a shipped text says.

    Whatever the questionnaire is called, and its questions and fields.
    """
    return shelf.wordings(
        questionnaire, _shelf(questionnaire.source_language, language)
    )


def origins(source: str) -> Iterator[Origin]:
    """The shipped questionnaires and the library, with the keys of their texts."""
    for name in (*names(), library.NAME):
        found = shelf.places(in_every_language(name), source)
        yield Origin(name, {place: key for key, place in found})


@cache
def _shelf(source: str, language: str) -> Mapping[Place, str]:
    """What is shipped in a language, by what it says in another one."""
    shipped = (in_every_language(name) for name in (*names(), library.NAME))
    return shelf.known(shipped, source, language)


def _with_catalogs(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the catalogs that are shipped under its name."""
    texts = dict(questionnaire.texts)
    source = questionnaire.texts[questionnaire.source_language]
    for language in registry().released:
        found = _under_its_name(questionnaire, language)
        current = {
            key: each.wording
            for key, each in found.items()
            if each.source == source.get(key)
        }
        own = questionnaire.texts.get(language.code, {})
        if current:
            texts[language.code] = MappingProxyType({**current, **own})
    return replace(questionnaire, texts=MappingProxyType(texts))


def _under_its_name(
    questionnaire: Questionnaire, language: Language
) -> Mapping[str, gettext.Found]:
    path = CATALOGS / language.catalog / "LC_MESSAGES" / f"{questionnaire.name}.mo"
    if language.code == questionnaire.source_language or not path.exists():
        return {}
    return gettext.found_in(path, questionnaire)


def _shipped(
    questionnaire: Questionnaire, language: Language
) -> Mapping[str, gettext.Found]:
    """What is shipped for its texts: under its name and keys, then by its words.

    What was made for other words comes last: it is outdated.
    """
    if language.code == questionnaire.source_language:
        return {}
    source = questionnaire.texts[questionnaire.source_language]
    named = _under_its_name(questionnaire, language)
    same = {
        key: gettext.Found(source[key], wording)
        for key, wording in by_words(questionnaire, language.code).items()
    }
    current = {k: each for k, each in named.items() if each.source == source.get(k)}
    return {**named, **same, **current}


def with_slots(questionnaire: Questionnaire, slots: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with some slots of its settings replaced."""
    settings = questionnaire.settings
    merged = MappingProxyType({**settings.slots, **slots})
    return replace(questionnaire, settings=replace(settings, slots=merged))
