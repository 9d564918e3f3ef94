"""Makes a backup: one view of the database, the files, and the sealed part.

Never reads a draft, a box of the urn or a key that opens one. Works while people
answer: everything comes from one view, and nobody waits for it.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from survey.backup import files, manifest, passphrase, sealed
from survey.backup.errors import BackupError
from survey.backup.manifest import OF_THE_MACHINE, Entry, Kept, Manifest
from survey.backup.passphrase import Cost
from survey.backup.target import appearing
from survey.settings import Settings, in_file
from survey.storage import migrate, travel
from survey.storage.engine import connect
from survey.storage.travel import Way
from survey.urn import keys
from survey.urn.errors import KeyMissing

LONG_AGO = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What is in a backup; ``without_key``: surveys whose codes cannot come back."""

    surveys: Mapping[str, Kept]
    without_key: tuple[str, ...]


class _Archive:
    """Writes entry by entry and notes what each one was."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, LONG_AGO)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._archive.open(info, "w", force_zip64=True) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.entries[name] = Entry(size, digest.hexdigest())


def save(
    settings: Settings,
    path: Path,
    words: str,
    *,
    now: datetime | None = None,
    cost: Cost | None = None,
) -> Saved:
    """Write the backup, whole or not at all, sealed with the passphrase ``words``.

    Raises ``BackupError`` for a weak passphrase or a place that will not do.
    """
    passphrase.check_strength(words)
    _check_place(settings, path)
    if not migrate.is_current(settings):
        raise BackupError("The database is not of this version. Run `survey migrate`.")
    lock, key = passphrase.new_lock(words, cost or Cost())
    made_at = (now or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC")
    with appearing(path) as file, zipfile.ZipFile(file, "w") as archive:
        writing = _Archive(archive)
        kept, contents = _database(settings, writing)
        for name, source in files.travelling(settings.instance):
            writing.add(name, _chunks(source))
        given = in_file(settings.instance)
        said = Manifest(
            made_at=made_at,
            revision=migrate.NEWEST,
            settings={k: v for k, v in given.items() if k not in OF_THE_MACHINE},
            surveys=kept,
            lock=lock,
            files=dict(writing.entries),
        ).as_bytes()
        writing.add(manifest.NAME, [said])
        writing.add(manifest.SEALED, [sealed.seal(contents, key, said)])
    lost = tuple(
        slug
        for slug, one in kept.items()
        if one.counters is not None and one.state != "closed" and not one.has_codes
    )
    return Saved(kept, lost)


def _check_place(settings: Settings, path: Path) -> None:
    place = path.absolute().parent.resolve()
    if place.is_relative_to(settings.keys_dir.resolve()):
        raise BackupError(
            f"{path} lies among the keys. Keys and backups must not lie together: "
            "choose another folder."
        )


def _database(
    settings: Settings, writing: _Archive
) -> tuple[dict[str, Kept], sealed.Contents]:
    """All tables that travel, from one view of the database."""
    engine = connect(settings)
    try:
        with travel.snapshot(engine) as connection:
            for table in travel.tables(Way.OPEN):
                lines = _lines(travel.names(table), travel.rows(connection, table))
                writing.add(f"tables/{table.name}.jsonl", lines)
            contents = _sealed(settings, connection)
            kept = {
                slug: _kept(connection, slug, state, contents)
                for slug, state in travel.kept(connection).items()
            }
    finally:
        engine.dispose()
    return kept, contents


def _sealed(settings: Settings, connection: sa.Connection) -> sealed.Contents:
    tables = {
        table.name: (travel.names(table), list(travel.rows(connection, table)))
        for table in travel.tables(Way.SEALED)
    }
    checks = travel.key_checks(connection)
    code_keys = {}
    for survey, check in checks.items():
        try:
            key = keys.read_key(keys.code_file(settings.keys_dir, survey))
        except KeyMissing:
            continue
        if keys.fingerprint(key) == check:
            code_keys[survey] = key
    return sealed.Contents(code_keys, tables)


def _kept(
    connection: sa.Connection, slug: str, state: str, contents: sealed.Contents
) -> Kept:
    issued, used = travel.issued(connection, slug)
    return Kept(
        state=state,
        waiting=travel.waiting(connection, slug),
        issued=issued,
        used=used,
        has_codes=slug in contents.code_keys,
        counters=travel.sums(connection, slug),
    )


def _lines(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """The names of the columns, then one row a line."""
    for row in chain([columns], rows):
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        yield text.encode("utf-8") + b"\n"


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise BackupError(
            f"{path} was taken away while the backup was made. Run the command again."
        ) from error
