"""Brings a backup back into an empty instance: all of it, or nothing.

Files and keys are put down first and the database is committed last, so an instance
without its database is one without content. A mark says meanwhile that it is
unfinished; whoever is interrupted runs the command again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from survey import settings as given
from survey.backup import emptiness, sealed
from survey.backup.emptiness import MARK, key_files
from survey.backup.errors import BackupError
from survey.backup.files import FOLDERS
from survey.backup.manifest import OF_THE_MACHINE, Kept
from survey.backup.reading import Backup
from survey.settings import DESCRIPTIONS, Settings, SettingsError
from survey.storage import migrate, refounding, travel
from survey.storage.arrival import Arrival, Begun
from survey.storage.engine import connect, database, writing
from survey.storage.sqlite import MIGRATING
from survey.urn import keys

ROOM = 3
"""So many times its unpacked size a backup may need while it comes back."""
MODES = {"media": 0o755, "packages": 0o700, "reports": 0o755}
"""Packages hold rows that are not protected."""
HALF = (
    "A restore was interrupted here. Run `survey restore FILE` again; until then this\n"
    "instance is empty.\n"
)
WRONG_ROWS = (
    *(ValueError, KeyError, TypeError, IndexError, StopIteration, RecursionError),
    *(sa.exc.StatementError, OverflowError, AttributeError),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one survey.

    ``lost`` answers waited at the backup; ``to_issue`` codes stand in for them and
    for the codes nobody can use any more; ``free`` codes can be used (again).
    """

    slug: str
    state: str
    lost: int
    to_issue: int
    free: int


@dataclass(frozen=True, slots=True)
class Restored:
    """When the backup was made and what came back."""

    made_at: str
    surveys: tuple[Outcome, ...]


def restore(folder: Path, backup: Backup, contents: sealed.Contents | None) -> Restored:
    """Restore into ``folder``; without ``contents`` no code can be used any more.

    Raises ``BackupError`` and leaves the folder as it was.
    """
    backup.verify()
    known = _settings_of(backup)
    is_new = not (folder / "settings.toml").exists()
    here = None if is_new else given.read(folder)
    emptiness.check(folder, here)
    _check_room(folder, backup)
    with _unfinished(folder, is_new=is_new):
        place = _founded(folder, known)
        _put_files(place, backup)
        _put_database(place, backup, contents)
    if backup.manifest.revision != migrate.NEWEST:
        migrate.migrate(place)
    outcomes = (
        _outcome(slug, one, _has_codes(slug, contents))
        for slug, one in sorted(backup.manifest.surveys.items())
    )
    return Restored(backup.manifest.made_at, tuple(outcomes))


def _outcome(slug: str, kept: Kept, has_codes: bool) -> Outcome:  # noqa: FBT001
    free = kept.issued - kept.used
    return Outcome(
        slug=slug,
        state=kept.state,
        lost=kept.waiting,
        to_issue=kept.waiting + (0 if has_codes else free),
        free=free if has_codes else 0,
    )


def _has_codes(slug: str, contents: sealed.Contents | None) -> bool:
    return contents is not None and slug in contents.code_keys


def _settings_of(backup: Backup) -> dict[str, str | int | bool]:
    """The settings in the backup; refused when no instance could start with them."""
    named = set(DESCRIPTIONS) - OF_THE_MACHINE
    known = {k: v for k, v in backup.manifest.settings.items() if k in named}
    with tempfile.TemporaryDirectory() as empty:
        try:
            given.initialise(Path(empty), known)
            given.read(Path(empty), {})
        except SettingsError as error:
            raise backup.damaged(f"its settings: {error}") from error
    return known


def _check_room(folder: Path, backup: Backup) -> None:
    existing = folder
    while not existing.exists():
        existing = existing.parent
    needed = ROOM * backup.size
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise BackupError(
            f"There is too little room at {existing}: {free >> 20} MB are free and "
            f"{needed >> 20} MB are needed. Make room, then run the command again."
        )


