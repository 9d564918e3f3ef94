"""editions.csv: what a survey asked while it was open; knows no answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.package.contents import Codebook, Edition
from analysis.package.problems import Findings
from analysis.package.tables import MAX_REPORTED, Row, rows

EDITIONS = "editions.csv"
COLUMNS = ("order", "edition", "languages", "note", "reworded")
EXPORT_AGAIN = "Correct the line, or export the package again."


def read_editions(
    files: Mapping[str, bytes],
    codebook: Codebook,
    descriptor: Mapping[str, Any],
    findings: Findings,
) -> tuple[Edition, ...]:
    """Read and check the editions; () where there is no such file."""
    if EDITIONS not in files:
        return ()
    items = {item.name for item in codebook.items}
    found: list[Edition] = []
    faults: list[tuple[Row, str, str]] = []
    for row in rows(EDITIONS, files[EDITIONS], COLUMNS, findings):
        edition = _edition(row, order=len(found) + 1)
        unknown = [item for item, _ in edition.reworded if item not in items]
        if row["order"] != str(edition.order):
            faults.append((row, "order", "Editions are numbered from 1 without gaps."))
        elif items and unknown:
            reason = f"items.csv has no item {unknown[0][:40]!r}."
            faults.append((row, "reworded", reason))
        found.append(edition)
    for row, column, reason in faults[:MAX_REPORTED]:
        findings.add(EDITIONS, reason, EXPORT_AGAIN, row=row.number, column=column)
    if found and found[-1].hash != descriptor.get("edition"):
        reason = "The last edition is not the one that the descriptor names."
        findings.add(EDITIONS, reason, "Export the package again.", column="edition")
    return tuple(found)


def _edition(row: Row, *, order: int) -> Edition:
    pairs = [part.partition(":") for part in row["reworded"].split()]
    return Edition(
        order=order,
        hash=row["edition"],
        languages=tuple(row["languages"].split()),
        note=row["note"],
        reworded=tuple((item, language) for item, _, language in pairs),
    )
