"""Write a report folder: pictures, report.json, figures.csv, pages, manifest.

The folder appears complete or not at all. Knows no count but published figures.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from analysis.charts import draw
from analysis.disclosure import FIGURE_COLUMNS, Publication
from analysis.report import page
from analysis.report.contents import Chart, Contents

MANIFEST, REPORT, FIGURES, MERGES = (
    "manifest.json",
    "report.json",
    "figures.csv",
    "merges.json",
)
FEW = 12  # fewer pictures than this are drawn faster without further processes

Progress = Callable[[int, int], None]


class ReportError(Exception):
    """A report cannot be written; the message says why and what to do."""


def write(contents: Contents, out: Path, *, progress: Progress | None = None) -> None:
    """Write the folder ``out``; an older report there is replaced as a whole.

    ``progress`` is told how many of how many pictures are drawn.

    Raises
    ------
    ReportError
        if something else lies at ``out``.
    """
    if out.exists() and not _is_report(out):
        raise ReportError(
            f"{out} exists and is no report. Name another folder, or move it away."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".report-") as name:
        folder = Path(name) / "report"
        _fill(folder, contents, progress)
        if out.exists():
            shutil.move(out, Path(name) / "previous")
        folder.replace(out)


def _is_report(out: Path) -> bool:
    return out.is_dir() and ((out / MANIFEST).is_file() or not any(out.iterdir()))


def _fill(folder: Path, contents: Contents, progress: Progress | None) -> None:
    (folder / "pictures").mkdir(parents=True)
    for done, (chart, svg, png) in enumerate(_drawn(contents.charts), start=1):
        (folder / chart.svg).write_bytes(svg)
        (folder / chart.png).write_bytes(png)
        if progress is not None:
            progress(done, len(contents.charts))
    _json(folder / REPORT, contents.as_json())
    _json(folder / MERGES, contents.publication.merges)
    (folder / FIGURES).write_text(figures_csv(contents.publication), encoding="utf-8")
    for language in contents.languages:
        target = folder / language.code / "index.html"
        target.parent.mkdir()
        target.write_text(page.write(contents, language, folder), encoding="utf-8")
    _json(folder / MANIFEST, {"files": dict(_digests(folder))})


def _drawn(charts: Iterable[Chart]) -> Iterator[tuple[Chart, bytes, bytes]]:
    charts = list(charts)
    if len(charts) < FEW:
        yield from map(_draw, charts)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(_draw, charts, chunksize=4)


def _draw(chart: Chart) -> tuple[Chart, bytes, bytes]:
    plain = draw(chart.protected, chart.words, language=chart.language, framed=False)
    framed = draw(chart.protected, chart.words, language=chart.language, framed=True)
    return chart, plain.svg, framed.png or b""


def figures_csv(publication: Publication) -> str:
    """Every published figure, tidy, with the columns of the format."""
    table = publication.figures()[list(FIGURE_COLUMNS)]
    return str(table.to_csv(index=False, lineterminator="\n"))


def _json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, default=dict)
    path.write_text(text + "\n", encoding="utf-8")


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            yield path.relative_to(folder).as_posix(), digest
