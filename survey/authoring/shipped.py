"""The questionnaires that come with the program, in every released language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from survey.authoring import gettext, toml
from survey.authoring.problems import AuthoringError
from survey.language.registry import CATALOGS, registry
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
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(name: str, slots: Mapping[str, str] | None = None) -> Questionnaire:
    """One of them, with the given slots (place, help_address, …) filled in.

    A language without a compiled catalog of it is left out. Raises
    ``AuthoringError`` when there is no such questionnaire.
    """
    if name not in names():
        remedy = f"There are: {', '.join(names())}."
        problem = Problem(name, "", "No such questionnaire is shipped.", remedy)
        raise AuthoringError([problem])
    questionnaire = with_translations(toml.read(FOLDER / f"{name}.toml"))
    return with_slots(questionnaire, slots or {})


def source(name: str) -> str:
    """The file of a shipped questionnaire, as an author would write it."""
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def with_translations(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the translations that are shipped under its name.

    Wordings of its own come first; a text whose source was changed keeps none.
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
        path = CATALOGS / language.catalog / "LC_MESSAGES" / f"{questionnaire.name}.mo"
        if language.code == questionnaire.source_language or not path.exists():
            continue
        found = gettext.found_in(path, questionnaire)
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


def with_slots(questionnaire: Questionnaire, slots: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with some slots of its settings replaced."""
    settings = questionnaire.settings
    merged = MappingProxyType({**settings.slots, **slots})
    return replace(questionnaire, settings=replace(settings, slots=merged))
