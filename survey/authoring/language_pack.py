"""One language of a town's questionnaire as a file that serves other towns.

A pack is a zip of PO files and a manifest with their hashes, which says of every text
what it is. Knows nothing of how it enters elsewhere, nor of databases.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from survey.authoring import shelf
from survey.authoring.shelf import Place
from survey.questionnaire.model import Questionnaire

FORMAT = 1
MANIFEST = "manifest.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip without times is the same bytes every time


@dataclass(frozen=True)
class Text:
    """One translated text on its way out; ``key`` is how its town calls it."""

    key: str
    places: tuple[Place, ...]
    wording: str


def texts_in(
    questionnaire: Questionnaire, language: str, *, except_for: Iterable[str] = ()
) -> list[Text]:
    """Every text of a questionnaire that has a wording in the language.

    ``except_for`` are keys of wordings that are not to be passed on, such as those
    whose source was changed since.
    """
    said = questionnaire.texts.get(language, {})
    left = frozenset(except_for)
    found: dict[str, list[Place]] = {}
    for key, place in shelf.places(questionnaire, questionnaire.source_language):
        if said.get(key, "").strip() and key not in left:
            found.setdefault(key, []).append(place)
    return [Text(key, tuple(own), said[key]) for key, own in found.items()]


@dataclass(frozen=True)
class Origin:
    """A shipped questionnaire: its texts leave under its name and its keys."""

    name: str
    keys: Mapping[Place, str]


def write(
    texts: Iterable[Text],
    *,
    name: str,
    language: str,
    source_language: str,
    origins: Iterable[Origin] = (),
) -> bytes:
    """The pack; what no shipped questionnaire has stands in the PO of ``name``."""
    files: dict[str, dict[str, Text]] = {}
    for text in texts:
        file, key = _origin(text, tuple(origins)) or (name, text.key)
        files.setdefault(file, {}).setdefault(key, replace(text, key=key))
    catalogs = {
        f"{file}.po": _catalog(own.values(), language) for file, own in files.items()
    }
    manifest = {
        "format": FORMAT,
        "language": language,
        "source_language": source_language,
        "files": [
            {
                "name": f"{file}.po",
                "sha256": hashlib.sha256(catalogs[f"{file}.po"]).hexdigest(),
                "texts": [_described(text) for text in own.values()],
            }
            for file, own in files.items()
        ],
    }
    head = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    return _zipped({MANIFEST: head.encode("utf-8"), **catalogs})


def _origin(text: Text, origins: tuple[Origin, ...]) -> tuple[str, str] | None:
    """Name and key that a text has in a shipped questionnaire."""
    for origin in origins:
        for place in text.places:
            if place in origin.keys:
                return origin.name, origin.keys[place]
    return None


def _described(text: Text) -> dict[str, Any]:
    """How a text is found again: its kind, and whose answer or hint it is."""
    return {
        "key": text.key,
        "places": [[place.kind, place.question] for place in text.places],
    }


def _catalog(texts: Iterable[Text], language: str) -> bytes:
    catalog = Catalog(charset="utf-8")
    for text in texts:
        catalog.add(text.places[0].words, text.wording, context=text.key)
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True)
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
