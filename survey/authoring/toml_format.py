"""TOML as one of several formats: what is wrong are problems, not lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from survey.authoring import toml
from survey.authoring.intake import Intake
from survey.questionnaire.model import Questionnaire


def inspect(
    path: Path,
    *,
    name: str = "",
    languages_of: Mapping[str, str] = MappingProxyType({}),
) -> Intake:
    """What the file holds; its languages are named by codes and need no answer."""
    questionnaire, problems = toml.inspect(path, name=name or path.stem)
    return Intake(questionnaire, (), problems)


def write(questionnaire: Questionnaire) -> bytes:
    """The file, in UTF-8."""
    return toml.write(questionnaire).encode()
