"""What `doctor` looks at: settings, folders, keys, database, catalogs, urns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``remedy`` is the command or change that mends it."""

    place: str
    reason: str
    remedy: str = ""
    is_wrong: bool = False

    def __str__(self) -> str:
        mark = "!" if self.is_wrong else "-" if self.remedy else "+"
        return f"{mark} {self.place}: {self.reason} {self.remedy}".rstrip()


def examine(folder: Path) -> Iterator[Finding]:
    """Every finding, the wrong ones with their remedy."""
    from survey import settings

    try:
        found = settings.read(folder)
    except settings.SettingsError as error:
        for problem in error.problems:
            yield Finding(problem.place, problem.reason, problem.remedy, is_wrong=True)
        return
    yield Finding("settings", "complete.")
    for look in LOOKS:
        yield from look(found)


def _database(settings: Settings) -> Iterator[Finding]:
    from survey.storage import migrate

    if migrate.is_current(settings):
        yield Finding("database", "of this version.")
    else:
        yield Finding(
            "database", "not of this version.", "Run `survey migrate`.", is_wrong=True
        )


def _folders(settings: Settings) -> Iterator[Finding]:
    for path in (settings.instance, settings.keys_dir):
        if os.access(path, os.R_OK | os.W_OK | os.X_OK):
            yield Finding(str(path), "can be written.")
        else:
            remedy = f"Give this user the folder: `chown -R USER {path}`."
            yield Finding(str(path), "cannot be written.", remedy, is_wrong=True)


def _devices(settings: Settings) -> Iterator[Finding]:
    same = settings.keys_dir.exists() and (
        settings.keys_dir.stat().st_dev == settings.instance.stat().st_dev
    )
    if same:
        yield Finding(
            "keys_dir",
            "lies on the database's device: an image of the disk holds box and key.",
            "Set keys_dir to a folder on a device of its own.",
        )


def _unset(settings: Settings) -> Iterator[Finding]:
    for name in settings.unset_for_publishing():
        yield Finding(name, "is not set; publishing waits for it.", f"Set {name}.")


def _languages(settings: Settings) -> Iterator[Finding]:
    from survey.language import registry

    codes = ", ".join(language.code for language in registry().released)
    yield Finding("languages", f"released are {codes}.")


def _urns(settings: Settings) -> Iterator[Finding]:
    from survey.storage import engine, migrate, surveys
    from survey.urn import Urn

    if not migrate.is_current(settings):
        return
    for survey in surveys.all(engine.connect(settings)):
        if survey.state != "open":
            continue
        if Urn(settings, survey.slug).status().holds:
            yield Finding(survey.slug, "admissions and answers agree.")
        else:
            remedy = f"Run `survey repair {survey.slug}`."
            yield Finding(
                survey.slug, "admissions and answers differ.", remedy, is_wrong=True
            )


LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _folders,
    _database,
    _devices,
    _unset,
    _languages,
    _urns,
)
