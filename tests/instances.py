"""Instances for tests: settings, an empty migrated store, opened surveys."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from flask import Flask

from survey import settings as given
from survey.app import assemble
from survey.authoring import shipped, toml
from survey.questionnaire.edition import freeze
from survey.questionnaire.model import Questionnaire
from survey.respond.services import EXTENSION
from survey.settings import Settings
from survey.storage import engine, migrate, questionnaires, surveys
from survey.storage.surveys import Survey, Terms
from tests import pseudo

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
VALUES = {
    "upstream_logs": "none",
    "image_backups": "none",
    "town": "Musterstadt",
    "address": "Rathausplatz 1\n12345 Musterstadt",
    "telephone": "07031 123-0",
    "hours": "Mo–Fr 9–12 Uhr",
    "email": "umfrage@musterstadt.example",
}


def fresh(folder: Path, **values: str | int | bool) -> Settings:
    """Settings of a new instance whose store is migrated and empty."""
    given.initialise(folder, {**VALUES, **values})
    found = given.read(folder, {})
    if not found.database_url:
        shutil.copyfile(_migrated(), engine.database(found))
    return found


@cache
def _migrated() -> Path:
    # migrating takes longer than most tests; a copy of the empty store does not
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    given.initialise(folder, VALUES)
    found = given.read(folder, {})
    migrate.migrate(found)
    return engine.database(found)


@contextmanager
def serving(settings: Settings, clock: object) -> Iterator[Flask]:
    """The application in all languages and the two that nobody speaks."""
    application = assemble(
        settings,
        languages=pseudo.with_pseudo(),
        clock=clock,
        keep_seconds=-1,
    )
    application.testing = True
    yield application
    services = application.extensions[EXTENSION]
    for urn in services.urns.values():
        urn.stop()
    services.engine.dispose()


def questionnaire(name: str) -> Questionnaire:
    """A shipped questionnaire or a tiny one, in the pseudo-languages as well."""
    path = QUESTIONNAIRES / f"{name}.toml"
    real = toml.read(path, name=name) if path.exists() else shipped.load(name)
    return pseudo.questionnaire(real)


def _source(name: str) -> str:
    path = QUESTIONNAIRES / f"{name}.toml"
    shipped_one = shipped.FOLDER / f"{name}.toml"
    return (path if path.exists() else shipped_one).read_text(encoding="utf-8")


def publish(
    settings: Settings,
    name: str,
    today: date,
    *,
    languages: tuple[str, ...] = (),
    state: str = "open",
    slug: str = "",
    **terms: object,
) -> Survey:
    """Publish a questionnaire and open it; by default everybody with the link."""
    asked = questionnaire(name)
    slug = slug or name
    connected = engine.connect(settings)
    try:
        questionnaires.save_questionnaire(connected, slug, _source(name))
        edition = freeze(asked, languages or sorted(asked.texts))
        survey = surveys.publish(connected, slug, edition)
        if state == "open":
            chosen = Terms(**{"design": "open", "access": "link", **terms})
            survey = surveys.open(connected, slug, chosen, today=today)
        return survey
    finally:
        connected.dispose()
