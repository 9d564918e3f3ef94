"""Opens a backup and believes nothing in it before it was looked at.

Names, sizes and hashes are checked before anything is written anywhere; with the
right passphrase also that nobody changed the file on purpose.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey.backup import files, manifest, passphrase, sealed
from survey.backup.errors import BackupError, WrongPassphrase
from survey.backup.manifest import LARGEST_MANIFEST, Entry, Manifest
from survey.storage import migrate
from survey.storage.travel import WAYS, Way

CHUNK = 1 << 20
MOST_ENTRIES = 200_000
LARGEST_SEALED = 1 << 30
LONGEST_LINE = 256 * 1024 * 1024
MOST_TIMES = 200
"""No honest backup unpacks to more than so many times its size; rows of one survey
repeat their names of columns, yet each has an id of random bytes."""
FREE_BYTES = 16 * 1024 * 1024
"""What a small file may unpack to, however well it is packed."""
TABLES = {f"tables/{name}.jsonl": name for name, way in WAYS.items() if way is Way.OPEN}
# a twisted list of entries asks for places that no file has: an OSError
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError)
COME_AGAIN = "Take another copy of the file, or an older backup."


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose list of files was read; ``verify`` looks at every byte."""

    path: Path
    archive: zipfile.ZipFile
    manifest: Manifest
    written: bytes

    @property
    def size(self) -> int:
        """Bytes it unpacks to."""
        return sum(one.size for one in self.manifest.files.values())

    def tables(self) -> dict[str, str]:
        """Table → name of its file in the backup."""
        return {TABLES[name]: name for name in self.manifest.files if name in TABLES}

    def files(self) -> Iterator[tuple[str, Path]]:
        """Name in the backup and place in an instance of every other file."""
        for name in self.manifest.files:
            place = files.place_of(name)
            if place is not None:
                yield name, Path(place)

    def verify(self) -> None:
        """Read everything once. Raises ``BackupError`` at the first damage."""
        for name in self.manifest.files:
            for _ in self.chunks(name):
                pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file; ``BackupError`` at the end if they are other ones."""
        entry = self.manifest.files[name]
        digest, left = hashlib.sha256(), entry.size
        for chunk in self._read(name, entry.size):
            left -= len(chunk)
            digest.update(chunk)
            yield chunk
        if left or digest.hexdigest() != entry.sha256:
            raise self.damaged(name)

    def _read(self, name: str, most: int) -> Iterator[bytes]:
        """At most one byte more than there should be."""
        left = most + 1
        try:
            with self.archive.open(name) as file:
                while left and (chunk := file.read(min(CHUNK, left))):
                    left -= len(chunk)
                    yield chunk
        except DAMAGED as error:
            raise self.damaged(name) from error

    def rows(self, table: str) -> Iterator[list[Any]]:
        """Columns, then rows. Raises ``BackupError`` or ``ValueError``."""
        rest = b""
        for chunk in self.chunks(self.tables()[table]):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                raise self.damaged(table)
            for line in lines:
                yield _row(line)
        if rest:
            raise self.damaged(table)

    def unseal(self, words: str) -> sealed.Contents:
        """The sealed part. Raises ``WrongPassphrase`` or ``BackupError``."""
        key = passphrase.key_of(self.manifest.lock, words)
        if key is None:
            raise WrongPassphrase("This is not the passphrase of the backup.")
        try:
            box = self.archive.read(manifest.SEALED)
        except DAMAGED as error:
            raise self.damaged(manifest.SEALED) from error
        contents = sealed.unseal(box, key, self.written)
        if contents is None:
            raise BackupError(
                f"{self.path} was changed after it was made, by somebody or by a fault "
                f"of the disk. Nothing was restored. {COME_AGAIN}"
            )
        return contents

    def damaged(self, what: str) -> BackupError:
        """What to say about a file in it that is not what it should be."""
        return BackupError(
            f"{self.path} is damaged ({what}). Nothing was restored. {COME_AGAIN}"
        )


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup and check its list of files; raises ``BackupError``."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    # the file is ours to close: an entry half read would keep the archive's open
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*DAMAGED, ValueError) as error:
            raise _no_backup(path) from error
        with archive:
            backup = _listed(path, archive)
            _check_names(backup)
            _check_size(backup)
            yield backup


def _listed(path: Path, archive: zipfile.ZipFile) -> Backup:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES or len(set(names)) != len(names):
        raise _no_backup(path)
    try:
        info = archive.getinfo(manifest.NAME)
        if info.file_size > LARGEST_MANIFEST:
            raise _no_backup(path)
        with archive.open(info) as file:
            written = file.read(LARGEST_MANIFEST)
        read = manifest.read(written)
    except manifest.Newer as error:
        raise _newer(path) from error
    except (*DAMAGED, KeyError, manifest.Unreadable) as error:
        raise _no_backup(path) from error
    if not (read.revision.isascii() and read.revision.isdecimal()):
        raise _no_backup(path)
    if int(read.revision[:9]) > int(migrate.NEWEST):
        raise _newer(path)
    return Backup(path, archive, read, written)


def _check_names(backup: Backup) -> None:
    listed = {info.filename: info for info in backup.archive.infolist()}
    expected = {*backup.manifest.files, manifest.NAME, manifest.SEALED}
    if set(listed) != expected:
        raise backup.damaged("its list of files")
    for name, entry in backup.manifest.files.items():
        if name not in TABLES and files.place_of(name) is None:
            raise backup.damaged("the name of a file")
        if not _is_plain(listed[name], entry):
            raise backup.damaged(name)
    if listed[manifest.SEALED].file_size > LARGEST_SEALED:
        raise backup.damaged(manifest.SEALED)


def _is_plain(info: zipfile.ZipInfo, entry: Entry) -> bool:
    packed = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return packed and not info.flag_bits & 1 and info.file_size == entry.size


def _check_size(backup: Backup) -> None:
    packed = backup.path.stat().st_size
    if backup.size > FREE_BYTES + MOST_TIMES * packed:
        raise backup.damaged("it unpacks to far more than a backup can")


def _row(line: bytes) -> list[Any]:
    row = json.loads(line)
    if not isinstance(row, list):
        raise ValueError("a line is no row")
    return row


def _no_backup(path: Path) -> BackupError:
    return BackupError(f"{path} is no backup, or is damaged. {COME_AGAIN}")


def _newer(path: Path) -> BackupError:
    return BackupError(
        f"{path} was made by a newer version of this program. Install that version, "
        "then restore."
    )
