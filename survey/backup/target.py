"""A file that appears under its name when it is complete, or never.

Where the system can, it has no name at all while it is written, so that not even a
killed process leaves half of it behind.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from survey.backup.errors import BackupError

OWNER_ONLY = 0o600
NAMELESS_REFUSED = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT)
"""What file systems say that cannot keep a file without a name."""


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A new file for writing; nothing is ever written over.

    Raises ``BackupError`` when something has this name or there is no such folder.
    """
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    _refuse_existing(path)
    handle, name = _begin(path)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            _show(file.fileno(), name, path)
    finally:
        if name is not None:
            with suppress(FileNotFoundError):
                name.unlink()
    _sync(path.parent)


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise BackupError(f"{path} exists already; backups are never overwritten.")


def _begin(path: Path) -> tuple[int, Path | None]:
    nameless = getattr(os, "O_TMPFILE", None)
    if nameless is not None:
        try:
            flags = nameless | os.O_RDWR | os.O_CLOEXEC
            return os.open(path.parent, flags, OWNER_ONLY), None
        except OSError as error:
            if error.errno not in NAMELESS_REFUSED:
                raise
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return os.open(part, flags, OWNER_ONLY), part


def _show(handle: int, name: Path | None, path: Path) -> None:
    try:
        if name is not None:
            _rename(name, path)
            return
        root = os.open("/", os.O_RDONLY | os.O_CLOEXEC)
        try:
            # only with a folder's handle does Python follow the link of /proc
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=root)
        finally:
            os.close(root)
    except FileExistsError:
        _refuse_existing(path)
        raise


def _rename(name: Path, path: Path) -> None:
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        # no hard links here, as on a stick
        _refuse_existing(path)
        name.rename(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
