"""Reads a language pack, whatever the file really is; a pack is taken whole or not.

Knows nothing of the questionnaire its texts shall enter.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.authoring import gettext, shelf
from survey.authoring.language_pack import FORMAT, MANIFEST
from survey.authoring.problems import AuthoringError
from survey.authoring.shelf import Place
from survey.questionnaire.problem import Problem

LARGEST_FILE = 5_000_000
MOST_FILES = 50
LARGEST_TOTAL = 20_000_000  # 15,000 texts of 300 letters in three questionnaires
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error)


@dataclass(frozen=True)
class Pack:
    """Wordings of one language by what they say in another one."""

    language: str
    source_language: str
    wordings: Mapping[Place, str]


class _Fault(Exception):
    """Why a pack is not read; becomes an ``AuthoringError`` with its file."""


def read(content: bytes, *, file: str) -> Pack:
    """The pack; raises ``AuthoringError`` that says what is wrong with the file."""
    try:
        files = _unpacked(content)
        manifest = _manifest(files)
        pairs = [pair for entry in manifest["files"] for pair in _pairs(files, entry)]
        return Pack(
            language=manifest["language"],
            source_language=manifest["source_language"],
            wordings=shelf.gathered(pairs),
        )
    except _Fault as fault:
        remedy = "Ask the town it came from to write it again."
        raise AuthoringError([Problem(file, "file", str(fault), remedy)]) from fault


def _unpacked(content: bytes) -> Mapping[str, bytes]:
    """The files of the zip, once their sizes are found bearable."""
    if len(content) > LARGEST_FILE:
        raise _Fault(f"The file has {len(content):,} bytes; no pack is that large.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise _Fault(f"The archive holds {len(entries):,} files.")
            total = sum(entry.file_size for entry in entries)
            if total > LARGEST_TOTAL:
                raise _Fault(f"The archive unfolds to {total:,} bytes.")
            return {entry.filename: archive.read(entry) for entry in entries}
    except _BROKEN as error:
        raise _Fault("The file is no archive that can be opened.") from error


def _manifest(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The manifest, with everything in it of the type that is used."""
    if MANIFEST not in files:
        raise _Fault(f"It is no language pack: there is no {MANIFEST} in it.")
    try:
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            raise _Fault(f"Its format {manifest['format']!r} is not known here.")
        texts = [text for entry in manifest["files"] for text in entry["texts"]]
        words = [
            manifest["language"],
            manifest["source_language"],
            *(entry[key] for entry in manifest["files"] for key in ("name", "sha256")),
            *(text["key"] for text in texts),
            *(part for text in texts for place in text["places"] for part in place),
        ]
        is_sound = all(isinstance(word, str) for word in words) and all(
            len(place) == len(("kind", "question"))
            for text in texts
            for place in text["places"]
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _Fault("Its manifest cannot be read.") from error
    if not is_sound or not _LANGUAGE.fullmatch(manifest["language"]):
        raise _Fault("Its manifest cannot be read.")
    return dict(manifest)


def _pairs(
    files: Mapping[str, bytes], entry: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    """Every text of one PO with what it is."""
    name = entry["name"]
    content = files.get(name)
    if content is None:
        raise _Fault(f"{name} is missing in it.")
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise _Fault(f"{name} is not as it was when the pack was written.")
    places = {text["key"]: text["places"] for text in entry["texts"]}
    for (key, words), wording in gettext.wordings_of(content, name).items():
        for kind, question in places.get(key, ()):
            yield Place(kind, words, question), wording
