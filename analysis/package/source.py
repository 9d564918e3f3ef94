"""Fetch the known files of a package from a folder or a zip, trusting neither.

Must not know what the files mean. Only files with a known name are ever read,
each up to a limit; nothing is unpacked or written.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from analysis.package.problems import Findings

DESCRIPTOR = "datapackage.json"
MIB = 1 << 20
# Ten million responses of forty items are about 1 GiB; text files stay small.
LIMITS: Mapping[str, int] = {
    DESCRIPTOR: 64 * MIB,
    "responses.csv": 2048 * MIB,
    "comments.csv": 512 * MIB,
    "labels.csv": 64 * MIB,
    "items.csv": 16 * MIB,
    "fields.csv": MIB,
    "editions.csv": MIB,
    "margins.csv": 16 * MIB,
    "participation.csv": 16 * MIB,
    "measures.csv": 16 * MIB,
    "policy.json": 16 * MIB,
    "merges.json": 16 * MIB,
    "texts.json": 64 * MIB,
}
# Answers compress about 9 : 1; deflate itself ends at 1032 : 1. Below the small
# size nobody is harmed, however well it compresses.
MAX_RATIO = 100
SMALL = 64 * MIB
MAX_MEMBERS = 10_000
# The list of contents is read whole before anything can be judged.
MAX_CONTENTS = 4 * MIB
CHUNK = MIB
# Marks at the end of a zip, and how far from the end they can begin (appnote 4.3).
END, LARGE_END = b"PK\5\6", b"PK\6\7"
LONGEST_END = (1 << 16) + 22 + 20
UNSAFE_NAME = "The archive holds a name that leads out of the package."
REPACK = "Pack the package again with an ordinary zip program."


def fetch(
    path: Path, findings: Findings, names: Collection[str] = LIMITS
) -> dict[str, bytes]:
    """Bytes of every known file that exists, by name; problems are noted."""
    try:
        if path.is_dir():
            return _from_folder(path, findings, names)
        if path.is_file():
            return _from_zip(path, findings, names)
    except OSError as error:
        findings.add(
            path.name,
            f"It cannot be read ({error.strerror or 'input error'}).",
            "Check the path and the permissions.",
        )
        return {}
    findings.add(
        path.name,
        "There is no folder or file of this name.",
        "Give the path of a package folder or of a zip of it.",
    )
    return {}


def digest(path: Path, name: str, findings: Findings) -> str | None:
    """SHA-256 of a file of a package, of any size; None when it cannot be read."""
    if path.is_dir():
        file = path / name
        try:
            if not stat.S_ISREG(file.lstat().st_mode):
                return None
            with file.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None
    content = fetch(path, findings, (name,)).get(name)
    return None if content is None else hashlib.sha256(content).hexdigest()


def _from_folder(
    folder: Path, findings: Findings, names: Collection[str]
) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in names:
        limit = LIMITS[name]
        path = folder / name
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(mode):
            findings.add(
                name,
                "It is a link or something else that is not an ordinary file.",
                "Put the file itself into the folder.",
            )
        elif path.stat().st_size > limit:
            _too_large(name, limit, findings)
        else:
            found[name] = path.read_bytes()
    return found


def _from_zip(
    path: Path, findings: Findings, names: Collection[str]
) -> dict[str, bytes]:
    with _opened(path, findings) as archive:
        if archive is None:
            return {}
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            findings.add(
                path.name, f"The archive holds more than {MAX_MEMBERS} files.", REPACK
            )
            return {}
        if not all(_is_harmless(member, findings) for member in members):
            return {}
        return _read_members(archive, members, findings, names)


@contextmanager
def _opened(path: Path, findings: Findings) -> Iterator[zipfile.ZipFile | None]:
    if _contents_size(path) > MAX_CONTENTS:
        findings.add(path.name, "Its list of contents is too large.", REPACK)
        yield None
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, RuntimeError):
        findings.add(path.name, "It is not a readable zip archive.", REPACK)
        yield None
        return
    with archive:
        yield archive


def _contents_size(path: Path) -> int:
    """Bytes of the list of contents that the end of an archive announces."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - LONGEST_END))
        end = file.read()
        place = end.rfind(END)
        if place < 0 or len(end) < place + 22:
            return 0
        (announced,) = struct.unpack_from("<L", end, place + 12)
        if place < 20 or end[place - 20 : place - 16] != LARGE_END:
            return int(announced)
        (where,) = struct.unpack_from("<Q", end, place - 12)
        file.seek(min(where, start + place))
        record = file.read(48)
    if len(record) < 48:
        return int(announced)
    (announced,) = struct.unpack_from("<Q", record, 40)
    return int(announced)


def _is_harmless(member: zipfile.ZipInfo, findings: Findings) -> bool:
    # zipfile cuts a name at its first NUL; the name as stored is what counts.
    name = member.orig_filename
    parts = PurePosixPath(name).parts
    if (
        not name.isprintable()
        or "\\" in name
        or ":" in name
        or name.startswith("/")
        or ".." in parts
    ):
        findings.add(ascii(name), UNSAFE_NAME, REPACK)
        return False
    if stat.S_ISLNK(member.external_attr >> 16):
        findings.add(
            name, "The archive holds a link instead of a file.", "Pack the file itself."
        )
        return False
    return True


def _read_members(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    findings: Findings,
    names: Collection[str],
) -> dict[str, bytes]:
    root = _root([member.filename for member in members])
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    for member in members:
        name = member.filename.removeprefix(root)
        if name not in names:
            continue
        if name in seen:
            findings.add(name, "The archive holds this file twice.", REPACK)
            continue
        seen.add(name)
        content = _read_member(archive, member, name, findings)
        if content is not None:
            found[name] = content
    return found


def _root(names: list[str]) -> str:
    """The one folder a package was packed in, with its slash; "" when none."""
    if DESCRIPTOR in names:
        return ""
    roots = [name[: -len(DESCRIPTOR)] for name in names if name.endswith(DESCRIPTOR)]
    single = [root for root in roots if root.count("/") == 1 and root.endswith("/")]
    return single[0] if len(single) == 1 else ""


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, findings: Findings
) -> bytes | None:
    limit = LIMITS[name]
    # The packed size is only claimed; it cannot be larger than the archive.
    packed = min(member.compress_size, Path(archive.filename or "").stat().st_size)
    allowed = max(SMALL, packed * MAX_RATIO)
    try:
        with archive.open(member) as stream:
            content = _read_up_to(stream, min(limit, allowed))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        findings.add(name, "Its compressed data are damaged.", REPACK)
        return None
    except RuntimeError:
        findings.add(
            name,
            "It is encrypted or packed by a method that cannot be read.",
            "Pack the package again without a password, by the method deflate.",
        )
        return None
    if content is None and allowed < limit:
        findings.add(
            name,
            f"It swells to more than {MAX_RATIO} times its packed size.",
            "This is not a package; do not open it.",
        )
    elif content is None:
        _too_large(name, limit, findings)
    return content


def _read_up_to(stream: IO[bytes], limit: int) -> bytes | None:
    # Counted while reading: the size that an archive declares may be a lie.
    chunks = bytearray()
    while chunk := stream.read(CHUNK):
        chunks += chunk
        if len(chunks) > limit:
            return None
    return bytes(chunks)


def _too_large(name: str, limit: int, findings: Findings) -> None:
    findings.add(
        name,
        f"It is larger than {limit // MIB} MiB.",
        "Split the survey into several packages.",
    )
