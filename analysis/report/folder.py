"""Write a report folder: pictures, report.json, figures.csv, pages, manifest.

The folder appears complete or not at all. Knows no count but published figures.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.disclosure import FIGURE_COLUMNS, Publication
from analysis.report import page
from analysis.report.contents import Contents
from analysis.report.pictures import (
    MANIFEST,
    Earlier,
    Progress,
    digest,
    files_of,
    put,
    read_manifest,
)

REPORT, FIGURES, MERGES = "report.json", "figures.csv", "merges.json"
LEFT_BY_SYSTEMS = frozenset({"Thumbs.db", "desktop.ini"})
FORMULA = re.compile(r"[=+\-@\t\r]")
NO_ANSWER = re.compile(r"-\d")


class ReportError(Exception):
    """A report cannot be written; the message says why and what to do."""


def write(contents: Contents, out: Path, *, progress: Progress | None = None) -> None:
    """Write the folder ``out``; an older report there is replaced as a whole.

    Pictures of the older report that would be the same are taken over.
    ``progress`` is told how many of how many charts are drawn.

    Raises
    ------
    ReportError
        if something else lies at ``out``, or beside the older report's files.
    """
    _refuse_strangers(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".report-") as name:
        folder = Path(name) / "report"
        _fill(folder, contents, Earlier.at(out), progress)
        _exchange(folder, out, Path(name) / "previous")


def _refuse_strangers(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file. Name a folder.")
    known = files_of(read_manifest(out))
    if any(out.iterdir()) and (REPORT not in known or not (out / REPORT).is_file()):
        raise ReportError(
            f"{out} exists and is no report. Name another folder, or move it away."
        )
    found = (path for path in out.rglob("*") if path.is_file())
    names = {path.relative_to(out).as_posix() for path in found if not _is_dust(path)}
    strangers = sorted(names - known.keys() - {MANIFEST})
    if strangers:
        raise ReportError(
            f"{out} holds files that are no part of the report: "
            f"{', '.join(strangers[:3])}. Move them away, or name another folder."
        )


def _is_dust(path: Path) -> bool:
    """Whether an operating system left the file there by itself."""
    return path.name.startswith(".") or path.name in LEFT_BY_SYSTEMS


def _exchange(folder: Path, out: Path, previous: Path) -> None:
    """Put a finished report in the place of the older one, or leave that there."""
    has_older = out.exists()
    if has_older:
        out.replace(previous)
    try:
        folder.replace(out)
    except OSError:
        if has_older:
            previous.replace(out)
        raise


def _fill(
    folder: Path, contents: Contents, earlier: Earlier, progress: Progress | None
) -> None:
    (folder / "pictures").mkdir(parents=True)
    marks = put(contents.charts, folder, earlier, progress)
    _json(folder / REPORT, contents.as_json())
    _json(folder / MERGES, contents.publication.merges)
    (folder / FIGURES).write_text(figures_csv(contents.publication), encoding="utf-8")
    for language in contents.languages:
        target = folder / language.code / "index.html"
        target.parent.mkdir()
        target.write_text(page.write(contents, language, folder), encoding="utf-8")
    _json(folder / MANIFEST, {"files": dict(_digests(folder)), "fingerprints": marks})


def figures_csv(publication: Publication) -> str:
    """Every published figure, tidy, with the columns of the format."""
    tables = [table.figures for table in publication.tables]
    table = pd.concat(tables, ignore_index=True)[list(FIGURE_COLUMNS)]
    for name in ("category", "group", "channel"):
        table[name] = [harmless(str(code)) for code in table[name]]
    return str(table.to_csv(index=False, lineterminator="\n"))


def harmless(code: str) -> str:
    """A code that no spreadsheet takes for a formula; no answers keep their minus."""
    is_formula = FORMULA.match(code) and not NO_ANSWER.fullmatch(code)
    return f"'{code}" if is_formula else code


def _json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, default=dict)
    path.write_text(text + "\n", encoding="utf-8")


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), digest(path)
