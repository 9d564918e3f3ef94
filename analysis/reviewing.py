"""What `analysis review` says of a package, and the reasons it writes into it.

Shows counts per rule and channel only, never what a row or a comment says.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import review
from analysis.package import AnalysisError, Package, open_package
from analysis.package.problems import Findings
from analysis.package.source import DESCRIPTOR, fetch
from analysis.report.plain import plain

RESPONSES = "responses.csv"
# The earliest day a zip can hold: a package carries no time but its own day.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def lines(package: Package) -> Iterator[str]:
    """The account of a package, for a terminal."""
    table = review.account(package.responses, package.codebook)
    for channel, part in table.groupby(level="channel", sort=False):
        name = channel or "all channels"
        yield plain(f"{name}: {part['rows'].iloc[0]} rows")
        for (_, rule), row in part.iterrows():
            yield f"  {rule}: {row['found']}"
    copied = review.copied_texts(package.comments)
    for question, row in copied.iterrows():
        yield plain(f"{question}: {row['copies']} copies of {row['texts']} free texts")
    if copied.empty:
        yield "No longer free text came three times."


def exclude(path: Path, rules: Sequence[str]) -> pd.Series:
    """Write the reasons into the package at ``path``; how many rows have each.

    Raises
    ------
    AnalysisError
        When rows were excluded before, or a rule does not exist.
    """
    package = open_package(path)
    if package.excluded:
        message = f"{path}: rows were excluded before; export the package again."
        raise AnalysisError(message)
    found = review.reasons(package.responses, package.codebook, rules)
    findings = Findings()
    files = fetch(path, findings)
    findings.raise_if_any()
    files[RESPONSES] = _with_reasons(files[RESPONSES], found)
    files[DESCRIPTOR] = _with_hash(files[DESCRIPTOR], files[RESPONSES])
    _write(path, files)
    return found[found != ""].value_counts()


def _with_reasons(content: bytes, found: pd.Series) -> bytes:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    names = next(lines)
    writer.writerow(names)
    place = names.index("excluded")
    for cells, reason in zip((row for row in lines if row), found, strict=True):
        writer.writerow([*cells[:place], reason, *cells[place + 1 :]])
    return written.getvalue().encode()


def _with_hash(descriptor: bytes, content: bytes) -> bytes:
    told: dict[str, Any] = json.loads(descriptor.decode("utf-8-sig"))
    for resource in told.get("resources", []):
        if resource.get("path") == RESPONSES:
            resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            resource["bytes"] = len(content)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return text.encode()


def _write(path: Path, files: dict[str, bytes]) -> None:
    """Replace what changed; a zip appears complete or not at all."""
    if path.is_dir():
        for name in (RESPONSES, DESCRIPTOR):
            _replace(path / name, files[name])
        return
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), content)
    _replace(path, packed.getvalue())


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
