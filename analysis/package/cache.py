"""Where the columns of a package are kept, and when; must not know their layout.

They lie in a folder beside the package, never in it: what is sent along with a
package is checked, and what nobody checks must not be sent along.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.package.columns import Columns, read
from analysis.package.layout import write

ENDING = ".columns"
# Below, reading the answers anew takes less than a blink, and a second copy of
# what people answered needs a reason.
WORTH_KEEPING = 10_000
# Whoever writes has ended after so long, or never will.
ABANDONED_SECONDS = 3600
OURS = re.compile(r"[0-9a-f]{64}(\.[0-9a-f]{16}\.part)?")


def folder_of(package: Path) -> Path:
    """The folder beside a package, whether that is a folder or a zip.

    Examples
    --------
    >>> folder_of(Path("/surveys/town.zip")).as_posix()
    '/surveys/town.zip.columns'
    """
    place = package.resolve()
    return place.with_name(place.name + ENDING)


def kept(package: Path, digest: str) -> Columns | None:
    """The columns kept of exactly this package, if they are whole."""
    folder = folder_of(package)
    return None if folder.is_symlink() else read(folder / digest, digest)


def keep(
    package: Path, digest: str, table: pd.DataFrame, excluded: Mapping[str, int]
) -> Columns | None:
    """Keep the columns of a package, in place of older ones; None when it cannot be.

    That is no fault: a package may lie where nobody can write, or on a full disk.
    """
    if len(table) < WORTH_KEEPING:
        return None
    folder = folder_of(package)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink():
            return None
        _put(folder, digest, table, excluded)
        _tidy(folder, digest)
    except (OSError, ValueError):
        return None
    return read(folder / digest, digest)


def _put(
    folder: Path, digest: str, table: pd.DataFrame, excluded: Mapping[str, int]
) -> None:
    """Write under another name; the file appears complete or not at all."""
    unfinished = folder / f"{digest}.{secrets.token_hex(8)}.part"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file, digest, table, excluded)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / digest)
    finally:
        unfinished.unlink(missing_ok=True)


def _tidy(folder: Path, digest: str) -> None:
    """Remove what was kept of the package as it was before."""
    oldest = time.time() - ABANDONED_SECONDS
    for path in folder.iterdir():
        if path.name == digest or not OURS.fullmatch(path.name):
            continue
        if path.suffix != ".part" or path.lstat().st_mtime < oldest:
            path.unlink(missing_ok=True)
