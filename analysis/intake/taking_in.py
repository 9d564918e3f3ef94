"""A foreign table with its items.csv becomes a package, or nothing is written."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.intake import writing
from analysis.intake.cells import Taken, Words, taken
from analysis.intake.columns import Columns, columns_of
from analysis.intake.plan import Line, read_plan
from analysis.intake.reading import Source, read
from analysis.intake.wordings import Wordings, read_wordings
from analysis.package import AnalysisError, open_package
from analysis.package.codes import LEFT_EMPTY, NO_ANSWER, NOT_REACHED
from analysis.package.problems import Findings

CHANNEL, LANGUAGE = "channel", "form_language"
# Where programs say that somebody came to the end, and in which language.
SENT = ("submitdate",)
SPOKEN = ("startlanguage", "form_language", "_language", "language")
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Survey:
    """What the table does not say about its survey."""

    name: str = ""
    design: str = "open"
    population: int | None = None
    invited: int | None = None
    created: date | None = None


@dataclass(frozen=True)
class Intake:
    """A table, understood."""

    source: Source
    lines: tuple[Line, ...]
    columns: Mapping[str, Columns]
    cells: Mapping[str, Taken]
    wordings: Wordings
    languages: Sequence[str]
    notes: list[str] = field(default_factory=list)


def take_in(
    table: Path,
    items: Path,
    labels: Path | None,
    out: Path,
    survey: Survey | None = None,
) -> Iterator[str]:
    """Write a package of a foreign table; yield what was done, line by line.

    Raises
    ------
    PackageError
        With one located problem per fault of the table, the items and the labels;
        then nothing is written.
    AnalysisError
        If something else lies at ``out``.
    """
    _refuse_strangers(out)
    about = survey or Survey()
    findings = Findings()
    intake = _understood(table, items, labels, findings)
    findings.raise_if_any()
    if intake is None:  # pragma: no cover - what is not understood was noted above
        raise AssertionError
    about = Survey(
        name=about.name or _name(table),
        design=about.design,
        population=about.population,
        invited=about.invited,
        created=about.created or datetime.now(UTC).date(),
    )
    files = writing.files(intake, about)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".package-") as name:
        folder = Path(name) / "package"
        writing.put(folder, files)
        package = open_package(folder)  # refused here, nothing lies at `out`
        writing.move(folder, out)
    digest = hashlib.sha256(files[writing.DESCRIPTOR]).hexdigest()
    yield (
        f"{out}: {len(package.codebook.items)} items, {len(package.responses)} "
        f"responses, package {digest[:12]}. Its rows are not protected."
    )
    yield from intake.notes


def _name(table: Path) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", table.stem.lower())) or "survey"


def _refuse_strangers(out: Path) -> None:
    if out.exists() and not writing.is_package(out):
        raise AnalysisError(
            f"{out} exists and is no package. Name another place, or move it away."
        )


def _understood(
    table: Path, items: Path, labels: Path | None, findings: Findings
) -> Intake | None:
    source, plan = read(table, findings), read(items, findings)
    said = read(labels, findings) if labels else None
    lines = read_plan(plan, findings) if plan else ()
    wordings = read_wordings(said, lines, findings)
    if source is None or not lines:
        return None
    columns = {line.item: columns_of(line, source.names) for line in lines}
    words = Words(wordings.codes())
    cells = {
        line.item: taken(line, columns[line.item], source, words, findings)
        for line in lines
        if not line.is_text
    }
    if not findings.problems:
        cells = _not_reached(source, lines, cells)
    languages = _languages(source, wordings.languages)
    intake = Intake(source, lines, columns, cells, wordings, languages)
    intake.notes.extend(_notes(intake))
    return intake


def _not_reached(
    source: Source, lines: Sequence[Line], cells: Mapping[str, Taken]
) -> dict[str, Taken]:
    """Who did not send the form did not reach what is empty at its end."""
    found = dict(cells)
    sent = next((name for name in source.names if name.lower() in SENT), "")
    if not sent:
        return found
    open_rows = {n for n, cell in enumerate(source.column(sent)) if not cell}
    names = [line.item for line in lines if line.item in cells]
    for item in reversed(names):
        own = found[item].cells
        is_empty = {
            n
            for n in open_rows
            if all(column[n] == LEFT_EMPTY for column in own.values())
        }
        changed = {
            name: [
                NOT_REACHED if n in is_empty else cell for n, cell in enumerate(column)
            ]
            for name, column in own.items()
        }
        found[item] = Taken(found[item].options, changed)
        open_rows = is_empty
    return found


def _languages(source: Source, offered: Sequence[str]) -> list[str]:
    """The language of each row, as far as the labels know it."""
    column = next((name for name in source.names if name.lower() in SPOKEN), "")
    given = source.column(column) if column else [""] * len(source.rows)
    known = {code: code for code in offered}
    return [known.get(cell.lower().split("-")[0], offered[0]) for cell in given]


def _notes(intake: Intake) -> Iterator[str]:
    """What was left out, and what was decided for whoever asked."""
    used = {LANGUAGE}
    for line in intake.lines:
        columns = intake.columns[line.item]
        used |= {columns.whole, *columns.parts.values()}
        if line.is_text:
            yield f"Left out: {line.item} holds own words."
        if columns.words:
            used |= set(columns.words)
            named = ", ".join(columns.words)
            yield f"Left out: own words beside the answers of {line.item} ({named})."
    rest = [name for name in intake.source.names if name and name not in used]
    if rest:
        named = ", ".join(rest[:MOST_NAMED])
        more = f" and {len(rest) - MOST_NAMED} more" if len(rest) > MOST_NAMED else ""
        yield f"Not named in items.csv, so not taken: {named}{more}."
    if intake.source.encoding == "cp1252":
        yield "The table is not UTF-8; it was read as Windows-1252. Look at one umlaut."
    silent = {
        f"{code} = {NO_ANSWER[kind]}"
        for line in intake.lines
        for code, kind in line.silences.items()
        if _is_met(intake, line, code)
    }
    if silent:
        yield f"Read as no answer: {', '.join(sorted(silent))}."


def _is_met(intake: Intake, line: Line, code: str) -> bool:
    columns = intake.columns[line.item]
    names = [name for name in (columns.whole, *columns.parts.values()) if name]
    places = [intake.source.names.index(name) for name in names]
    return any(row[place] == code for row in intake.source.rows for place in places)
