"""The files of a package made of a foreign table. Knows the format, and no answer."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.package.codes import FORMAT_VERSION, NO_ANSWER, SYSTEM_COLUMNS
from analysis.package.items import ITEM_COLUMNS, LABEL_COLUMNS

if TYPE_CHECKING:
    from analysis.intake.plan import Line
    from analysis.intake.taking_in import Intake, Survey

DESCRIPTOR = "datapackage.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
WAY = "link"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# As a survey of ours would have them where nobody chose others.
LEAST = 10


def files(intake: Intake, survey: Survey) -> dict[str, bytes]:
    """Every file of the package, by its name."""
    counted = [line for line in intake.lines if line.item in intake.cells]
    fields = list(dict.fromkeys(line.field for line in counted if line.field))
    options = {line.item: intake.cells[line.item].options for line in counted}
    texts = intake.wordings.complete(options, fields)
    found = {
        "responses.csv": _responses(intake),
        "items.csv": _csv(ITEM_COLUMNS, [_item(line) for line in counted]),
        "labels.csv": _csv(
            LABEL_COLUMNS,
            [(*key, text) for key, text in texts if key[0] in {"", *options}],
        ),
        "fields.csv": _csv(
            ("field", "order"), [(name, n) for n, name in enumerate(fields, start=1)]
        ),
        "participation.csv": _csv(
            ("channel", "stage", "page", "count"), list(_stages(intake, survey))
        ),
        "policy.json": _json(_policy(counted)),
    }
    found[DESCRIPTOR] = _json(_descriptor(intake, survey, found))
    return found


def _responses(intake: Intake) -> bytes:
    """The rows, sorted by what they say: an order that tells nothing."""
    columns = {
        name: cells
        for item in intake.cells.values()
        for name, cells in item.cells.items()
    }
    names = [*columns, *SYSTEM_COLUMNS]
    size = len(intake.source.rows)
    system = ([WAY] * size, intake.languages, [""] * size)
    rows = sorted(zip(*columns.values(), *system, strict=True))
    return _csv(names, rows)


def _item(line: Line) -> tuple[str, ...]:
    several = line.is_spread
    truth = {True: "true", False: "false"}
    return (
        line.item,
        line.kind,
        line.scale,
        line.field,
        line.role,
        line.page or line.item,
        truth[several],
        truth[line.reversed],
        truth[line.sensitive],
        "false",
        line.shown_if,
    )


def _stages(intake: Intake, survey: Survey) -> Iterable[tuple[str, str, str, int]]:
    if survey.invited:
        yield WAY, "invited", "", survey.invited
    yield WAY, "completed", "", len(intake.source.rows)


def _policy(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "k": LEAST,
        "group_base": LEAST,
        "sensitive": [line.item for line in lines if line.sensitive],
        "groups": [line.item for line in lines if line.is_group],
        "strata": {},
        "three_way": [line.item for line in lines if line.is_of_three],
        "interim": False,
    }


def _descriptor(
    intake: Intake, survey: Survey, written: Mapping[str, bytes]
) -> dict[str, Any]:
    edition = hashlib.sha256(written["items.csv"] + written["labels.csv"]).hexdigest()
    return {
        "$schema": PROFILE,
        "name": survey.name,
        "version": FORMAT_VERSION,
        "created": f"{survey.created}T00:00:00Z",
        "survey": survey.name,
        "wave": "1",
        "edition": edition,
        "design": {
            "kind": survey.design,
            "population": survey.population,
            "invited": survey.invited,
            "channels": [WAY],
        },
        "default_language": intake.wordings.languages[0],
        "languages": list(intake.wordings.languages),
        "protected": False,
        "resources": [
            _resource(name, content, intake) for name, content in written.items()
        ],
    }


def _resource(name: str, content: bytes, intake: Intake) -> dict[str, Any]:
    path = Path(name)
    is_table = path.suffix == ".csv"
    found: dict[str, Any] = {
        "name": path.stem,
        "path": name,
        "type": "table" if is_table else "json",
        "format": path.suffix[1:],
        "mediatype": "text/csv" if is_table else "application/json",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if name == "responses.csv":
        missing = [{"value": code, "label": text} for code, text in NO_ANSWER.items()]
        found["schema"] = {"fields": _fields(intake), "missingValues": missing}
    return found


def _fields(intake: Intake) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in intake.lines:
        if line.item not in intake.cells:
            continue
        taken = intake.cells[line.item]
        for name in taken.cells:
            column: dict[str, Any] = {"name": name, "type": "string"}
            categories = _categories(line, taken.options)
            if categories:
                column["categories"] = list(categories)
                column["categoriesOrdered"] = bool(line.scale) and not line.is_spread
            found.append(column)
    return [*found, *({"name": name, "type": "string"} for name in SYSTEM_COLUMNS)]


def _categories(line: Line, options: Sequence[str]) -> Sequence[str]:
    if line.kind == "rank":
        return ["", *(str(place) for place in range(1, len(options) + 1))]
    if line.kind == "points":
        return ()
    return ("0", "1") if line.is_spread else options


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def is_package(out: Path) -> bool:
    """Whether a package, or nothing of anybody's, lies at a place."""
    if out.is_dir():
        return (out / DESCRIPTOR).is_file() or not any(out.iterdir())
    return zipfile.is_zipfile(out)


def put(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write all files into a new folder."""
    folder.mkdir()
    for name, data in content.items():
        (folder / name).write_bytes(data)


def move(folder: Path, out: Path) -> None:
    """Put a finished package in its place, packed where ``out`` ends in .zip."""
    if out.suffix == ".zip":
        packed = folder.with_suffix(".zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(path.name, LONG_AGO)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
        packed.replace(out)
        return
    if out.is_dir():
        older = folder.with_name("older")
        out.replace(older)
        folder.replace(out)
        shutil.rmtree(older)
        return
    folder.replace(out)
