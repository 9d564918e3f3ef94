"""Looks at the sizes inside a zip archive before anything opens it.

Knows nothing of what the files in it mean.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from survey.authoring.problems import AuthoringError
from survey.questionnaire.problem import Problem

MOST_FILES = 2_000
LARGEST_TOTAL = 120_000_000  # 60,000 choices in five languages unfold to 50 MB
SMALL = 10_000_000
HIGHEST_RATIO = 400  # sheets of formatted empty rows reach 100
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, RuntimeError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def opened(path: Path) -> zipfile.ZipFile:
    """The archive, once its sizes are found bearable; raises ``AuthoringError``."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        reason = "The file is damaged: its archive cannot be opened."
        raise refusal(path, reason, "Open it in its program and save it again.") from (
            error
        )
    fault = _fault(archive.infolist())
    if fault:
        archive.close()
        raise refusal(path, *fault)
    return archive


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of the archive; empty when it is missing or damaged."""
    try:
        return archive.read(name)
    except (*_BROKEN, KeyError, EOFError, zlib.error):
        return b""


def refusal(path: Path, reason: str, remedy: str) -> AuthoringError:
    """The error that says why a file as a whole is not read."""
    return AuthoringError([Problem(path.name, "file", reason, remedy)])


def _fault(entries: list[zipfile.ZipInfo]) -> tuple[str, str] | None:
    """Reason and remedy, if an archive should not be opened."""
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        reason = f"The archive holds {len(entries):,} files."
        return reason, f"At most {MOST_FILES:,} are read. Is it the right file?"
    if total > LARGEST_TOTAL:
        reason = f"The archive unfolds to {total:,} bytes."
        remedy = f"At most {LARGEST_TOTAL:,} are read: leave out pictures and sheets."
        return reason, remedy
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            return "The file is protected by a password.", "Save it without one."
        if entry.compress_type not in _METHODS:
            reason = f"{entry.filename} in the archive is packed in a strange way."
            return reason, "Open it in its program and save it again."
        packed = max(entry.compress_size, 1)
        if entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * packed:
            ratio = entry.file_size // packed
            reason = f"{entry.filename} unfolds to {ratio:,} times its size."
            return reason, "No questionnaire does: it looks like a trap."
    return None
