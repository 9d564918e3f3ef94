"""Statements about the box of those who want to be reached; opaque here.

Nothing in it or beside it refers to codes, answers or a time.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Offer:
    """What a survey asks people to be reached for, and until when it is kept."""

    state: str
    purposes: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class BoxRow:
    """The one sealed box of a survey."""

    epoch: int
    salt: bytes
    n: int
    box: bytes


def offer(connection: sqlite3.Connection, survey: str) -> Offer | None:
    """What is offered now; ``None`` if there is no such survey."""
    row = connection.execute(
        "SELECT state, contact_for, contact_until FROM surveys WHERE slug = ?",
        (survey,),
    ).fetchone()
    if row is None:
        return None
    state, purposes, until = row
    day = date.fromisoformat(until) if until else None
    return Offer(state, tuple(json.loads(purposes)), day)


def box(connection: sqlite3.Connection, survey: str) -> BoxRow | None:
    """The box; ``None`` before anybody was and after it was deleted."""
    row = connection.execute(
        "SELECT epoch, salt, n, box FROM contacts WHERE survey = ?", (survey,)
    ).fetchone()
    return None if row is None else BoxRow(*row)


def write(connection: sqlite3.Connection, survey: str, row: BoxRow) -> None:
    """Write the box, over the earlier one."""
    connection.execute(
        "INSERT INTO contacts (survey, epoch, salt, n, box) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (survey) DO UPDATE SET epoch = excluded.epoch,"
        " salt = excluded.salt, n = excluded.n, box = excluded.box",
        (survey, row.epoch, row.salt, row.n, row.box),
    )


def turn_fence(connection: sqlite3.Connection, survey: str) -> None:
    """Change the row, so that a commit really writes it."""
    connection.execute(
        "UPDATE contacts SET fence = 1 - fence WHERE survey = ?", (survey,)
    )


def forget(connection: sqlite3.Connection, survey: str) -> None:
    """Delete the box, and offer it no more."""
    connection.execute("DELETE FROM contacts WHERE survey = ?", (survey,))
    connection.execute(
        "UPDATE surveys SET contact_for = '[]' WHERE slug = ?", (survey,)
    )


def due(connection: sqlite3.Connection, today: date) -> list[str]:
    """Surveys whose day of deletion has passed and that still have or offer a box."""
    rows = connection.execute(
        "SELECT slug FROM surveys WHERE contact_until < ? AND (contact_for <> '[]'"
        " OR slug IN (SELECT survey FROM contacts)) ORDER BY slug",
        (today.isoformat(),),
    )
    return [slug for (slug,) in rows]
