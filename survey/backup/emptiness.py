"""Whether an instance is empty, so that a backup may be restored into it.

Writes nothing. What an interrupted restore left is no content: its mark says so.
"""

from __future__ import annotations

from pathlib import Path

from survey.backup.errors import BackupError
from survey.backup.files import FOLDERS
from survey.settings import Settings
from survey.storage import refounding
from survey.storage.engine import database

MARK = "restore-unfinished.txt"
KEY_FILES = ("*.code", "*.pool")
DATABASE = "survey.sqlite"


def check(folder: Path, settings: Settings | None) -> None:
    """Raise ``BackupError`` with everything that stands in the way.

    ``settings`` are missing where there is no instance yet.
    """
    found = list(_database(folder, settings))
    if not found and (folder / MARK).exists():
        return
    keys_dir = settings.keys_dir if settings else folder / "keys"
    found += [str(path) for path in key_files(keys_dir)]
    found += [
        str(folder / name)
        for name in FOLDERS
        if (folder / name).is_dir() and any((folder / name).iterdir())
    ]
    if found:
        raise BackupError(
            f"{folder} is not empty: {', '.join(found[:5])}. A backup is restored only "
            "into an empty instance. Choose another folder with SURVEY_INSTANCE, or "
            "move this one away."
        )


def key_files(keys_dir: Path) -> list[Path]:
    """The key files of surveys."""
    return sorted(path for one in KEY_FILES for path in keys_dir.glob(one))


def _database(folder: Path, settings: Settings | None) -> list[str]:
    if settings is None:
        path = folder / DATABASE
        return [str(path)] if path.exists() and path.stat().st_size else []
    if not settings.database_url and not database(settings).exists():
        return []
    return [f"the table {name}" for name in refounding.filled(settings)]
