"""Translations of a questionnaire out of gettext catalogs, compiled or not.

The context is the text's key, the message the source text it translates: once
the source has changed, the translation is outdated and counts as missing.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import PoFileError, read_po

from survey.authoring.problems import AuthoringError
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.texts import text_keys

_UNREADABLE = (PoFileError, OSError, ValueError, LookupError, struct.error)


def merge(questionnaire: Questionnaire, language: str, path: Path) -> Questionnaire:
    """The questionnaire with a language's texts from a ``.po`` or ``.mo`` file.

    Texts the questionnaire has already stay unless the catalog has its own.
    Raises ``AuthoringError`` when the file is no catalog.
    """
    translated = read(questionnaire, path)
    own = {**questionnaire.texts.get(language, {}), **translated}
    texts = {**questionnaire.texts, language: MappingProxyType(own)}
    return replace(questionnaire, texts=MappingProxyType(texts))


def read(questionnaire: Questionnaire, path: Path) -> Mapping[str, str]:
    """Text key → wording of all that a ``.po`` or ``.mo`` file translates.

    Raises ``AuthoringError`` when the file is no catalog.
    """
    return translations(questionnaire, _catalog(path))


def translations(questionnaire: Questionnaire, catalog: Catalog) -> Mapping[str, str]:
    """Text key → wording of all that is translated and up to date."""
    source = questionnaire.texts[questionnaire.source_language]
    wordings = _wordings(catalog)
    found: dict[str, str] = {}
    for entry in text_keys(questionnaire):
        wording = wordings.get((entry.key, source.get(entry.key, "")))
        if wording:
            found[entry.key] = wording
    return found


def wordings(path: Path) -> Mapping[tuple[str, str], str]:
    """Text key and source text → wording; ``AuthoringError`` if it is no catalog."""
    return _wordings(_catalog(path))


def wordings_of(content: bytes, name: str) -> Mapping[tuple[str, str], str]:
    """The same from the bytes of a ``.po`` file."""
    try:
        return _wordings(_read_po(io.BytesIO(content)))
    except _UNREADABLE as error:
        raise _no_catalog(name) from error


def _wordings(catalog: Catalog) -> dict[tuple[str, str], str]:
    """Context and message → translation; Babel leaves contexts of .mo as bytes."""
    found = {}
    for message in catalog:
        context: str | bytes = message.context or ""
        if isinstance(context, bytes):
            context = context.decode("utf-8")
        is_usable = not message.fuzzy and isinstance(message.string, str)
        if is_usable and isinstance(message.id, str):
            found[context, message.id] = str(message.string).strip()
    return found


def _catalog(path: Path) -> Catalog:
    reader = read_mo if path.suffix == ".mo" else _read_po
    try:
        with path.open("rb") as file:
            return reader(file)
    except FileNotFoundError as error:
        reason = "There is no such catalog."
        remedy = "Run `make catalogs`, or check the file's name."
        raise AuthoringError([Problem(path.name, "file", reason, remedy)]) from error
    except _UNREADABLE as error:
        raise _no_catalog(path.name) from error


def _no_catalog(name: str) -> AuthoringError:
    reason = "The file is no gettext catalog that can be read."
    remedy = "Save it again as PO in UTF-8."
    return AuthoringError([Problem(name, "file", reason, remedy)])


def _read_po(file: object) -> Catalog:
    return read_po(file, ignore_obsolete=True, abort_invalid=True)  # type: ignore[arg-type]  # a binary file
