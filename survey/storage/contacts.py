"""Statements about the box of those who want to be reached; opaque here.

Nothing in it or beside it refers to codes, answers or a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from survey.storage.store import Connection


@dataclass(frozen=True, slots=True)
class Offer:
    """What a survey asks people to be reached for, and until when it is kept."""

    state: str
    purposes: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class BoxRow:
    """The sealed box of a survey and lane."""

    epoch: int
    salt: bytes
    n: int
    box: bytes


def offer(connection: Connection, survey: str) -> Offer | None:
    """What is offered now; ``None`` if there is no such survey."""
    row = connection.execute(
        "SELECT state, contact_for, contact_until FROM surveys WHERE slug = ?",
        (survey,),
    ).fetchone()
    if row is None:
        return None
    state, purposes, until = row
    day = date.fromisoformat(until) if until else None
    return Offer(state, tuple(json.loads(purposes or "[]")), day)


def box(connection: Connection, survey: str, lane: str) -> BoxRow | None:
    """The box of a lane; ``None`` before anybody was and after it was deleted."""
    row = connection.execute(
        "SELECT epoch, salt, n, box FROM contacts WHERE survey = ? AND lane = ?",
        (survey, lane),
    ).fetchone()
    return None if row is None else BoxRow(*row)


def counts(connection: Connection, survey: str) -> dict[str, int]:
    """How many there are, by lane."""
    rows = connection.execute(
        "SELECT lane, n FROM contacts WHERE survey = ?", (survey,)
    )
    return dict(rows.fetchall())


def write(connection: Connection, survey: str, lane: str, row: BoxRow) -> None:
    """Write the box, over the earlier one."""
    connection.execute(
        "INSERT INTO contacts (survey, lane, epoch, salt, n, box)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (survey, lane) DO UPDATE SET"
        " epoch = excluded.epoch, salt = excluded.salt, n = excluded.n,"
        " box = excluded.box",
        (survey, lane, row.epoch, row.salt, row.n, row.box),
    )


def turn_fence(connection: Connection, survey: str, lane: str) -> None:
    """Change the row, so that a commit really writes it."""
    connection.execute(
        "UPDATE contacts SET fence = 1 - fence WHERE survey = ? AND lane = ?",
        (survey, lane),
    )


def forget(connection: Connection, survey: str) -> None:
    """Delete the boxes of all lanes, and offer none any more."""
    connection.execute("DELETE FROM contacts WHERE survey = ?", (survey,))
    connection.execute(
        "UPDATE surveys SET contact_for = NULL WHERE slug = ?", (survey,)
    )


def past(connection: Connection, today: date) -> list[str]:
    """Surveys whose day of deletion has passed, whether or not anything is left."""
    rows = connection.execute(
        "SELECT slug FROM surveys WHERE contact_until < ? ORDER BY slug",
        (today.isoformat(),),
    )
    return [slug for (slug,) in rows]
