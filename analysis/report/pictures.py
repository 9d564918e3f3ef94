"""Draws the pictures of a report, or takes over those that would be the same again.

Knows no words and no figures, only charts that hold both.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from analysis.charts import draw, fingerprint
from analysis.report.contents import Chart

FEW = 40  # fewer charts than this are drawn faster without further processes
CHUNK = 4
MANIFEST = "manifest.json"
CLEAN = "forkserver"  # processes made from one that has no threads

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Earlier:
    """An older report of the same place: what was drawn there, and is still whole."""

    folder: Path
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path) -> Earlier:
        """The report in a folder; without one nothing can be taken over."""
        manifest = read_manifest(folder)
        found = manifest.get("fingerprints", {})
        return cls(folder, found if isinstance(found, dict) else {}, files_of(manifest))

    def take(self, name: str, mark: str, target: Path) -> bool:
        """Put the same picture at ``target``; whether there was one."""
        source = self.folder / name
        if self.fingerprints.get(name) != mark or not source.is_file():
            return False
        if digest(source) != self.digests.get(name):
            return False
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)
        return True


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a report; empty where there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def files_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The files of a report with their digests."""
    found = manifest.get("files")
    return found if isinstance(found, dict) else {}


def digest(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def put(
    charts: Sequence[Chart],
    folder: Path,
    earlier: Earlier,
    progress: Progress | None = None,
) -> dict[str, str]:
    """Put all pictures into a folder; their fingerprints by name.

    ``progress`` is told how many of how many charts are done.
    """
    drawn = [chart for chart in charts if chart.svg]
    marks = {name: mark for chart in drawn for name, mark in _marks(chart)}
    left = [chart for chart in drawn if not _is_taken(chart, folder, earlier, marks)]
    done = len(drawn) - len(left)
    for chart, (svg, png) in zip(left, _pictures(left), strict=True):
        (folder / chart.svg).write_bytes(svg)
        (folder / chart.png).write_bytes(png)
        done += 1
        if progress is not None:
            progress(done, len(drawn))
    return marks


def _marks(chart: Chart) -> Iterator[tuple[str, str]]:
    for name, framed in ((chart.svg, False), (chart.png, True)):
        mark = fingerprint(
            chart.protected, chart.words, language=chart.language, framed=framed
        )
        yield name, mark


def _is_taken(
    chart: Chart, folder: Path, earlier: Earlier, marks: Mapping[str, str]
) -> bool:
    names = (chart.svg, chart.png)
    return all(earlier.take(name, marks[name], folder / name) for name in names)


def _pictures(charts: Sequence[Chart]) -> Iterator[tuple[bytes, bytes]]:
    if len(charts) < FEW:
        yield from map(_draw, charts)
        return
    with ProcessPoolExecutor(os.cpu_count(), mp_context=_context()) as pool:
        yield from pool.map(_draw, charts, chunksize=CHUNK)


def _context() -> BaseContext:
    """Processes that inherit no thread, of the kind the system offers."""
    if CLEAN not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context(CLEAN)
    context.set_forkserver_preload([__name__])
    return context


def _draw(chart: Chart) -> tuple[bytes, bytes]:
    plain = draw(chart.protected, chart.words, language=chart.language, framed=False)
    framed = draw(chart.protected, chart.words, language=chart.language, framed=True)
    return plain.svg, framed.png or b""
