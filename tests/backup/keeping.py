"""Backups for tests: a cheap lock, and a look at every byte of a backup."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

from survey import backup
from survey import settings as given
from survey.backup import Cost, Restored, Saved
from survey.urn import Urn
from tests.urn import town

WORDS = "fünf Wörter sind besser als eins"
CHEAP = Cost(memory=64, passes=1, lanes=1)
NIGHT = datetime(2026, 5, 2, 1, 30, tzinfo=UTC)


def save(place: town.Place, path: Path) -> Saved:
    """Back up with a lock that costs nothing to open."""
    return backup.save(place, path, WORDS, now=NIGHT, cost=CHEAP)  # type: ignore[arg-type] # the urn's settings suffice


def restore(
    path: Path, folder: Path, *, words: str | None = WORDS
) -> tuple[town.Place, Restored]:
    """Restore into a folder, without the codes when ``words`` is ``None``."""
    with backup.opened(path) as opened:
        contents = None if words is None else opened.unseal(words)
        restored = backup.restore(folder, opened, contents)
    place = given.read(folder, {})
    return town.Place(place.instance, place.keys_dir), restored


def unpacked(path: Path) -> dict[str, bytes]:
    """Everything somebody without the passphrase can read."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(source: Path, path: Path, **entries: bytes | None) -> Path:
    """A copy of a backup in which some entries are other ones, or missing."""
    changed = {**unpacked(source), **entries}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def urn_of(place: town.Place) -> Urn:
    """The urn of the one survey of a town."""
    return Urn(place, town.SLUG, clock=town.Clock())
