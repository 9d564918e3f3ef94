"""One deletion: rows, the packages that hold the same rows, and the proof.

Published reports stay: they hold no rows. Backups lie elsewhere and are named to
the operator, who alone can destroy them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from survey.settings import Settings
from survey.storage import retention, traces
from survey.storage.retention import Deletion, Due

PACKAGES = "packages"
WITH_ROWS = (retention.ANSWERS, retention.COMMENTS)
"""Matters whose rows packages hold as well."""
ZEROS = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be deleted; ``why_not`` says what stands in the way."""

    due: Due
    about: int
    files: tuple[Path, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The record, and what the search for traces gave.

    ``searched``: how many traces were looked for; ``found_in``: files that still
    hold one; ``is_settled``: whether the log could be emptied.
    """

    record: Deletion
    searched: int
    found_in: tuple[str, ...]
    is_settled: bool
    is_here: bool

    @property
    def is_proven(self) -> bool:
        """Whether every byte was looked at and nothing was found."""
        return self.is_settled and not self.found_in and self.is_here


def plan(settings: Settings, engine: sa.Engine, today: date) -> Iterator[Planned]:
    """Everything whose day has come, with what stands in the way."""
    for one in retention.due(engine, today):
        is_open = one.state != "closed"
        why_not = f"{one.survey} is {one.state}; close it first" if is_open else ""
        files = tuple(_files(settings, one))
        about = retention.count(engine, one.survey, one.matter)
        yield Planned(one, about, files, why_not)


def run(settings: Settings, engine: sa.Engine, due: Due, *, today: date) -> Deleted:
    """Delete what is due. Files first: a record must never come too soon."""
    files = list(_files(settings, due))
    for path in files:
        _overwrite(path)
    if due.matter in WITH_ROWS:
        for place in _places(settings, due.survey):
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
    record, looked_for = retention.delete(
        engine, due.survey, due.matter, today=today, files=len(files)
    )
    engine.dispose()
    is_settled = traces.settle(settings)
    found = traces.found(settings, looked_for)
    if found:
        is_settled = traces.settle(settings, rewrite=True)
        found = traces.found(settings, looked_for)
    is_here = traces.can_be_searched(settings)
    return Deleted(record, len(looked_for), tuple(found), is_settled, is_here)


def _files(settings: Settings, due: Due) -> Iterator[Path]:
    if due.matter not in WITH_ROWS:
        return
    for place in _places(settings, due.survey):
        if place.is_dir() and not place.is_symlink():
            yield from sorted(path for path in place.rglob("*") if path.is_file())
        elif place.exists() or place.is_symlink():
            yield place


def _places(settings: Settings, survey: str) -> Iterator[Path]:
    """The survey's package: a folder, or a packed file beside it."""
    folder = settings.instance / PACKAGES
    yield folder / survey
    if folder.is_dir():
        yield from sorted(folder.glob(f"{survey}.*"))


def _overwrite(path: Path) -> None:
    """Write zeros over a file and remove it; a link is only removed."""
    if not path.is_symlink():
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(ZEROS[:left])
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
