"""Pictograms and sounds of questionnaires: files, kept under the hash of their bytes.

No table holds them. What was frozen is never changed, so an edition that names a
hash shows the same picture for ever.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.settings import Settings

FOLDER = "media"
FROZEN = "frozen"
# A page weighs at most 30 kB with everything it loads; a sound is fetched on request.
MOST_BYTES = {"image": 12_000, "audio": 1_000_000}


class MediumError(ValueError):
    """A file that cannot be shown or heard; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a file is: media type, and the bytes it begins with (at ``offset``)."""

    mimetype: str
    begins: bytes
    offset: int = 0


TYPES: Mapping[str, tuple[Type, ...]] = {
    ".png": (Type("image/png", b"\x89PNG\r\n\x1a\n"),),
    ".jpg": (Type("image/jpeg", b"\xff\xd8\xff"),),
    ".jpeg": (Type("image/jpeg", b"\xff\xd8\xff"),),
    ".webp": (Type("image/webp", b"WEBP", 8),),
    ".svg": (Type("image/svg+xml", b"<svg"), Type("image/svg+xml", b"<?xml")),
    ".mp3": (
        Type("audio/mpeg", b"ID3"),
        Type("audio/mpeg", b"\xff\xfb"),
        Type("audio/mpeg", b"\xff\xf3"),
    ),
    ".ogg": (Type("audio/ogg", b"OggS"),),
    ".opus": (Type("audio/ogg", b"OggS"),),
    ".m4a": (Type("audio/mp4", b"ftyp", 4),),
}


def mimetype(name: str) -> str:
    """The media type a name promises; raises ``MediumError`` for any other."""
    found = TYPES.get(Path(name).suffix.lower())
    if found is None:
        kinds = ", ".join(TYPES)
        raise MediumError(f"{name} is no file that is shown or heard. Use {kinds}.")
    return found[0].mimetype


def check(name: str, content: bytes) -> None:
    """Refuse what is not what its name says, or too large, with ``MediumError``."""
    kind = mimetype(name).partition("/")[0]
    most = MOST_BYTES[kind]
    if len(content) > most:
        raise MediumError(
            f"{name} has {len(content)} bytes. At most {most} are taken, so that "
            "pages open on every phone: make it smaller."
        )
    begin = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    for known in TYPES[Path(name).suffix.lower()]:
        end = known.offset + len(known.begins)
        if begin[known.offset : end] == known.begins:
            return
    raise MediumError(f"{name} is not what its ending says. Save it again.")


def keep(settings: Settings, slug: str, name: str, content: bytes) -> None:
    """Keep a file for the questionnaire ``slug``; raises ``MediumError``."""
    if Path(name).name != name or name.startswith("."):
        raise MediumError(f"{name!r} is no plain file name. Rename it.")
    check(name, content)
    _write(_folder(settings) / slug / name, content)


def freeze(settings: Settings, slug: str, name: str) -> str:
    """Freeze a kept file; the name under which it stays, hash and ending.

    Raises ``MediumError`` when there is no such file.
    """
    path = _folder(settings) / slug / name
    if Path(name).name != name or not path.is_file():
        raise MediumError(
            f"There is no file {name}. Put it into a folder and name it with --media."
        )
    content = path.read_bytes()
    check(name, content)
    digest = hashlib.sha256(content).hexdigest()
    frozen = f"{digest}{path.suffix.lower()}"
    _write(_folder(settings) / FROZEN / frozen, content)
    return frozen


def read(settings: Settings, frozen: str) -> bytes | None:
    """A frozen file, or nothing."""
    path = _folder(settings) / FROZEN / frozen
    return path.read_bytes() if path.is_file() else None


def _folder(settings: Settings) -> Path:
    return settings.instance / FOLDER


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(number, "wb") as file:
        file.write(content)
    Path(name).replace(path)
