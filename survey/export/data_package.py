"""Write a survey's answers as a data package; knows nothing of requests or counts.

The format is docs/data-package.md; the reader in ``analysis`` owns the schema.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from survey.export import codebook, editions
from survey.questionnaire.edition import Edition

FORMAT_VERSION = "1"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTOR = "datapackage.json"
SYSTEM_COLUMNS = ("channel", "form_language", "excluded")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip without times is the same bytes every time
MISSING_VALUES = (
    ("-1", "skipped by routing"),
    ("-2", "shown and left empty"),
    ("-3", "don't know"),
    ("-4", "prefer not to say"),
    ("-5", "not reached"),
)
COUNT_BASE = 5
MIDNIGHT = "T00:00:00Z"  # the standard wants a time; a day is all that is told

Row = Mapping[str, str]


class ExportError(Exception):
    """A package cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class Content:
    """Everything one package says.

    ``responses`` are released rows (column → cell, system columns included)
    in an order without meaning; ``comments`` are left out unless asked for.
    ``counts`` are those of the urn: (channel, stage, page) → people.
    ``editions`` are all that were in force, ``edition`` the last of them.
    """

    survey: str
    edition: Edition
    design: str
    population: int | None
    invited: Mapping[str, int]
    channels: Sequence[str]
    policy: Mapping[str, Any]
    responses: Iterable[Row]
    created: date
    counts: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    comments: Iterable[Row] | None = None
    merges: str | None = None
    editions: Sequence[editions.Asked] = ()
    field_time: tuple[date | None, date | None] = (None, None)
    wave: str = "1"


@dataclass(frozen=True)
class _File:
    """One file that was written, as the descriptor lists it."""

    path: Path
    digest: str
    size: int
    schema: Mapping[str, Any] | None = None

    def resource(self) -> dict[str, Any]:
        is_table = self.path.suffix == ".csv"
        entry: dict[str, Any] = {
            "name": self.path.stem,
            "path": self.path.name,
            "type": "table" if is_table else "json",
            "format": self.path.suffix[1:],
            "mediatype": "text/csv" if is_table else "application/json",
            "encoding": "utf-8",
            "bytes": self.size,
            "hash": f"sha256:{self.digest}",
        }
        return entry | ({"schema": self.schema} if self.schema else {})


def write(target: Path, content: Content) -> str:
    """Write a folder, or a zip where ``target`` ends so; the package's hash.

    The package appears complete or not at all; an older package at the same
    place is replaced, anything else there is refused with ``ExportError``.
    """
    _refuse_strangers(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".package-") as name:
        folder = Path(name) / "package"
        folder.mkdir()
        digest = _fill(folder, content)
        _put(folder, target)
    return digest


def digest_of(target: Path) -> str:
    """The hash of a package that was written before: that of its descriptor."""
    if target.is_dir():
        return hashlib.sha256((target / DESCRIPTOR).read_bytes()).hexdigest()
    with zipfile.ZipFile(target) as archive:
        return hashlib.sha256(archive.read(DESCRIPTOR)).hexdigest()


def _refuse_strangers(target: Path) -> None:
    if not target.exists():
        return
    if target.is_dir():
        known = (target / DESCRIPTOR).is_file() or not any(target.iterdir())
    else:
        known = zipfile.is_zipfile(target)
    if not known:
        raise ExportError(
            f"{target} exists and is no data package. Name another place, "
            "or move it away first."
        )


def _put(folder: Path, target: Path) -> None:
    if target.suffix == ".zip":
        packed = folder.with_suffix(".zip")
        _pack(folder, packed)
        packed.replace(target)
        return
    if target.exists():
        shutil.move(target, folder.parent / "previous")
    folder.chmod(0o755)
    folder.replace(target)


def _pack(folder: Path, packed: Path) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, archive.open(entry, "w") as out:
                shutil.copyfileobj(source, out)


