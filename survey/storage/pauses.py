"""Which open links are paused, as small files beside the database.

Files, because every process of a machine must see a pause at once and nothing of it
belongs to an answer: they hold when a pause ends and how many there were.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FOLDER = "paused"


@dataclass(frozen=True, slots=True)
class Pause:
    """The last pause of a survey's open link."""

    until: datetime
    times: int


def last(instance: Path, slug: str) -> Pause | None:
    """The last pause, over or not; ``None`` also for a file nobody can read."""
    file = instance / FOLDER / slug
    if not file.exists():
        return None  # as nearly always: asked before every answer through a link
    try:
        until, times = file.read_text(encoding="utf-8").split()
        return Pause(datetime.fromisoformat(until), int(times))
    except (OSError, ValueError):
        return None


def begin(instance: Path, slug: str, until: datetime) -> Pause:
    """Pause until then; counts how often. Raises ``OSError``."""
    before = last(instance, slug)
    pause = Pause(until, before.times + 1 if before else 1)
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    new = folder / f"{slug}.{os.getpid()}.new"
    new.write_text(f"{until.isoformat()} {pause.times}\n", encoding="utf-8")
    new.replace(folder / slug)
    return pause
