"""The one list of file formats questionnaires come in and leave in.

A reader is loaded when a file of its kind is met, a writer when it is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, ModuleType

from survey.authoring.archive import refusal
from survey.authoring.intake import Intake
from survey.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the module that reads and writes it, the endings of its files.

    The module has ``inspect(path, *, name, languages_of) -> Intake`` and
    ``write(questionnaire) -> bytes``, perhaps ``unrepresented``; ``is_folder``: a
    folder of files will do too.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    is_folder: bool = False


FORMATS = (
    Format("toml", "survey.authoring.toml_format", (".toml",)),
    Format(
        "xlsform",
        "survey.authoring.xlsform",
        (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"),
        is_folder=True,
    ),
    Format("lss", "survey.authoring.limesurvey", (".lss",)),
)
NAMES = tuple(known.name for known in FORMATS)
SUFFIXES = tuple(suffix for known in FORMATS for suffix in known.suffixes)
Answers = Mapping[str, str]
_NONE: Answers = MappingProxyType({})


def inspect(path: Path, *, name: str = "", languages_of: Answers = _NONE) -> Intake:
    """What comes out of a file; ``languages_of`` are an author's answers.

    Raises ``AuthoringError`` when no reader knows the ending of its name.
    """
    read: Callable[..., Intake] = importlib.import_module(
        _format_of(path).module
    ).inspect
    return read(path, name=name, languages_of=languages_of)


def write(questionnaire: Questionnaire, format_name: str) -> bytes:
    """The questionnaire as a file of a format."""
    written: Callable[[Questionnaire], bytes] = _module(format_name).write
    return written(questionnaire)


def unrepresented(questionnaire: Questionnaire, format_name: str) -> tuple[str, ...]:
    """What other programs will not find in such a file; ours does."""
    found = getattr(_module(format_name), "unrepresented", None)
    return tuple(found(questionnaire)) if found else ()


def _module(format_name: str) -> ModuleType:
    [known] = [known for known in FORMATS if known.name == format_name]
    return importlib.import_module(known.module)


def _format_of(path: Path) -> Format:
    suffix = path.suffix.lower()
    for known in FORMATS:
        if suffix in known.suffixes or (known.is_folder and path.is_dir()):
            return known
    reason = f"Files ending in {suffix or 'nothing'} are not read."
    raise refusal(path, reason, f"Read are {', '.join(SUFFIXES)}, and folders of CSV.")
