"""What goes to the print shop: all of it or nothing, and never a code without paper.

    draw everything into a hidden folder -> codes.csv, the sign that all is drawn
    -> the marks are kept (one transaction) -> the files move to their place

Killed before the marks are kept, no code of the files admits anybody, and the next
run begins anew. Killed later, the files are whole, and the next run keeps the same
marks once more, which changes nothing, and moves the files. So no mark is ever kept
whose letter does not lie on the disk. Knows no store and nothing of what is drawn.
"""

from __future__ import annotations

import csv
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from survey.letters.errors import LettersError
from survey.storage.errors import StorageError, StoreUnavailable

LIST = "codes.csv"
_UNFINISHED = ".unfinished"

Keep = Callable[[Sequence[str], bool], None]
"""Makes codes valid; the second argument: an earlier run may have done so."""
Draw = Callable[[], Iterator[tuple[str, bytes]]]
"""Names and contents of the files beside the list, one by one."""


class Printed(NamedTuple):
    """The files, the list of codes last; ``is_earlier``: of a run that was cut off."""

    files: tuple[Path, ...]
    is_earlier: bool = False


def finish_earlier(folder: Path, slug: str, keep: Keep) -> Printed | None:
    """Complete what an interrupted run had drawn; what was not drawn is deleted."""
    if not _hidden(folder, slug).exists():
        return None
    with _taken(folder, slug) as hidden:
        if not list(hidden.glob("codes*.csv")):
            _discard(hidden)
            return None
        (listed,) = hidden.glob("codes*.csv")
        keep(_codes_of(listed), True)
        return Printed(_moved(hidden, folder), is_earlier=True)


def write(
    folder: Path,
    slug: str,
    codes: Sequence[str],
    address: str,
    *,
    keep: Keep,
    draw: Draw,
) -> Printed:
    """Write the list of codes and what ``draw`` draws, then keep the marks.

    Everything is readable for its owner alone. The list stands in the order of
    ``codes``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _taken(folder, slug) as hidden:
        ending = _free_ending(folder)
        try:
            for name, content in draw():
                _write(hidden / _named(name, ending), content)
            _write_list(hidden / _named(LIST, ending), codes, address)
        except BaseException:
            _discard(hidden)
            raise
        _keep(hidden, codes, keep)
        return Printed(_moved(hidden, folder))


def _keep(hidden: Path, codes: Sequence[str], keep: Keep) -> None:
    try:
        keep(codes, False)
    except StoreUnavailable as error:
        raise LettersError(
            f"{error}. Whether the codes are valid is unknown. Run the same command "
            "again: it finishes what has been drawn."
        ) from error
    except StorageError:
        _discard(hidden)
        raise


def _hidden(folder: Path, slug: str) -> Path:
    return folder / f"{_UNFINISHED}-{slug}"


@contextmanager
def _taken(folder: Path, slug: str) -> Iterator[Path]:
    """The hidden folder, for this process alone."""
    hidden = _hidden(folder, slug)
    hidden.mkdir(mode=0o700, exist_ok=True)
    number = os.open(hidden, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield hidden
    except BlockingIOError as error:
        raise LettersError(
            f"Another command is writing codes of {slug} to {folder}. Wait for it."
        ) from error
    finally:
        os.close(number)


def _write(path: Path, content: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _write_list(path: Path, codes: Sequence[str], address: str) -> None:
    """The list appears under its name only when it is whole."""
    part = path.with_suffix(".part")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(("code", "address"))
        writer.writerows((code, f"{address}#{code}") for code in codes)
        out.flush()
        os.fsync(out.fileno())
    part.rename(path)
    _settle(path.parent)


def _codes_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


def _free_ending(folder: Path) -> str:
    """What is added to the names: nothing, or the first number not used before."""
    number = 1
    while True:
        ending = f"-{number}" if number > 1 else ""
        taken = {_named(name, ending) for name in (LIST, "letters.pdf", "slips.pdf")}
        if not any((folder / name).exists() for name in taken):
            return ending
        number += 1


def _named(name: str, ending: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}{ending}{dot}{suffix}"


def _moved(hidden: Path, folder: Path) -> tuple[Path, ...]:
    """Move the files out, the list last: as long as it is there, this can go on."""
    found = sorted(
        hidden.iterdir(), key=lambda file: (file.suffix == ".csv", file.name)
    )
    for file in found:
        target = folder / file.name
        if target.exists():
            raise LettersError(
                f"{target} is in the way. Move it elsewhere and run the command again."
            )
        file.rename(target)
        _settle(folder)
    hidden.rmdir()
    return tuple(folder / file.name for file in found)


def _settle(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was written."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _discard(hidden: Path) -> None:
    shutil.rmtree(hidden, ignore_errors=True)
