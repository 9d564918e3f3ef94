"""The published report of a survey: reads ``report.json``, computes no number.

Every value in it is a protected text in the language of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

FORMAT = 1
FILE = "report.json"
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')
COMPARISONS = ("groups",)
PIXELS_PER_POINT = 4 / 3
# the head of a picture that holds its size
_HEAD_BYTES = 2000

Stamp = tuple[int, int]


class ReportError(Exception):
    """A report that this version cannot show."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in one language: words, picture, table."""

    name: str
    is_comparison: bool
    headline: str
    subtitle: str
    subtitle_lang: str
    subtitle_dir: str
    base_line: str
    alt: str
    notes: tuple[str, ...]
    svg: str
    png: str
    width: int
    height: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """Heads of all columns; empty above the heads of the rows if not given."""
        missing = len(self.rows[0][1]) + 1 - len(self.columns) if self.rows else 0
        return ("",) * missing + self.columns


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; ``comparisons`` are its charts by group."""

    id: str
    title: str
    charts: tuple[Chart, ...]
    comparisons: tuple[Chart, ...]


@dataclass(frozen=True)
class Report:
    """A report folder that was read; ``version`` changes with its content."""

    folder: Path
    content: Mapping[str, Any]
    version: str

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of its languages."""
        return tuple(self.content["languages"])

    def texts(self, code: str) -> Mapping[str, Any]:
        """Title, summary, how to read, base: what stands above the charts."""
        found: Mapping[str, Any] = self.content["texts"][code]
        return found

    def sections(self, code: str) -> tuple[Section, ...]:
        """All sections in a language, in the report's order."""
        return tuple(
            self._section(section, code) for section in self.content["sections"]
        )

    def chart(self, name: str, code: str) -> Chart | None:
        """One chart, or ``None``."""
        table = self.content["tables"].get(name)
        return None if table is None else self._chart(name, table, code)

    @cached_property
    def pictures(self) -> Mapping[str, Path]:
        """The only files of the folder that are handed out, by name."""
        names = {
            str(words[kind])
            for table in self.content["tables"].values()
            for words in table["languages"].values()
            for kind in ("svg", "png")
            if words.get(kind, "").endswith(f".{kind}")
        }
        return {
            Path(name).name: self.folder / "pictures" / Path(name).name
            for name in names
        }

    def _section(self, section: Mapping[str, Any], code: str) -> Section:
        charts = [self.chart(name, code) for name in section["tables"]]
        known = [chart for chart in charts if chart is not None]
        return Section(
            id=section["id"],
            title=section["titles"][code],
            charts=tuple(one for one in known if not one.is_comparison),
            comparisons=tuple(one for one in known if one.is_comparison),
        )

    def _chart(self, name: str, table: Mapping[str, Any], code: str) -> Chart:
        words = table["languages"][code]
        svg = Path(words.get("svg") or "").name
        width, height = _size(self.folder / "pictures" / svg) if svg else (0, 0)
        return Chart(
            name=name,
            is_comparison=table["kind"] in COMPARISONS,
            headline=words["headline"],
            subtitle=words["subtitle"],
            subtitle_lang=words.get("subtitle_lang", ""),
            subtitle_dir=words.get("subtitle_dir", ""),
            base_line=words["base_line"],
            alt=words["alt"],
            notes=tuple(words["notes"]),
            svg=svg,
            png=Path(words.get("png") or "").name,
            width=width,
            height=height,
            columns=tuple(words["columns"]),
            rows=tuple((row["head"], tuple(row["cells"])) for row in words["rows"]),
        )


def stamp(reports_dir: Path, slug: str) -> Stamp | None:
    """What tells one state of a report from another; ``None`` without a report."""
    try:
        status = (reports_dir / slug / FILE).stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size)


_kept: dict[Path, tuple[Stamp, Report]] = {}


def report(reports_dir: Path, slug: str) -> Report | None:
    """The report of a survey, read once per state.

    Raises ``ReportError`` when it is of another format.
    """
    found = stamp(reports_dir, slug)
    if found is None:
        return None
    folder = reports_dir / slug
    kept = _kept.get(folder)
    if kept is None or kept[0] != found:
        kept = _kept[folder] = (found, _read(folder))
    return kept[1]


def _read(folder: Path) -> Report:
    data = (folder / FILE).read_bytes()
    content = json.loads(data)
    if content.get("format") != FORMAT:
        raise ReportError(f"{folder / FILE} is not of format {FORMAT}")
    return Report(folder, content, blake2b(data, digest_size=8).hexdigest())


def _size(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, so that pages do not jump while loading."""
    try:
        with picture.open(encoding="utf-8") as file:
            found = _SIZE.search(file.read(_HEAD_BYTES))
    except OSError:
        return (0, 0)
    if found is None:
        return (0, 0)
    width, height = (round(float(size) * PIXELS_PER_POINT) for size in found.groups())
    return (width, height)
