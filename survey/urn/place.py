"""Where key files may lie, so that overwriting one really destroys it.

Reads the system's table of mounts; knows no key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.storage.engine import Settings, database
from survey.urn.errors import KeysMisplaced

MOUNTS = Path("/proc/self/mountinfo")
COPYING = frozenset(
    {"btrfs", "zfs", "bcachefs", "nilfs2", "f2fs", "ubifs", "jffs2", "apfs"}
)
"""File systems that write a changed block elsewhere and keep the old one."""
MOUNT_POINT = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the place of the keys; an error must be put right."""

    is_error: bool
    text: str


def findings(settings: Settings) -> tuple[Finding, ...]:
    """What ``survey doctor`` says about the place of the keys."""
    found: list[Finding] = []
    folder = settings.keys_dir
    kind = file_system(folder)
    if kind in COPYING:
        found.append(Finding(is_error=True, text=_refusal(folder, kind)))
    if folder.exists() and folder.stat().st_mode & 0o077:
        text = f"others can look into {folder}: chmod 700"
        found.append(Finding(is_error=True, text=text))
    if not settings.database_url and _device(folder) == _device(database(settings)):
        text = (
            f"keys_dir ({folder}) lies on the device of the database: a backup of"
            " the whole device would hold boxes and keys together"
        )
        found.append(Finding(is_error=False, text=text))
    return tuple(found)


def refuse_copies(folder: Path) -> None:
    """Raise ``KeysMisplaced`` when the file system keeps what is overwritten."""
    kind = file_system(folder)
    if kind in COPYING:
        raise KeysMisplaced(_refusal(folder, kind))


def file_system(folder: Path, mounts: Sequence[str] | None = None) -> str:
    """Type of the file system a folder lies on; empty where none can be told."""
    if mounts is None:
        if not MOUNTS.exists():
            return ""
        mounts = MOUNTS.read_text(encoding="utf-8").splitlines()
    wanted = folder.resolve()
    best, kind = -1, ""
    for line in mounts:
        left, _, right = line.partition(" - ")
        point = Path(_unescaped(left.split(" ")[MOUNT_POINT]))
        if wanted.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), right.split(" ")[0]
    return kind


def _unescaped(text: str) -> str:
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _refusal(folder: Path, kind: str) -> str:
    return (
        f"keys_dir ({folder}) lies on {kind}, which keeps what is overwritten;"
        " choose a folder on ext4 or xfs"
    )


def _device(path: Path) -> int:
    existing = path
    while not existing.exists():
        existing = existing.parent
    return existing.stat().st_dev
