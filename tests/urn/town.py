"""A town for the tests of the urn: an instance folder with one open survey.

The survey's record is written by hand, so that the urn is tested without any
questionnaire: three closed columns and one free text.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from survey.questionnaire.edition import Edition
from survey.questionnaire.model import Option, Page, Question, Questionnaire
from survey.storage import engine, migrate
from survey.storage.shapes import Shape
from survey.storage.store import Store
from survey.urn import Ballot, Comment, Urn
from tests import postgres

BOTH = pytest.mark.parametrize(
    "place",
    [
        pytest.param("founded", id="sqlite"),
        pytest.param("founded_on_server", id="postgres", marks=pytest.mark.thorough),
    ],
    indirect=True,
)
"""Runs a test in a town on SQLite and in one on PostgreSQL."""
SLUG = "village"
COLUMNS = ("q01", "q02__a", "q02__b")
SLOT = 256
ASKED = Questionnaire(
    name=SLUG,
    source_language="de",
    fields=(),
    pages=(
        Page("first", (Question("q01", "number"),)),
        Page(
            "second", (Question("q02", "multiple", (Option("a", ""), Option("b", ""))),)
        ),
    ),
    texts={},
)
"""What a correction asks, as far as the columns go."""
OPENED_AT = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """The settings the urn needs."""

    instance: Path
    keys_dir: Path
    database_url: str = ""
    lane: str = "main"

    @property
    def database(self) -> Path:
        """The file of a town on SQLite."""
        return self.instance / "survey.sqlite"

    @property
    def store(self) -> Store:
        return engine.store(self)

    def copied(self, instance: Path) -> Place:
        """The same town again, as it is now, elsewhere."""
        shutil.copytree(self.instance, instance)
        url = self.database_url and postgres.copied(self.database_url)
        return replace(
            self, instance=instance, keys_dir=instance / "keys", database_url=url
        )

    def beside(self, lane: str) -> Place:
        """Another machine on the same database, with the code key copied to it."""
        keys_dir = self.instance / lane
        keys_dir.mkdir(mode=0o700)
        for file in self.keys_dir.glob("*.code"):
            shutil.copy(file, keys_dir)
        return replace(self, keys_dir=keys_dir, lane=lane)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = OPENED_AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def found(folder: Path, database_url: str = "") -> Place:
    """A migrated instance without any survey."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder, folder / "keys", database_url)
    migrate.migrate(place)
    return place


def open_survey(
    place: Place,
    slug: str = SLUG,
    *,
    k: int = 5,
    state: str = "open",
    shape: Shape | None = None,
    language_groups: tuple[str, ...] = ("de",),
) -> None:
    """Write the record of an open survey and its shape."""
    shape = shape or Shape(COLUMNS, SLOT)
    policy = {"k": k, "language_groups": language_groups, "release_hour": 3}
    connection = place.store.driver()
    connection.execute(
        "INSERT INTO surveys (slug, state, k, languages, channels, groups, policy,"
        " profile, opened_on) VALUES (?, ?, ?, '[]', '[]', '[]', ?, 'village', ?)",
        (slug, state, k, json.dumps(policy), date(2026, 5, 1).isoformat()),
    )
    connection.execute(
        "INSERT INTO shapes (survey, shape, columns, slot) VALUES (?, 0, ?, ?)",
        (slug, json.dumps(shape.columns), shape.slot),
    )
    connection.close()


def let_wait(
    place: Place,
    edition: str = "corrected",
    *,
    note: str = "a slip of the pen",
    languages: tuple[str, ...] = ("de",),
) -> None:
    """Write the record of a correction that waits, and of what it corrects."""
    connection = place.store.driver()
    connection.execute(
        "INSERT INTO editions (hash, slug, document) VALUES (?, ?, ?)",
        (edition, SLUG, Edition(ASKED, languages).to_json()),
    )
    connection.execute(
        "INSERT INTO waiting_editions (survey, edition, note, published_on)"
        " VALUES (?, ?, ?, '2026-05-01')",
        (SLUG, edition, note),
    )
    connection.close()


def in_force(place: Place) -> object:
    """The edition residents are asked; ``None`` is the one it opened with."""
    return ask(place, "SELECT edition FROM surveys")[0][0]


def ballot(number: int, *, text: str = "", language: str = "de") -> Ballot:
    """An answer that can be recognised by its number."""
    comments = (Comment("q03", language, text),) if text else ()
    return Ballot(
        closed={"q01": f"n{number}", "q02__a": "1", "q02__b": "0"},
        comments=comments,
        channel="code",
        form_language=language,
    )


def numbers(urn: Urn) -> list[int]:
    """The numbers of the released answers, in the order they are read."""
    return [int(row["q01"][1:]) for row in urn.responses()]


def ask(place: Place, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Rows of the database, as anybody with the file could read them."""
    connection = place.store.driver()
    try:
        return connection.execute(statement, values).fetchall()
    finally:
        connection.close()
