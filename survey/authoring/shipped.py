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
from survey.language.registry import CATALOGS, registry
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem

FOLDER = Path(__file__).parent.parent / "questionnaires"


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
    found = _with_catalogs(questionnaire)
    for language in registry().released:
        if language.code != found.source_language:
            found = _filled(found, language.code, by_words(found, language.code))
    return found


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


def _filled(
    questionnaire: Questionnaire, language: str, wordings: Mapping[str, str]
) -> Questionnaire:
    """The questionnaire with wordings for what it lacks."""
    if not wordings:
        return questionnaire
    said = questionnaire.texts.get(language, {})
    kept = {key: wording for key, wording in said.items() if wording.strip()}
    own = MappingProxyType({**wordings, **kept})
    texts = MappingProxyType({**questionnaire.texts, language: own})
    return replace(questionnaire, texts=texts)


def _with_catalogs(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the catalogs that are shipped under its name."""
    name = questionnaire.name
    for language in registry().released:
        path = CATALOGS / language.catalog / "LC_MESSAGES" / f"{name}.mo"
        if language.code != questionnaire.source_language and path.exists():
            found = gettext.read(questionnaire, path)
            questionnaire = _filled(questionnaire, language.code, found)
    return questionnaire


def with_slots(questionnaire: Questionnaire, slots: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with some slots of its settings replaced."""
    settings = questionnaire.settings
    merged = MappingProxyType({**settings.slots, **slots})
    return replace(questionnaire, settings=replace(settings, slots=merged))