def _fill(folder: Path, content: Content) -> str:
    counted = _Counted(content)
    files = [
        _table(folder, "responses", _columns(content), counted, _schema(content)),
        _table(folder, "items", codebook.ITEM_COLUMNS, codebook.items(content.edition)),
        _table(
            folder, "labels", codebook.LABEL_COLUMNS, codebook.labels(content.edition)
        ),
        _table(folder, "fields", ("field", "order"), codebook.fields(content.edition)),
        _table(
            folder,
            "participation",
            ("channel", "stage", "page", "count"),
            counted.participation(),
        ),
        _json(folder, "policy", json.dumps(content.policy, sort_keys=True, indent=1)),
    ]
    if len(content.editions) > 1:
        told = editions.rows(content.editions)
        files.append(_table(folder, "editions", editions.COLUMNS, told))
    if content.comments is not None:
        columns = ("question", "language", "text", "field", "status")
        files.append(_table(folder, "comments", columns, content.comments))
    if content.merges is not None:
        files.append(_json(folder, "merges", content.merges))
    return _describe(folder, content, files)


def _columns(content: Content) -> list[str]:
    items = [column.name for column in codebook.closed_columns(content.edition)]
    return [*items, *SYSTEM_COLUMNS]


def _schema(content: Content) -> dict[str, Any]:
    return {
        "fields": [
            *codebook.column_fields(content.edition),
            *({"name": name, "type": "string"} for name in SYSTEM_COLUMNS),
        ],
        "missingValues": [
            {"value": value, "label": label} for value, label in MISSING_VALUES
        ],
    }


class _Counted:
    """The response rows, counting who finished while they pass."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.stages: dict[tuple[str, str], int] = {}

    def __iter__(self) -> Iterator[Row]:
        defaults = dict.fromkeys(SYSTEM_COLUMNS, "")
        for row in self.content.responses:
            key = (row.get("channel", ""), codebook.stage(self.content.edition, row))
            self.stages[key] = self.stages.get(key, 0) + 1
            yield defaults | dict(row)

    def participation(self) -> Iterator[Row]:
        """Counts per channel; those of visits are rounded, rows are as they are."""
        for channel, number in sorted(self.content.invited.items()):
            yield _count(channel, "invited", "", number)
        for (channel, stage, page), number in sorted(self.content.counts.items()):
            rounded = COUNT_BASE * round(number / COUNT_BASE)
            yield _count(channel, stage, page, rounded)
        for (channel, stage), number in sorted(self.stages.items()):
            yield _count(channel, stage, "", number)


def _count(channel: str, stage: str, page: str, number: int) -> Row:
    return {"channel": channel, "stage": stage, "page": page, "count": str(number)}


def _table(
    folder: Path,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    schema: Mapping[str, Any] | None = None,
) -> _File:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row[column] for column in columns] for row in rows)
    return _written(path, schema or _text_schema(columns))


def _text_schema(columns: Sequence[str]) -> dict[str, Any]:
    return {"fields": [{"name": name, "type": "string"} for name in columns]}


def _json(folder: Path, name: str, text: str) -> _File:
    path = folder / f"{name}.json"
    path.write_text(text, encoding="utf-8")
    return _written(path, None)


def _written(path: Path, schema: Mapping[str, Any] | None) -> _File:
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    return _File(path, digest, path.stat().st_size, schema)


def _field_time(content: Content) -> dict[str, str]:
    days = zip(("start", "end"), content.field_time, strict=True)
    return {name: day.isoformat() for name, day in days if day is not None}


def _describe(folder: Path, content: Content, files: Sequence[_File]) -> str:
    edition = content.edition
    descriptor = {
        "$schema": PROFILE,
        "name": content.survey,
        "version": FORMAT_VERSION,
        "created": f"{content.created.isoformat()}{MIDNIGHT}",
        "survey": content.survey,
        "wave": content.wave,
        "edition": edition.hash,
        "design": {
            "kind": content.design,
            "population": content.population,
            "invited": sum(content.invited.values()) or None,
            "channels": list(content.channels),
        },
        "field_time": _field_time(content),
        "default_language": edition.languages[0],
        "languages": list(edition.languages),
        "protected": False,
        "resources": [file.resource() for file in files],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()
