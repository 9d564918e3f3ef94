"""What `doctor` says about things that should have happened by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from survey.cli.finding import Finding, wrong

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from survey.settings import Settings

LAST_BACKUP = "last-backup.txt"
LONGEST_WITHOUT_BACKUP = timedelta(days=7)
LONGEST_WITHOUT_ACT = timedelta(days=2)


def upkeep(settings: Settings) -> Iterator[Finding]:
    """The clock, daily acts, backups, deletions, and a restore that broke off."""
    from survey.backup.emptiness import MARK
    from survey.storage import engine, migrate

    if (settings.instance / MARK).exists():
        yield wrong(
            settings.instance / MARK,
            "a restore was interrupted.",
            "Run `survey restore FILE` again. If the surveys are there, it was "
            "complete: delete this file.",
        )
    if not migrate.is_current(settings):
        return
    store = engine.connect(settings)
    today = datetime.now(UTC).astimezone().date()
    try:
        yield from _acts(store, today)
        yield from _due(store, today)
    finally:
        store.dispose()
    yield from _backups(settings.instance, today)


def _acts(store: Engine, today: date) -> Iterator[Finding]:
    from survey.storage import upkeep as stored

    for act in stored.acts(store):
        last = max(filter(None, (act.opened_on, act.done_on)), default=None)
        if last is None:
            continue
        if last > today + timedelta(days=1):
            yield wrong(
                "clock",
                f"it is {today} here, but {act.survey} was acted on on {last}.",
                "Set the clock (`timedatectl`): nothing is released until that day.",
            )
        elif act.state == "open" and today - last > LONGEST_WITHOUT_ACT:
            yield Finding(
                act.survey,
                f"its daily act was last done on {last}.",
                "Let the service run, or a timer: `survey release`.",
            )


def _due(store: Engine, today: date) -> Iterator[Finding]:
    from survey.storage import retention

    for due in retention.due(store, today):
        yield wrong(
            due.survey,
            f"its {due.matter} were to be deleted on {due.day}.",
            "Run `survey retention run`, from a timer every night.",
        )


def _backups(instance: Path, today: date) -> Iterator[Finding]:
    path = instance / LAST_BACKUP
    remedy = "Let a timer run `survey backup FILE` every night."
    try:
        last = date.fromisoformat(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        yield Finding("backup", "none was made yet.", remedy)
        return
    if today - last > LONGEST_WITHOUT_BACKUP:
        yield Finding("backup", f"the last was made on {last}.", remedy)
    else:
        yield Finding("backup", f"made on {last}.")


LOOKS = (upkeep,)
