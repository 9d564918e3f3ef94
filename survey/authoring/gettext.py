"""Translations of a questionnaire out of gettext catalogs, compiled or not.

The context is the text's key, the message the source text it translates: once
the source has changed, the translation is outdated.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import PoFileError, read_po

from survey.authoring.problems import AuthoringError
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.texts import text_keys

_UNREADABLE = (PoFileError, OSError, ValueError, LookupError, struct.error)


class Found(NamedTuple):
    """A translation, and the source text it was made for."""

    source: str
    wording: str


def found_in(path: Path, questionnaire: Questionnaire) -> Mapping[str, Found]:
    """Text key → translation of what a ``.po`` or ``.mo`` file has.

    A text whose source has changed comes with the translation of what it was.
    Raises ``AuthoringError`` when the file is no catalog.
    """
    source = questionnaire.texts[questionnaire.source_language]
    by_key: dict[str, Found] = {}
    exact: dict[str, Found] = {}
    for key, found in _translations(_catalog(path)):
        by_key[key] = found
        if source.get(key, "") == found.source:
            exact[key] = found
    keys = {entry.key for entry in text_keys(questionnaire)}
    return {key: found for key, found in {**by_key, **exact}.items() if key in keys}


def wordings(path: Path) -> Mapping[tuple[str, str], str]:
    """Text key and source text → wording; ``AuthoringError`` if it is no catalog."""
    return _by_text(_catalog(path))


def wordings_of(content: bytes, name: str) -> Mapping[tuple[str, str], str]:
    """The same from the bytes of a ``.po`` file."""
    try:
        return _by_text(_read_po(io.BytesIO(content)))
    except _UNREADABLE as error:
        raise _no_catalog(name) from error


def _by_text(catalog: Catalog) -> dict[tuple[str, str], str]:
    return {(key, found.source): found.wording for key, found in _translations(catalog)}


def _translations(catalog: Catalog) -> Iterator[tuple[str, Found]]:
    """Contexts with what stands under them; Babel leaves those of .mo as bytes."""
    for message in catalog:
        context: str | bytes = message.context or ""
        if isinstance(context, bytes):
            context = context.decode("utf-8")
        is_text = isinstance(message.string, str) and isinstance(message.id, str)
        wording = str(message.string).strip()
        if is_text and wording and context and not message.fuzzy:
            yield context, Found(str(message.id), wording)


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
