"""Which files of an instance travel, and under which names they may come back.

Never a database file, a key, a list of codes or a draft: only what stands in the
folders named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FOLDERS = ("media", "packages", "reports")
# what `analysis` keeps beside a package to open it faster: the same answers again
CACHE = ".columns"
INSIDE = "files"
LONGEST_NAME = 240
DEEPEST = 12


def travelling(instance: Path) -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of every file that travels, sorted."""
    for folder in FOLDERS:
        for path in sorted((instance / folder).rglob("*")):
            inside = path.relative_to(instance)
            # what begins with a dot is being written, and a cache is made anew
            if any(
                part.startswith(".") or part.endswith(CACHE) for part in inside.parts
            ):
                continue
            if path.is_file() and not _is_linked(instance, path):
                yield f"{INSIDE}/{inside.as_posix()}", path


def place_of(name: str) -> PurePosixPath | None:
    """Where in an instance a file of a backup goes; ``None``: it may not."""
    parts = name.split("/")
    if len(parts) < 3 or len(parts) > DEEPEST or parts[0] != INSIDE:
        return None
    if parts[1] not in FOLDERS or not all(_is_plain(part) for part in parts):
        return None
    return PurePosixPath(*parts[1:])


def _is_plain(part: str) -> bool:
    if not part or part.startswith(".") or len(part.encode("utf-8")) > LONGEST_NAME:
        return False
    return part.isprintable() and not set(part) & {"\\", ":", "/"}


def _is_linked(instance: Path, path: Path) -> bool:
    return not path.resolve().is_relative_to(instance.resolve()) or path.is_symlink()
