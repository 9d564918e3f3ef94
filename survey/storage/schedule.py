"""What was done for a survey on which day, and the number shown since.

Days here are the office's; the number is in tens and renewed once a day.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date

TENS = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """The survey's hour, the last day it was acted on, and the number shown."""

    state: str
    hour: int
    done_on: date | None
    received: int


def plan(connection: sqlite3.Connection, survey: str) -> Plan | None:
    """Read what the daily act of a survey depends on."""
    row = connection.execute(
        "SELECT v.state, v.policy, s.done_on, s.received FROM surveys AS v"
        " LEFT JOIN schedule AS s ON s.survey = v.slug WHERE v.slug = ?",
        (survey,),
    ).fetchone()
    if row is None:
        return None
    state, policy, done_on, received = row
    return Plan(
        state=state,
        hour=int(json.loads(policy).get("release_hour", 3)),
        done_on=date.fromisoformat(done_on) if done_on else None,
        received=int(received or 0),
    )


def is_any_open(connection: sqlite3.Connection) -> bool:
    """Whether any survey of this instance takes answers."""
    row = connection.execute(
        "SELECT 1 FROM surveys WHERE state = 'open' LIMIT 1"
    ).fetchone()
    return row is not None


def language_groups(connection: sqlite3.Connection, survey: str) -> tuple[str, ...]:
    """Form languages that may be stored as themselves, frozen at opening."""
    row = connection.execute(
        "SELECT policy FROM surveys WHERE slug = ?", (survey,)
    ).fetchone()
    return () if row is None else tuple(json.loads(row[0]).get("language_groups", ()))


def note(
    connection: sqlite3.Connection, survey: str, *, done_on: date, received: int
) -> None:
    """Note that today's act is done and show this number, in full tens."""
    connection.execute(
        "INSERT INTO schedule (survey, done_on, received) VALUES (?, ?, ?)"
        " ON CONFLICT (survey) DO UPDATE SET"
        " done_on = excluded.done_on, received = excluded.received",
        (survey, done_on.isoformat(), received // TENS * TENS),
    )


def close_survey(connection: sqlite3.Connection, survey: str, *, today: date) -> None:
    """Close the survey's record in the transaction that empties its urn."""
    connection.execute(
        "UPDATE surveys SET state = 'closed', closed_on = ? WHERE slug = ?",
        (today.isoformat(), survey),
    )
