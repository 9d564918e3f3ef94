"""The questionnaires that come with the program, in every released language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from survey.authoring import gettext, toml
from survey.authoring.problems import AuthoringError
from survey.language.registry import CATALOGS, registry
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem

FOLDER = Path(__file__).parent.parent / "questionnaires"


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
    name = questionnaire.name
    for language in registry().released:
        path = CATALOGS / language.catalog / "LC_MESSAGES" / f"{name}.mo"
        if language.code != questionnaire.source_language and path.exists():
            questionnaire = gettext.merge(questionnaire, language.code, path)
    return questionnaire


def with_slots(questionnaire: Questionnaire, slots: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with some slots of its settings replaced."""
    settings = questionnaire.settings
    merged = MappingProxyType({**settings.slots, **slots})
    return replace(questionnaire, settings=replace(settings, slots=merged))
