"""Open a package: read, check everything, tell every problem at once.

Must not compute a figure, and must not write anything into the package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.package import cache
from analysis.package.answers import RESPONSES, Answers, kept_answers, read_answers
from analysis.package.codes import STAGES
from analysis.package.columns import Columns
from analysis.package.contents import Package
from analysis.package.descriptor import check_hashes, read_descriptor, read_json
from analysis.package.editions import read_editions
from analysis.package.items import read_codebook
from analysis.package.policy import MERGES, POLICY, check_merges, check_policy
from analysis.package.problems import Findings
from analysis.package.source import DESCRIPTOR, LIMITS, digest, fetch
from analysis.package.tables import Row, frame, rows

REQUIRED = (DESCRIPTOR, RESPONSES, "items.csv", "labels.csv")
PARTICIPATION_COLUMNS = ("channel", "stage", "page", "count")
MARGIN_COLUMNS = ("variable", "category", "population")
COMMENT_COLUMNS = ("question", "language", "text", "field", "status")


def open_package(path: str | Path, *, keep: bool = False) -> Package:
    """Open and verify a data package.

    Parameters
    ----------
    path : str or Path
        A folder, or a zip of one, as described in ``docs/data-package.md``.
    keep : bool
        Keep the answers of a large package as columns of codes beside it, so that
        the next time they are mapped instead of read.

    Returns
    -------
    Package
        Codebook, typed responses without the excluded rows, participation,
        margins, comments, policy and merges.

    Raises
    ------
    PackageError
        With one located problem per fault, all found in one run.
    """
    place = Path(path)
    return _from_columns(place) or _from_scratch(place, keep=keep)


def _from_columns(path: Path) -> Package | None:
    """The package with the columns kept of it; None at the least doubt."""
    findings = Findings()
    columns = None
    descriptor = fetch(path, findings, (DESCRIPTOR,)).get(DESCRIPTOR)
    if descriptor is not None:
        columns = cache.kept(path, hashlib.sha256(descriptor).hexdigest())
    if columns is None:
        return None
    files = fetch(path, findings, [name for name in LIMITS if name != RESPONSES])
    answers = digest(path, RESPONSES, findings)
    if answers is None or files.get(DESCRIPTOR) != descriptor:
        return None
    package = _read(files, findings, columns, {RESPONSES: answers})
    return None if findings.problems else package


def _from_scratch(path: Path, *, keep: bool) -> Package:
    findings = Findings()
    files = fetch(path, findings)
    if DESCRIPTOR not in files and findings.problems:
        findings.raise_if_any()
    for name in REQUIRED:
        if name not in files and not any(p.file == name for p in findings.problems):
            findings.add(name, "This file is missing.", "Copy the package complete.")
    if DESCRIPTOR not in files:
        findings.raise_if_any()
    package = _read(files, findings)
    findings.raise_if_any()
    if package is None:  # pragma: no cover - a descriptor in fault was noted above
        raise AssertionError
    del files
    if keep and cache.keep(path, package.hash, package.responses, package.excluded):
        return _from_columns(path) or package
    return package


def _read(
    files: Mapping[str, bytes],
    findings: Findings,
    columns: Columns | None = None,
    digests: Mapping[str, str] | None = None,
) -> Package | None:
    descriptor = read_descriptor(files[DESCRIPTOR], findings)
    if descriptor is None:
        return None
    found = {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    check_hashes(descriptor, {**found, **(digests or {})}, findings)
    codebook = read_codebook(files, descriptor, findings)
    answers: Answers | None = Answers(pd.DataFrame(), {})
    if columns is not None:
        answers = kept_answers(columns, codebook, descriptor.columns)
    elif RESPONSES in files and codebook.items:
        answers = read_answers(files[RESPONSES], codebook, descriptor.columns, findings)
    if answers is None:
        return None
    policy = read_json(POLICY, files.get(POLICY, b"{}"), findings)
    merges = read_json(MERGES, files.get(MERGES, b"{}"), findings)
    check_policy(policy, findings)
    check_merges(merges, findings)
    return Package(
        descriptor=descriptor.raw,
        design=descriptor.design,
        codebook=codebook,
        responses=answers.table,
        hash=found[DESCRIPTOR],
        columns=columns,
        excluded=answers.excluded,
        excluded_rows=answers.excluded_rows,
        participation=_participation(files, findings),
        margins=_counted(files, "margins.csv", MARGIN_COLUMNS, "population", findings),
        comments=_table(files, "comments.csv", COMMENT_COLUMNS, findings),
        policy=policy,
        merges=merges,
        texts=read_json("texts.json", files.get("texts.json", b"{}"), findings),
        editions=read_editions(files, codebook, descriptor.raw, findings),
    )


def _table(
    files: Mapping[str, bytes],
    name: str,
    columns: tuple[str, ...],
    findings: Findings,
) -> pd.DataFrame:
    found = rows(name, files[name], columns, findings) if name in files else []
    return frame(found, columns)


def _counted(
    files: Mapping[str, bytes],
    name: str,
    columns: tuple[str, ...],
    counts: str,
    findings: Findings,
) -> pd.DataFrame:
    """A table one column of which holds whole numbers."""
    found = rows(name, files[name], columns, findings) if name in files else []
    sound = [row for row in found if _is_count(name, row, counts, findings)]
    table = frame(sound, columns)
    table[counts] = [int(row[counts]) for row in sound]
    return table.astype({counts: "int64"})


def _is_count(name: str, row: Row, column: str, findings: Findings) -> bool:
    text = row[column]
    if text.isascii() and text.isdigit() and len(text) < 12:
        return True
    findings.add(
        name,
        f"{text!r} is not a whole number.",
        "Correct the cell, or export the package again.",
        row=row.number,
        column=column,
    )
    return False


def _participation(files: Mapping[str, bytes], findings: Findings) -> pd.DataFrame:
    name = "participation.csv"
    table = _counted(files, name, PARTICIPATION_COLUMNS, "count", findings)
    for stage in sorted(set(table["stage"]) - set(STAGES)):
        findings.add(
            name,
            f"The stage {stage!r} is unknown.",
            f"Use one of {', '.join(STAGES)}.",
            row=int((table["stage"] == stage).idxmax()) + 2,
            column="stage",
        )
    return table
