"""What `doctor` looks at: settings, folders, keys, database, catalogs, urns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from survey.cli import surroundings, upkeep
from survey.cli.finding import Finding

if TYPE_CHECKING:
    from survey.settings import Settings


DIFFER = (
    "The stored data were changed from outside. Keep a copy of the whole folder "
    "and stop the service before anything else."
)


UNSET = {
    "upstream_logs": 'what the computing centre logs ("none", "days:N", "unknown")',
    "image_backups": 'copies of the whole machine ("none" or "keys-excluded")',
}


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
    from survey.storage import engine, migrate
    from survey.storage.errors import StorageError

    try:
        is_current = migrate.is_current(settings)
        faults = engine.store(settings).faults()
    except StorageError as error:
        yield Finding("database", f"{error}.", is_wrong=True)
        return
    if is_current:
        yield Finding("database", "of this version.")
    else:
        yield Finding(
            "database", "not of this version.", "Run `survey migrate`.", is_wrong=True
        )
    for fault in faults:
        yield Finding("database server", fault, is_wrong=True)


def _folders(settings: Settings) -> Iterator[Finding]:
    for path in (settings.instance, settings.keys_dir):
        if os.access(path, os.R_OK | os.W_OK | os.X_OK):
            yield Finding(str(path), "can be written.")
        else:
            remedy = f"Give this user the folder: `chown -R USER {path}`."
            yield Finding(str(path), "cannot be written.", remedy, is_wrong=True)


def _keys(settings: Settings) -> Iterator[Finding]:
    from survey.urn import place

    for found in place.findings(settings):
        yield Finding("keys_dir", f"{found.text}.", is_wrong=found.is_error)


def _unset(settings: Settings) -> Iterator[Finding]:
    for name in settings.unset_for_publishing():
        remedy = f"Set it in settings.toml: {UNSET[name]}."
        yield Finding(name, "is not set; publishing waits for it.", remedy)


def _proxies(settings: Settings) -> Iterator[Finding]:
    from survey import hosts

    if settings.trusted_proxies:
        yield Finding("trusted_proxies", f"{settings.trusted_proxies} in front.")
    elif settings.is_https or hosts.was_proxied(settings):
        reason = (
            "a proxy stands in front and is not counted: all residents would share "
            "one budget of wrong codes."
        )
        remedy = "Set trusted_proxies to the number of proxies, mostly 1."
        yield Finding("trusted_proxies", reason, remedy, is_wrong=True)


def _languages(settings: Settings) -> Iterator[Finding]:
    from survey.language import registry

    codes = ", ".join(language.code for language in registry().released)
    yield Finding("languages", f"released are {codes}.")


def _urns(settings: Settings) -> Iterator[Finding]:
    from survey.storage import engine, migrate, surveys
    from survey.storage.errors import StorageError
    from survey.urn import Urn

    try:
        if not migrate.is_current(settings):
            return
    except StorageError:
        return  # said already
    for survey in surveys.all(engine.connect(settings)):
        if survey.state not in ("open", "closed"):
            continue
        status = Urn(settings, survey.slug).status()
        if status.key_problem:
            remedy = f"Run `survey repair {survey.slug}`."
            yield Finding(survey.slug, status.key_problem, remedy, is_wrong=True)
        elif not status.holds:
            reason = "admissions and answers differ."
            yield Finding(survey.slug, reason, DIFFER, is_wrong=True)
        else:
            yield Finding(survey.slug, "admissions and answers agree.")


LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _folders,
    _database,
    _keys,
    _unset,
    _proxies,
    _languages,
    _urns,
    *surroundings.LOOKS,
    *upkeep.LOOKS,
)