@contextmanager
def _unfinished(folder: Path, *, is_new: bool) -> Iterator[None]:
    """Mark the folder while it is filled; emptied again when that fails."""
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    is_second_try = mark.exists()
    try:
        mark.write_text(HALF, encoding="utf-8")
        _sync(folder)
        if is_second_try:
            _clear(folder)
        yield
    except BaseException:
        _clear(folder)
        if is_new:
            _forget(folder)
        mark.unlink(missing_ok=True)
        if not was_there:
            with suppress(OSError):
                folder.rmdir()
        raise
    mark.unlink()
    _sync(folder)


def _clear(folder: Path) -> None:
    """Take away what a restore puts down; the folder was found empty before it."""
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    try:
        keys_dir = given.read(folder).keys_dir
    except SettingsError:
        return
    for path in key_files(keys_dir):
        keys.destroy_file(path)


def _forget(folder: Path) -> None:
    """Take away what made the folder an instance."""
    try:
        place = given.read(folder)
    except SettingsError:
        pass
    else:
        if not place.database_url:
            for ending in ("", "-wal", "-shm"):
                Path(f"{database(place)}{ending}").unlink(missing_ok=True)
            database(place).with_name(MIGRATING).unlink(missing_ok=True)
        (place.keys_dir / "web.key").unlink(missing_ok=True)
        if place.keys_dir.is_dir() and not any(place.keys_dir.iterdir()):
            place.keys_dir.rmdir()
    (folder / "settings.toml").unlink(missing_ok=True)


def _founded(folder: Path, known: dict[str, str | int | bool]) -> Settings:
    """The instance with its settings; what was set here before is stronger."""
    given.initialise(folder, {})
    here = given.in_file(folder)
    given.change(folder, {k: v for k, v in known.items() if k not in here})
    return given.read(folder)


def _put_files(place: Settings, backup: Backup) -> None:
    for name in FOLDERS:
        (place.instance / name).mkdir(mode=MODES[name], exist_ok=True)
    for name, inside in backup.files():
        path = place.instance / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
            for chunk in backup.chunks(name):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())


def _put_database(
    place: Settings, backup: Backup, contents: sealed.Contents | None
) -> None:
    code_keys = {} if contents is None else contents.code_keys
    refounding.found(place, backup.manifest.revision)
    engine = connect(place)
    try:
        with writing(engine) as connection:
            if travel.filled(connection):
                raise BackupError("Somebody else is filling this instance.")
            _put_rows(Arrival(connection), backup, contents)
            for slug, one in backup.manifest.surveys.items():
                _begin(Arrival(connection), place, slug, one, code_keys.get(slug))
    except WRONG_ROWS as error:
        raise backup.damaged("its rows") from error
    finally:
        engine.dispose()


def _put_rows(
    arrival: Arrival, backup: Backup, contents: sealed.Contents | None
) -> None:
    for table in arrival.order(backup.tables()):
        arrival.put(table, backup.rows(table))
    if contents is not None:
        for name, (columns, rows) in sorted(contents.tables.items()):
            arrival.put_sealed(name, columns, rows, set(contents.code_keys))


def _begin(
    arrival: Arrival, place: Settings, slug: str, kept: Kept, key: bytes | None
) -> None:
    """The keys first, then the row they belong to."""
    if kept.counters is None:
        return
    counters = dict(kept.counters)
    counters["lost"] += kept.waiting
    if kept.state == "closed":
        arrival.begin(slug, place.lane, Begun(counters, None))
        return
    strangers = 0
    keys.create_pool_file(keys.pool_file(place.keys_dir, slug, place.lane))
    if key is None:
        key = keys.create_key(keys.code_file(place.keys_dir, slug))
        strangers = kept.used
    else:
        keys.put_key(keys.code_file(place.keys_dir, slug), key)
    arrival.begin(slug, place.lane, Begun(counters, keys.fingerprint(key), strangers))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
