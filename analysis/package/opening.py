"""Open a package: read, check everything, tell every problem at once.

Must not compute a figure and must not write anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.package.answers import Answers, read_answers
from analysis.package.codes import STAGES
from analysis.package.contents import Package
from analysis.package.descriptor import check_hashes, read_descriptor, read_json
from analysis.package.editions import read_editions
from analysis.package.items import read_codebook
from analysis.package.policy import MERGES, POLICY, check_merges, check_policy
from analysis.package.problems import Findings
from analysis.package.source import DESCRIPTOR, fetch
from analysis.package.tables import Row, frame, rows

REQUIRED = (DESCRIPTOR, "responses.csv", "items.csv", "labels.csv")
PARTICIPATION_COLUMNS = ("channel", "stage", "page", "count")
MARGIN_COLUMNS = ("variable", "category", "population")
COMMENT_COLUMNS = ("question", "language", "text", "field", "status")


def open_package(path: str | Path) -> Package:
    """Open and verify a data package.

    Parameters
    ----------
    path : str or Path
        A folder, or a zip of one, as described in ``docs/data-package.md``.

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
    findings = Findings()
    files = fetch(Path(path), findings)
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
    return package


def _read(files: Mapping[str, bytes], findings: Findings) -> Package | None:
    descriptor = read_descriptor(files[DESCRIPTOR], findings)
    if descriptor is None:
        return None
    check_hashes(descriptor, files, findings)
    codebook = read_codebook(files, descriptor, findings)
    answers = Answers(pd.DataFrame(), {})
    if "responses.csv" in files and codebook.items:
        answers = read_answers(
            files["responses.csv"], codebook, descriptor.columns, findings
        )
    policy = read_json(POLICY, files.get(POLICY, b"{}"), findings)
    merges = read_json(MERGES, files.get(MERGES, b"{}"), findings)
    check_policy(policy, findings)
    check_merges(merges, findings)
    return Package(
        descriptor=descriptor.raw,
        design=descriptor.design,
        codebook=codebook,
        responses=answers.table,
        hash=hashlib.sha256(files[DESCRIPTOR]).hexdigest(),
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
