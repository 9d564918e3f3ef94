"""What a backup says about itself: versions, settings, surveys, every file's hash.

Read from strangers' hands: whatever does not have exactly this form is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.backup.passphrase import Lock, lock_of
from survey.storage.questionnaires import SLUG
from survey.storage.travel import COUNTERS

FORMAT = 1
NAME = "manifest.json"
SEALED = "sealed.bin"

HASH = re.compile(r"[0-9a-f]{64}")
OF_THE_MACHINE = frozenset({"database_url", "keys_dir", "lane"})
"""Settings that say where a machine keeps things: they never travel, since an address
may hold a password, and never arrive, since a forged one would lead keys elsewhere."""
LARGEST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the backup: how long it is and what its bytes are."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A survey at the moment of the backup.

    ``waiting``: answers in its boxes, which are not in the backup; ``counters`` is
    ``None`` before its first code; ``has_codes``: the code key lies in the sealed part.
    """

    state: str
    waiting: int
    issued: int
    used: int
    has_codes: bool
    counters: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a backup says in the open."""

    made_at: str
    revision: str
    settings: Mapping[str, str | int | bool]
    surveys: Mapping[str, Kept]
    lock: Lock
    files: Mapping[str, Entry]

    def as_bytes(self) -> bytes:
        """The manifest as it stands in the file."""
        data = {
            "format": FORMAT,
            "made_at": self.made_at,
            "revision": self.revision,
            "settings": dict(self.settings),
            "surveys": {
                slug: {
                    "state": one.state,
                    "waiting": one.waiting,
                    "issued": one.issued,
                    "used": one.used,
                    "has_codes": one.has_codes,
                    "counters": None if one.counters is None else dict(one.counters),
                }
                for slug, one in self.surveys.items()
            },
            "lock": self.lock.as_data(),
            "files": {
                name: {"size": one.size, "sha256": one.sha256}
                for name, one in self.files.items()
            },
        }
        return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode()


class Unreadable(ValueError):
    """Something else than a manifest of this form."""


class Newer(ValueError):
    """The backup was written by a later version."""


def read(content: bytes) -> Manifest:
    """The manifest; raises ``Unreadable`` or ``Newer``."""
    try:
        data = json.loads(content)
        if data["format"] > FORMAT:
            raise Newer
        return _read(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, Newer):
            raise
        raise Unreadable(str(error)) from error


def _read(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        made_at=_text(data["made_at"]),
        revision=_text(data["revision"]),
        settings={_text(name): _plain(one) for name, one in data["settings"].items()},
        surveys={_slug(slug): _kept(one) for slug, one in data["surveys"].items()},
        lock=lock_of(data["lock"]),
        files={_text(name): _entry(one) for name, one in data["files"].items()},
    )


def _kept(data: Mapping[str, Any]) -> Kept:
    counters = data["counters"]
    if counters is not None:
        counters = {name: _count(counters[name]) for name in COUNTERS}
    if not isinstance(data["has_codes"], bool):
        raise ValueError("has_codes")
    return Kept(
        state=_text(data["state"]),
        waiting=_count(data["waiting"]),
        issued=_count(data["issued"]),
        used=_count(data["used"]),
        has_codes=data["has_codes"],
        counters=counters,
    )


def _entry(data: Mapping[str, Any]) -> Entry:
    if not HASH.fullmatch(data["sha256"]):
        raise ValueError("sha256")
    return Entry(_count(data["size"]), data["sha256"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text is wanted")
    return value


def _plain(value: object) -> str | int | bool:
    if not isinstance(value, str | int | bool):
        raise ValueError("a text or number is wanted")
    return value


def _slug(value: str) -> str:
    # it becomes part of the name of a key file
    if not SLUG.fullmatch(value):
        raise ValueError("no name of a survey")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError("a number is wanted")
    return value
